"""The family page says who lives where, who cares by night and day, and what nobody knows."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.network.answer_gap import answer_gap
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.record_claims import NewHousehold
from goldenthread.web.kit import clock
from tests.families.network import (
    FLAT,
    NANS,
    claim,
    newcomer,
    record_network,
    record_police,
    say,
)
from tests.families.world import World, build_world

WEEK = (1, 2, 3, 4, 5, 6, 7)


@pytest.fixture
def world(record: str) -> World:
    return build_world(tom="named_member")


@pytest.fixture
def around(world: World) -> World:
    """The family as health visiting and social care know it."""
    return record_network(world)


def part(page: str, name: str) -> str:
    """One section of the page as it is read, by its id."""
    inner = page.split(f'id="{name}"', 1)[1].split("<h2", 1)[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", inner).split()))


def test_homes_are_listed_with_the_childrens_first_and_each_with_whose_word_it_is(around, page):
    homes = part(page("ama", "family"), "homes")

    assert homes.index("The flat over the shop") < homes.index("Ada Okafor , child")
    assert "Ada Okafor , child Since 4 March 2026 Fenwick Health Visiting" in homes
    assert "Seen or heard" in homes


def test_somebody_of_two_homes_is_in_both_and_each_says_so(around, page):
    say(
        around, "health_visiting", "Maureen has been sleeping over.",
        [
            claim(
                around, "lives_at", "stays", "maureen", "", "2026-05-01/..",
                household=FLAT, nights=WEEK,
            ),
            claim(around, "lives_at", "lives", "maureen", "", "2020/..", household=NANS),
        ],
        homes=[NewHousehold(NANS, "Nan’s")], known="2026-05-02",
    )  # fmt: skip

    homes = part(page("ama", "family"), "homes")

    assert "Every night, since 1 May 2026" in homes
    assert "Also at Nan’s." in homes
    assert "Also at The flat over the shop." in homes


def test_an_agency_that_says_otherwise_stands_beside_in_plain_words(around, page):
    say(
        around, "social_care", "A neighbour: Leo is never there.",
        [
            claim(
                around, "lives_at", "lives", "leo", "", "2026-05/..",
                household=FLAT, polarity="denies",
            )
        ],
        known="2026-05-20",
    )  # fmt: skip

    homes = part(page("priya", "family"), "homes")

    said = "Not settled: Fenwick Children's Services says he does not live here since May 2026."
    assert said in homes


def test_the_week_of_a_child_names_who_has_the_nights_and_who_the_days(around, page):
    caring = part(page("ama", "family"), "caring")

    assert "Day and night Ruth Okafor : main carer, since 2 March 2026" in caring
    assert "Nights Maureen Okafor : Friday and Saturday nights, since 20 March 2026" in caring
    assert "not recorded" not in caring


def test_two_agencies_that_name_different_people_for_a_night_stand_side_by_side(around, page):
    say(
        around, "social_care", "Tess has her most nights, said Ruth.",
        [claim(around, "cares_for", "nights", "tess", "ada", "2026-05/..", nights=WEEK)],
        known="2026-05-20", told={"health_visiting": "2026-05-20"},
    )  # fmt: skip

    caring = part(page("ama", "family"), "caring")

    assert "Tess Lowe : every night, since May 2026 Fenwick Children's Services" in caring
    assert "Maureen Okafor : Friday and Saturday nights" in caring
    assert "Not settled: agencies name different people." in caring


def test_everybody_else_is_listed_after_and_nobody_twice(around, page):
    shown = page("ama", "family")

    assert "Tess Lowe" in part(shown, "others")
    assert "Maureen Okafor" in part(shown, "others")
    assert "Ada Okafor" not in part(shown, "others")


def test_what_was_not_shared_with_the_reader_is_not_said(around, page):
    record_police(around)

    assert "Dean Carter" in part(page("priya", "family"), "homes")
    assert "Dean" not in part(page("ama", "family"), "homes")
    assert "Dean" not in part(page("lund", "family"), "caring")


def test_a_question_says_whose_it_is_and_by_when_or_that_nobody_has_taken_it_on(around, page):
    at = clock.now()
    shown = read_network(around.actors["ama"], around.case, Viewpoint(at), now=at)
    still = [one for one in shown.questions if one.is_open]
    before = part(page("ama", "family"), "questions")
    for one in still:
        answer_gap(
            around.actors["ama"], around.case, one.id, GapOutcome.TAKEN_ON, "I will ask Ruth.",
            around.actors["ama"].practitioner, date(2099, 1, 5), now=at,
        )  # fmt: skip
    after = part(page("ama", "family"), "questions")

    assert len(still) > 1
    assert still[0].asked in before
    assert "Nobody has taken these on." in before
    assert after.count("Ama Boateng will find out, due 5 January 2099.") == min(len(still), 6)
    assert "Nobody has taken" not in after


def test_six_questions_are_shown_and_the_rest_are_a_link_away(around, page):
    for number in range(1, 9):
        say(
            around, "health_visiting", f"Somebody stays, {number}.",
            [claim(around, "lives_at", "stays", f"man {number}", "", "2026-05/..", household=FLAT)],
            people=[newcomer(around, f"man {number}", "visitor", f"Man{number}", "Okoro")],
            known="2026-05-02", how_known="told", informant="Ruth Okafor",
        )  # fmt: skip

    shown = page("ama", "family")

    assert shown.count("network/question/?gap=") == 6
    assert re.search(r"network/#questions\">All \d+ open questions</a>", shown)


def test_a_family_of_which_nothing_is_claimed_says_what_entries_say_and_invites(add, page):
    add("social_care", "Ada goes to stay.", "2026-03-05", kind="carer_change")

    shown = page("priya", "family")

    assert "Nobody has said yet who lives where. Say who lives where" in part(shown, "homes")
    assert "Ruth Okafor named in the change of" in part(shown, "caring")
    assert "Who is in this family" in shown
    assert "Ruth Okafor mother" in part(shown, "others")


def test_somebody_nobody_has_identified_is_said_once(around, page, add):
    for who in ("ama", "priya"):
        questions = part(page(who, "family"), "questions")
        assert questions.count("Father of the baby, not identified") == 1
