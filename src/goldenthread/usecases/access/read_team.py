"""Who is on the team around a family, who was and will be, and what of it the reader may settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, decide
from goldenthread.domain.access.team import Candidate, TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.teams import MembershipRow, memberships_of
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import (
    AgencyRow,
    PractitionerRow,
    agencies,
    practitioners_of_agency,
)
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.team_settled import may_be_of

__all__ = [
    "Choices", "Leaving", "MembershipRow", "NotFoundHere", "TeamShown", "choices_for_team",
    "read_membership", "read_team",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TeamShown:
    """The team now, to come and before; and which of these places the reader may end."""

    family: Family
    now: tuple[MembershipRow, ...]
    to_come: tuple[MembershipRow, ...]
    before: tuple[MembershipRow, ...]
    may_join: bool
    may_end: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Choices:
    """The agencies the reader may choose from, and the people of the one that was chosen.

    Everybody of it is there but the reader: that somebody is not would tell something of them.
    """

    family: Family
    agencies: tuple[AgencyRow, ...]
    people: tuple[PractitionerRow, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A place on the team that is to end, and, of an allocated worker, who could be next."""

    family: Family
    row: MembershipRow
    people: tuple[PractitionerRow, ...]


def read_team(actor: Actor, case: UUID, *, now: datetime) -> TeamShown:
    """The team of any time. Raises NotFoundHere."""
    today = day_of(now)
    with permitted(actor, case, Action.VIEW_FAMILY, now=now) as permission:
        rows = memberships_of(case)
        begun = [one for one in rows if one.term.from_on <= today]
        found = TeamShown(
            family=family_of(permission, now),
            now=tuple(sorted((one for one in begun if one.term.holds_on(today)), key=_first)),
            to_come=tuple(
                one for one in rows if one.term.from_on > today and not one.term.is_empty
            ),
            before=tuple(
                one for one in reversed(rows)
                if one.term.to_on is not None
                and (one.term.to_on <= today or one.term.is_empty)
            ),
            may_join=decide(actor, Action.JOIN_TEAM, permission.ties).is_allowed,
            may_end=frozenset(one.id for one in rows if _may_end(permission, one)),
        )  # fmt: skip
        audit.append(permission.event(resource="team"))
    return found


def choices_for_team(
    actor: Actor, case: UUID, *, agency: UUID | None = None, now: datetime
) -> Choices:
    """Whom the reader may choose to put on the team. Raises NotFoundHere.

    `people` are empty where the agency is none of those that may be chosen.
    """
    with permitted(actor, case, Action.JOIN_TEAM, now=now) as permission:
        only = may_be_of(permission)
        rows = tuple(one for one in agencies().values() if only in (None, one.id))
        chosen = agency if agency in {one.id for one in rows} else None
        family = family_of(permission, now)
        audit.append(permission.event(resource="team", step="choose"))
        return Choices(family, rows, _people(actor, chosen))


def read_membership(actor: Actor, case: UUID, member: UUID, *, now: datetime) -> Leaving:
    """A place on the team that the reader may end. Raises NotFoundHere."""
    with permitted(actor, case, Action.END_MEMBERSHIP, now=now) as permission:
        row = next((one for one in memberships_of(case) if one.id == member), None)
        audit.append(permission.event(resource=str(member), step="look"))
        family = family_of(permission, now)
        may = row is not None and _may_end(permission, row)
    if row is None or not may:
        raise NotFoundHere("There is no such place on this family’s team.")
    is_allocated = row.role == TeamRole.ALLOCATED
    people = _people(actor, row.agency) if is_allocated else ()
    return Leaving(family, row, tuple(one for one in people if one.id != row.practitioner))


def _may_end(permission: Permission, one: MembershipRow) -> bool:
    candidate = Candidate(one.practitioner, one.agency, one.role)
    return decide(
        permission.actor, Action.END_MEMBERSHIP, permission.ties, candidate=candidate
    ).is_allowed


def _people(actor: Actor, agency: UUID | None) -> tuple[PractitionerRow, ...]:
    rows = practitioners_of_agency(agency) if agency else []
    return tuple(one for one in rows if one.id != actor.practitioner)


def _first(one: MembershipRow) -> tuple[bool, str, str]:
    return one.role != TeamRole.ALLOCATED, one.agency_name, one.name
