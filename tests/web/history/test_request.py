"""What an address asks of a history: read strictly, written back the same, refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import Concern, Kind, Significance
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.usecases.chronology.history_request import (
    Asked,
    CannotBeAsked,
    Sought,
    falls_between,
    insisted,
    query_of,
    read_request,
)

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
TODAY = date(2026, 6, 10)


def ask(**values: str | list[str]) -> Asked:
    named = {name.replace("_", "-"): value for name, value in values.items()}
    listed = {name: [v] if isinstance(v, str) else v for name, v in named.items()}
    return read_request(listed, now=NOW, searches={"abc": "cot"})


def test_nothing_asked_is_everything_known_to_everybody_now():
    asked = ask()

    assert asked.viewpoint == Viewpoint(NOW)
    assert asked.is_everything
    assert query_of(asked) == ""


def test_a_past_day_is_seen_as_it_ended():
    assert ask(on="3 June 2026").viewpoint.as_of == end_of_day(date(2026, 6, 3))
    assert ask(on="3/6/2026").on == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("part", "value", "word"),
    [
        ("on", "31/02/2026", "28 days"),
        ("on", "soon", "not a date"),
        ("on", "March 2026", "not one day"),
        ("on", "11 June 2026", "has not come yet"),
        ("on", "1 January 0001", "living memory"),
        ("known_to", "the school", "Choose one from the list"),
        ("compare", "x", "Choose one from the list"),
        ("person", "Ruth", "Choose one from the list"),
        ("kind", "gossip", "Choose one from the list"),
        ("concern", "worry", "Choose one from the list"),
        ("significance", "huge", "Choose one from the list"),
        ("held", "together", "held alone"),
        ("form", "spiral", "usual one"),
        ("from", "32", "not a date"),
        ("search", "zzz", "search again"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(part, value, word):
    asked = ask(**{part: value})

    assert [p.asked for p in asked.problems] == [part.replace("_", "-")]
    assert word in asked.problems[0].reason
    assert replace(asked, problems=(), typed_on="") == ask()
    with pytest.raises(CannotBeAsked, match=word):
        insisted(asked)


def test_a_month_or_a_year_will_do_for_a_period():
    assert ask(**{"from": "2025", "to": "March 2026"}).between == (
        date(2025, 1, 1),
        date(2026, 3, 31),
    )


def test_a_period_that_ends_before_it_begins_is_refused():
    asked = ask(**{"from": "May 2026", "to": "April 2026"})

    assert asked.between == (None, None)
    assert "before the first" in asked.because("to")


def test_the_words_of_a_search_are_never_in_an_address():
    asked = ask(search="abc")

    assert asked.sought.words == "cot"
    assert query_of(asked) == "?search=abc"


@given(st.dictionaries(st.sampled_from(
    ["on", "known-to", "compare", "agency", "person", "kind", "from", "to", "search", "form"]
), st.lists(st.text(max_size=30), max_size=3)))  # fmt: skip
def test_no_address_whatever_breaks_the_reading(given_values):
    asked = read_request(given_values, now=NOW)

    assert asked.viewpoint.as_of <= NOW


days = st.dates(date(2020, 1, 1), TODAY)
some = st.frozensets


@given(
    st.none() | st.uuids(), days, st.none() | st.uuids(), some(st.uuids(), max_size=3),
    some(st.sampled_from([str(k) for k in Kind]), max_size=3),
    some(st.sampled_from([str(c) for c in Concern]), max_size=3),
    some(st.sampled_from([str(s) for s in Significance]), max_size=3),
    st.booleans(), st.booleans(), st.booleans(), st.none() | days,
)  # fmt: skip
def test_what_is_written_in_an_address_is_read_back_the_same(
    agency, on, compare, ids, kinds, concerns, judged, alone, newest, lanes, first
):
    as_of = NOW if on == TODAY else end_of_day(on)
    asked = Asked(
        Viewpoint(as_of, agency), TODAY, on,
        Sought(agencies=ids, people=ids, kinds=kinds, concerns=concerns),
        judged, alone, (first, None), compare, newest, lanes,
    )  # fmt: skip

    back = read_request(parse_qs(query_of(asked).lstrip("?")), now=NOW)

    assert replace(back, typed_on="") == asked


@pytest.mark.parametrize(
    ("happened", "is_in"),
    [
        ("14 March 2026", True),
        ("March 2026", True),
        ("about 2026", True),
        ("from February 2026 to now", True),
        ("before 2026", False),
        ("1 April 2026", False),
        ("not known", False),
    ],
)
def test_a_period_holds_what_can_have_been_so_within_it(happened, is_in):
    march = (date(2026, 3, 1), date(2026, 3, 31))

    assert falls_between(parse_as_typed(happened), march) is is_in


def test_an_agency_is_read_as_an_id():
    agency = uuid4()

    assert ask(known_to=str(agency)).viewpoint.agency == UUID(str(agency))
