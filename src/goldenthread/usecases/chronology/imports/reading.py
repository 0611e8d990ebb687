"""What the import pages show: the files of a family, one file's step, its rows and its counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.imports import RowOutcome
from goldenthread.records.chronology import importing
from goldenthread.records.chronology.importing import FileRow, RowRecord
from goldenthread.records.people.reading import MemberRow, members
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.chronology.imports.step import on_file

__all__ = ["FileRow", "ImportPage", "RowRecord", "content_to_read", "imports_of", "read_import"]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import as a page shows it."""

    file: FileRow
    agency: AgencyRow
    members: tuple[MemberRow, ...]
    agencies: dict[UUID, AgencyRow]
    counts: dict[str, int]
    rows: tuple[RowRecord, ...]
    unknown_people: tuple[str, ...]
    remembered: dict | None


def imports_of(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[FileRow, ...]:
    """The imports of a family that the actor's agency made, newest first. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.IMPORT_CHRONOLOGY, now=now):
        return tuple(
            file
            for file in importing.files_of(case_id)
            if actor.agency == file.agency or actor.account == file.uploaded_by
        )


def read_import(
    actor: Actor, file_id: UUID, *, now: datetime, outcomes: Sequence[str] = (),
    first: int = 0, most: int = 100, fingerprint: str = "",
) -> ImportPage:  # fmt: skip
    """One import with a page of its rows. Raises NotFoundHere."""
    with on_file(actor, file_id, now=now) as (_, file):
        problems = importing.rows_of(
            file_id, outcomes=(RowOutcome.PROBLEM.value,), most=10_000
        )
        unknown = dict.fromkeys(
            words
            for row in problems
            if row.entry
            for words in row.entry.get("unknown_people", ())
        )
        known_agencies = agencies()
        return ImportPage(
            file=file,
            agency=known_agencies[file.agency],
            members=tuple(members(file.case)[file.case]),
            agencies=known_agencies,
            counts=importing.counts(file_id),
            rows=tuple(
                importing.rows_of(file_id, outcomes=outcomes, first=first, most=most)
            ),
            unknown_people=tuple(unknown),
            remembered=fingerprint and importing.remembered_layout(file.agency, fingerprint),
        )


def content_to_read(actor: Actor, file_id: UUID, *, now: datetime) -> tuple[FileRow, bytes]:
    """A file and its bytes, for the job that reads it in a confined process."""
    with on_file(actor, file_id, now=now) as (_, file):
        return file, importing.content_of(file_id)
