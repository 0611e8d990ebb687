"""Where each entry stands in its lanes: at its day, in the first row that has room.

Order of time is kept: of two marks the earlier is never to the right. Nothing is dropped: what has
no room in the rows of a lane is gathered, with its number, in a box at its own time; what lies
outside the drawn time, or has no date, is given back by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.drawing.picture.axis import Axis
from goldenthread.drawing.picture.given import Item

# px. A mark's box is the least a finger or a tremor can aim at (WCAG 2.2, 2.5.8), and no two marks
# of a lane overlap.
MARK = 24.0
BOX = 40.0  # how wide a box of gathered entries is


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry in one lane: the middle of its mark, its row, and for a period its two ends."""

    item: Item
    x: float
    row: int
    ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Entries of a lane that had no row of their own, in a box at their time."""

    items: tuple[Item, ...]
    x: float
    row: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Packed:
    """One lane, packed: its marks, its boxes and how many rows they take."""

    marks: tuple[Placed, ...]
    boxes: tuple[Gathered, ...]
    rows: int


def drawn(items: Iterable[Item], axis: Axis) -> tuple[Item, ...]:
    """The entries that can have been so on a drawn day, by day and id."""
    inside = [one for one in items if _is_inside(one, axis)]
    return tuple(sorted(inside, key=lambda one: (one.first or date.max, one.id)))


def _is_inside(one: Item, axis: Axis) -> bool:
    if one.first is None:
        return False
    return one.first <= axis.last and (one.last or one.first) >= axis.first


def packed(items: Sequence[Item], axis: Axis, *, most: int) -> Packed:
    """The entries of one lane, already in order, each in the first row that has room for it.

    What has no room in `most` rows is gathered in boxes beneath them.
    """
    marks: list[Placed] = []
    crowded: dict[int, list[Item]] = defaultdict(list)
    free = [float("-inf")] * most
    for one in items:
        x, ends = _across(one, axis)
        start, stop = ends or (x - MARK / 2, x + MARK / 2)
        row = next((n for n, taken in enumerate(free) if start >= taken), None)
        if row is None:
            crowded[_bin_of(x, axis)].append(one)
            continue
        free[row] = max(stop, x + MARK / 2)
        marks.append(Placed(one, x, row, ends))
    boxes = tuple(_box(place, most, crowded[place], axis) for place in sorted(crowded))
    rows = max((mark.row + 1 for mark in marks), default=0)
    return Packed(tuple(marks), boxes, most + 1 if boxes else rows)


def _across(one: Item, axis: Axis) -> tuple[float, tuple[float, float] | None]:
    """The middle of a mark; and its two ends where it lasted."""
    assert one.first is not None
    begin = axis.x(one.first)
    if one.last is None or one.last <= one.first:
        return begin, None
    end = min(max(axis.x(one.last), begin + MARK / 2), axis.right + MARK / 2)
    return begin, (round(begin - MARK / 2, 1), round(end, 1))


def _bins(axis: Axis) -> tuple[int, float, float]:
    """How many boxes have room side by side, how wide each one's room is, and where they begin."""
    long = axis.right - axis.left + MARK
    many = max(1, int(long // BOX))
    return many, long / many, axis.left - MARK / 2


def _bin_of(x: float, axis: Axis) -> int:
    many, wide, start = _bins(axis)
    return min(int((x - start) // wide), many - 1)


def _box(place: int, row: int, crowded: list[Item], axis: Axis) -> Gathered:
    _, wide, start = _bins(axis)
    days = [one.first for one in crowded if one.first]
    middle = round(start + (place + 0.5) * wide, 1)
    return Gathered(tuple(crowded), middle, row, min(days), max(days))
