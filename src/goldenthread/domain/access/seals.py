"""Who may be named on a seal, and which named list leaves nobody who can lift it.

Whoever is not named learns nothing of what is sealed, so a list must outlast each of its people:
two at least, one of them a lead or the chair, whose post is filled again when they leave.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.team import TeamRole

FEWEST = 2
TOO_FEW = (
    "Name at least two people who can sign in, one of them the chair or a lead of an agency of the "
    "team. Otherwise nobody could review or lift this seal once somebody leaves."
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a named list: their agency, post and part in the family's team, if any.

    `is_active` is whether they can sign in, `agency_on_team` whether their agency is of the team.
    """

    practitioner: UUID
    name: str
    agency_kind: str
    agency_name: str
    remit: str
    role: str | None
    agency_on_team: bool
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class NamedRule:
    """Who alone may be named on one kind of seal, each part with its published source.

    Somebody of one of these kinds of agency, who has one of the roles in the team or of the posts.
    """

    agency_kinds: frozenset[str]
    agency_source: str
    roles: frozenset[str]
    remits: frozenset[str]
    roles_source: str


def outlasts(named: Collection[Named]) -> bool:
    """Whether a seal of a family with this list can be lifted whoever of it leaves."""
    able = [one for one in named if one.is_active]
    return len(able) >= FEWEST and any(_oversees(one) for one in able)


def _oversees(one: Named) -> bool:
    leads = one.remit == Remit.AGENCY_LEAD and one.agency_on_team
    return leads or one.role == TeamRole.CHAIR


def refused(named: Iterable[Named], rule: NamedRule | None) -> list[Named]:
    """Those who may not be named on a seal of this kind, in the order given."""
    return [one for one in named if rule is not None and not _may_be_named(one, rule)]


def _may_be_named(one: Named, rule: NamedRule) -> bool:
    return one.agency_kind in rule.agency_kinds and (
        one.role in rule.roles or one.remit in rule.remits
    )
