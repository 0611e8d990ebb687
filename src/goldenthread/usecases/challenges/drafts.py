"""Keep what somebody is part way through writing of a challenge or a step of it, for them alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.challenges import reading
from goldenthread.usecases._steps.form_drafts import DraftRow, keep_form, open_form
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

__all__ = [
    "AlreadyKept",
    "DraftRow",
    "NotFoundHere",
    "id_of_draft",
    "keep_challenge_draft",
    "open_challenge_draft",
]

FORM = "challenge"


class AlreadyKept(Refusal):
    """The draft is in the record already, as a challenge or a step of it (`challenge`)."""

    def __init__(self, challenge: UUID) -> None:
        super().__init__("This is in the record already.")
        self.challenge = challenge


def id_of_draft(actor: Actor, draft: UUID) -> UUID:
    """The id of what this person's draft becomes, however often it is sent."""
    return uuid5(draft, f"challenge:{actor.account}")


def keep_challenge_draft(
    actor: Actor, case_id: UUID, draft: UUID, typed: Mapping[str, object], begun: Mapping[str, str],
    *, now: datetime,
) -> DraftRow:  # fmt: skip
    """Keep what was typed so far, valid or not, with what it was begun about.

    Raises NotFoundHere and AlreadyKept.
    """
    with permitted(actor, case_id, Action.CHALLENGE_DECISION, now=now):
        _refuse_kept(actor, draft)
        about = {name: [value] for name, value in begun.items()}
        parts: dict[str, object] = {FORM: dict(typed), "begun": about}
        return keep_form(actor, case_id, draft, FORM, parts, now=now)


def open_challenge_draft(
    actor: Actor, case_id: UUID, draft: UUID, *, now: datetime
) -> DraftRow | None:
    """The actor's draft, or None where they have typed nothing under that id.

    Raises NotFoundHere where the id is a draft of another account, family or form, and
    AlreadyKept.
    """
    with permitted(actor, case_id, Action.CHALLENGE_DECISION, now=now):
        _refuse_kept(actor, draft)
        return open_form(actor, case_id, draft, FORM)


def _refuse_kept(actor: Actor, draft: UUID) -> None:
    challenge = reading.challenge_of(id_of_draft(actor, draft))
    if challenge is not None:
        raise AlreadyKept(challenge)
