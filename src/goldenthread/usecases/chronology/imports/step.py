"""What every step of an import shares: the file, its family's policy, and one worker at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.imports import ImportStage, may_import_for, may_see_import
from goldenthread.domain.shared.refusal import NotTheirs, Refusal
from goldenthread.records.access.reading import unreadable_by
from goldenthread.records.chronology import importing
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

NO_SUCH_IMPORT = "There is no such import in your record."


class CannotImport(Refusal):
    """This file cannot be taken, or not at this stage, or not by this person."""


class NotTheirsToImport(CannotImport, NotTheirs):
    """The chronology is of an agency that this person does not speak for."""

    rule = "import-is-for-its-agency"


class PastThatStep(CannotImport):
    """The file has gone on meanwhile; nothing is wrong with it."""


@contextmanager
def on_file(
    actor: Actor, file_id: UUID, *, now: datetime, case_id: UUID | None = None
) -> Iterator[tuple[Permission, importing.FileRow]]:
    """The transaction of one step on one file, permitted on its family and held alone.

    `case_id`, where an address names the family too, must be the file's. Raises NotFoundHere, and
    CannotImport where the actor no longer speaks for the agency whose chronology it is.
    """
    with looking_at(actor, file_id, now=now, case_id=case_id) as (permission, _):
        importing.hold_file(file_id)
        file = importing.file(file_id)
        assert file is not None
        if not may_import_for(file.agency, actor, permission.ties):
            raise NotTheirsToImport(
                "You can import your own agency's chronology. The allocated worker or the "
                "conference chair can import for an agency that cannot do it itself."
            )
        yield permission, file


@contextmanager
def looking_at(
    actor: Actor, file_id: UUID, *, now: datetime, case_id: UUID | None = None
) -> Iterator[tuple[Permission, importing.FileRow]]:
    """The transaction of looking at one file, which waits for no worker. Raises NotFoundHere.

    Of a file that never was the same is asked, in the family that the address names: an answer that
    comes sooner would tell that there is one.
    """
    with transaction.atomic():
        wall.open_beyond_one_family()  # which family it is of is asked before who may look
        found = importing.file(file_id)
    case = case_id or (found.case if found else None)
    if case is None:
        raise NotFoundHere(NO_SUCH_IMPORT, file_id)
    with permitted(actor, case, Action.IMPORT_CHRONOLOGY, now=now) as permission:
        file = importing.file(file_id)
        closed = closed_files(permission)
        if (
            file is None
            or file.case != case
            or file_id in closed
            or not may_see_import(
                actor, uploaded_by=file.uploaded_by, uploader_agency=file.uploader_agency
            )
        ):
            raise NotFoundHere(NO_SUCH_IMPORT, file_id)
        yield permission, file


def closed_files(permission: Permission) -> frozenset[UUID]:
    """The files that brought an entry which is restricted for the reader: they show its row."""
    unread = unreadable_by(permission.actor, permission.ties.restrictions)
    return importing.files_that_brought(unread) if unread else frozenset()


def expect(file: importing.FileRow, *stages: ImportStage) -> None:
    """Raise PastThatStep unless the file is at one of these stages."""
    if file.stage not in stages:
        raise PastThatStep(f"This file is past that step: {file.stage_label.lower()}.")
