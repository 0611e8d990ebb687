"""The geometry of the lanes: nothing lost, nothing outside, the same every time."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.web.case.history.lanes import (
    MARK,
    MOST_ROWS,
    Care,
    Drawing,
    Spot,
    draw,
    drawn_period,
)

TODAY = date(2026, 6, 10)
AGENCIES = [UUID(int=n) for n in range(1, 5)]
days = st.dates(date(2005, 1, 1), TODAY)


@st.composite
def spot(draws, number: int) -> Spot:
    first = draws(st.none() | days)
    last = first and first + timedelta(days=draws(st.sampled_from([0, 0, 0, 1, 90, 4000])))
    told = draws(st.lists(st.tuples(st.sampled_from(AGENCIES), days), max_size=2))
    return Spot(
        UUID(int=1000 + number), draws(st.sampled_from(AGENCIES)), first, last, tuple(told),
        not told, draws(st.sampled_from(["", "", "Decision"])),
    )  # fmt: skip


@st.composite
def all_spots(draws) -> list[Spot]:
    return [draws(spot(number)) for number in range(draws(st.integers(0, 40)))]


def drawing_of(spots: list[Spot], between=(None, None)) -> Drawing:
    return draw(spots, AGENCIES, period=drawn_period(spots, between, TODAY))


@given(all_spots())
def test_every_entry_is_drawn_once_in_the_lane_of_its_agency(spots):
    drawing = drawing_of(spots)

    assert sorted((m.id, m.agency) for m in drawing.marks) == [(s.id, s.agency) for s in spots]
    lanes = {lane.whose: lane for lane in drawing.lanes}
    for mark in drawing.marks:
        lane = lanes[mark.agency]
        assert lane.top <= mark.top
        assert mark.top + MARK <= lane.top + lane.height


@given(all_spots())
def test_everything_lies_within_the_drawing(spots):
    drawing = drawing_of(spots)

    for mark in drawing.marks:
        left, right = mark.band or (mark.left, mark.left + MARK)
        assert min(left, mark.left) >= 0
        assert max(right, mark.left + MARK) <= drawing.width
    for one in drawing.tellings:
        assert 0 <= one.at <= drawing.width
        assert 0 <= one.to <= drawing.height
    assert drawing.lanes[-1].top + drawing.lanes[-1].height <= drawing.height
    assert all(0 <= tick.x <= drawing.width for tick in drawing.ticks)


@given(all_spots())
def test_the_order_of_the_entries_does_not_change_the_drawing(spots):
    forwards, backwards = drawing_of(spots), drawing_of(spots[::-1])

    assert sorted(forwards.marks, key=lambda m: m.id) == sorted(backwards.marks, key=lambda m: m.id)
    assert forwards.lanes == backwards.lanes
    assert forwards.rules == backwards.rules


@given(all_spots())
def test_lanes_follow_one_another_in_the_order_given(spots):
    lanes = drawing_of(spots).lanes

    assert [lane.whose for lane in lanes] == AGENCIES
    assert all(a.top + a.height == b.top for a, b in itertools.pairwise(lanes))


def test_marks_of_a_day_do_not_cover_each_other_while_a_lane_has_room():
    spots = [
        Spot(UUID(int=n), AGENCIES[0], date(2026, 3, 3), date(2026, 3, 3)) for n in range(MOST_ROWS)
    ]

    marks = drawing_of(spots).marks

    assert len({mark.y for mark in marks}) == MOST_ROWS


def test_an_undated_entry_has_a_column_of_its_own():
    drawing = drawing_of([Spot(UUID(int=1), AGENCIES[0], None, None)])

    assert drawing.has_undated
    assert drawing.marks[0].x > drawing.plot[1]


def test_a_few_old_entries_do_not_squeeze_the_rest():
    recent = [date(2026, 1, 1) + timedelta(days=n * 3) for n in range(40)]
    spots = [
        Spot(UUID(int=n), AGENCIES[0], day, day)
        for n, day in enumerate([date(1998, 5, 1), *recent])
    ]

    drawing = drawing_of(spots)

    assert drawing.first == date(2026, 1, 1)
    assert drawing.has_earlier
    assert drawing.marks[0].x < drawing.plot[0]


def test_a_telling_runs_from_its_mark_to_the_lane_told_on_the_day_it_was_told():
    told = Spot(
        UUID(int=1), AGENCIES[0], date(2026, 3, 12), date(2026, 3, 12),
        ((AGENCIES[2], date(2026, 4, 14)),),
    )  # fmt: skip
    there = Spot(UUID(int=2), AGENCIES[2], date(2026, 4, 14), date(2026, 4, 14))

    drawing = drawing_of([told, there])

    (line,) = drawing.tellings
    mark, other = drawing.marks
    assert (line.x, line.y) == (mark.x, mark.y)
    assert line.at == other.x
    assert line.to == drawing.lanes[2].middle


def test_a_band_of_care_lasts_until_the_next_and_is_labelled_only_where_the_words_fit():
    child, because = UUID(int=50), UUID(int=51)
    care = [
        Care(child, date(2026, 1, 1), date(2026, 6, 1), because, "Ruth Okafor"),
        Care(child, date(2026, 6, 1), None, because, "Ruth Okafor and Maureen Okafor"),
    ]

    drawing = draw(
        [], AGENCIES, period=(date(2026, 1, 1), TODAY), children=[(child, None)], care=care
    )

    long, short = drawing.bands
    assert long.x + long.width == short.x
    assert long.label == "Ruth Okafor"
    assert short.label == ""


@st.composite
def cared_for(draws) -> list[Care]:
    found = []
    for number in range(draws(st.integers(0, 12))):
        began = draws(days)
        ended = draws(st.none() | st.just(began + timedelta(days=draws(st.integers(0, 900)))))
        found.append(
            Care(
                draws(st.sampled_from(AGENCIES[:2])), began, ended, UUID(int=500 + number),
                "Ruth Okafor" * draws(st.integers(1, 3)), seen_to=TODAY,
                sort=draws(st.sampled_from(["home", "care"])),
            )
        )  # fmt: skip
    return found


@given(cared_for())
def test_bands_of_homes_and_care_never_lie_over_each_other_and_none_is_lost(care):
    children = [(child, None) for child in AGENCIES[:2]]
    drawing = draw([], AGENCIES, period=(date(2005, 1, 1), TODAY), children=children, care=care)

    assert len(drawing.bands) == len(care)
    rows = {(row.whose, row.sort): row for row in drawing.children}
    for band in drawing.bands:
        row = rows[band.care.child, band.care.sort]
        assert row.top <= band.y
        assert band.y + 24 <= row.top + row.height
    for one, other in itertools.combinations(drawing.bands, 2):
        if one.y == other.y:
            first, second = sorted((one, other), key=lambda band: (band.x, band.x + band.width))
            assert first.x + first.width <= second.x + 3  # the least a band is wide


def test_a_short_band_has_its_words_before_it_and_a_band_that_goes_on_from_it_stays_in_line():
    child, because = UUID(int=50), UUID(int=51)
    care = [
        Care(child, date(2026, 5, 26), date(2026, 5, 28), because, "Hospital", sort="home"),
        Care(child, date(2026, 5, 28), None, because, "Flat", seen_to=TODAY, sort="home"),
    ]

    drawing = draw(
        [], AGENCIES, period=(date(2020, 1, 1), date(2031, 1, 1)), children=[(child, None)],
        care=care,
    )  # fmt: skip

    short, after = drawing.bands
    assert (short.label, short.place) == ("Hospital", "before")
    assert short.label_x < short.x
    assert short.y == after.y
