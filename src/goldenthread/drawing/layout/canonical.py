"""The canonical router: straight strokes drawn from positions alone, so that placement is judged.

Lengths across are pitches, lengths down are rows; row 0 is at the top. Every tool measured is
routed by this one, whatever lines it draws itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

GLYPH_BOTTOM = 0.2  # rows from a person's centre to where their lines begin
TRACKS_FROM, TRACKS_DEEP = 0.24, 0.2  # where the tracks of a row begin, and how deep they go
EXACT = 1e-6


class Fitted(NamedTuple):
    """A union where it stands: the spots (x, row) of partners and children, and who they are."""

    union: int
    people: frozenset[int]
    partners: tuple[tuple[float, int], ...]
    children: tuple[tuple[float, int], ...]

    @property
    def drop(self) -> float:
        """Where the line to the children starts, across."""
        if self.partners:
            return (self.partners[0][0] + self.partners[-1][0]) / 2
        return sum(x for x, _ in self.children) / len(self.children)

    @property
    def row(self) -> int:
        """The row of the lower partner; above the children where no partner is drawn."""
        rows = [row for _, row in self.partners]
        return max(rows) if rows else min(row for _, row in self.children) - 1


@dataclass(slots=True)
class Strokes:
    """Horizontals (y, left, right, union) and verticals (x, top, bottom, union)."""

    across: list[tuple[float, float, float, int]]
    down: list[tuple[float, float, float, int]]


class _Span(NamedTuple):
    left: float
    right: float
    union: int


def strokes_of(unions: Sequence[Fitted], *, backwards: bool = False) -> Strokes:
    """All strokes. `backwards` orders equally long spans the other way, an equally good router."""
    bars: dict[int, list[_Span]] = defaultdict(list)
    brackets: dict[int, list[_Span]] = defaultdict(list)
    for fitted in unions:
        if len(fitted.partners) == 2:
            xs = [x for x, _ in fitted.partners]
            brackets[fitted.row].append(_Span(min(xs), max(xs), fitted.union))
        if fitted.children:
            xs = [x for x, _ in fitted.children] + [fitted.drop]
            row = min(row for _, row in fitted.children)
            bars[row].append(_Span(min(xs), max(xs), fitted.union))
    bracket_at = {
        union: row + depth for row, union, depth in _depths(brackets, backwards=backwards)
    }
    bar_at = {union: row - depth for row, union, depth in _depths(bars, backwards=backwards)}
    strokes = Strokes([], [])
    for spans, at in ((brackets, bracket_at), (bars, bar_at)):
        for row in sorted(spans):
            strokes.across += [
                (at[union], left, right, union) for left, right, union in spans[row] if left < right
            ]
    for fitted in unions:
        strokes.down += _verticals(fitted, bracket_at.get(fitted.union), bar_at.get(fitted.union))
    return strokes


def has_equal_spans(unions: Sequence[Fitted]) -> bool:
    """Whether the order of tracks is arbitrary somewhere, so that both ways must be tried."""
    seen = set()
    for fitted in unions:
        keys = []
        if len(fitted.partners) == 2:
            xs = [x for x, _ in fitted.partners]
            keys.append((True, fitted.row, round(max(xs) - min(xs), 6)))
        if fitted.children:
            xs = [x for x, _ in fitted.children] + [fitted.drop]
            length = round(max(xs) - min(xs), 6)
            keys.append((False, min(row for _, row in fitted.children), length))
        for key in keys:
            if key in seen:
                return True
            seen.add(key)
    return False


def crossings_of(strokes: Strokes) -> int:
    """How often a vertical of one union and a horizontal of another cross, inside both."""
    across = sorted(strokes.across)
    heights = [y for y, *_ in across]
    found = 0
    for x, top, bottom, union in strokes.down:
        first = bisect_right(heights, top + EXACT)
        last = bisect_left(heights, bottom - EXACT)
        for _, left, right, other in across[first:last]:
            if left + EXACT < x < right - EXACT and other != union:
                found += 1
    return found


def tracks_of(spans: Iterable[tuple[float, float, int]], *, backwards: bool) -> dict[int, int]:
    """A track for each span, shortest first, so that spans which touch never share one."""
    step = -1 if backwards else 1
    ordered = sorted(
        spans, key=lambda span: (round(span[1] - span[0], 6), step * span[0], step * span[2])
    )
    taken: list[list[tuple[float, float]]] = []
    track_of = {}
    for left, right, union in ordered:
        free = (
            number
            for number, others in enumerate(taken)
            if all(right < a - EXACT or b + EXACT < left for a, b in others)
        )
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((left, right))
        track_of[union] = track
    return track_of


def _depths(spans: dict[int, list[_Span]], *, backwards: bool) -> Iterable[tuple[int, int, float]]:
    for row in sorted(spans):
        track_of = tracks_of(spans[row], backwards=backwards)
        count = max(track_of.values()) + 1
        for union, track in sorted(track_of.items()):
            yield row, union, TRACKS_FROM + TRACKS_DEEP * track / count


def _verticals(
    fitted: Fitted, bracket: float | None, bar: float | None
) -> Iterable[tuple[float, float, float, int]]:
    if bracket is not None:
        for x, row in fitted.partners:
            yield x, row + GLYPH_BOTTOM, bracket, fitted.union
    if bar is None:
        return
    if fitted.partners:
        start = bracket if bracket is not None else fitted.partners[0][1] + GLYPH_BOTTOM
        yield fitted.drop, min(start, bar), max(start, bar), fitted.union
    for x, row in fitted.children:
        end = row - GLYPH_BOTTOM
        yield x, min(end, bar), max(end, bar), fitted.union
