"""The rows of what lasted: homes, care, plans, workers. Two of one time stand under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.drawing.lettering import width_of
from goldenthread.drawing.marks import SMALLEST
from goldenthread.drawing.picture.axis import Axis
from goldenthread.drawing.picture.given import Row, Stretch

# px. A stretch is a link, and no smaller than a finger can aim at.
BAND, LINE, PAD = 24.0, 27.0, 4.0
LEAST = 24.0
ENDS = 12.0  # room at both ends of a label


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch drawn: its ends, its line in the row, and where its label stands, if it does."""

    stretch: Stretch
    left: float
    right: float
    line: int
    label_x: float | None
    sure_x: float


@dataclass(frozen=True, slots=True)
class PackedRow:
    """One row with its bars, and how many lines it takes."""

    row: Row
    bars: tuple[Bar, ...]
    lines: int

    @property
    def height(self) -> float:
        """How high the row is, in pixels."""
        return max(self.lines, 1) * LINE + PAD


def packed_row(row: Row, stretches: Sequence[Stretch], axis: Axis) -> PackedRow:
    """The stretches of one row, oldest first, without those outside the drawn time."""
    own = [s for s in stretches if s.row == row.key and s.began <= axis.last]
    lines: list[list[tuple[Stretch, float, float]]] = []
    for one in sorted((s for s in own if s.until >= axis.first), key=lambda s: (s.began, s.name)):
        left = axis.x(one.began)
        right = max(axis.x(one.until), left + 2)
        if right - left < LEAST:  # a short one is drawn wide enough to aim at, and stays inside
            left = max(min(left, axis.right - LEAST), axis.left)
            right = left + LEAST
        line = next((n for n, placed in enumerate(lines) if placed[-1][2] <= left + 1), len(lines))
        lines[line : line + 1] = [[*(lines[line] if line < len(lines) else []), (one, left, right)]]
    bars = [bar for number, placed in enumerate(lines) for bar in _bars(placed, number, axis)]
    return PackedRow(row, tuple(bars), len(lines))


def _bars(placed: list[tuple[Stretch, float, float]], line: int, axis: Axis) -> list[Bar]:
    found = []
    taken = axis.left  # how far the line is taken by what stands before
    ends = [*(after[1] for _, after in pairwise(placed)), axis.right]
    for (one, left, right), room in zip(placed, ends, strict=True):
        needed = width_of(one.words, SMALLEST) + ENDS
        label = None
        if right - left >= needed:
            label = left + ENDS / 2
        elif right + needed <= room:
            label = right + ENDS / 2
        elif left - needed >= taken:
            label = left - needed + ENDS / 2
        taken = max(right, label + needed) if label is not None else right
        sure = min(max(axis.x(one.surely), left), right) if one.surely else left
        found.append(Bar(one, round(left, 1), round(right, 1), line, label, round(sure, 1)))
    return found
