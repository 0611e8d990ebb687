"""Which entries are possibly about one event, and which pairs a person has answered already.

Answers the finding that nobody could tell four incidents from one incident reported four times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.same_event import PossiblySame, possibly_same
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.chronology.news import Said, links_said
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History

__all__ = ["PossiblySame", "Said", "SameEvents", "possible_same_events"]

KINDS = (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT)


@dataclass(frozen=True, slots=True)
class SameEvents:
    """The history, the open questions, earliest first, and what was answered by whom."""

    history: History
    open: tuple[PossiblySame, ...]
    settled: dict[tuple[UUID, UUID], Said]


def possible_same_events(actor: Actor, case_id: UUID, *, now: datetime) -> SameEvents:
    """The pairs worth asking "is this the same event?", among what the actor may read.

    Raises NotFoundHere.
    """
    history = read_history(actor, case_id, Viewpoint(now), now=now)
    readable = {entry.id: entry.statement for entry in history.entries}
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now):
        settled = links_said(list(readable), KINDS)
    answered = {frozenset(pair) for pair in settled}
    return SameEvents(history, possibly_same(readable.values(), settled=answered), settled)
