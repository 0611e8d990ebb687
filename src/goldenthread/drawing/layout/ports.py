"""Where lines leave a glyph's lower edge, so that a person's several lines stay apart.

From left to right: brackets to partners on the left, the nearest first; lines straight down;
brackets to partners on the right, the nearest last. So the first partner's bracket, the shallowest,
is outermost, and the deeper ones pass beneath it.
"""

from __future__ import annotations

from goldenthread.drawing.laid_out import GLYPH
from goldenthread.drawing.layout.groups import Standing
from goldenthread.drawing.layout.kin import Kin

STEP = 8.0  # pixels between two ports
WIDEST = GLYPH - 8.0  # ports keep to the flat part of the edge

Leaving = tuple[str, int]  # ("family" or "tie", its number)


def ports_of(kin: Kin, standing: Standing) -> dict[tuple[int, Leaving], float]:
    """How far from the middle of the glyph each line leaves it, by person and line, in pixels."""
    leaving: list[list[tuple[int, float, int, Leaving]]] = [[] for _ in kin.people]
    slots = {(b.family, end): b.ends for b in standing.brackets for end in b.ends}
    for number, family in enumerate(kin.families):
        for partner in family.partners:
            node = standing.node_of[partner]
            ends = slots.get((number, node))
            line = ("family", number)
            if ends is None:
                # A parent alone, or a partner further down: straight down from the glyph.
                chain = standing.upper.get((number, partner))
                leaving[partner].append((1, standing.xs[chain[0]] if chain else 0.0, number, line))
                continue
            other = standing.xs[ends[0] if ends[1] == node else ends[1]]
            if other > standing.xs[node]:
                leaving[partner].append((2, -other, number, line))
            else:
                leaving[partner].append((0, -other, -number, line))
    for number, tie in enumerate(kin.ties):
        if couple_of(kin, standing, tie.parents) is None:
            for parent in tie.parents:
                leaving[parent].append((1, 1.0, number, ("tie", number)))
    return {
        (person, line): offset
        for person, lines in enumerate(leaving)
        for line, offset in _offsets(sorted(lines))
    }


def couple_of(kin: Kin, standing: Standing, parents: tuple[int, ...]) -> int | None:
    """The family whose bracket joins exactly these two, the earliest; None where none does."""
    if len(parents) != 2:
        return None
    bracketed = {bracket.family for bracket in standing.brackets}
    return next(
        (n for n, f in enumerate(kin.families) if f.partners == parents and n in bracketed), None
    )


def _offsets(lines: list[tuple[int, float, int, Leaving]]) -> list[tuple[Leaving, float]]:
    if not lines:
        return []
    straight = [n for n, line in enumerate(lines) if line[0] == 1]
    drops = [n for n in straight if lines[n][3][0] == "family"] or straight
    middle = float(drops[len(drops) // 2]) if drops else (len(lines) - 1) / 2
    reach = max(middle, len(lines) - 1 - middle)
    step = min(STEP, WIDEST / 2 / reach) if reach else 0.0
    return [(line[3], (n - middle) * step) for n, line in enumerate(lines)]
