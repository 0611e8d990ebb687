"""The children's rows over the lanes: where each lived, and who looked after them, over time.

Pure geometry, as `lanes`. Bands of one row never overlap: two homes, or two carers, of one time
stand one under the other. No band is dropped but one that lies outside the drawn time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

# Sizes in px. A band is a link, and no smaller than a finger can aim at (WCAG 2.2, 2.5.8).
BAND = 24
ROW = 34
NEXT = 28
LEAST = 3
# The letters of a label are about this wide, with room at both ends.
LETTER, ENDS = 7.5, 12
HOME, CARE = "home", "care"


@dataclass(frozen=True, slots=True)
class Care:
    """Where a child lived, or who cared for them, from a day, to a day or still.

    `because` is the entry that says so. What still goes on is drawn to `seen_to`: nobody knows
    anything of a later day. `surely` is the latest day it can have begun, where that is later.
    """

    child: UUID
    began: date
    ended: date | None
    because: UUID
    words: str
    seen_to: date | None = None
    sort: str = CARE
    surely: date | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One agency's lane, or one child's row."""

    whose: UUID
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way down it."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Row(Lane):
    """One child's homes, or those who cared for them; "" for a child of whom neither is known."""

    sort: str = ""


@dataclass(frozen=True, slots=True)
class CareBand:
    """One stretch on a child's row; up to `unsure` px from its left it may not yet have begun.

    The label begins at `label_x`, or ends there where its `place` is before the band; it may stand
    in the band, before or after it.
    """

    care: Care
    x: float
    width: float
    y: float
    label: str
    label_x: float
    place: str
    unsure: float = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to pixels; `day` is how wide a day is."""

    first: date
    last: date
    left: float
    right: float
    day: float = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Work out once what every mark asks for."""
        day = (self.right - self.left) / max((self.last - self.first).days, 1)
        object.__setattr__(self, "day", day)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the nearer edge."""
        if day >= self.last:
            return round(self.left + (self.last - self.first).days * self.day, 1)
        return round(self.left + max((day - self.first).days, 0) * self.day, 1)


def rows_of(
    children: Sequence[UUID], care: Sequence[Care], axis: Axis, top: float
) -> tuple[tuple[Row, ...], tuple[CareBand, ...]]:
    """The rows of these children from `top` down, homes before care, and the bands on them."""
    rows: list[Row] = []
    bands: list[CareBand] = []
    for child in children:
        own = [one for one in care if one.child == child and _is_drawn(one, axis)]
        for sort in sorted({one.sort for one in own}, key=(HOME, CARE).index) or [""]:
            placed, used = _packed([one for one in own if one.sort == sort], axis, top)
            height = ROW + max(used - 1, 0) * NEXT
            rows.append(Row(child, top, height, sort))
            bands += placed
            top += height
    return tuple(rows), tuple(bands)


def _is_drawn(one: Care, axis: Axis) -> bool:
    return one.began <= axis.last and _until(one, axis) >= axis.first


def _until(one: Care, axis: Axis) -> date:
    return one.ended or max(one.seen_to or axis.last, one.began)


def _packed(care: Sequence[Care], axis: Axis, top: float) -> tuple[list[CareBand], int]:
    """Each band in a line of its own time, oldest first; and how many lines.

    A band that begins where another ends goes on in its line. Others take the first line in which
    they have room with their label.
    """
    placed: list[CareBand] = []
    ends: list[
        tuple[float, date]
    ] = []  # how far each line is taken, and the day its last band ends
    for one in sorted(care, key=lambda c: c.began):
        x, until = axis.x(one.began), _until(one, axis)
        width = round(max(axis.x(until) - x, LEAST), 1)
        line = next((n for n, end in enumerate(ends) if _goes_on(end, x, one)), None)
        label, begins, taken = _labelled(one.words, x, width, axis, alone=line is None)
        if line is None:
            line = next((n for n, (right, _) in enumerate(ends) if begins >= right), len(ends))
        ends[line : line + 1] = [(taken, until)]
        unsure = min(max(axis.x(one.surely) - x, 0), width) if one.surely else 0
        y = top + (ROW - BAND) / 2 + 1 + line * NEXT
        placed.append(CareBand(one, x, width, y, *label, round(unsure, 1)))
    return placed, len(ends)


def _goes_on(end: tuple[float, date], x: float, one: Care) -> bool:
    """Whether a band begins where the last of a line ends."""
    taken, until = end
    return one.began >= until and abs(x - taken) <= LEAST


def _labelled(
    words: str, x: float, width: float, axis: Axis, *, alone: bool
) -> tuple[tuple[str, float, str], float, float]:
    """The label, where and at which place it stands, and from where to where all of it is.

    Within the band where it fits; else before it or after it, where the band stands `alone`; else
    there is none.
    """
    needed = len(words) * LETTER + ENDS
    if needed <= width:
        return (words, round(x + ENDS / 2, 1), "in"), x, x + width
    if alone and x - needed >= axis.left:
        return (words, round(x - ENDS / 2, 1), "before"), x - needed, x + width
    if alone and x + width + needed <= axis.right:
        return (words, round(x + width + ENDS / 2, 1), "after"), x, x + width + needed
    return ("", x, "in"), x, x + width
