"""Keep what somebody is part way through typing, on the server, for its author alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.records.chronology import store
from goldenthread.records.chronology.store import DraftRow
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

__all__ = ["DraftRow", "discard_draft", "drafts_of", "keep_draft", "read_draft"]


def keep_draft(
    actor: Actor, case_id: UUID, draft: UUID, fields: dict[str, object], *, now: datetime
) -> DraftRow:
    """Save a draft, valid or not. A draft is not part of the record. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now):
        row = store.save_draft(draft, account=actor.account, case=case_id, fields=fields, now=now)
        if row is None:
            raise NotFoundHere("There is no such draft of yours.")
        return row


def read_draft(actor: Actor, draft: UUID) -> DraftRow | None:
    """One of the actor's own drafts, or None."""
    return store.draft(draft, account=actor.account)


def drafts_of(actor: Actor, case_id: UUID | None = None) -> list[DraftRow]:
    """The actor's own drafts, newest first."""
    return store.drafts(account=actor.account, case=case_id)


def discard_draft(actor: Actor, draft: UUID) -> None:
    """Put away one of the actor's own drafts."""
    store.drop_draft(draft, account=actor.account)
