"""What every step of an import shares: the file, its family's policy, and one worker at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.chronology import importing
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted


class CannotImport(Refusal):
    """This file cannot be taken, or not at this stage, or not by this person."""


@contextmanager
def on_file(
    actor: Actor, file_id: UUID, *, now: datetime
) -> Iterator[tuple[Permission, importing.FileRow]]:
    """The transaction of one step on one file, permitted on its family and held alone.

    A colleague of the uploader's agency may go on with the file; nobody else sees that it exists.
    """
    found = importing.file(file_id)
    if found is None:
        raise NotFoundHere("There is no such import in your record.")
    with permitted(actor, found.case, Action.IMPORT_CHRONOLOGY, now=now) as permission:
        importing.locked_stage(file_id)
        file = importing.file(file_id)
        assert file is not None
        if actor.agency != file.agency and actor.account != file.uploaded_by:
            raise NotFoundHere("There is no such import in your record.")
        yield permission, file


def expect(file: importing.FileRow, *stages: ImportStage) -> None:
    """Raise CannotImport unless the file is at one of these stages."""
    if file.stage not in stages:
        raise CannotImport(f"This file is past that step: {file.stage_label.lower()}.")
