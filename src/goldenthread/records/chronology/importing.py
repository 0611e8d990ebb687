"""Keeps uploaded spreadsheets on their way into a family's record, and what became of each row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Count, F

from goldenthread.domain.chronology.imports import ImportStage, RowOutcome
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.models import (
    ImportedStatement,
    ImportFile,
    ImportRow,
    Layout,
)
from goldenthread.records.copying import copy_rows


@dataclass(frozen=True, slots=True)
class FileRow:
    """One uploaded file, without its bytes."""

    id: UUID
    case: UUID
    agency: UUID
    uploaded_by: UUID
    uploaded_at: datetime
    file_name: str
    stage: str
    survey: list[dict]
    sheet: str
    header_row: int | None
    arrangement: dict
    people: dict[str, str]
    rows_done: int
    rows_total: int
    refused_because: str
    kept_at: datetime | None

    @property
    def stage_label(self) -> str:
        """Where the file is, in words."""
        return ImportStage.label_of(self.stage)


@dataclass(frozen=True, slots=True)
class RowRecord:
    """What became of one row; `entry` is what was understood of it."""

    number: int
    outcome: str
    entry: dict | None
    sentences: list[str]
    source_key: str

    @property
    def outcome_label(self) -> str:
        """What became of it, in words."""
        return RowOutcome.label_of(self.outcome)


FILE_FIELDS = (
    "id case_id agency_id uploaded_by_id uploaded_at file_name stage survey sheet header_row "
    "arrangement people rows_done rows_total refused_because kept_at"
).split()


def receive(
    id: UUID, *, case: UUID, agency: UUID, uploaded_by: UUID, uploaded_at: datetime,
    file_name: str, sha256: str, content: bytes, event: audit.Event,
) -> None:  # fmt: skip
    """Keep an uploaded file, to be read by a job."""
    ImportFile.objects.create(
        id=id,
        case_id=case,
        agency_id=agency,
        uploaded_by_id=uploaded_by,
        uploaded_at=uploaded_at,
        file_name=file_name[:255],
        sha256=sha256,
        content=content,
        stage=ImportStage.READING.value,
    )
    audit.append(event)


def file(id: UUID) -> FileRow | None:
    """One uploaded file without its bytes, or None."""
    row = ImportFile.objects.filter(id=id).values_list(*FILE_FIELDS).first()
    return None if row is None else FileRow(*row)


def files_of(case: UUID) -> list[FileRow]:
    """The files uploaded for a family, newest first."""
    rows = ImportFile.objects.filter(case=case).order_by("-uploaded_at")
    return [FileRow(*row) for row in rows.values_list(*FILE_FIELDS)]


def content_of(id: UUID) -> bytes:
    """The bytes of an uploaded file."""
    return bytes(ImportFile.objects.values_list("content", flat=True).get(id=id))


def change(id: UUID, *, event: audit.Event, **fields: object) -> None:
    """Move a file on: its stage, its survey, how it is laid out."""
    ImportFile.objects.filter(id=id).update(**fields)
    audit.append(event)


def locked_stage(id: UUID) -> str:
    """The file's stage, holding it against every other worker until the transaction ends."""
    return ImportFile.objects.select_for_update().values_list("stage", flat=True).get(id=id)


def remembered_layout(agency: UUID, fingerprint: str) -> dict | None:
    """How this agency laid out a file with these headings the last time, or None."""
    found = Layout.objects.filter(agency=agency, fingerprint=fingerprint)
    return found.values_list("arrangement", flat=True).first()


def remember_layout(agency: UUID, fingerprint: str, arrangement: dict) -> None:
    """Remember how an agency lays out files with these headings."""
    Layout.objects.update_or_create(
        agency_id=agency,
        fingerprint=fingerprint,
        defaults={"arrangement": arrangement},
        create_defaults={
            "id": uuid5(agency, f"layout:{fingerprint}"),
            "arrangement": arrangement,
        },
    )


def replace_rows(file_id: UUID, rows: Iterable[RowRecord]) -> None:
    """Put down what a check found, in place of what an earlier check found."""
    ImportRow.objects.filter(file=file_id).delete()
    copy_rows(
        ImportRow._meta.db_table,
        ("file_id", "number", "outcome", "entry", "sentences", "source_key"),
        (
            (
                file_id,
                row.number,
                row.outcome,
                None if row.entry is None else json.dumps(row.entry),
                json.dumps(row.sentences),
                row.source_key,
            )
            for row in rows
        ),
    )


def counts(file_id: UUID) -> dict[str, int]:
    """How many rows came to each outcome."""
    rows = ImportRow.objects.filter(file=file_id).values_list("outcome").annotate(n=Count("id"))
    return dict(rows)


def rows_of(
    file_id: UUID, *, outcomes: Sequence[str] = (), first: int = 0, most: int = 100
) -> list[RowRecord]:
    """Rows in the order of the file, from the `first`th on."""
    rows = ImportRow.objects.filter(file=file_id).order_by("number")
    if outcomes:
        rows = rows.filter(outcome__in=outcomes)
    return [
        RowRecord(*row)
        for row in rows.values_list("number", "outcome", "entry", "sentences", "source_key")[
            first : first + most
        ]
    ]


def mark_kept(file_id: UUID, numbers: Sequence[int]) -> None:
    """Say that these rows are in the record now."""
    ImportRow.objects.filter(file=file_id, number__in=numbers).update(
        outcome=RowOutcome.KEPT.value
    )
    ImportFile.objects.filter(id=file_id).update(rows_done=F("rows_done") + len(numbers))


def held(case: UUID) -> dict[tuple[UUID, str], dict[str, UUID]]:
    """What was imported for a family before: (agency, source key) to {content key: statement}."""
    found: dict[tuple[UUID, str], dict[str, UUID]] = {}
    rows = ImportedStatement.objects.filter(case=case).order_by("statement__recorded_at")
    for agency, source_key, content_key, statement in rows.values_list(
        "agency_id", "source_key", "content_key", "statement_id"
    ):
        found.setdefault((agency, source_key), {})[content_key] = statement
    return found


@dataclass(frozen=True, slots=True)
class KeptRow:
    """Which row of whose papers became which statement."""

    agency: UUID
    source_key: str
    content_key: str
    statement: UUID
    row_number: int


def note_imported(case: UUID, file_id: UUID, kept: Sequence[KeptRow]) -> None:
    """Note where statements came from; the database refuses the same row twice."""
    copy_rows(
        ImportedStatement._meta.db_table,
        "id case_id agency_id source_key content_key statement_id file_id row_number".split(),
        (
            (
                uuid5(row.statement, "imported"), case, row.agency, row.source_key,
                row.content_key, row.statement, file_id, row.row_number,
            )  # fmt: skip
            for row in kept
        ),
    )
