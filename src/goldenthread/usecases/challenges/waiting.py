"""The challenges that wait for a reader: those they raised, and those that are theirs to answer.

Overdue is an item for both, and for a deputy in their time; it says which day it was due and blames
nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.challenges.course import State
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word
from goldenthread.records.access.reading import cases_of, teams_of, ties_within
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading
from goldenthread.records.people.reading import CaseRow
from goldenthread.usecases._steps.permission import Permission, event_of
from goldenthread.usecases.challenges.seen import ChallengeSeen, challenges_seen

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
    def due(self) -> date | None:
        """The day an answer is due; None where no time was set or an answer was given."""
        clock = self.seen.clock
        return clock.due.on if clock and clock.is_running else None


def challenges_waiting(actor: Actor, *, now: datetime) -> list[Waiting]:
    """The open challenges with the actor's name on them, the soonest due first."""
    with transaction.atomic(durable=True):
        found = _waiting(actor, now)
        listed = LISTED if found else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        pairs = cases_of(actor, on=day_of(now))
        listed = LISTED if pairs else listed
        audit.append(event_of(actor, "list_challenges", listed, None, challenges=len(found)))
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.case.reference))


def _waiting(actor: Actor, now: datetime) -> list[Waiting]:
    cases = {case.id: case for case, _ in cases_of(actor, on=day_of(now))}
    by_case = defaultdict(list)
    for row in reading.challenges_in(cases):
        by_case[row.case].append(row)
    teams = teams_of(by_case, on=day_of(now))
    found = []
    for case, rows in by_case.items():
        ties = ties_within(teams[case], actor)
        decision = decide(actor, Action.VIEW_FAMILY, ties)
        permission = Permission(actor, cases[case], ties, decision, Action.VIEW_FAMILY)
        for seen in challenges_seen(permission, rows, now=now):
            part = part_of(seen, actor, ties, day_of(now))
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
