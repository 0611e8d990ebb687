"""Confirm an import and keep its rows, batch by batch: each batch whole, and safe to run again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import admit
from goldenthread.domain.chronology.imports import ImportStage, RowOutcome, may_import_for
from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.chronology import importing
from goldenthread.records.chronology.importing import FileRow, KeptRow, RowRecord
from goldenthread.records.people import store as people
from goldenthread.records.people.reading import members
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.append_entries import append_entries
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases.chronology.imports.arrangement import LEFT_OUT, NEW
from goldenthread.usecases.chronology.imports.proposing import proposed_from, statement_id
from goldenthread.usecases.chronology.imports.receiving import KEEP, ask_for
from goldenthread.usecases.chronology.imports.step import CannotImport, expect, on_file

# Rows kept in one transaction: small enough to show progress, large enough for COPY to pay.
BATCH = 500
TO_KEEP = (RowOutcome.NEW.value, RowOutcome.CHANGED.value)
LONGEST_ALIAS = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """How far the keeping of a file has come."""

    done: int
    total: int
    finished: bool


def confirm_import(
    actor: Actor, file_id: UUID, *, now: datetime, keep_in_background: bool = True
) -> None:
    """Confirm that the checked rows shall go into the record. Asking twice confirms once.

    The layout is remembered for the agency and the names for the family, and people said to be
    missing from the family are added, not identified. Raises NotFoundHere and CannotImport.
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
            refused_because="",
        )
        importing.remember_layout(file.agency, file.fingerprint, _of_any_family(file.arrangement))
        _add_people(file, permission)
        if keep_in_background:
            ask_for(KEEP, file_id, actor)


def close_import(actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """Close an import whose rows were checked and hold nothing new; its report stays."""
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.CHECKED)
        if file.rows_total:
            raise CannotImport("There are new rows in this file: confirm them or put it aside.")
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="kept", rows=0),
            stage=ImportStage.KEPT.value,
            kept_at=now,
        )


def _of_any_family(arrangement: dict) -> dict:
    """The layout without whom this file is about: it is remembered for the agency's other files."""
    fixed = {name: value for name, value in arrangement["fixed"].items() if name != "people"}
    return {**arrangement, "fixed": fixed}


def _add_people(file: FileRow, permission: Permission) -> None:
    """Add those whom the file names and nobody knows, and remember what everybody is called."""
    family = members(file.case)[file.case]
    known = {member.person for member in family}
    for words, person in file.people.items():
        id = UUID(person.removeprefix(NEW)) if person.startswith(NEW) else None
        if id is None or id in known:
            continue
        people.add_person(
            id, given_name="", family_name="", known_as=words[:200],
            description="Named in an agency's chronology; not identified", is_identified=False,
            born=None, expected_on=None, recorded_by=permission.actor.account,
            event=permission.event(resource=str(id), step="add person"),
        )  # fmt: skip
        people.add_member(
            file.case, id, role="not identified", is_child=False, position=len(known), aliases=(),
            brought_by=file.agency, event=permission.event(resource=str(id), step="add member"),
        )  # fmt: skip
        known.add(id)
    people.remember_aliases(
        file.case,
        {
            words: UUID(person.removeprefix(NEW))
            for words, person in file.people.items()
            if person != LEFT_OUT and max(len(words), len(fold(words))) <= LONGEST_ALIAS
        },
    )


def keep_next_batch(actor: Actor, file_id: UUID, *, now: datetime) -> Kept:
    """Keep the next batch of confirmed rows.

    A batch is one transaction: after a fall at any point the next call goes on where it stopped.
    After the last the family is considered against all of them. Raises NotFoundHere and
    CannotImport; what was kept before stays.
    """
    case, agency, kept = _keep_next(actor, file_id, now=now)
    if kept.finished:
        follow_the_thread(case, agency, now=now)
    return kept


def _keep_next(actor: Actor, file_id: UUID, *, now: datetime) -> tuple[UUID, UUID, Kept]:
    """Keep the next batch in a transaction; answers with the family, the file's agency, how far."""
    with on_file(actor, file_id, now=now) as (permission, file):
        if file.stage == ImportStage.KEPT:
            return file.case, file.agency, Kept(file.rows_done, file.rows_total, finished=True)
        expect(file, ImportStage.KEEPING)
        rows = importing.rows_of(file_id, outcomes=TO_KEEP, most=BATCH)
        if not rows:
            importing.change(
                file_id,
                event=permission.event(resource=str(file_id), step="kept", rows=file.rows_done),
                stage=ImportStage.KEPT.value,
                kept_at=now,
                # Its rows are in the record: who made the file and what else it held is not kept.
                content=b"",
                survey=[sheet for sheet in file.survey if sheet["name"] == file.sheet],
            )
            return file.case, file.agency, Kept(file.rows_done, file.rows_total, finished=True)
        _keep(rows, file, permission, now)
    done = file.rows_done + len(rows)
    return file.case, file.agency, Kept(done, file.rows_total, finished=False)


def _keep(rows: Sequence[RowRecord], file: FileRow, permission: Permission, now: datetime) -> None:
    for agency in {UUID(row.understood["agency"]) for row in rows}:
        if not may_import_for(agency, permission.actor, permission.ties):
            raise CannotImport("You can no longer import another agency's entries here.")
    importing.hold_case(file.case)
    rows, held = _still_new(rows, file.case)
    importing.mark_held(file.id, held)
    ids = [statement_id(file.case, row.understood, row.source_key) for row in rows]
    entries = [
        admit(proposed_from(row.understood, statement=id), now=now)
        for row, id in zip(rows, ids, strict=True)
    ]
    if entries:
        append_entries(
            file.case,
            entries,
            recorded_by=permission.actor.account,
            event=permission.event(resource=str(file.id), step="keep", rows=len(rows)),
        )
    importing.note_imported(
        file.case, file.id, [_kept(row, id) for row, id in zip(rows, ids, strict=True)]
    )
    for row, id in zip(rows, ids, strict=True):
        if row.outcome == RowOutcome.CHANGED:
            _link_correction(row, id, file, permission)
    importing.mark_kept(file.id, [row.number for row in rows])


def _still_new(rows: Sequence[RowRecord], case: UUID) -> tuple[list[RowRecord], list[int]]:
    """The rows that no other import brought in since they were checked, and the others' numbers.

    A correction is pointed at what the record holds by now.
    """
    before = importing.held(case, [row.source_key for row in rows])
    new, held = [], []
    for row in rows:
        contents = before.get((UUID(row.understood["agency"]), row.source_key), {})
        if row.understood["content_key"] in contents:
            held.append(row.number)
            continue
        if contents:
            latest = str(list(contents.values())[-1])
            row = replace(
                row, outcome=RowOutcome.CHANGED.value, entry={**row.understood, "corrects": latest}
            )
        new.append(row)
    return new, held


def _kept(row: RowRecord, statement: UUID) -> KeptRow:
    entry = row.understood
    return KeptRow(
        UUID(entry["agency"]), row.source_key, entry["content_key"], statement, row.number
    )


def _link_correction(
    row: RowRecord, statement: UUID, file: FileRow, permission: Permission
) -> None:
    earlier = UUID(row.understood["corrects"])
    provenance.link(
        uuid5(statement, f"corrects:{earlier}"),
        source=statement,
        target=earlier,
        kind=LinkKind.CORRECTS,
        reason=f"Changed in {file.file_name}, row {row.number}.",
        recorded_by=permission.actor.account,
        event=permission.event(resource=str(earlier), answer="corrects"),
    )
