"""Whose import a job works on: its rights are looked up when the job runs, not when it was asked."""

from __future__ import annotations

from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.records.chronology import importing
from goldenthread.records.shared.reading import actor_of


def asker_of(file_id: UUID) -> Actor | None:
    """Who uploaded a file, as they stand now; None where the file or the account is gone."""
    file = importing.file(file_id)
    return None if file is None else actor_of(file.uploaded_by)
