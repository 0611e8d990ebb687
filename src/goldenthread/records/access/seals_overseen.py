"""The seals that an agency's people answer for, by what became of each: for counts alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.records.access.models import Seal, SealName, SealNameEnd, SealOwner, SealStep
from goldenthread.records.access.restricting import standing_names
from goldenthread.records.people.models import Filing
from goldenthread.records.shared.models import Account, Practitioner


@dataclass(frozen=True, slots=True)
class SealCourse:
    """One seal: the families it is of, and when it was made, gone on with, amended and lifted.

    `named` are those on its list on the day asked about, `able` those of them who can sign in.
    """

    id: UUID
    kind: str
    cases: tuple[UUID, ...]
    made_at: datetime
    review_on: date
    gone_on: tuple[datetime, ...]
    amended: tuple[datetime, ...]
    lifted_at: datetime | None
    named: frozenset[UUID]
    able: frozenset[UUID]


def seals_answered_for(agency: UUID, *, on: date) -> list[SealCourse]:
    """The seals, standing or lifted, for which somebody of an agency answers; six queries."""
    handed = dict(
        SealOwner.objects.order_by("recorded_at").values_list("seal_id", "practitioner_id")
    )
    own = set(Practitioner.objects.filter(agency=agency).values_list("id", flat=True))
    fields = "id", "kind", "case_id", "statement_id", "owner_id", "review_on", "recorded_at"
    rows = [row for row in Seal.objects.values_list(*fields) if handed.get(row[0], row[4]) in own]
    ids = [row[0] for row in rows]
    steps, amended, named, filed = _of(ids, on, [row[3] for row in rows if row[3]])
    able = set(
        Account.objects.filter(
            is_active=True, practitioner__in={one for these in named.values() for one in these}
        ).values_list("practitioner_id", flat=True)
    )
    found = []
    for id, kind, case, statement, _, review_on, at in rows:
        on_again = [(one[1], one[2]) for one in steps[id] if not one[0]]
        found.append(
            SealCourse(
                id,
                kind,
                (case,) if case else tuple(filed[statement]),
                at,
                on_again[-1][0] if on_again else review_on,
                tuple(when for _, when in on_again),
                tuple(amended[id]),
                next((one[2] for one in steps[id] if one[0]), None),
                frozenset(named[id]),
                frozenset(named[id] & able),
            )
        )
    return found


def _of(ids: list[UUID], on: date, statements: list[UUID]) -> tuple[dict, dict, dict, dict]:
    steps, amended, filed = (defaultdict(list) for _ in range(3))
    named: dict[UUID, set[UUID]] = defaultdict(set)
    rows = SealStep.objects.filter(seal__in=ids).order_by("recorded_at")
    for seal, *step in rows.values_list("seal_id", "lifts", "review_on", "recorded_at"):
        steps[seal].append(tuple(step))
    names = SealName.objects.filter(seal__in=ids)
    for id, seal, who, at in names.values_list("id", "seal_id", "practitioner_id", "recorded_at"):
        if id != uuid5(seal, f"name:{who}"):  # named later, not when the seal was made
            amended[seal].append(at)
    ends = SealNameEnd.objects.filter(name__seal__in=ids)
    for seal, at in ends.values_list("name__seal_id", "recorded_at"):
        amended[seal].append(at)
    for seal, at in SealOwner.objects.filter(seal__in=ids).values_list("seal_id", "recorded_at"):
        amended[seal].append(at)
    there = standing_names(on).filter(seal__in=ids)
    for seal, who in there.values_list("seal_id", "practitioner_id"):
        named[seal].add(who)
    of_entries = Filing.objects.filter(statement__in=statements)
    for statement, case in of_entries.values_list("statement_id", "case_id"):
        filed[statement].append(case)
    return steps, amended, named, filed
