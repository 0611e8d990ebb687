"""Settle a challenge, for the agency that raised it: accept, agree together, or withdraw.

How it was settled is said in words, and what changed because of it: for the child, the plan or the
decision. A challenge that was settled stays readable, and a further one can be raised.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.challenges.course import (
    CLOSING,
    NotAllowedNow,
    SaysNothing,
    StepKind,
    StepOutOfTime,
)
from goldenthread.domain.provenance.vocabulary import Kind, LinkKind, Polarity
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.step_taken import Carried, StepSaid, Taken, take_step

__all__ = [
    "NotAllowedNow",
    "NotFoundHere",
    "SaysNothing",
    "StepOutOfTime",
    "StepSaid",
    "settle_challenge",
]

# Accepting says nothing new of the family: the answer does, and has its own entry.
CARRIED = {
    StepKind.ACCEPTED: None,
    StepKind.RESOLVED: Carried(Kind.DECISION, LinkKind.CLARIFIES),
    StepKind.WITHDRAWN: Carried(Kind.CHALLENGE, LinkKind.WITHDRAWS, Polarity.DENIES),
}


def settle_challenge(
    actor: Actor,
    case_id: UUID,
    challenge: UUID,
    how: StepKind,
    said: StepSaid,
    *,
    id: UUID,
    now: datetime,
    draft: UUID | None = None,
) -> Taken:
    """Keep how a challenge was settled; asked twice with one id it is kept once.

    Raises NotFoundHere, NotAllowedNow, SaysNothing and StepOutOfTime.
    """
    if how not in CLOSING:
        raise NotAllowedNow("Say whether the answer is accepted, or it was resolved or withdrawn.")
    return take_step(
        actor, case_id, challenge, how, said, id=id, now=now, carried=CARRIED[how],
        draft=draft,
    )  # fmt: skip
