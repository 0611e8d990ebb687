"""A drawing as a browser prints it: at full size, nothing left out, no part larger than a sheet."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.drawing.printing import ACROSS, FIRST, OVERLAP, REST, parts_of


@given(width=st.floats(20, 20_000), height=st.floats(20, 20_000))
def test_parts_cover_the_drawing_overlap_and_fit_their_sheets(width, height):
    parts = parts_of(width, height)

    assert all(part.scale == 1 for part in parts)
    assert all(part.width <= ACROSS + 0.01 for part in parts)
    assert all(part.height <= (REST if part.top else FIRST) + 0.01 for part in parts)
    for spans, whole in (
        (sorted({(p.left, p.left + p.width) for p in parts}), width),
        (sorted({(p.top, p.top + p.height) for p in parts}), height),
    ):
        assert spans[0][0] == 0
        assert abs(spans[-1][1] - whole) < 0.01
        assert all(before[1] - after[0] > OVERLAP - 0.01 for before, after in pairwise(spans))
        grid = len({p.left for p in parts}) * len({p.top for p in parts})
        assert grid == len(parts)


def test_a_small_drawing_is_printed_in_one_part_and_no_part_is_a_sliver():
    assert len(parts_of(1040, 500)) == 1
    assert [round(part.height) for part in parts_of(700, 1200)] == [500, 390, 390]
