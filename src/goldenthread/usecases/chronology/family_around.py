"""The family and the agencies around a form: whom an entry can be about, and whom it can reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem, ProposedEntry, admit
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import agencies, practitioners_of_agency
from goldenthread.usecases._steps.family import family_of
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases.chronology.shown import AgencyRow, Family, PractitionerRow

__all__ = ["FamilyAround", "NotFoundHere", "family_around", "family_of", "problems_with"]


@dataclass(frozen=True, slots=True)
class FamilyAround:
    """What a form about one family offers to choose from."""

    family: Family
    agencies: dict[UUID, AgencyRow]
    colleagues: tuple[PractitionerRow, ...]

    @property
    def others_on_team(self) -> tuple[AgencyRow, ...]:
        """The agencies on the family's team other than the reader's own, by name."""
        on_team = {member.agency for member in self.family.team}
        return tuple(row for row in self._others if row.id in on_team)

    @property
    def others_beyond_team(self) -> tuple[AgencyRow, ...]:
        """The partnership's other agencies, by name."""
        on_team = {member.agency for member in self.family.team}
        return tuple(row for row in self._others if row.id not in on_team)

    @property
    def _others(self) -> list[AgencyRow]:
        own = self.family.reader.agency
        return [row for row in self.agencies.values() if row.id != own]


def family_around(
    actor: Actor, case_id: UUID, *, now: datetime, action: Action = Action.ADD_ENTRY
) -> FamilyAround:
    """Read what a form needs, for somebody who may do `action`. Raises NotFoundHere."""
    with permitted(actor, case_id, action, now=now) as permission:
        around = FamilyAround(
            family=family_of(permission, now),
            agencies=agencies(),
            colleagues=tuple(practitioners_of_agency(actor.agency)),
        )
        audit.append(permission.event(opened="form"))
    return around


def problems_with(proposed: ProposedEntry, *, now: datetime) -> tuple[Problem, ...]:
    """What would keep an entry out of the record as it stands; nothing is recorded."""
    try:
        admit(proposed, now=now)
    except CannotBeRecorded as refused:
        return refused.problems
    return ()
