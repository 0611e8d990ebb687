"""The Picture page: everything drawn is in its table, every count leads to what was counted."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.drawing.picture import signs
from goldenthread.web.kit.words import day_in_words
from tests.web.picture.conftest import QUESTION, ago, at, signed_in


def words(page: str) -> str:
    """The page as it is read, without marks."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def drawn(page: str) -> dict[str, str]:
    """Every entry drawn on the screen, by id, with the name of its mark."""
    found = re.findall(
        r'<a href="[^"]+" class="gt-entry" data-entry="([^"]+)" aria-label="([^"]+)"', page
    )
    return {id: unescape(name) for id, name in found}


def listed(page: str) -> list[str]:
    """Every entry of the table, by id, in its order."""
    return re.findall(r'<tr role="row" id="row-([^"]+)"', page)


def lanes(page: str) -> list[str]:
    return re.findall(r'<g class="gt-lane" role="group" aria-label="([^"]+)"', page)


@pytest.fixture
def entries(add, building):
    add("health_visiting", "Ruth rang to ask for help with feeding.", 40, kind="strength")
    add(
        "social_care",
        "Conference: a plan for neglect.",
        50,
        kind="conference",
        concerns=("neglect",),
    )
    add("social_care", "An old letter about Ruth’s own childhood.", None, kind="background")
    return building


def test_every_entry_drawn_is_in_the_table_and_every_one_without_a_date_as_well(
    picture_of, entries
):
    page = picture_of("grace")

    assert set(drawn(page)) < set(listed(page))
    assert len(listed(page)) == 7
    assert len(set(listed(page)) - set(drawn(page))) == 1
    assert "1 entry has no date: Fenwick Children's Services: An old letter" in words(page)


def test_every_mark_is_named_by_a_whole_sentence_and_opens_its_entry(world, picture_of, entries):
    page = picture_of("grace")

    name = drawn(page)[str(entries[0])]
    assert name.startswith(
        day_in_words(ago(34), weekday=True) + ": Fenwick Health Visiting, was not"
    )
    assert "Ada was not brought, number 1. Read in a record. Known to" in name
    assert reverse("entry", kwargs={"case": world.case, "statement": entries[0]}) in page


def test_lanes_stand_in_the_order_of_the_vocabulary_and_strengths_have_their_own(
    picture_of, entries
):
    assert lanes(picture_of("grace")) == [
        "Neglect", "Not engaging", "Strengths, what holds", "Contact, no concern named",
    ]  # fmt: skip


def test_each_number_leads_to_exactly_what_was_counted(world, picture_of, entries):
    page = picture_of("grace")
    counts = re.findall(
        r'rowheader">([^<]+)</th><td role="cell"><a class="govuk-link" href="([^"#]+)#table">(\d+) entr',
        page,
    )

    assert {name: int(number) for name, _, number in counts} == {
        "Neglect": 5, "Not engaging": 3, "Strengths, what holds": 1,
    }  # fmt: skip
    client = signed_in(world, "grace")
    for name, address, number in counts:
        rows = client.get(unescape(address)).content.decode()
        told = [row for row in rows.split('<tr role="row" id="row-')[1:]]
        assert len(told) == int(number)
        assert all(name in words(row) for row in told)


def test_counts_say_from_when_to_when_and_whose_facts(picture_of, entries):
    said = words(picture_of("grace"))

    assert (
        f"Not engaging 3 entries , Not engaging {day_in_words(ago(34))} to "
        f"{day_in_words(ago(10))} Fenwick Health Visiting" in said
    )


def test_a_shorter_time_leaves_out_the_rest_and_says_how_much(picture_of, entries):
    page = picture_of("grace", from_=ago(25).isoformat(), to=ago(0).isoformat())

    assert set(drawn(page)) == {str(entries[1]), str(entries[2])}
    assert "4 entries are of other times than the drawn one. Draw the whole life" in words(page)


def test_decisions_and_births_stand_through_the_lanes(picture_of, entries):
    page = picture_of("grace")

    assert ">Conference</text>" in page
    assert ">Ada born</text>" in page


def test_what_another_agency_holds_is_a_box_without_an_id(world, add, picture_of, entries):
    hidden = add(
        "mental_health", "Ruth told us something.", 15, concerns=("parental_mental_health",)
    )

    page = picture_of("ama")

    assert str(hidden) not in page
    assert "Ruth told us" not in page
    assert "Parental mental health" not in page
    assert "Held by other agencies" in words(page)
    assert re.search(r"\d+ entries are held by other agencies\. Ask Priya Nair", words(page)) or (
        "held by other agencies. Ask the agencies in the team" in words(page)
    )
    assert str(hidden) in picture_of("grace")


def test_an_earlier_viewpoint_redraws_lanes_and_questions(world, picture_of, entries):
    page = picture_of("grace", on=ago(20).isoformat())

    # All was recorded today, and known from the day it happened where nobody said otherwise.
    assert str(entries[2]) not in drawn(page)
    assert QUESTION not in page
    assert f"Considered through {day_in_words(ago(20))}" in words(page)


def test_a_question_says_because_of_which_entries_of_whom_and_since_when(
    world, picture_of, entries
):
    page = picture_of("grace")

    one = page.split(f'id="q-{QUESTION}"')[1].split("</li>\n")[0]
    said = words(one)
    assert "3 appointments or visits did not take place" in said
    assert "Asked of Priya Nair (Social worker, Fenwick Children's Services)" in said
    assert "Because of these 3 entries, by Fenwick Health Visiting" in said
    history = reverse("history", kwargs={"case": world.case})
    for entry in entries:
        assert f'href="{history}#e-{entry}"' in one
    assert "Why it matters" in said
    assert "Rests on: RCGP on was-not-brought" in said


def test_choosing_a_question_frames_its_entries_and_joins_them(picture_of, entries):
    plain, chosen = picture_of("grace"), picture_of("grace", question=QUESTION)

    assert plain.count('data-sign="thread"') == 0
    assert chosen.split("gt-picture__scroll")[1].count('data-sign="thread"') == 2
    assert chosen.count('class="gt-counts__chosen"') == 3
    assert "Framed, and joined by the thread" in words(chosen)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"child": "nobody"}, "That child is not listed with this family"),
        ({"child": "7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10"}, "That child is not listed"),
        ({"known_to": "7d1f6c0e-4a52-4c7b-9a43-0b5f2f6f3f10"}, "not in this partnership"),
        ({"on": "the day before"}, "“the day before” is not a date"),
        ({"from_": "never"}, "“never” is not a date"),
        ({"question": "no_such_question", "lane": "no_such_lane"}, ""),
    ],
)
def test_what_cannot_be_read_is_said_and_the_page_still_stands(picture_of, entries, query, said):
    page = picture_of("grace", **query)

    assert said in words(page)
    assert len(drawn(page)) == 6


def test_a_family_with_nothing_says_what_would_appear(picture_of):
    said = words(picture_of("grace"))

    assert "No question is open. One appears here when entries" in said
    assert "There is nothing in this history yet." in said
    assert "Nobody has written one that you can read." in said


def test_somebody_with_no_tie_finds_no_such_page(world):
    for who in ("tom", "admin"):
        assert signed_in(world, who).get(at(world)).status_code == 404


def test_its_cost_in_queries_does_not_grow_with_the_entries(world, add, entries):
    client = signed_in(world, "grace")
    client.get(at(world))

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at(world)).status_code == 200
        return len(captured)

    before = asked()
    for number in range(25):
        add("health_visiting", f"Seen at home, {number}.", 100 + number, concerns=("neglect",))
    client.get(at(world))  # the new entries are considered, once

    assert asked() <= before


def test_the_marks_are_those_of_every_other_page():
    from pathlib import Path

    kit = Path(signs.__file__).parents[2] / "web/kit/templates/kit/components.jinja"
    said = kit.read_text()

    for path in (*signs.SHAPES.values(), signs.LEAF):
        assert f'd="{path}"' in said
