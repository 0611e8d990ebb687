"""Where lines of two unions must cross: the points at which the drawing leaves a small gap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from goldenthread.drawing.laid_out import Line

INSIDE = 0.5  # pixels; an end resting on a line is no crossing


def bridges_of(lines: Sequence[Line]) -> tuple[tuple[float, float], ...]:
    """Every point where a level stretch and an upright one of two unions cross, sorted."""
    level, upright = set(), set()
    for line in lines:
        for (x, y), (to_x, to_y) in pairwise(line.points):
            if y == to_y:
                level.add((y, min(x, to_x), max(x, to_x), line.union))
            else:
                upright.add((x, min(y, to_y), max(y, to_y), line.union))
    by_height = sorted(level)
    heights = [y for y, *_ in by_height]
    found = set()
    for x, top, bottom, union in upright:
        first, last = bisect_right(heights, top + INSIDE), bisect_left(heights, bottom - INSIDE)
        for y, left, right, other in by_height[first:last]:
            if other != union and left + INSIDE < x < right - INSIDE:
                found.add((x, y))
    return tuple(sorted(found))
