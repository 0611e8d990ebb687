"""Keeps uploaded spreadsheets on their way into a family's record, and what became of each row.

Rows of an upload are work in hand; what they become in the record is noted once, and the database
refuses the same row twice.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Count, F

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.chronology.imports import FINISHED, ImportStage, RowOutcome
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.models import (
    ImportedStatement,
    ImportFile,
    ImportRow,
    Layout,
)
from goldenthread.records.copying import copy_rows
from goldenthread.records.people.models import Case, StatementSubject


@dataclass(frozen=True, slots=True)
class FileRow:
    """One uploaded file, without its bytes."""

    id: UUID
    case: UUID
    agency: UUID
    uploaded_by: UUID
    uploader: str
    uploader_agency: UUID
    uploaded_at: datetime
    file_name: str
    stage: str
    survey: list[dict]
    sheet: str
    header_row: int | None
    arrangement: dict
    fingerprint: str
    people: dict[str, str]
    findings: dict
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

    @property
    def understood(self) -> dict:
        """What was understood of a row that can be kept. Raises LookupError for any other."""
        if self.entry is None:
            raise LookupError(f"Row {self.number} was not understood.")
        return self.entry


FILE_FIELDS = (
    "id", "case_id", "agency_id", "uploaded_by_id", "uploaded_by__practitioner__name",
    "uploaded_by__practitioner__agency_id", "uploaded_at", "file_name", "stage", "survey", "sheet",
    "header_row", "arrangement", "fingerprint", "people", "findings", "rows_done", "rows_total",
    "refused_because", "kept_at",
)  # fmt: skip
EXACT_DAY = r"^\d{4}-\d\d-\d\d$"
ROW_FIELDS = ("number", "outcome", "entry", "sentences", "source_key")


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


def unfinished(case: UUID) -> int:
    """How many files of a family wait to be finished."""
    done = [stage.value for stage in FINISHED]
    return ImportFile.objects.filter(case_id=case).exclude(stage__in=done).count()


def is_kept(case: UUID, *, agency: UUID, sha256: str) -> bool:
    """Whether a file of these very bytes was brought to its end for this family and agency."""
    return ImportFile.objects.filter(
        case=case, agency=agency, sha256=sha256, stage=ImportStage.KEPT.value
    ).exists()


def content_of(id: UUID) -> bytes:
    """The bytes of an uploaded file."""
    return bytes(ImportFile.objects.values_list("content", flat=True).get(id=id))


def change(id: UUID, *, event: audit.Event, **fields: object) -> None:
    """Move a file on: its stage, its survey, how it is laid out."""
    ImportFile.objects.filter(id=id).update(**fields)
    audit.append(event)


def hold_file(id: UUID) -> None:
    """Hold the file against every other worker until the transaction ends."""
    ImportFile.objects.select_for_update().values_list("id").get(id=id)


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


def clear_rows(file_id: UUID) -> None:
    """Put away what an earlier check found."""
    ImportRow.objects.filter(file=file_id).delete()


def add_rows(file_id: UUID, rows: Sequence[RowRecord]) -> None:
    """Put down what a check found so far, and how far it has come."""
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
    ImportFile.objects.filter(id=file_id).update(rows_done=F("rows_done") + len(rows))


def rewrite_rows(file_id: UUID, rows: Iterable[RowRecord]) -> None:
    """Put down anew what becomes of these rows."""
    for row in rows:
        ImportRow.objects.filter(file=file_id, number=row.number).update(
            outcome=str(row.outcome),
            entry=row.entry,
            sentences=row.sentences,
            source_key=row.source_key,
        )


def counts(file_id: UUID) -> dict[str, int]:
    """How many rows came to each outcome."""
    rows = ImportRow.objects.filter(file=file_id).values_list("outcome").annotate(n=Count("id"))
    return dict(rows)


def rows_numbered(file_id: UUID, numbers: Sequence[int]) -> dict[int, RowRecord]:
    """These rows, by number."""
    rows = ImportRow.objects.filter(file=file_id, number__in=numbers)
    return {row[0]: RowRecord(*row) for row in rows.values_list(*ROW_FIELDS)}


def rows_of(
    file_id: UUID, *, outcomes: Sequence[str] = (), first: int = 0, most: int = 100
) -> list[RowRecord]:
    """Rows in the order of the file, from the `first`th on."""
    rows = ImportRow.objects.filter(file=file_id).order_by("number")
    if outcomes:
        rows = rows.filter(outcome__in=outcomes)
    return [RowRecord(*row) for row in rows.values_list(*ROW_FIELDS)[first : first + most]]


def mark_kept(file_id: UUID, numbers: Sequence[int]) -> None:
    """Say that these rows are in the record now."""
    _mark(file_id, numbers, RowOutcome.KEPT)


def mark_held(file_id: UUID, numbers: Sequence[int]) -> None:
    """Say that another import brought these rows in meanwhile."""
    _mark(file_id, numbers, RowOutcome.ALREADY_HELD)


def _mark(file_id: UUID, numbers: Sequence[int], outcome: RowOutcome) -> None:
    ImportRow.objects.filter(file=file_id, number__in=numbers).update(outcome=outcome.value)
    ImportFile.objects.filter(id=file_id).update(rows_done=F("rows_done") + len(numbers))


def hold_case(case: UUID) -> None:
    """Hold a family's record against every other import until the transaction ends."""
    Case.objects.select_for_update().values_list("id").get(id=case)


def held(
    case: UUID, source_keys: Sequence[str] | None = None
) -> dict[tuple[UUID, str], dict[str, UUID]]:
    """What was imported for a family before: (agency, source key) to {content key: statement}.

    The contents of one key stand in the order they were recorded. `source_keys` narrows.
    """
    found: dict[tuple[UUID, str], dict[str, UUID]] = {}
    rows = ImportedStatement.objects.filter(case=case)
    if source_keys is not None:
        rows = rows.filter(source_key__in=source_keys)
    rows = rows.order_by("statement__recorded_at", "row_number")
    for agency, source_key, content_key, statement in rows.values_list(
        "agency_id", "source_key", "content_key", "statement_id"
    ):
        found.setdefault((agency, source_key), {})[content_key] = statement
    return found


def files_that_brought(statements: Iterable[UUID]) -> frozenset[UUID]:
    """The files that any of these statements came from."""
    rows = ImportedStatement.objects.filter(statement__in=list(statements))
    return frozenset(rows.values_list("file_id", flat=True))


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
        [
            "id",
            "case_id",
            "agency_id",
            "source_key",
            "content_key",
            "statement_id",
            "file_id",
            "row_number",
        ],
        (
            (
                uuid5(row.statement, "imported"),
                case,
                row.agency,
                row.source_key,
                row.content_key,
                row.statement,
                file_id,
                row.row_number,
            )
            for row in kept
        ),
    )


def dated_statements(
    case: UUID, actor: Actor, ties: FamilyTies, *, now: datetime, first: date, last: date
) -> list[Statement]:
    """What the actor may read of what happened on certain days from a day before `first` to a day
    after `last`: enough of each statement to compare accounts, and no more.
    """
    around = timedelta(days=1)
    rows = (
        visible_to(case, actor, ties, now=now)
        .filter(sort_on__range=(first - around, last + around), happened__regex=EXACT_DAY)
        .values_list("id", "agency_id", "kind", "text", "sort_on", "known_at", "how_known")
    )
    found = list(rows)
    subjects: dict[UUID, list[Subject]] = defaultdict(list)
    about = StatementSubject.objects.filter(statement__in=[row[0] for row in found])
    for statement, person in about.values_list("statement_id", "person_id"):
        subjects[statement].append(Subject(person))
    return [
        Statement(
            id=id,
            agency=agency,
            kind=kind,
            text=text,
            happened=on_day(day),
            known_at=known_at,
            known_basis="",
            how_known=how_known,
            subjects=tuple(subjects[id]),
        )
        for id, agency, kind, text, day, known_at, how_known in found
    ]
