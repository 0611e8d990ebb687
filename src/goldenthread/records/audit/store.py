"""Appends to the audit trail. Every storage function that changes something asks for an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4  # noqa: TID251 - the trail mints its own keys

from django.db import DatabaseError

from goldenthread.domain.audit.trail import TrailNotWritten
from goldenthread.records.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done or refused: who, what, to which family, by which rule. Never the content."""

    account: UUID
    practitioner: UUID
    agency: UUID
    action: str
    outcome: str
    rule: str
    case: UUID | None = None
    resource: str = ""
    detail: dict[str, object] = field(default_factory=dict)


def append(*events: Event) -> None:
    """Write events in their order, in the caller's transaction. Raises TrailNotWritten."""
    try:
        _append(events)
    except DatabaseError as refused:
        raise TrailNotWritten("The audit trail could not be written.") from refused


def _append(events: tuple[Event, ...]) -> None:
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                id=uuid4(),
                account=event.account,
                practitioner=event.practitioner,
                agency=event.agency,
                action=event.action,
                outcome=event.outcome,
                rule=event.rule,
                case=event.case,
                resource=event.resource,
                detail=event.detail,
            )
            for event in events
        ]
    )
