"""Read a family at one glance: its history, who lives where and cares for whom, and open questions.

One look, audited once. The number of queries does not grow with the length of the history.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.audit import store as audit
from goldenthread.usecases._steps.network_seen import load_network
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases._steps.questions import gaps_and_questions
from goldenthread.usecases.chronology.read_history import history_for, looked_at
from goldenthread.usecases.chronology.shown import Summary

__all__ = ["NotFoundHere", "Summary", "read_summary"]


def read_summary(actor: Actor, case_id: UUID, *, now: datetime) -> Summary:
    """Read everything of a family that this reader may see, as known now to all its agencies.

    Raises NotFoundHere.
    """
    viewpoint = Viewpoint(now)
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        history = history_for(permission, viewpoint, now=now)
        around = load_network(permission, viewpoint, now=now)
        _, questions = gaps_and_questions(permission, around, viewpoint)
        audit.append(permission.event(**looked_at(history), claims=len(around.seen.claims)))
    return Summary(history, around.seen, questions)
