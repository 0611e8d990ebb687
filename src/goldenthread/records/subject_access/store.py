"""Appends packs, what was decided in them, checks and releases; each with its audit event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.records.audit import store as audit
from goldenthread.records.subject_access.models import (
    Pack,
    PackCheck,
    PackCheckAsked,
    PackChoice,
    PackEntry,
    PackRedaction,
    PackRedactionUndone,
    PackRelease,
)


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack to start: who asked, about whom, when, and how it is known that they may."""

    id: UUID
    case: UUID
    asked_by: UUID
    about: UUID
    asked_on: date
    due_on: date
    entitled: str
    agency: UUID
    started_by: UUID


@dataclass(frozen=True, slots=True)
class NewRedaction:
    """One place of a part of an entry that does not leave."""

    id: UUID
    statement: UUID
    part: str
    begins: int
    ends: int
    reason: str


def start(new: NewPack, statements: Iterable[UUID], event: audit.Event) -> bool:
    """Start a pack that looks at these entries; False where it is started already."""
    if Pack.objects.filter(id=new.id).exists():
        return False
    Pack.objects.bulk_create(
        [
            Pack(
                id=new.id, case_id=new.case, asked_by_id=new.asked_by, about_id=new.about,
                asked_on=new.asked_on, due_on=new.due_on, entitled=new.entitled,
                agency_id=new.agency, started_by_id=new.started_by,
            )
        ]
    )  # fmt: skip
    add_entries(new.id, statements, added_by=new.started_by, event=event)
    return True


def add_entries(
    pack: UUID, statements: Iterable[UUID], *, added_by: UUID, event: audit.Event
) -> None:
    """Look at these entries too."""
    PackEntry.objects.bulk_create(
        [
            PackEntry(
                id=uuid5(pack, str(one)), pack_id=pack, statement_id=one, added_by_id=added_by
            )
            for one in statements
        ]
    )
    audit.append(event)


def choose(
    pack: UUID, statements: Iterable[tuple[UUID, int]], *, is_in: bool, reason: str, note: str,
    chosen_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep what was decided of entries, each given with the number of this decision on it."""
    PackChoice.objects.bulk_create(
        [
            PackChoice(
                id=uuid5(pack, f"{statement}:{number}"), pack_id=pack, statement_id=statement,
                number=number, is_in=is_in, reason=reason, note=note, chosen_by_id=chosen_by,
            )
            for statement, number in statements
        ]
    )  # fmt: skip
    audit.append(event)


def redact(
    pack: UUID, places: Iterable[NewRedaction], *, made_by: UUID, event: audit.Event
) -> None:
    """Withhold these places."""
    PackRedaction.objects.bulk_create(
        [
            PackRedaction(
                id=one.id, pack_id=pack, statement_id=one.statement, part=one.part,
                begins=one.begins, ends=one.ends, reason=one.reason, made_by_id=made_by,
            )
            for one in places
        ]
    )  # fmt: skip
    audit.append(event)


def undo(redaction: UUID, *, undone_by: UUID, event: audit.Event) -> bool:
    """Withhold a place no longer; False where that is so already."""
    if PackRedactionUndone.objects.filter(redaction=redaction).exists():
        return False
    PackRedactionUndone.objects.bulk_create(
        [PackRedactionUndone(redaction_id=redaction, undone_by_id=undone_by)]
    )
    audit.append(event)
    return True


def ask_for_check(id: UUID, pack: UUID, *, digest: str, asked_by: UUID, event: audit.Event) -> None:
    """Ask a second person to check a pack as it stands."""
    PackCheckAsked.objects.bulk_create(
        [PackCheckAsked(id=id, pack_id=pack, digest=digest, asked_by_id=asked_by)]
    )
    audit.append(event)


def check(
    asked: UUID, *, agrees: bool, reason: str, started_by: UUID, asked_by: UUID, checked_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Keep what the second person said; the database refuses one who is not another."""
    PackCheck.objects.bulk_create(
        [
            PackCheck(
                asked_id=asked, agrees=agrees, reason=reason, started_by_id=started_by,
                asked_by_id=asked_by, checked_by_id=checked_by,
            )
        ]
    )  # fmt: skip
    audit.append(event)


def release(
    check: UUID, *, digest: str, checked_by: UUID, released_by: UUID, released_at: datetime,
    event: audit.Event,
) -> None:  # fmt: skip
    """Release what was agreed to; the database refuses whoever checked it."""
    PackRelease.objects.bulk_create(
        [
            PackRelease(
                check_made_id=check, digest=digest, checked_by_id=checked_by,
                released_by_id=released_by, released_at=released_at,
            )
        ]
    )  # fmt: skip
    audit.append(event)
