"""Over the lanes: where the children lived and who looked after them, as the viewpoint knew it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.families.network import FLAT, claim, record_network, record_police, say
from tests.families.world import World, build_world


@pytest.fixture
def world(record: str) -> World:
    return record_police(record_network(build_world(tom="named_member")))


def under_the_lanes(page: str) -> str:
    said = page.split("Where the children lived, and who looked after them", 1)
    inner = said[1].split("</section>", 1)[0] if len(said) > 1 else ""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", inner).split()))


def bands(page: str) -> list[str]:
    """The names of the bands drawn."""
    found = re.findall(r'<a href="[^"]+" aria-label="([^"]+)"><rect class="gt-lanes__care', page)
    return [unescape(name) for name in found]


def test_homes_and_care_are_bands_and_the_same_in_words_below(history_of):
    page = history_of("ama", form="lanes")

    home = "Lives at The flat over the shop, since 4 March 2026; Fenwick Health Visiting"
    care = "Maureen Okafor, nights: Friday and Saturday, since 20 March 2026"
    assert home in under_the_lanes(page)
    assert care in under_the_lanes(page)
    assert any("lives at The flat over the shop" in name for name in bands(page))
    assert any(care in name for name in bands(page))


def test_what_the_viewpoint_did_not_know_is_neither_drawn_nor_said(history_of):
    before = history_of("ama", form="lanes", on="10 March 2026")

    assert "Maureen" not in under_the_lanes(before)
    assert not any("Maureen" in name for name in bands(before))
    assert any("Ruth Okafor, main carer" in name for name in bands(before))


def test_what_the_reader_was_not_told_is_not_there_either(history_of, world):
    say(
        world, "social_care", "Tess has Ada at night.",
        [claim(world, "cares_for", "nights", "tess", "ada", "2026-04/..")],
        known="2026-04-05",
    )  # fmt: skip

    assert "Tess" in under_the_lanes(history_of("priya", form="lanes"))
    assert "Tess" not in under_the_lanes(history_of("ama", form="lanes"))


def test_a_claim_of_care_takes_the_place_of_changes_of_carer_for_that_child_alone(history_of, add):
    add("health_visiting", "Ada is with her aunt.", "2026-03-10", kind="carer_change")

    assert "cared for by" not in under_the_lanes(history_of("ama", form="lanes")).lower()


def test_a_denial_is_said_beside_what_it_denies_and_draws_nothing(history_of, world):
    say(
        world, "health_visiting", "Ada is not at the flat.",
        [
            claim(
                world, "lives_at", "lives", "ada", "", "2026-05/..",
                household=FLAT, polarity="denies",
            )
        ],
        known="2026-05-20",
    )  # fmt: skip

    page = history_of("ama", form="lanes")

    assert "Fenwick Health Visiting says it is not so" in under_the_lanes(page)
    assert sum("Ada" in name and "flat" in name for name in bands(page)) == 1
