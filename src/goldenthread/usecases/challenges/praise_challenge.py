"""Say what a challenge changed: by name, about the act of challenging, never about the family."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.challenges.course import SaysNothing, refuse_silence
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading, store
from goldenthread.records.chronology import store as drafts
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases.challenges.seen import NO_SUCH_CHALLENGE, challenge_seen, refused

__all__ = ["NotFoundHere", "SaysNothing", "praise_challenge"]


def praise_challenge(
    actor: Actor,
    case_id: UUID,
    challenge: UUID,
    words: str,
    *,
    id: UUID,
    now: datetime,
    draft: UUID | None = None,
) -> bool:
    """Keep praise in the actor's name; False where this same praise was kept before.

    Raises NotFoundHere and SaysNothing.
    """
    with permitted(actor, case_id, Action.CHALLENGE_DECISION, now=now) as permission:
        store.hold(challenge)
        seen = challenge_seen(permission, challenge, now=now)
        is_theirs = seen is not None and not seen.is_partial
        if not is_theirs:
            audit.append(refused(permission, challenge))
        elif reading.praise_exists(id):
            return False
        else:
            refuse_silence("words", words, "Say what this challenge changed.", longest=2_000)
            store.append_praise(
                id, challenge, said_by=actor.practitioner, agency=actor.agency,
                words=words.strip(), on=day_of(now), recorded_by=actor.account,
                event=permission.event(resource=str(challenge), praised=True),
            )  # fmt: skip
            if draft is not None:
                drafts.drop_draft(draft, account=actor.account)
    if not is_theirs:
        raise NotFoundHere(NO_SUCH_CHALLENGE, is_kept=True)
    return True
