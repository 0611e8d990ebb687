"""Read one entry with everything said about it, and who judged how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import ReceiptStep
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.news import Said, judgements_of
from goldenthread.records.provenance.receipts import give
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases.chronology.carried import Carried, CarriedKind, carried_by
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.read_sharing import Sharing, sharing_for
from goldenthread.usecases.chronology.shown import History, ShownEntry

__all__ = ["Carried", "CarriedKind", "EntryRead", "Said", "read_entry"]


@dataclass(frozen=True, slots=True)
class EntryRead:
    """One entry among the history it belongs to; judgements newest first, and where it went.

    `carries` is what was signed, raised or written down with it.
    """

    history: History
    entry: ShownEntry
    judgements: tuple[Said, ...]
    sharing: Sharing
    carries: tuple[Carried, ...]


def read_entry(actor: Actor, case_id: UUID, statement: UUID, *, now: datetime) -> EntryRead:
    """One entry the actor may read, as known now; that they opened it is kept.

    Not as a receipt where they read it by a glass they broke: nobody told them.
    Raises NotFoundHere, as for a random id.
    """
    history = read_history(actor, case_id, Viewpoint(now), now=now)
    found = next((entry for entry in history.entries if entry.id == statement), None)
    if found is None:
        raise NotFoundHere("There is no such entry in what you can read.", statement)
    with permitted(actor, case_id, Action.VIEW_ENTRY, now=now) as permission:
        judgements = tuple(judgements_of(case_id, statement))
        by_glass = permission.ties.glass is not None  # read only: the trail alone keeps it
        if found.statement.asserted_by != actor.practitioner and not by_glass:
            _opened(actor, statement, now)
        sharing = sharing_for(permission, now=now, only=statement)
        carries = carried_by(statement, {entry.id for entry in history.entries})
        audit.append(permission.event(resource=str(statement), entry_rule=found.rule))
    return EntryRead(history, found, judgements, sharing, carries)


def _opened(actor: Actor, statement: UUID, now: datetime) -> None:
    """Keep that this person had the whole entry before them; a list of many opens none of them."""
    give(
        statement, ReceiptStep.OPENED, practitioner=actor.practitioner, agency=actor.agency,
        given_at=now, recorded_by=actor.account,
    )  # fmt: skip
