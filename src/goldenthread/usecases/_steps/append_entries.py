"""Appends admitted entries to a family's record: statements, who knows them, subjects, filing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from goldenthread.domain.chronology.admitting import AdmittedEntry
from goldenthread.records.audit.store import Event
from goldenthread.records.people import store as people
from goldenthread.records.provenance import store as provenance


def append_entries(
    case: UUID, entries: Sequence[AdmittedEntry], *, recorded_by: UUID, event: Event
) -> int:
    """Append and file entries in the caller's transaction; returns the first entry's number."""
    provenance.append(entries, recorded_by=recorded_by, event=event)
    return people.file_entries(case, entries)
