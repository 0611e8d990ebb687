"""Confirm an import and keep its rows, batch by batch: each batch whole, and safe to run again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import admit
from goldenthread.domain.chronology.imports import ImportStage, RowOutcome
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.chronology import importing
from goldenthread.records.chronology.importing import KeptRow, RowRecord
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.append_entries import append_entries
from goldenthread.usecases._steps.queue import queue
from goldenthread.usecases.chronology.imports.checking import proposed_from
from goldenthread.usecases.chronology.imports.receiving import KEEP
from goldenthread.usecases.chronology.imports.step import CannotImport, expect, on_file

# Rows kept in one transaction: small enough to show progress, large enough for COPY to pay.
BATCH = 500
TO_KEEP = (RowOutcome.NEW.value, RowOutcome.CHANGED.value)


def confirm_import(
    actor: Actor, file_id: UUID, *, now: datetime, keep_in_background: bool = True
) -> None:
    """Confirm that the checked rows shall go into the record. Asking twice confirms once.

    Raises NotFoundHere and CannotImport.
    """
    with on_file(actor, file_id, now=now) as (permission, file):
        if file.stage in (ImportStage.KEEPING, ImportStage.KEPT):
            return
        expect(file, ImportStage.CHECKED)
        if not file.rows_total:
            raise CannotImport("There is nothing new in this file to add to the record.")
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="confirm"),
            stage=ImportStage.KEEPING.value,
        )
        if keep_in_background:
            queue(KEEP, lock=f"import {file_id}", file=str(file_id))


def keep_next_batch(actor: Actor, file_id: UUID, *, now: datetime) -> bool:
    """Keep the next batch of confirmed rows; False once all of them are in the record.

    A batch is one transaction: after a fall at any point the next call goes on where it stopped.
    """
    with on_file(actor, file_id, now=now) as (permission, file):
        if file.stage == ImportStage.KEPT:
            return False
        expect(file, ImportStage.KEEPING)
        rows = importing.rows_of(file_id, outcomes=TO_KEEP, most=BATCH)
        if not rows:
            importing.change(
                file_id,
                event=permission.event(resource=str(file_id), step="kept", rows=file.rows_done),
                stage=ImportStage.KEPT.value,
                kept_at=now,
            )
            return False
        ids = [statement_id(file.case, row) for row in rows]
        entries = [
            admit(proposed_from(row.entry, statement=id), now=now)
            for row, id in zip(rows, ids, strict=True)
        ]
        append_entries(
            file.case,
            entries,
            recorded_by=file.uploaded_by,
            event=permission.event(resource=str(file_id), step="keep", rows=len(rows)),
        )
        importing.note_imported(
            file.case, file_id, [_kept(row, id) for row, id in zip(rows, ids, strict=True)]
        )
        for row, id in zip(rows, ids, strict=True):
            if row.outcome == RowOutcome.CHANGED:
                _link_correction(row, id, file, permission)
        importing.mark_kept(file_id, [row.number for row in rows])
    return True


def statement_id(case: UUID, row: RowRecord) -> UUID:
    """The id a row's statement has, however often the row is imported."""
    entry = row.entry
    return uuid5(case, f"{entry['agency']}:{row.source_key}:{entry['content_key']}")


def _kept(row: RowRecord, statement: UUID) -> KeptRow:
    entry = row.entry
    return KeptRow(
        UUID(entry["agency"]), row.source_key, entry["content_key"], statement, row.number
    )


def _link_correction(row: RowRecord, statement: UUID, file, permission) -> None:
    earlier = UUID(row.entry["corrects"])
    provenance.link(
        uuid5(statement, f"corrects:{earlier}"),
        source=statement,
        target=earlier,
        kind=LinkKind.CORRECTS,
        reason=f"Changed in {file.file_name}, row {row.number}.",
        recorded_by=file.uploaded_by,
        event=permission.event(resource=str(earlier), answer="corrects"),
    )
