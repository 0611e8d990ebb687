"""Appends what a statement claims of a family's network, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.network.proposing import ProposedClaim, check_claims
from goldenthread.domain.network.vocabulary import HomeNature
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.records.access.people_seen import households_seen
from goldenthread.records.network import store as network
from goldenthread.records.network.reading import households_of
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import Permission

LONGEST_NAME = 200  # characters; what the record holds of one household's name


class NotInThisFamily(NotTheirs):
    """An entry or a claim names a person or a household that is not in this family's record."""

    rule = NOT_IN_WHAT_THEY_READ


class NoSuchAgency(Refusal):
    """A claim names an agency that is not part of this partnership."""


class NotAHousehold(Refusal):
    """A household needs a name it goes by and a nature from the list."""


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household to add, by the name it goes by: "Nan's", "the flat over the shop"."""

    id: UUID
    name: str
    nature: str = HomeNature.HOME


def place_household(permission: Permission, household: NewHousehold) -> bool:
    """Add one household to the family; False where it is there already. Raises NotAHousehold."""
    name = household.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise NotAHousehold(f"Give the household a name, {LONGEST_NAME} characters at most.")
    if household.nature not in dict(HomeNature.choices()):
        raise NotAHousehold("Choose what sort of place it is from the list.")
    return network.add_household(
        household.id,
        case=permission.family.id,
        name=name,
        nature=str(household.nature),
        agency=permission.actor.agency,
        recorded_by=permission.actor.account,
        event=permission.event(resource=str(household.id), added="household"),
    )


def homes_known(
    permission: Permission, named: Sequence[NewHousehold], *, now: datetime
) -> frozenset[UUID]:
    """The homes the actor may name: those they may know of, and those they call by their name."""
    case = permission.family.id
    seen = households_seen(case, permission.actor, permission.ties, now=now)
    called = {home.id: fold(home.name) for home in named}
    of_that_name = {
        row.id for row in households_of(case) if called and called.get(row.id) == fold(row.name)
    }
    return frozenset(home.id for home in seen) | of_that_name


def make_claims(
    permission: Permission,
    statement: UUID,
    claims: Sequence[ProposedClaim],
    *,
    family: frozenset[UUID],
    homes: frozenset[UUID],
    now: datetime,
) -> int:
    """Append what a statement claims; answers with how many claims are new.

    `family` and `homes` are whom and what of this family's record may be named: whatever is not
    among them is refused like what was never there. Raises CannotBeClaimed, NotInThisFamily and
    NoSuchAgency; then nothing is appended.
    """
    check_claims(claims, today=day_of(now))
    if any(person not in family for claim in claims for person in claim.people):
        raise NotInThisFamily("One of these people is not in this family's record.")
    if any(claim.household and claim.household not in homes for claim in claims):
        raise NotInThisFamily("One of these households is not in this family's record.")
    named = {claim.agency for claim in claims if claim.agency}
    if named and not named <= agencies().keys():
        raise NoSuchAgency("One of these agencies is not part of this partnership.")
    return network.append_claims(
        statement,
        claims,
        recorded_by=permission.actor.account,
        event=permission.event(resource=str(statement), claims=len(claims)),
    )
