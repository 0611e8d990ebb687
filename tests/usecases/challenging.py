"""Challenges of the small world to raise, answer, take further and settle in tests."""

from __future__ import annotations

from uuid import UUID, uuid4

from goldenthread.domain.challenges.course import StepKind
from goldenthread.usecases.challenges.answer_challenge import (
    AnswerSaid,
    answer_challenge,
)
from goldenthread.usecases.challenges.raise_challenge import (
    ChallengeSaid,
    raise_challenge,
)
from goldenthread.usecases.challenges.read_challenges import (
    read_challenge,
)
from goldenthread.usecases.challenges.settle_challenge import StepSaid, settle_challenge
from goldenthread.usecases.challenges.take_further import FurtherSaid, take_further
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World


def decided(world: World, kind: str = "decision", happened: str = "2026-06-01", **more) -> UUID:
    """What Priya's agency decided, told to health visiting."""
    told = more.pop("told", {"health_visiting": "2026-06-02"})
    entry = world.entry(
        "social_care", "Close the plan in July.", happened, kind=kind, told=told, **more
    )
    record_entry(world.actors["priya"], world.case, entry, now=NOW)
    return entry.id


def said(**more) -> ChallengeSaid:
    told = {
        "issue": "The plan closes before anyone has asked who is there at night.",
        "wanted": "Ask, and then decide.",
        "why": "Nobody has been there after five.",
        "immediate_risk": False,
    }
    return ChallengeSaid(**told | more)


def raised(
    world: World, target: UUID | None = None, who: str = "ama", *, id=None, now=NOW, **more
) -> UUID:
    target = target or decided(world)
    actor = world.actors[who]
    return raise_challenge(actor, world.case, target, said(**more), id=id or uuid4(), now=now).id


def answer(world: World, challenge: UUID, who: str = "priya", *, id=None, now=NOW, **more):
    told = {"outcome": "partly", "words": "We will visit at eight.", "effect": "A visit on Friday."}
    return answer_challenge(
        world.actors[who], world.case, challenge, AnswerSaid(**told | more), id=id or uuid4(), now=now
    )  # fmt: skip


def further(world: World, challenge: UUID, who: str = "ama", *, id=None, now=NOW, **more):
    told = {"words": "The visit was put off twice."}
    return take_further(
        world.actors[who], world.case, challenge, FurtherSaid(**told | more), id=id or uuid4(), now=now
    )  # fmt: skip


def settled(
    world: World, challenge: UUID, how=StepKind.ACCEPTED, who="ama", *, id=None, now=NOW, **more
):
    told = {"words": "That settles it.", "effect": "Ada’s nights are known."}
    return settle_challenge(
        world.actors[who], world.case, challenge, how, StepSaid(**told | more), id=id or uuid4(), now=now
    )  # fmt: skip


def read(world: World, challenge: UUID, who: str = "ama", now=NOW):
    return read_challenge(world.actors[who], world.case, challenge, now=now)
