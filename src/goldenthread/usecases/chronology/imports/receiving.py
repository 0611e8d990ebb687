"""Receive a file, and note what is in it; nothing of it is in the record yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.imports import (
    LARGEST_FILE,
    MOST_UNFINISHED,
    ImportStage,
    may_import_for,
)
from goldenthread.records.chronology import importing
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases._steps.queue import queue
from goldenthread.usecases.chronology.imports.step import CannotImport, expect, on_file

READ, CHECK, KEEP = "import.read", "import.check", "import.keep"
LONGEST_FILE_NAME = 255


def digest_of_file(content: bytes) -> str:
    """What tells one file's bytes from another's: SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def is_brought_in(
    actor: Actor, case_id: UUID, content: bytes, *, agency: UUID, now: datetime
) -> bool:
    """Whether an import of these very bytes was confirmed and kept, for this family and agency.

    Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.IMPORT_CHRONOLOGY, now=now):
        return importing.is_kept(case_id, agency=agency, sha256=digest_of_file(content))


def receive_file(
    actor: Actor, case_id: UUID, *, id: UUID, content: bytes, file_name: str,
    agency: UUID | None = None, now: datetime, read_in_background: bool = True,
) -> None:  # fmt: skip
    """Keep an uploaded file and ask for it to be read; asking twice with one id keeps it once.

    `agency` is whose chronology it is, the actor's own when not given. Raises NotFoundHere and
    CannotImport.
    """
    agency = agency or actor.agency
    with permitted(actor, case_id, Action.IMPORT_CHRONOLOGY, now=now) as permission:
        if not content:
            raise CannotImport("This file is empty.")
        if len(content) > LARGEST_FILE:
            raise CannotImport(TOO_LARGE)
        if agency not in agencies() or not may_import_for(agency, actor, permission.ties):
            raise CannotImport(
                "You can import your own agency's chronology. The allocated worker or the "
                "conference chair can import for an agency that cannot do it itself."
            )
        if importing.file(id) is not None:
            return
        if importing.unfinished(case_id) >= MOST_UNFINISHED:
            raise CannotImport(
                f"{MOST_UNFINISHED} files of this family are not finished yet. Finish one, or put "
                "one aside, and bring this in then."
            )
        importing.receive(
            id, case=case_id, agency=agency, uploaded_by=actor.account, uploaded_at=now,
            file_name=plain_name(file_name), sha256=digest_of_file(content),
            content=content,
            event=permission.event(resource=str(id), step="receive", bytes=len(content)),
        )  # fmt: skip
        if read_in_background:
            ask_for(READ, id, actor)


TOO_LARGE = (
    f"This file is larger than {LARGEST_FILE // 1024 // 1024} MB. "
    "Split it, for example by year, or remove pictures from it."
)


def plain_name(file_name: str) -> str:
    """A file's name without folders or characters that cannot be shown, its end kept."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[-LONGEST_FILE_NAME:] or "file"


def ask_for(task: str, file_id: UUID, actor: Actor) -> None:
    """Queue a step of an import, to be done with the rights the asker has when it is done."""
    queue(task, lock=f"import {file_id}", file=str(file_id), account=str(actor.account))


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
            refused_because="",
        )


def refuse_file(actor: Actor, file_id: UUID, reason: str, *, now: datetime) -> None:
    """Note that a file could not be read, and why, in a sentence; its bytes are not kept."""
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.READING, ImportStage.CHECKING)
        importing.clear_rows(file_id)
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="refuse"),
            stage=ImportStage.REFUSED.value,
            content=b"",
            refused_because=reason,
        )


def look_again(
    actor: Actor, file_id: UUID, *, sheet: str, header_row: int, now: datetime,
    read_in_background: bool = True,
) -> None:  # fmt: skip
    """Ask for a sheet to be read with its headings in the row a person names, 0 for none.

    Raises NotFoundHere and CannotImport.
    """
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.MAPPING, ImportStage.CHECKED)
        if sheet not in [one["name"] for one in file.survey]:
            raise CannotImport("Choose one of the sheets in this file.")
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="look again"),
            stage=ImportStage.READING.value,
            sheet=sheet,
            header_row=header_row,
        )
        if read_in_background:
            ask_for(READ, file_id, actor)


def put_aside(actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """Give up an import that has not been confirmed: nothing of it is in the record, and neither
    its bytes nor what was read of it are kept.
    """
    with on_file(actor, file_id, now=now) as (permission, file):
        if file.stage in (ImportStage.KEEPING, ImportStage.KEPT):
            raise CannotImport("This import has been confirmed and cannot be put aside.")
        importing.clear_rows(file_id)
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="put aside"),
            stage=ImportStage.ABANDONED.value,
            content=b"",
        )
