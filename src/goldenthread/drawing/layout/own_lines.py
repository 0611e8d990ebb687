"""What our own lines are judged by: the faults a reader would see, counted.

Crossings of two unions' lines are marked by bridges. A stretch of one union's line laid on
another's, and a line through the glyph of somebody it is not about, must not occur.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.drawing.laid_out import GLYPH, LaidOut
from goldenthread.drawing.layout.bridges import bridges_of

SAME = 0.5  # pixels; stretches nearer than this, side by side for longer, lie on each other


@dataclass(frozen=True, slots=True)
class OwnLines:
    """How many crossings, stretches laid over another union's line, and lines through people."""

    crossings: int
    laid_over: int
    through: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    union: str
    people: tuple[str, ...]
    is_upright: bool
    at: float
    start: float
    end: float


def measure_lines(laid_out: LaidOut) -> OwnLines:
    """Judge the lines of a family laid out."""
    stretches = sorted(set(_stretches(laid_out)), key=lambda s: (s.is_upright, s.at, s.start))
    return OwnLines(
        crossings=len(bridges_of(laid_out.lines)),
        laid_over=_laid_over(stretches),
        through=_through(laid_out, stretches),
    )


def _stretches(laid_out: LaidOut) -> Iterable[_Stretch]:
    for line in laid_out.lines:
        for (x, y), (to_x, to_y) in pairwise(line.points):
            if x == to_x:
                yield _Stretch(line.union, line.people, True, x, min(y, to_y), max(y, to_y))
            else:
                yield _Stretch(line.union, line.people, False, y, min(x, to_x), max(x, to_x))


def _laid_over(stretches: list[_Stretch]) -> int:
    found = set()
    for n, one in enumerate(stretches):
        for other in stretches[n + 1 :]:
            if other.is_upright != one.is_upright or other.at - one.at >= SAME:
                break
            shared = min(one.end, other.end) - max(one.start, other.start)
            if one.union != other.union and shared > SAME:
                found.add((min(one.union, other.union), max(one.union, other.union), one.at))
    return len(found)


def _through(laid_out: LaidOut, stretches: list[_Stretch]) -> int:
    half = GLYPH / 2
    found = 0
    for stretch in stretches:
        for person in laid_out.people:
            across, along = (person.x, person.y) if stretch.is_upright else (person.y, person.x)
            if person.id in stretch.people or abs(across - stretch.at) >= half:
                continue
            found += stretch.start < along + half and along - half < stretch.end
    return found
