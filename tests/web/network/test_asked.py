"""What an address asks of the Network page: two questions kept apart, and nothing lost on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.web.network.asked import (
    FORMS,
    MARKS,
    STYLES,
    USUAL_MARKS,
    Asked,
    asked_of,
    known_agencies_only,
    query_of,
)

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
TODAY = date(2026, 6, 10)
POLICE = UUID(int=7)


def read(**given: str | list[str]) -> Asked:
    named = {name.replace("_", "-"): value for name, value in given.items()}
    return asked_of(
        {name: value if isinstance(value, list) else [value] for name, value in named.items()},
        now=NOW,
    )


def test_nothing_asked_is_everything_known_today_as_it_is_today():
    asked = read()

    assert asked.viewpoint == Viewpoint(NOW)
    assert (asked.on, asked.at, asked.day) == (TODAY, None, TODAY)
    assert (asked.form, asked.style, asked.marks) == ("genogram", "neutral", USUAL_MARKS)


def test_harm_is_never_shown_unasked():
    assert "harm" not in read().marks
    assert "harm" in read(marks=["harm"]).marks


def test_the_day_of_knowledge_and_the_day_of_the_picture_are_two_questions():
    asked = read(known_to=str(POLICE), on="3 June 2026", at="2 March 2026")

    assert asked.viewpoint == Viewpoint(end_of_day(date(2026, 6, 3)), POLICE)
    assert asked.day == date(2026, 3, 2)


@pytest.mark.parametrize("words", ["", "the same day", "Same day", "3 June 2026"])
def test_the_picture_is_of_the_day_of_knowledge_unless_another_is_given(words):
    asked = read(on="3 June 2026", at=words)

    assert asked.at is None
    assert asked.day == date(2026, 6, 3)
    assert asked.problems == ()


def test_what_was_known_cannot_say_how_things_were_later():
    asked = read(on="3 June 2026", at="5 June 2026")

    assert asked.day == date(2026, 6, 3)
    assert "cannot say how things were on 5 June 2026" in asked.because("at")


@pytest.mark.parametrize(
    "words", ["May 2026", "about 3 May 2026", "31 February 2026", "yesterday?"]
)
def test_a_day_that_is_not_one_day_is_said_and_the_day_of_knowledge_shown(words):
    asked = read(at=words)

    assert asked.day == TODAY
    assert asked.because("at")
    assert asked.typed_at == words


def test_no_mark_at_all_can_be_chosen():
    assert read(marks=[""]).marks == frozenset()
    assert query_of(read(marks=[""])) == "?marks="


@pytest.mark.parametrize(("typed", "step"), [("3", 3), ("-1", None), ("²", None), ("9" * 9, None)])
def test_a_place_of_the_slider_is_a_small_number(typed, step):
    assert read(step=typed).step == step


def test_an_agency_of_no_partnership_is_said_and_every_agency_shown():
    asked = known_agencies_only(read(known_to=str(POLICE)), {})

    assert asked.viewpoint.agency is None
    assert "not in this partnership" in asked.because("known-to")


@given(
    st.builds(
        Asked,
        viewpoint=st.just(Viewpoint(NOW)),
        today=st.just(TODAY),
        on=st.just(TODAY),
        at=st.none() | st.dates(date(1990, 1, 1), date(2026, 6, 9)),
        form=st.sampled_from([name for name, _ in FORMS]),
        style=st.sampled_from([name for name, _ in STYLES]),
        marks=st.frozensets(st.sampled_from([name for name, _ in MARKS])),
        person=st.sampled_from(["", str(UUID(int=3)), "unknown-of:u"]),
    )
)
def test_an_address_says_everything_that_was_asked(asked):
    given = parse_qs(query_of(asked).removeprefix("?"), keep_blank_values=True)

    read_again = asked_of(given, now=NOW)

    assert query_of(read_again) == query_of(asked)
    assert (read_again.day, read_again.form, read_again.marks, read_again.person) == (
        asked.day, asked.form, asked.marks, asked.person,
    )  # fmt: skip
