"""Reads single statements, for the verbs that act on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.records.provenance.models import Awareness, Statement


def recorded_at_of(statement: UUID, *, agency: UUID) -> datetime | None:
    """When a statement of this agency was recorded, or None where it has none of that id."""
    found = Statement.objects.filter(id=statement, agency=agency)
    return found.values_list("recorded_at", flat=True).first()


def agency_of(statement: UUID) -> UUID | None:
    """Which agency made a statement."""
    return Statement.objects.filter(id=statement).values_list("agency_id", flat=True).first()


def known_from_of(statement: UUID, *, agency: UUID, by: datetime) -> datetime | None:
    """Since when an agency has known a statement, or None where it does not know it by then."""
    rows = Awareness.objects.filter(statement=statement, agency=agency, known_from__lte=by)
    return rows.order_by("known_from").values_list("known_from", flat=True).first()


def known_to_agencies(statement: UUID, *, by: datetime) -> frozenset[UUID]:
    """The agencies that know a statement by an instant."""
    rows = Awareness.objects.filter(statement=statement, known_from__lte=by)
    return frozenset(rows.values_list("agency_id", flat=True))


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What one statement says, for a line that names it; `happened` is EDTF text."""

    id: UUID
    kind: str
    agency: UUID
    text: str
    happened: str


def said_in(scope: QuerySet[Statement]) -> list[SaidRow]:
    """What the statements of a scope say. One query."""
    wanted = "id", "kind", "agency_id", "text", "happened"
    return [SaidRow(*row) for row in scope.values_list(*wanted)]
