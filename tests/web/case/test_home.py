"""My families: what has my name on it, questions and what is due, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from goldenthread.usecases.challenges.answer_challenge import AnswerSaid, answer_challenge
from goldenthread.usecases.challenges.raise_challenge import raise_challenge
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.web.kit import clock
from tests.families.plans import signed_plan
from tests.families.world import World, key
from tests.usecases.challenging import said

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


@pytest.fixture
def stale(world: World) -> UUID:
    """The plan that Priya looks after needs review because somebody moved in yesterday."""
    version = signed_plan(world, "health_visiting")
    on = (clock.today() - timedelta(days=1)).isoformat()
    entry = world.entry("social_care", "A man has moved in.", on, known=on, kind="household_change",
                        told={"health_visiting": on})  # fmt: skip
    record_entry(world.actors["priya"], world.case, entry, now=clock.now())
    return version


def test_a_plan_that_needs_review_is_due_for_whoever_answers_for_it_with_why(stale, world, page):
    home = page("priya", "families")

    assert f"/families/{world.case}/plan/versions/{stale}/answer/" in home
    due = home.partition("Say whether the safety plan is still right")[2].partition("</li>")[0]
    assert "because who lives here changed" in due
    assert "2 days after" in due
    assert "Okafor family, GT-0001" in due


@pytest.mark.parametrize("who", ["ama", "grace", "sam", "lund", "tom"])
def test_it_is_due_for_nobody_else(stale, page, who: str):
    assert "Say whether the safety plan" not in page(who, "families")


@pytest.fixture
def challenged(world: World) -> UUID:
    """Ama disagrees with what social care decided; the partnership named nobody to answer."""
    entry = world.entry("social_care", "Close the plan in July.", "2026-06-01", kind="decision",
                        told={"health_visiting": "2026-06-02"})  # fmt: skip
    record_entry(world.actors["priya"], world.case, entry, now=clock.now())
    return raise_challenge(
        world.actors["ama"], world.case, entry.id, said(), id=key("challenge"), now=clock.now()
    ).id


def test_a_challenge_is_due_for_whoever_answers_it_and_then_for_whoever_raised_it(
    challenged, world: World, page
):
    where = f"/families/{world.case}/challenges/{challenged}/"

    home = page("priya", "families")
    due = home.partition("Answer a challenge")[2].partition("</li>")[0]
    assert where in home
    assert "10 working days after" in due or "No response time is set" in due
    assert where not in page("ama", "families")

    answered = AnswerSaid("stands", "We looked again, and it stands.", "Nothing changes.")
    answer_challenge(
        world.actors["priya"], world.case, challenged, answered, id=key("a"), now=clock.now()
    )
    assert "Say whether the answer to your challenge settles it" in page("ama", "families")
    assert where not in page("priya", "families")


@pytest.mark.parametrize("who", ["lund", "tom"])
def test_nobody_who_may_not_read_a_challenge_has_it_on_their_page(challenged, page, who: str):
    home = page(who, "families")

    assert str(challenged) not in home
    assert "challenge" not in home.partition("<h1")[2].partition("Drafts of mine")[0].replace(
        "challenges that wait for you", ""
    )
