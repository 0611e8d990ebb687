"""The family around a page: its people, the team, and what the permitted reader is to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from goldenthread.domain.access.glass import OpenGlass
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import TeamRow, masks_any, team_of
from goldenthread.records.people.reading import CaseRow, MemberRow
from goldenthread.records.shared.reading import PractitionerRow, practitioner
from goldenthread.usecases._steps.giving import Named
from goldenthread.usecases._steps.permission import Permission


@dataclass(frozen=True)
class Family:
    """The family around a page: case, the people the reader may know of, and the team.

    `lacks_clearance` says that a label masks an entry for this reader; `is_sealed` that the record
    is open to named people alone, of whom the reader is one; `glass` that they broke it to read it.
    `given_to` are those a document is for that is made of this; nobody, on a page.
    """

    case: CaseRow
    members: tuple[MemberRow, ...]
    team: tuple[TeamRow, ...]
    reader: PractitionerRow
    reader_role: str | None
    rule: str
    reason: str
    lacks_clearance: bool = False
    is_sealed: bool = False
    glass: OpenGlass | None = None
    given_to: tuple[Named, ...] = ()

    @cached_property
    def children(self) -> tuple[MemberRow, ...]:
        """The children, in the family's order."""
        return tuple(member for member in self.members if member.is_child)

    @property
    def for_whom(self) -> str:
        """For whom a document made of this is, as each of its sheets says; empty on a page."""
        return f"For {'; '.join(one.words for one in self.given_to)}" if self.given_to else ""

    @property
    def sees_everything(self) -> bool:
        """Whether no entry is masked for this reader."""
        reads_all = self.reader_role == "chair" or self.glass is not None
        return reads_all and not self.lacks_clearance

    @property
    def whom_to_ask(self) -> TeamRow | None:
        """The allocated worker: whom to ask about what another agency holds."""
        return next((member for member in self.team if member.role == "allocated"), None)


def family_of(permission: Permission, now: datetime) -> Family:
    """The family as the permitted reader stands to it now."""
    case_id = permission.family.id
    reader = practitioner(permission.actor.practitioner)
    assert reader is not None
    return Family(
        case=permission.family,
        members=members_seen(case_id, permission.actor, permission.ties, now=now),
        team=tuple(team_of(case_id, on=day_of(now))),
        reader=reader,
        reader_role=permission.ties.role,
        rule=permission.decision.rule,
        reason=permission.decision.reason,
        is_sealed=permission.ties.restrictions.is_sealed,
        lacks_clearance=masks_any(permission.actor, permission.ties.restrictions),
        glass=permission.ties.glass,
        given_to=permission.given.to,
    )
