"""Notes what was refused where no use case did: between two of them, or before the first.

What a page finds missing in what was read for it is refused to its reader by the page. That they
asked is kept like every other refusal.
"""

from __future__ import annotations

from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.usecases._steps.permission import NotFoundHere, keep_refusal

__all__ = ["NotFoundHere", "note_refused"]

ASKED_FOR = "ask_for_page"


def note_refused(actor: Actor, case: UUID | None, refused: NotFoundHere) -> None:
    """Keep that a page was refused to somebody, where the trail does not hold it yet."""
    keep_refusal(actor, ASKED_FOR, case, refused)
