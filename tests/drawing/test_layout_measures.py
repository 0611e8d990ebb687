"""The yardstick counts what it says it counts: each measure on a drawing made by hand."""

from __future__ import annotations

import pytest

from goldenthread.drawing.layout import lay_out
from goldenthread.drawing.layout.measures import (
    measure,
    movement,
    spots_from_points,
    spots_of,
)
from tests.drawing.kinship import family

COUPLE = family("pa:m ma:w a:m:2001 b:w:2003", "pa+ma > a b")


def drawn(**places: tuple[float, int]):
    return {person: (spot,) for person, spot in places.items()}


def test_a_faultless_drawing_has_no_fault():
    found = measure(COUPLE, drawn(pa=(0, 0), ma=(1, 0), a=(0, 1), b=(1, 1)))

    assert (found.missing, found.duplicates, found.overlaps, found.crossings) == (0, 0, 0, 0)
    assert (found.width, found.rows, found.centring, found.off_span_drops) == (2, 2, 0, 0)
    assert (found.birth_order_errors, found.birth_order_pairs) == (0, 1)


def test_line_length_is_bracket_drop_bar_and_risers_per_person():
    found = measure(COUPLE, drawn(pa=(0, 0), ma=(1, 0), a=(0, 1), b=(1, 1)))

    bracket = 1 + 2 * 0.04
    drop = (1 - 0.24) - 0.24
    bar = 1 + 2 * 0.04
    assert found.line_length_per_person == pytest.approx((bracket + drop + bar) / 4)


def test_somebody_without_a_glyph_is_missing_and_one_drawn_twice_a_duplicate():
    places = drawn(pa=(0, 0), ma=(1, 0), a=(0, 1))
    places["pa"] = ((0, 0), (5, 0))

    found = measure(COUPLE, places)

    assert (found.missing, found.duplicates) == (1, 1)


def test_of_two_glyphs_a_union_uses_the_nearer():
    places = drawn(ma=(1, 0), a=(0, 1), b=(1, 1))
    places["pa"] = ((7, 0), (0, 0))

    assert measure(COUPLE, places).centring == 0


def test_glyphs_nearer_than_their_boxes_overlap():
    assert measure(COUPLE, drawn(pa=(0, 0), ma=(0.5, 0), a=(0, 1), b=(0.6, 1))).overlaps == 1


def test_the_younger_on_the_left_is_an_error_of_birth_order():
    found = measure(COUPLE, drawn(pa=(0, 0), ma=(1, 0), a=(1, 1), b=(0, 1)))

    assert found.birth_order_errors == 1


def test_a_child_level_with_a_parent_is_a_violation():
    found = measure(COUPLE, drawn(pa=(0, 0), ma=(1, 0), a=(2, 0), b=(1, 1)))

    assert found.generation_violations == 1
    assert found.siblings_two_rows == 1


def test_partners_on_two_rows_and_partners_with_somebody_between():
    graph = family("a b c", "a+b", "a+c")

    found = measure(graph, drawn(a=(0, 0), b=(2, 0), c=(1, 0)))
    assert (found.partners_apart, found.partners_two_rows) == (1, 0)
    found = measure(graph, drawn(a=(0, 0), b=(1, 0), c=(0, 1)))
    assert (found.partners_apart, found.partners_two_rows) == (0, 1)


def test_a_drop_beside_its_children_is_off_their_span():
    found = measure(COUPLE, drawn(pa=(5, 0), ma=(6, 0), a=(0, 1), b=(1, 1)))

    assert found.off_span_drops == 1
    assert found.centring == 5


def test_two_families_hanging_the_wrong_way_round_cross():
    graph = family("a b c d k l", "a+b > k", "c+d > l")
    straight = drawn(a=(0, 0), b=(1, 0), c=(2, 0), d=(3, 0), k=(0.5, 1), l=(2.5, 1))
    turned = straight | drawn(k=(3, 1), l=(0, 1))

    assert measure(graph, straight).crossings == 0
    assert measure(graph, turned).crossings == 1


def test_brackets_that_interlock_cross_once():
    graph = family("a b c d", "a+c", "b+d")

    assert measure(graph, drawn(a=(0, 0), b=(1, 0), c=(2, 0), d=(3, 0))).crossings == 1


def test_a_childless_couple_within_another_crosses_nothing():
    graph = family("a b c d", "a+d", "b+c")

    assert measure(graph, drawn(a=(0, 0), b=(1, 0), c=(2, 0), d=(3, 0))).crossings == 0


def test_a_long_line_through_a_stranger_is_counted():
    graph = family("a b s k", "a+b > k", "s")
    places = drawn(a=(0, 0), b=(1, 0), k=(0.5, 2), s=(0.6, 1))

    assert measure(graph, places).through == 1
    assert measure(graph, places | drawn(s=(0.9, 1))).through == 0


def test_two_lines_of_strangers_on_each_other_are_counted():
    graph = family("a b c d k l", "a+b > k", "c+d > l")
    places = drawn(a=(0, 0), b=(3, 0), c=(1, 0), d=(2, 0), k=(1.5, 2), l=(1.5, 1))

    assert measure(graph, places).line_overlaps >= 1


def test_a_mirrored_drawing_is_measured_the_same():
    graph = family("a b c d e f k l m", "a+b > k", "c+d > l", "e+f > m")
    places = {
        person: ((x, row),)
        for person, x, row in [
            ("a", 0, 0), ("b", 1, 0), ("c", 2, 0), ("d", 3, 0), ("e", 4, 0), ("f", 5, 0),
            ("k", 4.5, 1), ("l", 2.5, 1), ("m", 0.5, 1),
        ]
    }  # fmt: skip
    mirrored = {person: ((-x, row),) for person, ((x, row),) in places.items()}

    assert measure(graph, places).crossings == measure(graph, mirrored).crossings


def test_people_who_stand_aside_are_not_measured():
    graph = family("pa:m ma:w *friend", "pa+ma")

    assert measure(graph, spots_of(lay_out(graph))).missing == 0


def test_a_tool_s_heights_become_rows_from_the_top():
    spots = spots_from_points(
        {"a": [(0, 50.0)], "b": [(120, 50.0004), (240, 10)]}, least_distance=60
    )

    assert spots == {"a": ((0, 1),), "b": ((2, 1), (4, 0))}


def test_movement_takes_the_shift_of_the_whole_away():
    before = {"a": (0.0, 0), "b": (1.0, 0), "c": (2.0, 0)}
    shifted = {person: (x + 3, row + 1) for person, (x, row) in before.items()}

    assert movement(before, shifted).largest == 0
    moved = movement(before, before | {"c": (-1.0, 0)})
    assert moved.largest == 3
    assert moved.pairs_flipped == pytest.approx(2 / 3)
