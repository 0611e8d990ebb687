"""What a family's page of addresses shows: each that the reader may know of, without its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.addresses.may_have import AddressDecision
from goldenthread.domain.addresses.vocabulary import AddressShown
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import households_seen
from goldenthread.records.access.reading import visible_to
from goldenthread.records.addresses import reading
from goldenthread.records.addresses.reading import AddressRow
from goldenthread.records.audit import store as audit
from goldenthread.records.network.reading import HouseholdRow
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import AgencyRow, PractitionerRow, agencies, everybody
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.kept_addresses import decided, reader_of
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

__all__ = [
    "AddressesShown",
    "NotFoundHere",
    "ShownAddress",
    "addresses_noted",
    "read_addresses",
]


@dataclass(frozen=True, slots=True)
class ShownAddress:
    """One address that the reader may know of, and by which rule they may have it or not.

    Of one that is withheld nothing is known here but whose it is.
    """

    id: UUID | None
    person: UUID | None
    household: UUID | None
    decision: AddressDecision
    row: AddressRow | None = None
    source_is_readable: bool = False


@dataclass(frozen=True)
class AddressesShown:
    """The addresses a reader may know of, and what a form about one offers to choose from."""

    family: Family
    addresses: tuple[ShownAddress, ...]
    households: tuple[HouseholdRow, ...]
    agencies: dict[UUID, AgencyRow]
    everybody: tuple[PractitionerRow, ...]

    def withheld_at(self) -> frozenset[UUID]:
        """The people and households whose address is withheld from this reader."""
        return frozenset(
            whose
            for one in self.addresses
            if not one.decision.is_full and (whose := one.person or one.household)
        )


def read_addresses(
    actor: Actor, case_id: UUID, *, now: datetime, action: Action = Action.VIEW_FAMILY
) -> AddressesShown:
    """Read which addresses a family keeps, as this reader may know. Raises NotFoundHere.

    An address of somebody, or of a home, that the reader may not know of is not among them.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        family = family_of(permission, now)
        homes = tuple(households_seen(case_id, actor, permission.ties, now=now))
        rows = reading.addresses_of(case_id)
        may = decided(rows, reader_of(actor, permission.ties.role))
        whose = {member.person for member in family.members} | {home.id for home in homes}
        sources = {row.source for row in rows if row.source}
        readable = set(
            visible_to(case_id, actor, permission.ties, now=now)
            .filter(id__in=sources)
            .values_list("id", flat=True)
        )
        audit.append(permission.event(opened="addresses"))
        return AddressesShown(
            family,
            tuple(
                _shown(row, may[row.id], row.source in readable)
                for row in rows
                if (row.person or row.household) in whose
                and may[row.id].shown is not AddressShown.HIDDEN
            ),
            homes,
            agencies(),
            tuple(everybody()),
        )


def addresses_noted(actor: Actor, case_id: UUID, *, now: datetime) -> AddressesShown | None:
    """The same for a page that only says of whom an address is kept; None where none is.

    A family that keeps none costs one query. Raises NotFoundHere.
    """
    with transaction.atomic():
        wall.open_for(actor, case_id, on=day_of(now))
        if not reading.keeps_any(case_id):
            return None
    return read_addresses(actor, case_id, now=now)


def _shown(row: AddressRow, may: AddressDecision, readable: bool) -> ShownAddress:
    if not may.is_full:
        return ShownAddress(None, row.person, row.household, may)
    return ShownAddress(row.id, row.person, row.household, may, row, readable)
