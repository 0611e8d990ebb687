"""What the import pages show: the files of a family, one file's step, its rows and its counts.

A colleague who goes on with an import does not see the rows that another agency would speak in:
only whoever brought the file has seen those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.imports import RowOutcome, may_import_for, may_see_import
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import importing
from goldenthread.records.chronology.importing import FileRow, RowRecord
from goldenthread.records.shared.reading import AgencyRow, actor_of, agencies
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.chronology.family_around import family_of
from goldenthread.usecases.chronology.imports.step import closed_files, looking_at, on_file
from goldenthread.usecases.chronology.shown import Family

__all__ = ["FileRow", "ImportPage", "Imports", "RowRecord"]


@dataclass(frozen=True, slots=True)
class Imports:
    """The imports of a family that the reader may go on with, and for whom they may import."""

    family: Family
    files: tuple[FileRow, ...]
    agencies: dict[UUID, AgencyRow]
    may_import_for: tuple[AgencyRow, ...]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import as a page shows it; `listed` counts the rows that `rows` is a page of."""

    family: Family
    file: FileRow
    agency: AgencyRow
    agencies: dict[UUID, AgencyRow]
    counts: dict[str, int]
    rows: tuple[RowRecord, ...]
    listed: int
    remembered: dict | None


def imports_of(actor: Actor, case_id: UUID, *, now: datetime) -> Imports:
    """The imports of a family that the actor's agency made, newest first. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.IMPORT_CHRONOLOGY, now=now) as permission:
        audit.append(permission.event(step="list imports"))
        known, closed = agencies(), closed_files(permission)
        return Imports(
            family=family_of(permission, now),
            files=tuple(
                file
                for file in importing.files_of(case_id)
                if file.id not in closed
                and may_see_import(
                    actor, uploaded_by=file.uploaded_by, uploader_agency=file.uploader_agency
                )
            ),
            agencies=known,
            may_import_for=tuple(
                one for one in known.values() if may_import_for(one.id, actor, permission.ties)
            ),
        )


def read_import(
    actor: Actor, case_id: UUID, file_id: UUID, *, now: datetime, outcomes: Sequence[str] = (),
    first: int = 0, most: int = 50, fingerprint: str = "",
) -> ImportPage:  # fmt: skip
    """One import with a page of its rows, and how the agency laid out such a file before.

    Raises NotFoundHere.
    """
    with looking_at(actor, file_id, now=now, case_id=case_id) as (permission, file):
        audit.append(permission.event(resource=str(file_id), step="read import"))
        known = agencies()
        counts = importing.counts(file_id)
        rows = importing.rows_of(file_id, outcomes=outcomes, first=first, most=most)
        return ImportPage(
            family=family_of(permission, now),
            file=_as_read_by(actor, file),
            agency=known[file.agency],
            agencies=known,
            counts=counts,
            rows=tuple(_row_as_read_by(actor, file, row) for row in rows),
            listed=sum(n for outcome, n in counts.items() if not outcomes or outcome in outcomes),
            remembered=importing.remembered_layout(file.agency, fingerprint)
            if fingerprint
            else None,
        )


def progress_of(
    actor: Actor, case_id: UUID, file_id: UUID, *, now: datetime
) -> tuple[Family, FileRow]:
    """How far an import has come. Asked every second, so that it leaves no audit row each time."""
    with looking_at(actor, file_id, now=now, case_id=case_id) as (permission, file):
        return family_of(permission, now), file


def problem_rows(
    actor: Actor, case_id: UUID, file_id: UUID, *, now: datetime
) -> tuple[Family, list[RowRecord]]:
    """Every row that was not kept, as it was typed, to be mended. Raises NotFoundHere."""
    with looking_at(actor, file_id, now=now, case_id=case_id) as (permission, file):
        audit.append(permission.event(resource=str(file_id), step="problem rows"))
        rows = importing.rows_of(file_id, outcomes=(RowOutcome.PROBLEM.value,), most=100_000)
        found = [_row_as_read_by(actor, file, row) for row in rows]
        return family_of(permission, now), found


def _may_read_whole(file: FileRow, actor: Actor) -> bool:
    """Whether everything in the file is the actor's to read: they brought it, or it is their own
    agency's and no column of it speaks for others.
    """
    is_own = file.agency == actor.agency and "agency" not in file.arrangement.get("columns", {})
    return actor.account == file.uploaded_by or is_own


def _as_read_by(actor: Actor, file: FileRow) -> FileRow:
    """The file without the cells and names that a colleague of the uploader may not read."""
    if _may_read_whole(file, actor):
        return file
    survey = [{**sheet, "sample": []} for sheet in file.survey]
    return replace(file, survey=survey, findings={**file.findings, "unknown": []})


def _row_as_read_by(actor: Actor, file: FileRow, row: RowRecord) -> RowRecord:
    is_own = (row.entry or {}).get("agency") == str(actor.agency)
    if is_own or _may_read_whole(file, actor):
        return row
    return replace(row, entry=None, sentences=["Another agency's row, or one not understood."])


def content_to_read(actor: Actor, file_id: UUID, *, now: datetime) -> tuple[FileRow, bytes]:
    """A file and its bytes, for the job that reads it in a confined process."""
    with on_file(actor, file_id, now=now) as (_, file):
        return file, importing.content_of(file_id)


def agency_names(actor: Actor, file_id: UUID, *, now: datetime) -> dict[str, str]:
    """What this partnership calls its agencies: {name: id}, for reading a file's words."""
    with looking_at(actor, file_id, now=now):
        return {one.name: str(one.id) for one in agencies().values()}


def who_asked(account: UUID) -> Actor | None:
    """Who a job acts as: the rights of whoever asked, as they stand when the job runs."""
    return actor_of(account)
