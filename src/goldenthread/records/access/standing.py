"""What restricts a record today, as rows with who did it and why: for the pages that say so.

Whoever calls has made sure that the reader may know of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from goldenthread.records.access.models import SealNameEnd, SealOwner, SealStep
from goldenthread.records.access.restricting import (
    standing_clearances,
    standing_conflicts,
    standing_labels,
    standing_names,
    standing_seals,
    standing_withholdings,
)
from goldenthread.records.people.models import Filing


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A label that stands on an entry."""

    id: UUID
    label: str
    reason: str
    agency_name: str
    put_by_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SealRow:
    """A seal that stands: of an entry, or of a whole family where `statement` is None.

    `review_on` is the day of its latest step, `owner_since` when `owner` began to answer for it.
    `named` maps people to what they are called; `names` to the row that names them, `until` to the
    day on which that ends, where one is set.
    """

    id: UUID
    case: UUID | None
    statement: UUID | None
    kind: str
    reason: str
    owner: UUID
    owner_name: str
    review_on: date
    sealed_by_name: str
    recorded_at: datetime
    owner_since: datetime
    named: dict[UUID, str]
    names: dict[UUID, UUID]
    until: dict[UUID, date]


@dataclass(frozen=True, slots=True)
class WithholdingRow:
    """A withholding that stands, by the name of whom it is from."""

    id: UUID
    statement: UUID | None
    whom: str
    until: date | None
    reason: str
    by_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """A whole record that somebody withholds: which family, from whom, by whom and why."""

    case: UUID
    reference: str
    whom: str
    until: date | None
    reason: str
    by_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict of interest that stands; `words` are what the family was called."""

    id: UUID
    practitioner: UUID
    name: str
    words: str
    reason: str
    by_themselves: bool
    recorded_at: datetime
    case: UUID | None


@dataclass(frozen=True, slots=True)
class ClearanceRow:
    """Somebody is cleared for a label, from one day to another."""

    id: UUID
    practitioner: UUID
    name: str
    label: str
    from_on: date
    to_on: date | None
    reason: str


def labels_on(statement: UUID) -> dict[str, LabelRow]:
    """The labels that stand on an entry, by key."""
    rows = standing_labels().filter(statement=statement).order_by("recorded_at", "id")
    fields = "id", "label", "reason", "agency__name", "put_by__practitioner__name", "recorded_at"
    return {row[1]: LabelRow(*row) for row in rows.values_list(*fields)}


def seals_on(
    case: UUID, statement: UUID | None, *, on: date, entries_too: bool = False
) -> list[SealRow]:
    """The seals that stand on an entry, or on a family; with `entries_too` all of a family's.

    With those who are named on a day.
    """
    filed = Exists(Filing.objects.filter(case=case, statement=OuterRef("statement")))
    if entries_too:
        which = Q(case=case) | Q(filed)
    else:
        which = Q(statement=statement) if statement else Q(case=case)
    return _seals(which, on)


def seals_of(cases: Iterable[UUID], *, on: date) -> list[SealRow]:
    """The seals on these families and their entries, with those who are named on a day."""
    there = list(cases)
    filed = Exists(Filing.objects.filter(case__in=there, statement=OuterRef("statement")))
    return _seals(Q(case__in=there) | Q(filed), on)


def _seals(which: Q, on: date) -> list[SealRow]:
    fields = (
        "id", "case_id", "statement_id", "kind", "reason", "owner_id", "owner__name", "review_on",
        "sealed_by__practitioner__name", "recorded_at",
    )  # fmt: skip
    rows = list(standing_seals().filter(which).order_by("recorded_at", "id").values_list(*fields))
    ids = [row[0] for row in rows]
    named, names, until = _names(ids, on)
    steps = SealStep.objects.filter(seal__in=ids, lifts=False).order_by("recorded_at")
    again = dict(steps.values_list("seal_id", "review_on"))
    handed = SealOwner.objects.filter(seal__in=ids).order_by("recorded_at")
    owners = {
        row[0]: row[1:]
        for row in handed.values_list(
            "seal_id", "practitioner_id", "practitioner__name", "recorded_at"
        )
    }
    found = []
    for id, case, statement, kind, reason, owner, owner_name, review_on, by, at in rows:
        who, called, since = owners.get(id, (owner, owner_name, at))
        found.append(
            SealRow(
                id,
                case,
                statement,
                kind,
                reason,
                who,
                called,
                again.get(id) or review_on,
                by,
                at,
                since,
                named[id],
                names[id],
                until[id],
            )
        )
    return found


def _names(
    ids: list[UUID], on: date
) -> tuple[dict[UUID, dict[UUID, str]], dict[UUID, dict[UUID, UUID]], dict[UUID, dict[UUID, date]]]:
    """For each of these seals: who is named, by which row, and until which day if one is set."""
    named: dict[UUID, dict[UUID, str]] = {id: {} for id in ids}
    names: dict[UUID, dict[UUID, UUID]] = {id: {} for id in ids}
    until: dict[UUID, dict[UUID, date]] = {id: {} for id in ids}
    rows = standing_names(on).filter(seal__in=ids).order_by("practitioner__name")
    fields = "id", "seal_id", "practitioner_id", "practitioner__name"
    found = list(rows.values_list(*fields))
    ends = SealNameEnd.objects.filter(name__in=[row[0] for row in found])
    to_on = dict(ends.values_list("name_id", "to_on"))
    for row, seal, who, name in found:
        named[seal][who], names[seal][who] = name, row
        if row in to_on:
            until[seal][who] = to_on[row]
    return named, names, until


def withholdings_on(case: UUID) -> list[WithholdingRow]:
    """What is withheld of a family and of its entries, from whom."""
    filed = Exists(Filing.objects.filter(case=case, statement=OuterRef("statement")))
    rows = standing_withholdings(None).filter(Q(case=case) | Q(filed)).order_by("recorded_at", "id")
    fields = (
        "id", "statement_id", "practitioner__name", "agency__name", "until", "reason",
        "withheld_by__practitioner__name", "recorded_at",
    )  # fmt: skip
    return [
        WithholdingRow(row[0], row[1], row[2] or row[3], *row[4:])
        for row in rows.values_list(*fields)
    ]


def withheld_by_agency(agency: UUID, cases: Iterable[UUID]) -> list[WithheldRow]:
    """Which of these families' whole records people of an agency withhold, the latest first."""
    rows = standing_withholdings(None).filter(
        case__in=list(cases), withheld_by__practitioner__agency=agency
    )
    fields = (
        "case_id", "case__reference", "practitioner__name", "agency__name", "until", "reason",
        "withheld_by__practitioner__name", "recorded_at",
    )  # fmt: skip
    return [
        WithheldRow(row[0], row[1], row[2] or row[3], *row[4:])
        for row in rows.order_by("-recorded_at", "id").values_list(*fields)
    ]


_CONFLICT = (
    "id", "practitioner_id", "practitioner__name", "words", "reason", "by_themselves",
    "recorded_at", "case_id",
)  # fmt: skip


def conflicts_of_agency(agency: UUID) -> list[ConflictRow]:
    """The conflicts of an agency's people that somebody declared and that stand, oldest first."""
    rows = standing_conflicts().filter(practitioner__agency=agency, match__isnull=True)
    return _conflicts(rows)


def conflicts_of_person(practitioner: UUID) -> list[ConflictRow]:
    """The conflicts of one person that stand, those that rest on a match among them."""
    return _conflicts(standing_conflicts().filter(practitioner=practitioner))


def conflicts_with(case: UUID) -> list[ConflictRow]:
    """The conflicts with a family that somebody declared and that stand, oldest first."""
    return _conflicts(standing_conflicts().filter(case=case, match__isnull=True))


def _conflicts(rows) -> list[ConflictRow]:
    ordered = rows.order_by("recorded_at", "id")
    return [ConflictRow(*row) for row in ordered.values_list(*_CONFLICT)]


def clearances_of_agency(agency: UUID, *, on: date) -> list[ClearanceRow]:
    """The clearances of an agency's people that hold on a day, by name and label."""
    rows = standing_clearances(on).filter(practitioner__agency=agency)
    fields = (
        "id", "practitioner_id", "practitioner__name", "label", "from_on", "to_on", "reason",
    )  # fmt: skip
    ordered = rows.order_by("practitioner__name", "label", "from_on")
    return [ClearanceRow(*row) for row in ordered.values_list(*fields)]


def has_step(id: UUID) -> bool:
    """Whether a seal was reviewed or lifted under this id."""
    return SealStep.objects.filter(id=id).exists()
