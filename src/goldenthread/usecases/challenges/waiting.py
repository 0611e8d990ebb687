"""The challenges that wait for a reader: those they raised, and those that are theirs to answer.

Overdue is an item for both, and for a deputy in their time; it says which day it was due and blames
nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.challenges.course import State
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word
from goldenthread.records.access.reading import cases_of, teams_of, ties_across
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading
from goldenthread.records.people.reading import CaseRow
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.challenges.seen import ChallengeSeen, challenges_across

LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")


class Part(Word):
    """What a challenge waits for its reader to do."""

    ANSWERS = "answers", "Yours to answer"
    STANDS_IN = "stands_in", "Yours to answer, as deputy"
    RAISED = "raised", "You raised it"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open challenge of one of the reader's families, and the reader's part in it."""

    case: CaseRow
    seen: ChallengeSeen
    part: Part

    @property
    def is_theirs_now(self) -> bool:
        """Whether the reader does what comes next: answers, or says what an answer did."""
        answered = self.seen.course is not None and self.seen.course.state is State.ANSWERED
        return answered if self.part is Part.RAISED else not answered

    @property
    def due(self) -> date | None:
        """The day an answer is due; None where no time was set or an answer was given."""
        clock = self.seen.clock
        return clock.due.on if clock and clock.is_running else None


def challenges_waiting(actor: Actor, *, now: datetime) -> list[Waiting]:
    """The open challenges with the actor's name on them, the soonest due first."""
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        cases = {case.id: case for case, _ in cases_of(actor, on=day_of(now))}
        found = _waiting(actor, cases, now=now)
        listed = LISTED if cases else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_challenges", listed, None, challenges=len(found)))
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.case.reference))


def _waiting(actor: Actor, cases: Mapping[UUID, CaseRow], *, now: datetime) -> list[Waiting]:
    """In families the actor may open; the number of queries does not grow with them."""
    rows = reading.challenges_in(cases)
    teams = teams_of({row.case for row in rows}, on=day_of(now))
    ties = ties_across(teams, actor, on=day_of(now))
    found = []
    for seen in challenges_across(actor, ties, rows, now=now):
        case = seen.row.case
        part = part_of(seen, actor, ties[case], day_of(now))
        if part is not None:
            found.append(Waiting(cases[case], seen, part))
    return found


def part_of(seen: ChallengeSeen, actor: Actor, ties: FamilyTies, today: date) -> Part | None:
    """What an open challenge asks of somebody; None where it asks nothing of them.

    Where the partnership named nobody, it is for the members of the team from the agency that
    decided.
    """
    if seen.course is None or not seen.course.is_open:
        return None
    waits = seen.course.state is State.WAITING
    if waits and seen.answerer is not None:
        if actor.practitioner == seen.answerer.practitioner:
            return Part.ANSWERS
        if actor.practitioner in seen.answerer.answerer.answering(today):
            return Part.STANDS_IN
    if actor.practitioner == seen.row.raised_by:
        return Part.RAISED
    is_theirs = actor.agency == seen.row.asked_of and ties.role is not None
    return Part.ANSWERS if waits and seen.answerer is None and is_theirs else None
