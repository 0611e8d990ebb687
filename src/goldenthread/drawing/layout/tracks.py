"""Tracks for the horizontal stretches between two rows, so that none lies on another.

Every stretch hangs from verticals above it and has verticals below it. Of two that touch, one must
be the upper: then the lower's verticals from above and the upper's verticals down may cross the
other. The order with the fewest such crossings is looked for, and never one vertical on another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NEAR = 1.0  # pixels; closer verticals would be read as one line
ON_EACH_OTHER = 8  # crossings that one vertical laid on another is worth
ROUNDS = 6
FURTHEST = 200  # places that one stretch moves at once


@dataclass(frozen=True, slots=True)
class Stretch:
    """A horizontal: what it is for, its verticals from above and down (x), in pixels."""

    key: tuple[object, ...]
    owner: str
    ups: tuple[float, ...]
    downs: tuple[float, ...]

    @property
    def left(self) -> float:
        """Its left end."""
        return min(*self.ups, *self.downs)

    @property
    def right(self) -> float:
        """Its right end."""
        return max(*self.ups, *self.downs)


def levels_of(stretches: Sequence[Stretch]) -> dict[tuple[object, ...], float]:
    """How deep each stretch lies in its zone, as a share of it: over 0 and under 1."""
    ordered = _ordered(stretches)
    spans = [(s.left - NEAR, s.right) for s in ordered]
    level: list[int] = []
    for left, right in spans:
        over = [
            deep
            for deep, (other_left, other_right) in zip(level, spans, strict=False)
            if left <= other_right and other_left <= right
        ]
        level.append(max(over, default=-1) + 1)
    count = max(level, default=0) + 1
    return {s.key: (n + 0.5) / count for s, n in zip(ordered, level, strict=True)}


def _ordered(stretches: Sequence[Stretch]) -> list[Stretch]:
    """From the top down, improved by moving one at a time while that helps."""
    ordered = sorted(stretches, key=lambda s: (s.left - s.right, s.left, s.key))
    above = _cost_of_above(ordered)
    busy = sorted({n for pair in above for n in pair})
    places = list(range(len(ordered)))
    for _ in range(ROUNDS):
        moved = False
        for one in busy:
            at = places.index(one)
            target = _better_place(places, at, above)
            if target != at:
                places.insert(target, places.pop(at))
                moved = True
        if not moved:
            break
    return [ordered[n] for n in places]


def _better_place(places: list[int], at: int, above: Mapping[tuple[int, int], int]) -> int:
    """Where one stretch costs least, within a bounded walk up or down."""
    one = places[at]
    best, target = 0, at
    for step in (-1, 1):
        change = 0
        for n in range(at + step, at + step * (FURTHEST + 1), step):
            if not 0 <= n < len(places):
                break
            other = places[n]
            change += step * (above.get((other, one), 0) - above.get((one, other), 0))
            if change < best:
                best, target = change, n
    return target


def _cost_of_above(stretches: Sequence[Stretch]) -> dict[tuple[int, int], int]:
    """What it costs that the first lies above the second, for each pair that meets."""
    found = {}
    spans = [(s.left, s.right) for s in stretches]
    by_left = sorted(range(len(stretches)), key=lambda n: spans[n])
    for position, n in enumerate(by_left):
        for m in by_left[position + 1 :]:
            if spans[m][0] > spans[n][1] + NEAR:
                break
            if stretches[n].owner == stretches[m].owner:
                continue
            for upper, lower in ((n, m), (m, n)):
                cost = _crossed(stretches[upper], stretches[lower])
                if cost:
                    found[upper, lower] = cost
    return found


def _crossed(upper: Stretch, lower: Stretch) -> int:
    crossings = sum(upper.left + NEAR / 2 < x < upper.right - NEAR / 2 for x in lower.ups)
    crossings += sum(lower.left + NEAR / 2 < x < lower.right - NEAR / 2 for x in upper.downs)
    laid = sum(abs(a - b) < NEAR for a in lower.ups for b in upper.downs)
    return crossings + ON_EACH_OTHER * laid
