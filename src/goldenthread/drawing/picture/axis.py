"""From days to pixels, and the calendar's own lines.

What lies before a fold is drawn more tightly than what follows, so that a long history before a
child was known of and the months of their own life stand on one screen. The fold is drawn, and
said: order and whole days are kept on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.shared.partial_date import MONTHS

LABEL_ROOM = 44.0  # px between two labels of the calendar
BEFORE = 0.3  # of the width, for what lies before the fold
GAP = 26.0  # px between the two sides of the fold: no mark of one side touches one of the other


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, laid from `left` to `right` in pixels.

    `fold` is the first day after the fold; None where all days are drawn alike.
    """

    first: date
    last: date
    left: float
    right: float
    fold: date | None = None

    @property
    def sides(self) -> tuple[tuple[date, date, float, float], ...]:
        """Each stretch drawn alike: its first and last day, and from where to where it is drawn."""
        if self.fold is None:
            return ((self.first, self.last, self.left, self.right),)
        middle = self.left + (self.right - self.left) * BEFORE
        return (
            (self.first, self.fold, self.left, middle - GAP / 2),
            (self.fold, self.last, middle + GAP / 2, self.right),
        )

    def holds(self, day: date) -> bool:
        """Whether a day is drawn."""
        return self.first <= day <= self.last

    def x(self, day: date) -> float:
        """Where a day stands; a day outside stands at the nearer edge."""
        inside = min(max(day, self.first), self.last)
        sides = self.sides
        begin, end, left, right = sides[-1] if inside >= sides[-1][0] else sides[0]
        return round(left + (inside - begin).days * (right - left) / max((end - begin).days, 1), 1)

    @property
    def fold_x(self) -> float | None:
        """Where the fold is, in pixels."""
        return None if self.fold is None else (self.sides[0][3] + self.sides[1][2]) / 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the calendar with its label."""

    x: float
    label: str
    is_year: bool


def ticks_of(axis: Axis) -> tuple[Tick, ...]:
    """Years, and as many months between them as there is room for, on each side of a fold."""
    found: list[Tick] = []
    for number, (first, last, left, right) in enumerate(axis.sides):
        side = list(_ticks(axis, first, last, (right - left) / max((last - first).days, 1)))
        if side and not any(tick.is_year for tick in side):
            side[0] = Tick(side[0].x, f"{side[0].label} {first.year}", False)
        if number == 0 and axis.fold:  # the last label of the near past would run into the fold
            side = [tick for tick in side if tick.x + LABEL_ROOM - 8 <= right] or side[:1]
        found += side
    return tuple(found)


def _ticks(axis: Axis, first: date, last: date, day: float) -> Iterator[Tick]:
    months = next((n for n in (1, 2, 3, 6) if n * 30.4 * day >= LABEL_ROOM), 12)
    years = 1 if months < 12 else max(1, -int(-LABEL_ROOM // (365.25 * day)))
    for year in range(first.year, last.year + 1):
        for month in range(1, 13, months) if not year % years else ():
            when = date(year, month, 1)
            if first <= when <= last and (when < last or last == axis.last):
                label = str(year) if month == 1 else MONTHS[month - 1].title()[:3]
                yield Tick(axis.x(when), label, month == 1)
