"""What somebody typed so far in a form of its own kind, kept for them alone.

A draft belongs to one account, one family and one form. An id of somebody else's is answered like
one under which nothing was typed; of another form or family of one's own, like none of one's own;
and what it holds stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.records.chronology import store
from goldenthread.records.chronology.store import DraftRow
from goldenthread.usecases._steps.permission import NotFoundHere

__all__ = ["NO_SUCH_DRAFT", "DraftRow", "keep_form", "open_form"]

NO_SUCH_DRAFT = "There is no such draft of yours."


def keep_form(
    actor: Actor, case: UUID, draft: UUID, form: str, parts: Mapping[str, object], *, now: datetime
) -> DraftRow:
    """Keep what was typed so far, valid or not: each part named replaces what it held.

    In the caller's transaction. Raises NotFoundHere.
    """
    fields = {"form": form, **parts}
    row = store.save_draft(draft, account=actor.account, case=case, fields=fields, now=now)
    if row is None:
        raise NotFoundHere(NO_SUCH_DRAFT, draft)
    return row


def open_form(actor: Actor, case: UUID, draft: UUID, form: str) -> DraftRow | None:
    """The actor's draft, or None where they have typed nothing under that id.

    In the caller's transaction. Raises NotFoundHere where it is of another family or form.
    """
    row = store.draft(draft, account=actor.account)
    if row is not None and (row.case, row.fields.get("form")) != (case, form):
        raise NotFoundHere(NO_SUCH_DRAFT, draft)
    return row
