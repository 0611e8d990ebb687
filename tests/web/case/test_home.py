"""My families: the questions with my name on them, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.web.kit import clock
from tests.families.world import World

TITLE = "A referral, and nothing recorded after it"


@pytest.fixture
def asked(world: World) -> None:
    """Social care recorded a referral 40 days ago, and nothing since."""
    on = (clock.today() - timedelta(days=40)).isoformat()
    entry = world.entry("social_care", "Referred by the surgery.", on, known=on, kind="referral",
                        concerns=("physical",), about=("ruth",))  # fmt: skip
    record_entry(world.actors["priya"], world.case, entry, now=clock.now())


def test_a_question_leads_from_home_to_its_picture(asked, world: World, page):
    home = page("priya", "families")

    assert "Questions with my name on them" in home
    assert TITLE in home
    assert f"/families/{world.case}/picture/?question=referral_left#q-referral_left" in home
    assert "Okafor family, GT-0001. Open since" in home


@pytest.mark.parametrize("who", ["sam", "ama", "lund", "grace", "tom"])
def test_nobody_sees_what_asks_somebody_else(asked, page, who: str):
    home = page(who, "families")

    assert TITLE not in home
    assert "picture/?question" not in home


def test_families_not_looked_at_today_are_counted(world: World, page):
    assert "Today the history of 1 family has not been looked at yet" in page("ama", "families")
    assert "has not been looked at yet" not in page("tom", "families")
