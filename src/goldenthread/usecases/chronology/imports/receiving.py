"""Receive a file, note what is in it, and take a person's word for how it is laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.records.chronology import importing
from goldenthread.records.people.store import remember_aliases
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases._steps.queue import queue
from goldenthread.usecases.chronology.imports.arrangement import Arrangement
from goldenthread.usecases.chronology.imports.step import CannotImport, expect, on_file

READ, CHECK, KEEP = "import.read", "import.check", "import.keep"
MAY_IMPORT_FOR_OTHERS = ("allocated", "chair")


def receive_file(
    actor: Actor, case_id: UUID, *, id: UUID, content: bytes, file_name: str,
    agency: UUID | None = None, now: datetime, read_in_background: bool = True,
) -> None:  # fmt: skip
    """Keep an uploaded file and ask for it to be read.

    `agency` is whose chronology it is, the actor's own when not given. Raises NotFoundHere and
    CannotImport.
    """
    if not content:
        raise CannotImport("This file is empty.")
    agency = agency or actor.agency
    with permitted(actor, case_id, Action.IMPORT_CHRONOLOGY, now=now) as permission:
        if agency != actor.agency and permission.ties.role not in MAY_IMPORT_FOR_OTHERS:
            raise CannotImport(
                "You can import your own agency's chronology. The allocated worker can import for "
                "an agency that cannot do it itself."
            )
        importing.receive(
            id, case=case_id, agency=agency, uploaded_by=actor.account, uploaded_at=now,
            file_name=file_name, sha256=hashlib.sha256(content).hexdigest(), content=content,
            event=permission.event(resource=str(id), step="receive", bytes=len(content)),
        )  # fmt: skip
        if read_in_background:
            queue(READ, lock=f"import {id}", file=str(id))


def note_survey(
    actor: Actor, file_id: UUID, survey: Sequence[Mapping[str, object]], *, now: datetime
) -> None:
    """Note which sheets a file holds, with headings and a few rows of each."""
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.READING)
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="survey"),
            stage=ImportStage.MAPPING.value,
            survey=list(survey),
        )


def refuse_file(actor: Actor, file_id: UUID, reason: str, *, now: datetime) -> None:
    """Note that a file could not be read, and why, in a sentence for the person."""
    with on_file(actor, file_id, now=now) as (permission, _):
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="refuse"),
            stage=ImportStage.REFUSED.value,
            refused_because=reason,
        )


def arrange_file(
    actor: Actor, file_id: UUID, *, sheet: str, header_row: int, fingerprint: str,
    arrangement: Arrangement, people: Mapping[str, UUID] | None = None, now: datetime,
    check_in_background: bool = True,
) -> None:  # fmt: skip
    """Take a person's word for what each column holds and who is meant; then check every row.

    The layout is remembered for the agency, and the names for the family. May be done again until
    the import is confirmed. Raises NotFoundHere and CannotImport.
    """
    for column in ("date", "what", "people"):
        if not arrangement.columns.get(column) and not arrangement.fixed.get(column):
            raise CannotImport(f"Say which column holds {NEEDED[column]}.")
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.MAPPING, ImportStage.CHECKED, ImportStage.CHECKING)
        meant = {words: str(person) for words, person in (people or {}).items()}
        importing.remember_layout(file.agency, fingerprint, arrangement.as_json())
        remember_aliases(file.case, dict(people or {}))
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="arrange"),
            stage=ImportStage.CHECKING.value,
            sheet=sheet,
            header_row=header_row,
            arrangement=arrangement.as_json(),
            people={**file.people, **meant},
        )
        if check_in_background:
            queue(CHECK, lock=f"import {file_id}", file=str(file_id))


NEEDED = {
    "date": "the date it happened",
    "what": "what happened",
    "people": "who it is about",
}


def put_aside(actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """Give up an import that has not been confirmed; nothing of it is in the record."""
    with on_file(actor, file_id, now=now) as (permission, file):
        if file.stage in (ImportStage.KEEPING, ImportStage.KEPT):
            raise CannotImport("This import has been confirmed and cannot be put aside.")
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="put aside"),
            stage=ImportStage.ABANDONED.value,
        )
