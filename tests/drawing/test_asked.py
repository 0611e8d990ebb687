"""When questions were asked, drawn: everything once, inside, and in the order of time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.drawing.asked import Line, Span, Whose, drawn, legend_of, printed
from goldenthread.drawing.marks import Group, Mark, Path
from goldenthread.drawing.writing import write

WHOSE = Whose("all agencies together", "police alone")
START, THROUGH = date(2024, 1, 1), date(2026, 6, 30)
DAYS = (THROUGH - START).days


def day(number: int) -> date:
    return START + timedelta(days=number)


spans = st.tuples(st.integers(0, DAYS), st.none() | st.integers(1, 400)).map(
    lambda pair: Span(day(pair[0]), day(pair[0] + pair[1]) if pair[1] else None)
)
lines = st.lists(
    st.tuples(st.none() | spans, st.none() | spans)
    .filter(any)
    .map(lambda two: Line("Nobody has seen the baby", *two, "A sentence.", "#q")),
    min_size=1,
    max_size=30,
)


def within(marks: tuple[Mark, ...], role: str) -> list[Path]:
    found = []
    for mark in marks:
        if isinstance(mark, Group):
            found += within(mark.marks, role)
        elif isinstance(mark, Path) and mark.role == role:
            found.append(mark)
    return found


def ends(path: Path) -> tuple[float, float]:
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", path.data)]
    return min(xs), max(xs)


@given(lines)
def test_every_band_is_drawn_once_and_inside(given_lines):
    found = drawn(given_lines, WHOSE, through=THROUGH)

    for role in ("together", "alone"):
        bands = within(found.plot.marks, role)
        assert len(bands) == sum(1 for line in given_lines if getattr(line, role))
        for begin, end in map(ends, bands):
            assert 0 <= begin < end <= found.plot.width
    assert found.names.height == found.plot.height


@given(lines)
def test_what_was_asked_later_never_begins_to_the_left(given_lines):
    marks = drawn(given_lines, WHOSE, through=THROUGH).plot.marks
    bands = [ends(one)[0] for one in within(marks, "together")]
    firsts = [line.together.first for line in given_lines if line.together]

    placed = sorted(zip(firsts, bands, strict=True))
    assert [x for _, x in placed] == sorted(x for _, x in placed)


@given(lines)
def test_the_days_between_are_drawn_only_where_one_was_asked_later(given_lines):
    between = within(drawn(given_lines, WHOSE, through=THROUGH).plot.marks, "between")

    assert len(between) == sum(
        1
        for line in given_lines
        if line.together and line.alone and line.alone.first > line.together.first
    )


@given(lines)
def test_it_is_the_same_every_time_and_well_formed(given_lines):
    one, other = (drawn(given_lines, WHOSE, through=THROUGH) for _ in range(2))

    assert write(one.plot) == write(other.plot)
    ElementTree.fromstring(write(one.plot))
    ElementTree.fromstring(write(one.names))


def test_every_line_is_a_link_with_a_whole_sentence():
    line = Line("Seen?", Span(day(3)), None, "Seen? 4 January: asked.", "#question-1")
    text = write(drawn([line], WHOSE, through=THROUGH).plot)

    assert 'href="#question-1"' in text
    assert 'aria-label="Seen? 4 January: asked."' in text


def test_a_far_first_question_folds_the_axis_and_says_so():
    late = [Line("x", Span(day(DAYS - n)), None, "x", "#x") for n in range(1, 30)]
    far = Line("x", Span(day(0)), None, "x", "#x")

    assert drawn([far, *late], WHOSE, through=THROUGH).is_folded
    assert not drawn(late, WHOSE, through=THROUGH).is_folded


def test_the_legend_names_both_and_what_is_between():
    assert [words for words, _ in legend_of(WHOSE)] == [
        "Asked of all agencies together",
        "Asked of police alone",
        "The days between the two",
    ]


@given(lines)
def test_on_paper_every_line_stands_once_in_parts_drawn_alike(given_lines):
    parts = printed(given_lines, WHOSE, through=THROUGH)

    for role in ("together", "alone"):
        bands = [band for part in parts for band in within(part.plot.marks, role)]
        assert len(bands) == sum(1 for line in given_lines if getattr(line, role))
    assert len({part.plot.width for part in parts}) == 1
    assert all(part.names.width + part.plot.width <= 680 for part in parts)
