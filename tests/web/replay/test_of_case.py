"""The replay of a family as a page: what it says, of whom, up to which day, and to whom."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.case.conftest import words


@pytest.fixture
def history(add):
    """Health visiting heard on 20 March that the father is back; social care on 1 May."""
    add("social_care", "Referred by the school.", "2026-03-03", kind="referral",
        concerns=("neglect",), known="2026-03-03")  # fmt: skip
    return add(
        "health_visiting", "The father has moved back in.", "2026-03-20", kind="new_partner",
        about=("ruth", "ada", "father"), known="2026-03-20", told={"social_care": "2026-04-04"},
    )  # fmt: skip


@pytest.fixture
def shown(world, signed_in):
    def page(who: str, query: str = "", status: int = 200) -> str:
        answer = signed_in(who).get(reverse("replay", kwargs={"case": world.case}) + query)
        assert answer.status_code == status
        return words(answer)

    return page


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#39;", "'").split())


def test_a_chair_reads_what_sharing_would_have_changed(shown, history):
    text = plain(shown("grace"))

    assert (
        "What Fenwick Children's Services knew raised it only on 18 April 2026. "
        "Asked 15 days earlier had Fenwick Health Visiting told Fenwick Children's Services on "
        "20 March 2026." in text
    )
    assert "told on 4 April 2026" in text


def test_each_question_leads_to_its_entries_in_one_step(world, shown, history):
    page = shown("grace")

    assert f'href="{reverse("entry", kwargs={"case": world.case, "statement": history})}"' in page


def test_the_drawing_the_table_and_the_list_hold_the_same_questions(shown, history):
    page = shown("grace")

    listed = set(re.findall(r'id="(question-\d+)"', page))
    in_table = set(re.findall(r'<th scope="row"[^>]*><a [^>]*href="#(question-\d+)"', page))
    drawn = set(re.findall(r'<a href="#(question-\d+)" class="gt-question"', page))
    assert listed
    assert listed == in_table == drawn


def test_a_chair_may_put_another_agency_beside(world, shown, history):
    text = plain(shown("grace", f"?agency={world.agency('health_visiting')}"))

    assert "What Fenwick Health Visiting knew" in text


def test_a_member_is_spoken_to_of_their_own_agency_alone(world, shown, history):
    page = shown("priya", f"?agency={world.agency('health_visiting')}")
    text = plain(page)

    assert "Asked 15 days earlier had Fenwick Health Visiting told you on 20 March 2026." in text
    assert "All agencies together" not in text
    assert '<select class="govuk-select" id="agency"' not in page


def test_a_day_shows_what_had_been_asked_by_then_and_nothing_later(shown, history):
    page = shown("grace", "?on=3+April+2026")
    text = plain(page.split('class="gt-replay__day"')[1])

    assert "did not raise it by 3 April 2026" in text
    assert "was not told by then" in text
    later = re.findall(r"(?<!\d)(?:[4-9]|1\d|2\d|30) April 2026", text)
    assert later == []


def test_one_can_step_from_change_to_change(shown, history):
    (after,) = re.findall(r'href="([^"]+)">Change after', shown("grace", "?on=2026-04-03"))
    (before,) = re.findall(r'href="([^"]+)">Change before', shown("grace", "?on=2026-04-18"))

    # On the 4th social care was told, and a question about not having told it ceased.
    assert after.endswith("on=2026-04-04")
    assert before.endswith("on=2026-04-04")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "“soon” is not a date we can read"),
        ("March 2026", "is not one day"),
        ("1 January 2100", "Choose a day up to"),
    ],
)
def test_a_day_that_cannot_be_shown_is_said_and_the_rest_stands(shown, history, typed, said):
    page = shown("grace", f"?on={typed.replace(' ', '+')}")

    assert said in page
    assert 'aria-describedby="on-error"' in page
    assert "Question by question" in page


@pytest.mark.parametrize("who", ["tom", "admin", "mina"])
def test_whoever_may_not_open_the_family_finds_no_page(shown, history, who):
    shown(who, status=404)


def test_before_anything_was_known_it_says_what_would_appear(shown):
    assert "Nothing was known yet." in shown("grace")


def test_the_number_of_queries_does_not_grow_with_the_entries(
    world,
    signed_in,
    add,
    history,
):

    client, address = signed_in("grace"), reverse("replay", kwargs={"case": world.case})
    client.get(address)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = asked()
    for number in range(12):
        add("health_visiting", f"Visit {number}.", "2026-04-01", kind="visit")
    assert asked() == before
