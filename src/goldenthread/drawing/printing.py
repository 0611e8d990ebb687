"""How a drawing in a page lies on paper where a browser prints the page, at full size.

A browser would shrink a large drawing until nobody can read it, or cut it through its words without
saying so. Instead it is printed in parts that overlap, each no larger than A4 laid across has room
for; the first stands under the head of the page.
"""

from __future__ import annotations

from itertools import product
from math import ceil

from goldenthread.drawing.writing import Window

ACROSS = 1040.0  # px: A4 laid across, within the margins of our print style sheet
FIRST, REST = 500.0, 630.0  # px down: under the head of the page; on a page of its own
OVERLAP = 40.0  # px that neighbouring parts share


def parts_of(width: float, height: float) -> tuple[Window, ...]:
    """The parts of a drawing of this size in px, row by row from the left; one where it fits."""
    along = _stretches(width, ACROSS, ACROSS)
    down = _stretches(height, FIRST, REST)
    return tuple(
        Window(left, top, wide, high) for (top, high), (left, wide) in product(down, along)
    )


def _stretches(whole: float, first: float, rest: float) -> list[tuple[float, float]]:
    """Start and length of each part along one side."""
    if whole <= first:
        return [(0.0, whole)]
    left = whole - first
    count = ceil(left / (rest - OVERLAP))
    step = left / count  # all the others alike, so that none is a sliver
    return [(0.0, first), *((first + step * n - OVERLAP, step + OVERLAP) for n in range(count))]
