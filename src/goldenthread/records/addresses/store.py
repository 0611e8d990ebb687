"""Appends addresses, whom they must not reach, tellings, and what became of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.addresses.outgoing import Hit, Recipient
from goldenthread.records.addresses import sealing
from goldenthread.records.addresses.models import (
    Address,
    AddressContent,
    AddressKeptFrom,
    AddressTold,
    OutgoingAsk,
    OutgoingDecision,
    OutgoingHold,
)
from goldenthread.records.audit import store as audit


@dataclass(frozen=True, slots=True)
class NewKeptFrom:
    """Somebody it must not reach, or who acts for them."""

    id: UUID
    sort: str
    person: UUID | None = None
    practitioner: UUID | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class NewAddress:
    """One address to keep, with everything the record says of it."""

    id: UUID
    case: UUID
    person: UUID | None
    household: UUID | None
    kept: sealing.Kept
    from_on: date | None
    to_on: date | None
    how_known: str
    said_by: str
    source: UUID | None
    is_hidden: bool
    kept_from: Sequence[NewKeptFrom]
    agency: UUID
    recorded_by: UUID
    instead_of: UUID | None = None
    change: str = ""


def keep(new: NewAddress, event: audit.Event) -> bool:
    """Keep an address, encrypted; False where this one is kept already. Raises AddressKeyMissing.

    Must run inside a transaction.
    """
    if Address.objects.filter(id=new.id).exists():
        return False
    sealed = sealing.seal(new.id, new.kept)
    Address.objects.bulk_create(
        [
            Address(
                id=new.id, case_id=new.case, person_id=new.person, household_id=new.household,
                from_on=new.from_on, to_on=new.to_on, how_known=new.how_known,
                said_by=new.said_by, source_id=new.source, is_hidden=new.is_hidden,
                instead_of_id=new.instead_of, change=new.change, commitment=sealed.commitment,
                agency_id=new.agency, recorded_by_id=new.recorded_by,
            )
        ]
    )  # fmt: skip
    AddressContent.objects.bulk_create(
        [AddressContent(address_id=new.id, key=sealed.key, sealed=sealed.sealed)]
    )
    AddressKeptFrom.objects.bulk_create(
        [
            AddressKeptFrom(
                id=one.id, address_id=new.id, sort=one.sort, person_id=one.person,
                practitioner_id=one.practitioner, words=one.words,
            )
            for one in new.kept_from
        ]
    )  # fmt: skip
    audit.append(event)
    return True


def tell(
    id: UUID, *, address: UUID, agency: UUID, practitioner: UUID | None, reason: str,
    told_by: UUID, told_at: datetime, event: audit.Event,
) -> bool:  # fmt: skip
    """Note that an agency, or one of its practitioners, was given it; False where noted already."""
    if AddressTold.objects.filter(id=id).exists():
        return False
    AddressTold.objects.bulk_create(
        [
            AddressTold(
                id=id, address_id=address, agency_id=agency, practitioner_id=practitioner,
                reason=reason, told_by_id=told_by, told_at=told_at,
            )
        ]
    )  # fmt: skip
    audit.append(event)
    return True


def ask(
    id: UUID, *, case: UUID, kind: str, place: str, recipients: Sequence[Recipient], agency: UUID,
    practitioner: UUID, asked_by: UUID, asked_at: datetime, event: audit.Event,
) -> None:  # fmt: skip
    """Keep for whom one document was asked for."""
    OutgoingAsk.objects.bulk_create(
        [
            OutgoingAsk(
                id=id, case_id=case, kind=kind, place=place,
                recipients=[_written(one) for one in recipients], agency_id=agency,
                practitioner_id=practitioner, asked_by_id=asked_by, asked_at=asked_at,
            )
        ]
    )  # fmt: skip
    audit.append(event)


def hold(ask: UUID, hits: Sequence[Hit], event: audit.Event) -> bool:
    """Hold a document for a manager to decide; False where it is held already."""
    audit.append(event)
    if OutgoingHold.objects.filter(ask=ask).exists():
        return False
    written = [[str(hit.address), str(hit.part), hit.where] for hit in hits]
    OutgoingHold.objects.bulk_create([OutgoingHold(ask_id=ask, hits=written)])
    return True


def decide(
    ask: UUID, *, releases: bool, reason: str, asked_by: UUID, decided_by: UUID,
    decided_at: datetime, event: audit.Event,
) -> bool:  # fmt: skip
    """Keep what the manager decided; False where it was decided already."""
    if OutgoingDecision.objects.filter(hold=ask).exists():
        return False
    OutgoingDecision.objects.bulk_create(
        [
            OutgoingDecision(
                hold_id=ask, releases=releases, reason=reason, asked_by_id=asked_by,
                decided_by_id=decided_by, decided_at=decided_at,
            )
        ]
    )  # fmt: skip
    audit.append(event)
    return True


def change_key(*, using: str = "owner") -> int:
    """Encrypt every address again with the first key; answers with how many changed.

    Run by the owner, whom alone the table lets change a row. Raises AddressKeyMissing.
    """
    current, done = sealing.current_key(), 0
    with transaction.atomic(using=using):
        rows = AddressContent.objects.using(using).exclude(key=current).select_for_update()
        for row in rows:
            row.key, row.sealed = sealing.sealed_again(row.pk, row.key, bytes(row.sealed))
            row.save(using=using, update_fields=["key", "sealed"])
            done += 1
    return done


def _written(one: Recipient) -> dict[str, str]:
    found = {"person": one.person, "practitioner": one.practitioner, "words": one.words}
    return {name: str(value) for name, value in found.items() if value}
