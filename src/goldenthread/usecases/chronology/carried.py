"""What an entry carries: a decision, a version of a plan, a challenge, a profile or an adjustment.

Who may read any of these is who may read the entry that carries it. Where that is another entry
than the one looked at, as for an answer, a reader of this one alone is told of nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.shared.word import Word
from goldenthread.records.challenges.carrying import challenge_carried_by
from goldenthread.records.decisions.reading import decision_carried_by
from goldenthread.records.needs.reading import adjustment_carried_by, profile_carried_by
from goldenthread.records.plans.reading import version_carried_by


class CarriedKind(Word):
    """What an entry carries."""

    DECISION = "decision", "A decision"
    PLAN = "plan", "A version of the safety plan"
    PLAN_ANSWER = "plan_answer", "An answer about a version of the safety plan"
    CHALLENGE = "challenge", "A challenge"
    CHALLENGE_STEP = "challenge_step", "A step of a challenge"
    PROFILE = "profile", "A version of what an adult needs"
    ADJUSTMENT = "adjustment", "An adjustment agreed with an adult"


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing that an entry carries; `adult` is whose a profile or an adjustment is.

    `id` is that of the decision, version, challenge or profile; of an adjustment, the adult's.
    """

    kind: CarriedKind
    id: UUID
    adult: UUID | None = None


def carried_by(statement: UUID, readable: Collection[UUID]) -> tuple[Carried, ...]:
    """What an entry carries, for whoever may read these entries, it among them; a few queries."""
    return tuple(_carried(statement, readable)) if statement in readable else ()


def _carried(statement: UUID, readable: Collection[UUID]) -> Iterator[Carried]:
    decision = decision_carried_by(statement)
    if decision is not None:
        yield Carried(CarriedKind.DECISION, decision)
    version = version_carried_by(statement)
    if version is not None and version[1] in readable:
        is_own = version[1] == statement
        yield Carried(CarriedKind.PLAN if is_own else CarriedKind.PLAN_ANSWER, version[0])
    challenge = challenge_carried_by(statement)
    if challenge is not None and challenge[1] in readable:
        is_own = challenge[1] == statement
        yield Carried(CarriedKind.CHALLENGE if is_own else CarriedKind.CHALLENGE_STEP, challenge[0])
    profile = profile_carried_by(statement)
    if profile is not None:
        yield Carried(CarriedKind.PROFILE, *profile)
    adult = adjustment_carried_by(statement)
    if adult is not None:
        yield Carried(CarriedKind.ADJUSTMENT, adult, adult)
