"""The way a fact took is drawn by its days, and never shows it arrived where it had not."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.drawing.way import EDGE, WIDE, Reached, scale_of, way

DECIDED = date(2026, 4, 1)
some_days = st.integers(-2_000, 2_000).map(lambda n: DECIDED + timedelta(days=n))
ways = st.lists(st.builds(Reached, some_days, st.booleans(), st.booleans()), min_size=1, max_size=9)


def on(day):
    return DECIDED + timedelta(days=day)


def drawn(*reached):
    scale = scale_of([min(one.on for one in reached)], [one.on for one in reached], DECIDED)
    return [one.role for one in way(reached, scale, title="A fact").marks]


def test_known_for_four_weeks_and_told_two_days_after():
    assert drawn(Reached(on(-28), True, False), Reached(on(2), False, True)) == [
        "decision", "known", "not-yet", "held", "told",
    ]  # fmt: skip


def test_told_to_those_who_decided_before_it():
    assert "not-yet" not in drawn(Reached(on(-28), True, False), Reached(on(-2), False, True))


def test_never_told_goes_on_to_the_edge():
    assert drawn(Reached(on(-28), True, False)) == ["decision", "known", "not-yet", "held"]


def test_known_for_years_begins_with_an_arrow():
    assert "earlier" in drawn(Reached(on(-2_000), True, False))


def test_known_to_nobody_before_has_no_line_before():
    assert "known" not in drawn(Reached(on(3), True, False))


@given(ways)
def test_every_day_stands_within_the_drawing_and_in_its_order(reached):
    scale = scale_of([one.on for one in reached], [one.on for one in reached], DECIDED)
    places = [scale.x(one.on) for one in sorted(reached, key=lambda one: one.on)]

    assert places == sorted(places)
    assert all(EDGE <= x <= WIDE - EDGE for x in places)
    assert scale.begins < scale.decided <= scale.ends


@given(ways)
def test_it_is_shown_as_arrived_only_where_it_was(reached):
    scale = scale_of([one.on for one in reached], [one.on for one in reached], DECIDED)
    roles = [one.role for one in way(reached, scale, title="").marks]

    had_arrived = any(one.decided and one.on <= DECIDED for one in reached)
    assert ("not-yet" in roles) is not had_arrived
