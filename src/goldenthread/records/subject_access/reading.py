"""Packs as frozen rows; which entries of them a reader may see, `visible_to` decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

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
class PackRow:
    """One pack: who asked, about whom, when, until when, and who answers."""

    id: UUID
    case: UUID
    asked_by: UUID
    about: UUID
    asked_on: date
    due_on: date
    entitled: str
    agency: UUID
    started_by: UUID
    starter: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What counts of an entry of a pack: the latest that was decided."""

    number: int
    is_in: bool
    reason: str
    note: str
    chosen_by: UUID


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """One place that is withheld still."""

    id: UUID
    statement: UUID
    part: str
    begins: int
    ends: int
    reason: str
    made_by: UUID


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check that was asked for, what was said (`agrees` None until then), and its release."""

    id: UUID
    digest: str
    asked_by: UUID
    asker: UUID
    asked_at: datetime
    agrees: bool | None
    reason: str | None
    checked_by: UUID | None
    checker: UUID | None
    checked_at: datetime | None
    released_by: UUID | None
    released_at: datetime | None


FIELDS = (
    "id", "case_id", "asked_by_id", "about_id", "asked_on", "due_on", "entitled", "agency_id",
    "started_by_id", "started_by__practitioner_id", "recorded_at",
)  # fmt: skip


def packs_of(case: UUID, agency: UUID) -> list[PackRow]:
    """The packs of one agency for a family, latest request first."""
    rows = Pack.objects.filter(case=case, agency=agency).order_by("-asked_on", "-recorded_at")
    return [PackRow(*row) for row in rows.values_list(*FIELDS)]


def pack(id: UUID) -> PackRow | None:
    """One pack, or None."""
    row = Pack.objects.filter(id=id).values_list(*FIELDS).first()
    return None if row is None else PackRow(*row)


def entries_of(pack: UUID) -> frozenset[UUID]:
    """The entries that a pack looks at."""
    return frozenset(PackEntry.objects.filter(pack=pack).values_list("statement_id", flat=True))


def choices_of(pack: UUID) -> dict[UUID, ChoiceRow]:
    """The latest choice of each entry of a pack."""
    rows = PackChoice.objects.filter(pack=pack).order_by("number")
    fields = ("statement_id", "number", "is_in", "reason", "note", "chosen_by_id")
    return {row[0]: ChoiceRow(*row[1:]) for row in rows.values_list(*fields)}


def redactions_of(pack: UUID) -> list[RedactionRow]:
    """The places withheld in a pack that nobody undid, in the order of their texts."""
    undone = PackRedactionUndone.objects.filter(redaction=OuterRef("pk"))
    rows = PackRedaction.objects.filter(~Exists(undone), pack=pack)
    fields = ("id", "statement_id", "part", "begins", "ends", "reason", "made_by_id")
    return [RedactionRow(*row) for row in rows.order_by("begins", "id").values_list(*fields)]


def redaction(id: UUID) -> tuple[UUID, UUID] | None:
    """The pack and the entry of one place, or None."""
    rows = PackRedaction.objects.filter(id=id).values_list("pack_id", "statement_id")
    return rows.first()


def workers_on(pack: UUID) -> frozenset[UUID]:
    """The accounts of everybody who decided anything in a pack."""
    chose = PackChoice.objects.filter(pack=pack).values_list("chosen_by_id", flat=True)
    made = PackRedaction.objects.filter(pack=pack).values_list("made_by_id", flat=True)
    return frozenset(chose) | frozenset(made)


def checks_of(pack: UUID) -> list[CheckRow]:
    """The checks that were asked for of a pack, latest first."""
    asked = PackCheckAsked.objects.filter(pack=pack).order_by("-recorded_at", "-id").values_list(
        "id", "digest", "asked_by_id", "asked_by__practitioner_id", "recorded_at"
    )  # fmt: skip
    said = {
        row[0]: row[1:]
        for row in PackCheck.objects.filter(asked__pack=pack).values_list(
            "asked_id", "agrees", "reason", "checked_by_id", "checked_by__practitioner_id",
            "recorded_at",
        )
    }  # fmt: skip
    released = {
        row[0]: row[1:]
        for row in PackRelease.objects.filter(check_made__asked__pack=pack).values_list(
            "check_made_id", "released_by_id", "released_at"
        )
    }
    nothing, never = (None,) * 5, (None,) * 2
    return [
        CheckRow(*row, *said.get(row[0], nothing), *released.get(row[0], never)) for row in asked
    ]
