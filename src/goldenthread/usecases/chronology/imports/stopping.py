"""Say that a job of an import stopped, so that nobody waits before a page that will not change."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.records.chronology import importing
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.chronology.imports.receiving import CHECK, KEEP, READ, ask_for
from goldenthread.usecases.chronology.imports.step import CannotImport, on_file

STOPPED = Decision(Outcome.DENY, "import-stopped", "A step of the import could not be done.")
TASK_OF = {
    ImportStage.READING: READ,
    ImportStage.CHECKING: CHECK,
    ImportStage.KEEPING: KEEP,
}


def note_stopped(actor: Actor, file_id: UUID, reason: str) -> None:
    """Say on a file why its present step stopped. Whoever asked may have lost their right to it,
    so this asks no permission; it changes nothing but the sentence that is shown.
    """
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        file = importing.file(file_id)
        if file is None or file.stage not in TASK_OF:
            return
        importing.change(
            file_id,
            event=event_of(
                actor, Action.IMPORT_CHRONOLOGY, STOPPED, file.case, resource=str(file_id)
            ),
            refused_because=reason,
        )


def try_again(actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """Ask again for the step that stopped. Raises NotFoundHere and CannotImport."""
    with on_file(actor, file_id, now=now) as (permission, file):
        if file.stage not in TASK_OF or not file.refused_because:
            raise CannotImport("This import has not stopped.")
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="try again"),
            refused_because="",
        )
        ask_for(TASK_OF[ImportStage(file.stage)], file_id, actor)
