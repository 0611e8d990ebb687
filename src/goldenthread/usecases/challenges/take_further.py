"""Take a challenge to another stage, with the reason: its own clock starts there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.challenges.course import (
    NotAllowedNow,
    SaysNothing,
    StepKind,
    StepOutOfTime,
    refuse_stage,
)
from goldenthread.domain.challenges.ladder import Stage
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.in_force import ladder_in_force
from goldenthread.usecases.challenges.step_taken import Asked, Carried, StepSaid, Taken, take_step

__all__ = [
    "FurtherSaid",
    "NotAllowedNow",
    "NotFoundHere",
    "SaysNothing",
    "StepOutOfTime",
    "take_further",
]


@dataclass(frozen=True, slots=True)
class FurtherSaid:
    """Why a challenge goes on, to which stage (the next one where None), and since when.

    `immediate_risk` is whether the child is at immediate risk now: then stages may be passed over.
    """

    words: str
    to_stage: int | None = None
    immediate_risk: bool = False
    on: date | None = None


def take_further(
    actor: Actor,
    case_id: UUID,
    challenge: UUID,
    said: FurtherSaid,
    *,
    id: UUID,
    now: datetime,
    draft: UUID | None = None,
) -> Taken:
    """Keep that a challenge goes on, and why, for the agency that raised it.

    Raises NotFoundHere, NotAllowedNow, SaysNothing and StepOutOfTime.
    """

    def to(asked: Asked) -> Stage:
        ladder, course = ladder_in_force(now), asked.seen.course
        assert course is not None
        wanted = said.to_stage or course.stage + 1
        may_skip = said.immediate_risk or asked.seen.row.immediate_risk
        refuse_stage(course, wanted, len(ladder.stages), may_skip=may_skip)
        return ladder.at(wanted)

    return take_step(
        actor, case_id, challenge, StepKind.TAKEN_FURTHER, StepSaid(said.words, on=said.on),
        id=id, now=now, carried=Carried(Kind.CHALLENGE), to=to, draft=draft,
    )  # fmt: skip
