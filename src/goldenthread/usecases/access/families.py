"""The families a reader is part of: the home page's list, and who can open a family and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import cases_of, who_can_open
from goldenthread.records.audit import reading as audit_reading
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.news import News, news_in
from goldenthread.records.chronology.store import last_looks
from goldenthread.records.people.reading import CaseRow, MemberRow, members
from goldenthread.records.shared.reading import (
    PractitionerRow,
    actor_of,
    practitioner,
    practitioners_by_id,
)
from goldenthread.usecases._steps.permission import NotFoundHere, event_of, permitted

__all__ = [
    "FamilyLine",
    "News",
    "NotFoundHere",
    "PastLook",
    "PractitionerRow",
    "families_of",
    "news_of",
    "who_acts",
    "who_has_looked",
    "who_may_open",
]

# A list holds only families the policy already allows one by one.
LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """One family on the home page."""

    case: CaseRow
    members: tuple[MemberRow, ...]
    own_role: str | None

    @property
    def children(self) -> tuple[MemberRow, ...]:
        """The children, in the family's order."""
        return tuple(member for member in self.members if member.is_child)


def who_acts(account: UUID) -> tuple[Actor, PractitionerRow] | None:
    """Who an account acts as, or None."""
    actor = actor_of(account)
    row = actor and practitioner(actor.practitioner)
    return (actor, row) if actor and row else None


def families_of(actor: Actor, *, now: datetime, words: str = "") -> list[FamilyLine]:
    """The families the actor may open, own families first; `words` narrows by name or reference."""
    with transaction.atomic(durable=True):
        pairs = cases_of(actor, on=day_of(now))
        people = members(*(case.id for case, _ in pairs)) if pairs else {}
        lines = [FamilyLine(case, tuple(people[case.id]), role) for case, role in pairs]
        found = [line for line in lines if _matches(line, fold(words))]
        listed = LISTED if pairs else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_families", listed, None, families=len(found)))
    return found


def _matches(line: FamilyLine, wanted: str) -> bool:
    if not wanted:
        return True
    held = [line.case.reference, line.case.family_label]
    held += [f"{m.name} {m.given_name} {m.family_name}" for m in line.members]
    return all(any(word in fold(words) for words in held) for word in wanted.split())


def news_of(actor: Actor, lines: Sequence[FamilyLine], *, now: datetime) -> dict[UUID, News]:
    """For each of these families of the actor, what is new since they last looked, by family id.

    Counts only what the actor may read. `lines` are `families_of` the same actor.
    """
    with transaction.atomic(durable=True):
        looked = last_looks(actor.account, [line.case.id for line in lines])
        return {
            line.case.id: news_in(
                line.case.id,
                actor,
                FamilyTies(role=line.own_role, agency_on_team=True),
                since=looked.get(line.case.id),
                now=now,
            )
            for line in lines
        }


@dataclass(frozen=True, slots=True)
class PastLook:
    """One look at a family, or one thing done to it, from the audit trail."""

    at: datetime
    name: str
    agency_name: str
    action: str


def who_has_looked(actor: Actor, case_id: UUID, *, now: datetime) -> list[PastLook]:
    """The latest looks at this family and changes to it, newest first. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        audit.append(permission.event(resource="who-has-looked"))
    rows = [e for e in audit_reading.events_of_case(case_id) if e.outcome == "allow"]
    people = practitioners_by_id({row.practitioner for row in rows})
    return [
        PastLook(row.recorded_at, person.name, person.agency_name, row.action)
        for row in rows
        if (person := people.get(row.practitioner))
    ]


def who_may_open(actor: Actor, case_id: UUID, *, now: datetime) -> list[tuple[str, str, str]]:
    """Every account holder who may open this family: name, agency, why. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        audit.append(permission.event(resource="who-may-open"))
        return who_can_open(case_id, on=day_of(now))
