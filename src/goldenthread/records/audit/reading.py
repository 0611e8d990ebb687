"""Reads the audit trail, through the reader's connection: the web role cannot."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from goldenthread.records.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it was written."""

    recorded_at: datetime
    account: UUID
    practitioner: UUID
    agency: UUID
    action: str
    outcome: str
    rule: str
    resource: str
    detail: dict[str, object]


def events_of_case(case: UUID, *, newest: int = 200) -> list[EventRow]:
    """The latest events on one family's record, newest first."""
    rows = AuditEvent.objects.using("reader").filter(case=case).order_by("-recorded_at")
    names = [field.name for field in fields(EventRow)]
    return [EventRow(*row) for row in rows.values_list(*names)[:newest]]


def events_between(case: UUID, *, begins: datetime, ends: datetime, at_most: int) -> list[EventRow]:
    """The events on one family's record from one moment and before another, newest first."""
    rows = AuditEvent.objects.using("reader").filter(
        case=case, recorded_at__gte=begins, recorded_at__lt=ends
    )
    names = [field.name for field in fields(EventRow)]
    found = rows.order_by("-recorded_at", "id").values_list(*names)[:at_most]
    return [EventRow(*row) for row in found]


@dataclass(frozen=True, slots=True)
class AgencyEventRow:
    """One event of somebody of an agency, with its id."""

    id: UUID
    recorded_at: datetime
    practitioner: UUID
    action: str
    outcome: str
    case: UUID | None
    resource: str
    rule: str
    detail: dict[str, object]


def events_of_agency(agency: UUID, *, begins: datetime, ends: datetime) -> list[AgencyEventRow]:
    """What an agency's people did from one moment and before another, oldest first. One query.

    It reads as much as that agency did, however much others did.
    """
    rows = AuditEvent.objects.using("reader").filter(
        agency=agency, recorded_at__gte=begins, recorded_at__lt=ends
    )
    names = [field.name for field in fields(AgencyEventRow)]
    return [AgencyEventRow(*row) for row in rows.order_by("recorded_at", "id").values_list(*names)]


def looks_between(case: UUID, account: UUID, *, begins: datetime, ends: datetime) -> list[str]:
    """What an account did in a family's record by a glass it broke, between two moments."""
    rows = AuditEvent.objects.using("reader").filter(
        case=case, account=account, recorded_at__gte=begins, recorded_at__lte=ends,
        rule="glass-broken", outcome="allow",
    )  # fmt: skip
    return list(rows.exclude(action="break_glass").values_list("action", flat=True))
