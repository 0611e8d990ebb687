"""The small world with a decision to challenge, and its practitioners signed in."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from goldenthread.usecases.challenges.raise_challenge import ChallengeSaid, raise_challenge
from goldenthread.web.kit import clock
from tests.families.world import World
from tests.web.case.conftest import add, signed_in, world

__all__ = ["add", "decided", "raised", "signed_in", "world"]


@pytest.fixture
def decided(add) -> UUID:
    """What Priya's agency decided in June, told to health visiting."""
    return add(
        "social_care", "Step down at the end of the month.", "2026-06-08", kind="decision",
        told={"health_visiting": "2026-06-09"},
    )  # fmt: skip


@pytest.fixture
def raised(world: World, decided: UUID) -> Callable[..., UUID]:
    """Raise Ama's challenge of it; gives its id."""

    def raises(**more) -> UUID:
        said = {
            "issue": "Nobody has asked who is there at night.",
            "wanted": "Ask, and then decide.",
            "why": "The light was on at three.",
            "immediate_risk": False,
        }
        return raise_challenge(
            world.actors["ama"], world.case, decided, ChallengeSaid(**said | more), id=uuid4(),
            now=clock.now(),
        ).id  # fmt: skip

    return raises
