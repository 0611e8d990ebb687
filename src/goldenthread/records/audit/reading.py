"""Reads the audit trail, through the reader's connection: the web role cannot."""

from __future__ import annotations

from uuid import UUID

from goldenthread.records.audit.models import AuditEvent


def events_of_case(case: UUID, *, newest: int = 200) -> list[dict[str, object]]:
    """The latest events on one family's record, newest first."""
    rows = AuditEvent.objects.using("reader").filter(case=case).order_by("-recorded_at")
    return [dict(row) for row in rows.values()[:newest]]
