"""The questions with my name on them, over all my families: a digest, in a few queries.

Each family's questions are those of the reader's own scope in it; nothing else is read. Nobody is
sent anything: it is here when they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import cases_of, teams_of
from goldenthread.records.audit import store as audit
from goldenthread.records.risk.reading import considered_through, open_questions_of
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases._steps.who_is_asked import who_is_asked
from goldenthread.usecases.risk.asked import key_of

# As the list of families: only those the policy already allows one by one.
LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """One open question that asks the reader, by its pattern's title, and of which family."""

    case: UUID
    family_label: str
    reference: str
    key: str
    title: str
    since: date


@dataclass(frozen=True, slots=True)
class Digest:
    """The questions with the reader's name on them, longest open first.

    `behind` counts the families whose history has not been carried through to today yet.
    """

    questions: tuple[AskedOfMe, ...]
    behind: int


def questions_of_mine(actor: Actor, *, now: datetime) -> Digest:
    """The open questions that ask the actor by name, over the families they may open."""
    with transaction.atomic(durable=True):
        today = day_of(now)
        wall.open_for_own(actor, on=today)
        families = {case.id: (case, role) for case, role in cases_of(actor, on=today)}
        scopes = {
            id: None if role == TeamRole.CHAIR else actor.agency
            for id, (_, role) in families.items()
        }
        rows = open_questions_of(scopes.items())
        teams = teams_of({row.case for row in rows}, on=today)
        through = considered_through(scopes.items())
        kinds = {id: agency.kind_label for id, agency in agencies().items()}
        titles = {one.key: one.title for one in patterns_in_force(now) if one.nature is Nature.HARM}
        mine = [
            AskedOfMe(
                case=row.case,
                family_label=families[row.case][0].family_label,
                reference=families[row.case][0].reference,
                key=key_of(row.pattern, row.subject),
                title=titles[row.pattern],
                since=row.since,
            )
            for row in rows
            if row.pattern in titles
            and (asked := who_is_asked(row.asked_of, teams[row.case], kinds)) is not None
            and asked.practitioner == actor.practitioner
        ]
        listed = LISTED if families else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        event = event_of(actor, "list_questions", listed, None, questions=len(mine))
        audit.append(event)
    return Digest(
        questions=tuple(sorted(mine, key=lambda one: (one.since, one.reference, one.key))),
        behind=sum(through.get(id, date.min) < today for id in families),
    )
