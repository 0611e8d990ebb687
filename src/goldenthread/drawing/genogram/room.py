"""Makes room for words: stretches a layout downwards until no line lies on a name.

Only heights change, the same for everything on a row, so no line crosses more than before and
nobody changes sides. The room is what the longest words of all time need, never those of one date:
that is why moving through dates moves nobody. Asked twice it changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from goldenthread.drawing.laid_out import GLYPH, ROW_PITCH, LaidOut

HALF = GLYPH / 2
BREATH = 14.0  # px between words and the nearest line
STEP = 11.0  # px between two levels of lines
MARGIN = 30.0


def roomy(
    laid_out: LaidOut,
    below: Mapping[str, float],
    above: Mapping[str, float],
    words_on: Mapping[str, float],
) -> LaidOut:
    """The layout with its rows and lines at new heights.

    `below` and `above` are the heights of the words under and over each person's glyph, in pixels;
    `words_on` those on each union's bracket.
    """
    rows = sorted({one.y for one in laid_out.people})
    if not rows:
        return laid_out
    levels = _levels(laid_out, words_on)
    under = {y: max(below.get(o.id, 0) for o in laid_out.people if o.y == y) for y in rows}
    over = {y: max(above.get(o.id, 0) for o in laid_out.people if o.y == y) for y in rows}
    old, new = _start(levels, rows[0], over[rows[0]])
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        between = [
            level
            for level in sorted(levels)
            if row < level and (following is None or level < following)
        ]
        need = [STEP + levels[level] for level in between]
        end = BREATH + (HALF + over[following] if following is not None else 0)
        least = HALF + under[row] + BREATH + sum(need) + end
        spare = max(0.0, ROW_PITCH - least) / (len(need) + 1) if following is not None else 0
        here = new[-1] + HALF + under[row] + BREATH
        for level, step in zip(between, need, strict=True):
            here += step + spare
            old.append(level)
            new.append(here)
        if following is not None:
            old.append(following)
            new.append(here + spare + end)
    height = new[-1] + (HALF + under[rows[-1]] + BREATH if old[-1] == rows[-1] else 0) + MARGIN
    return _moved(laid_out, old, [round(y, 1) for y in new], round(height, 1))


def _levels(laid_out: LaidOut, words_on: Mapping[str, float]) -> dict[float, float]:
    """The heights at which some line runs level, each with the room its words need above it."""
    levels: dict[float, float] = {}
    for line in laid_out.lines:
        for (_, y), (_, next_y) in pairwise(line.points):
            if y == next_y:
                words = words_on.get(line.union, 0) if line.kind == "union" else 0
                levels[y] = max(levels.get(y, 0), words)
    return levels


def _start(
    levels: dict[float, float], first: float, over: float
) -> tuple[list[float], list[float]]:
    """Old and new heights down to the first row; brackets without partners may lie above it."""
    old, new, here = [], [], MARGIN
    for level in sorted(level for level in levels if level < first):
        here += STEP + levels[level]
        old.append(level)
        new.append(here)
    return [*old, first], [*new, here + BREATH + over + HALF]


def _moved(laid_out: LaidOut, old: list[float], new: list[float], height: float) -> LaidOut:
    where = dict(zip(old, new, strict=True))

    def moved(y: float) -> float:
        """A height that is no level keeps its distance to the row or level it hangs from."""
        if y in where:
            return where[y]
        place = bisect_left(old, y)
        if place == 0:
            return new[0] + y - old[0]
        if place == len(old):
            return new[-1] + y - old[-1]
        before, after = old[place - 1], old[place]
        share = (y - before) / (after - before)
        if y - before <= HALF + 0.5:
            return new[place - 1] + y - before
        if after - y <= HALF + 0.5:
            return new[place] - (after - y)
        return round(new[place - 1] + share * (new[place] - new[place - 1]), 1)

    return replace(
        laid_out,
        people=tuple(replace(one, y=where[one.y]) for one in laid_out.people),
        lines=tuple(
            replace(line, points=tuple((x, moved(y)) for x, y in line.points))
            for line in laid_out.lines
        ),
        bridges=tuple((x, moved(y)) for x, y in laid_out.bridges),
        height=height,
    )
