"""The picture's geometry: no mark outside, the order of time kept, nothing lost, no two on each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.drawing.marks import Group, Path, Words
from goldenthread.drawing.picture import (
    Born,
    Given,
    Item,
    Lane,
    Quiet,
    Row,
    Rule,
    Sign,
    Stretch,
    draw,
    legend_of,
    whole_sheet,
)
from goldenthread.drawing.picture.axis import Axis, ticks_of
from goldenthread.drawing.picture.placing import BOX, MARK
from goldenthread.drawing.writing import write

FIRST, LAST = date(2024, 1, 1), date(2026, 11, 13)
LANES = (
    Lane("sibling", "Maisie", is_faint=True),
    Lane("neglect", "Neglect"),
    Lane("strength", "Strengths, what holds", is_tinted=True),
)
days = st.dates(FIRST, LAST)
# Some before the drawn time, some after it, some without a day, some that lasted.
when = st.one_of(
    st.just((None, None)),
    days.map(lambda day: (day, None)),
    # Two crowds, one of them at the very end.
    st.dates(date(2026, 10, 20), date(2026, 10, 23)).map(lambda day: (day, None)),
    st.dates(date(2026, 11, 10), LAST).map(lambda day: (day, None)),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(lambda day: (day, None)),
    st.tuples(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 900)).map(
        lambda told: (told[0], told[0] + timedelta(days=told[1]))
    ),
)
lanes_of_item = st.lists(
    st.sampled_from([lane.key for lane in LANES]), min_size=1, max_size=3, unique=True
)


@st.composite
def items(draw_, most: int = 60):
    told = draw_(st.lists(st.tuples(when, lanes_of_item, st.booleans()), max_size=most))
    return tuple(
        Item(f"{number:03}", tuple(lanes), *dates, Sign("saw", "concern"), f"Entry {number}",
             f"/entries/{number}/", is_asked_about=asked)
        for number, (dates, lanes, asked) in enumerate(told)
    )  # fmt: skip


folds = st.one_of(st.none(), st.dates(FIRST + timedelta(days=40), LAST - timedelta(days=40)))


def picture_of(items, fold=None, **more) -> Given:
    return Given(FIRST, LAST, "Picture", LANES, items, fold=fold, **more)


def in_time(item: Item) -> bool:
    return item.first is not None and item.first <= LAST and (item.last or item.first) >= FIRST


@given(items(), folds)
def test_every_entry_of_the_drawn_time_stands_in_each_of_its_lanes_once(given_items, fold):
    drawn = draw(picture_of(given_items, fold))

    for shelf in drawn.shelves:
        placed = [mark.item.id for mark in shelf.packed.marks]
        placed += [one.id for box in shelf.packed.boxes for one in box.items]
        wanted = [i.id for i in given_items if shelf.lane.key in i.lanes and in_time(i)]
        assert sorted(placed) == sorted(wanted)
    assert set(drawn.not_drawn) == {i.id for i in given_items if not in_time(i)}


@given(items(), folds)
def test_no_mark_is_outside_the_drawing_or_its_lane(given_items, fold):
    drawn = draw(picture_of(given_items, fold))

    for shelf in drawn.shelves:
        for x, row, half in [(m.x, m.row, MARK / 2) for m in shelf.packed.marks] + [
            (b.x, b.row, BOX / 2) for b in shelf.packed.boxes
        ]:
            assert x - half >= 0
            assert x + half <= drawn.plot.width
            assert (row + 1) * MARK <= shelf.height
        for mark in shelf.packed.marks:
            assert mark.ends is None or (0 <= mark.ends[0] <= mark.ends[1] <= drawn.plot.width)
        assert shelf.top + shelf.height <= drawn.plot.height


@given(items(), folds)
def test_no_two_marks_of_a_lane_lie_on_each_other(given_items, fold):
    drawn = draw(picture_of(given_items, fold))

    for shelf in drawn.shelves:
        rows: dict[int, list[tuple[float, float]]] = {}
        for mark in shelf.packed.marks:
            begin, end = mark.ends or (mark.x - MARK / 2, mark.x + MARK / 2)
            rows.setdefault(mark.row, []).append((begin, max(end, mark.x + MARK / 2)))
        for box in shelf.packed.boxes:
            rows.setdefault(box.row, []).append((box.x - BOX / 2, box.x + BOX / 2))
        for placed in rows.values():
            for one, other in pairwise(sorted(placed)):
                assert one[1] <= other[0] + 0.2  # places are kept to a tenth of a pixel


@given(days, days, folds)
def test_the_order_of_time_is_kept_on_both_sides_of_a_fold(one, other, fold):
    axis = Axis(FIRST, LAST, 14, 676, fold)

    assert (axis.x(min(one, other)) <= axis.x(max(one, other))) is True
    assert axis.left <= axis.x(one) <= axis.right
    if fold and one < fold <= other:
        assert axis.x(one) < axis.fold_x < axis.x(other)


@given(items(30))
def test_the_same_entries_in_any_order_give_the_same_drawing(given_items):
    assert write(draw(picture_of(given_items)).plot) == write(
        draw(picture_of(given_items[::-1])).plot
    )


def test_labels_of_the_calendar_have_room():
    for fold in (None, date(2025, 10, 1)):
        for first in (FIRST, date(2026, 10, 14), date(2008, 1, 1)):
            axis = Axis(first, LAST, 14, 676, fold if first == FIRST else None)
            ticks = ticks_of(axis)
            assert ticks
            assert any(tick.label[-4:].isdigit() for tick in ticks)  # some label names its year
            for one, other in pairwise(sorted(ticks, key=lambda tick: tick.x)):
                assert other.x - one.x >= 24, (fold, first, one, other)


def marks_in(marks, kind: str):
    for mark in marks:
        if isinstance(mark, Group):
            if mark.kind == kind:
                yield mark
            yield from marks_in(mark.marks, kind)


def entry(number: str, day: date, lane: str = "neglect", **more) -> Item:
    return Item(number, (lane,), day, None, Sign("saw", "concern"), f"Entry {number}", **more)


def test_the_thread_joins_the_entries_asked_about_in_order_of_time():
    asked = [date(2025, 3, 1), date(2026, 5, 1), date(2024, 6, 1)]
    given_ = picture_of(
        (
            *(entry(str(n), day, is_asked_about=True) for n, day in enumerate(asked)),
            entry("9", date(2025, 9, 1)),
        )
    )

    drawn = draw(given_)

    (thread,) = marks_in(drawn.plot.marks, "thread")
    assert len(thread.marks) == 2
    assert [path.data.split("L")[0] for path in thread.marks] == [
        f"M{drawn.axis.x(day):g} {thread.marks[0].data.split('L')[0].split()[1]}"
        for day in sorted(asked)[:2]
    ]


def test_a_crowd_is_gathered_with_its_number_and_a_way_to_it():
    day = date(2026, 10, 1)
    crowd = tuple(entry(f"{n:02}", day + timedelta(days=n % 3)) for n in range(20))

    drawn = draw(picture_of(crowd), box_at=lambda lane, a, b: f"/x/?lane={lane}&from={a}&to={b}")

    (box,) = marks_in(drawn.plot.marks, "gathered")
    assert box.name.startswith("Neglect: 13 more entries")
    assert box.href == "/x/?lane=neglect&from=2026-10-02&to=2026-10-03"
    assert [word.text for word in box.marks if isinstance(word, Words)] == ["+13"]


def test_boxes_stand_beside_each_other_up_to_the_last_day():
    crowd = tuple(
        entry(f"{n:03}", LAST - timedelta(days=n // 4)) for n in range(4 * (LAST - FIRST).days)
    )

    (shelf,) = (s for s in draw(picture_of(crowd)).shelves if s.lane.key == "neglect")

    boxes = sorted(box.x for box in shelf.packed.boxes)
    assert len(boxes) >= 15
    assert all(other - one >= BOX - 0.2 for one, other in pairwise(boxes))
    assert boxes[-1] + BOX / 2 <= draw(picture_of(crowd)).plot.width


def test_stretches_of_one_time_stand_under_each_other_and_those_outside_are_left_out():
    row = Row("home", "Theo", "where they lived")
    stretches = (
        Stretch("home", date(2025, 1, 1), date(2026, 1, 1), "Tannery Row", "a"),
        Stretch("home", date(2025, 6, 1), LAST, "Aldersea", "b"),
        Stretch("home", date(2020, 1, 1), date(2021, 1, 1), "Long ago", "c"),
        Stretch("other", date(2025, 1, 1), LAST, "Not this row", "d"),
    )

    drawn = draw(picture_of((), rows=(row,), stretches=stretches))

    bars = list(marks_in(drawn.plot.marks, "stretch"))
    assert [bar.name for bar in bars] == ["a", "b"]
    tops = [bar.marks[0].data.split("L")[0].split()[1] for bar in bars]
    assert tops[0] != tops[1]


def test_a_silence_is_drawn_with_its_length():
    quiet = Quiet(date(2025, 1, 1), date(2025, 5, 1), "120 days")

    drawn = draw(picture_of((entry("1", date(2025, 1, 1)),), quiets=(quiet,)))

    (ground,) = marks_in(drawn.plot.marks, "ground")
    assert [w.text for w in ground.marks if isinstance(w, Words) and "120" in w.text] == [
        "120 days"
    ]
    assert [p for p in ground.marks if isinstance(p, Path) and p.role == "silence"]


def test_captions_that_have_no_room_leave_their_line():
    day = date(2026, 10, 1)
    rules = tuple(Rule(day + timedelta(days=n), "Strategy meeting") for n in range(6))

    (ground,) = marks_in(draw(picture_of((), rules=rules)).plot.marks, "ground")

    captions = [w for w in ground.marks if isinstance(w, Words) and w.text == "Strategy meeting"]
    assert len(captions) == 3
    assert len({w.y for w in captions}) == 3


def test_a_birth_keeps_its_caption_among_many_meetings():
    day = date(2026, 10, 1)
    rules = tuple(Rule(day + timedelta(days=n), "Strategy meeting") for n in range(6))
    born = Born(day + timedelta(days=3), "Theo born")

    (ground,) = marks_in(draw(picture_of((), rules=rules, births=(born,))).plot.marks, "ground")

    assert [w for w in ground.marks if isinstance(w, Words) and w.text == "Theo born"]


@pytest.mark.parametrize("shape", ["saw", "told", "record", "inferred"])
def test_each_way_of_knowing_has_its_own_shape(shape):
    drawn = draw(picture_of((Item("1", ("neglect",), LAST, None, Sign(shape), "x"),)))

    (mark,) = marks_in(drawn.plot.marks, "entry")
    assert [path.role for path in mark.marks if isinstance(path, Path)] == ["hit", shape]


def test_the_whole_sheet_holds_names_and_days_side_by_side():
    drawn = draw(picture_of((entry("1", LAST),)))
    sheet = whole_sheet(drawn)

    assert sheet.width == drawn.names.width + drawn.plot.width
    assert drawn.names.height == drawn.plot.height == sheet.height
    assert "Neglect" in write(sheet)


def test_the_legend_draws_each_sign_it_names():
    assert all(words and marks for words, marks in legend_of())
