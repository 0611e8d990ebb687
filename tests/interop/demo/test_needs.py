"""The adults of the demonstration: dignified, varied, and read by whom the story told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldenthread.domain.needs.hints import HintNature, hints_for
from goldenthread.domain.needs.vocabulary import Delivered, Demand
from goldenthread.interop.demo import loader
from goldenthread.interop.demo.story import families, read_toml
from goldenthread.usecases.access.families import who_acts
from goldenthread.usecases.needs.read_needs import AdultNeeds, read_needs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded")]
NOW = datetime(2026, 11, 13, 18, 0, tzinfo=UTC)
CASES = {"rudland": "GT-DEMO-001", "wetherill": "GT-DEMO-002"}


@pytest.fixture(scope="module")
def loaded(shared_record):
    loader.load(say=lambda words: None)


def adults(who: str, family: str = "rudland") -> dict[str, AdultNeeds]:
    actor = who_acts(loader.key("account", who))[0]
    found = read_needs(actor, loader.key("case", CASES[family]), now=NOW)
    return {one.member.known_as or one.member.given_name: one for one in found.adults}


@pytest.mark.parametrize("family", families())
def test_every_profile_of_the_story_has_strengths_and_an_adjustment_beside_it(family):
    told = read_toml("needs.toml", family)

    assert {one["adult"] for one in told["profile"]} == {one["adult"] for one in told["adjustment"]}
    for one in told["profile"]:
        assert len(one["strength"]) >= 2
        assert one["how_to_work_with_me"]


def test_the_chair_reads_of_gemma_nathan_and_janet_and_that_nobody_asked_carl():
    seen = adults("chair")

    assert {name for name, one in seen.items() if one.standing} == {"Gemma", "Nathan", "Janet"}
    assert seen["Carl"].questions == ("Nobody has written down what Carl needs and is good at.",)
    assert all(row.is_intact for one in seen.values() for row in one.versions)


def test_the_new_social_worker_reads_that_janet_may_not_hear_a_baby_at_night():
    janet = adults("sw_3")["Janet"]

    (hint,) = hints_for([Demand.HEARING_A_CALL], janet.profile)
    assert hint.nature is HintNature.ADJUSTED
    assert "hearing and sight" in hint.sentence("Janet")
    (lifting,) = hints_for([Demand.LIFTING], janet.profile)
    assert lifting.nature is HintNature.NONE_AGREED


def test_one_adjustment_is_mostly_used_and_one_is_mostly_not():
    seen = adults("chair")

    def answers(name: str) -> list[Delivered]:
        return [row.answer for row in seen[name].adjustments[0].said]

    assert answers("Nathan").count(Delivered.YES) == 5
    assert answers("Nathan").count(Delivered.NO) == 1
    assert answers("Janet").count(Delivered.NO) == 3
    assert answers("Janet").count(Delivered.YES) == 1


def test_police_are_told_what_to_do_and_nothing_of_why():
    seen = adults("ds_hockley")

    assert [one.row.adjustment.what for one in seen["Nathan"].adjustments] == [
        "Letters short, one point at a time, and a text the day before."
    ]
    assert all(not one.versions for one in seen.values())


def test_loading_again_keeps_nothing_twice():
    before = adults("chair")
    loader.load(say=lambda words: None)

    assert adults("chair") == before
