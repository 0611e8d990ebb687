"""The geometry of the lanes: where on the drawing each entry, telling and band stands.

Pure: days and ids in, numbers out, the same every time. Time runs across, agencies run down. It
must never drop an entry: what lies before the drawn time, or has no date, has a column of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from goldenthread.domain.shared.partial_date import MONTHS
from goldenthread.web.case.history.bands import ROW, Axis, Care, CareBand, Lane, Row, rows_of

# Sizes in px of the drawing. A mark's box is 24 px, the least a finger or a tremor can aim at
# (WCAG 2.2, 2.5.8), and no two marks of a lane come closer while a lane has room.
MARK = 24
# A lane grows by rows while marks collide; beyond this they overlap, and zooming in parts them.
MOST_ROWS = 8
WIDTH = 1020
COLUMN = 3 * MARK + 8
HEADER = 54
LANE_PAD = 8
STUB = 9
# Months, quarters and years are labelled where at least this much room lies between two labels.
LABEL_ROOM = 60


class Spot(NamedTuple):
    """One entry to place. `first` is None where no date is known; `last` differs for a band."""

    id: UUID
    agency: UUID
    first: date | None
    last: date | None
    told: tuple[tuple[UUID, date], ...] = ()
    alone: bool = False
    rule: str = ""


class Placed(NamedTuple):
    """One mark: its middle, and for a band its two ends."""

    id: UUID
    agency: UUID
    x: float
    y: float
    band: tuple[float, float] | None = None

    @property
    def left(self) -> float:
        """Where the mark's box begins."""
        return round(self.x - MARK / 2, 1)

    @property
    def top(self) -> float:
        """Where the mark's box begins, downwards."""
        return round(self.y - MARK / 2, 1)


class Telling(NamedTuple):
    """A thin line from a mark to the day it was told, and across to the lane that was told."""

    entry: UUID
    x: float
    y: float
    at: float
    to: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the calendar, with its label where there is room for one."""

    x: float
    label: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision, conference or change of plan: a line through every lane."""

    entry: UUID
    x: float
    label: str
    is_left: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template draws."""

    first: date
    last: date
    width: float
    height: float
    plot: tuple[float, float]
    lanes: tuple[Lane, ...]
    children: tuple[Row, ...]
    marks: tuple[Placed, ...]
    tellings: tuple[Telling, ...]
    stubs: tuple[tuple[float, float], ...]
    rules: tuple[Rule, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[CareBand, ...]
    births: tuple[tuple[UUID, float, float], ...]
    has_earlier: bool
    has_undated: bool


def drawn_period(
    spots: Sequence[Spot], between: tuple[date | None, date | None], today: date
) -> tuple[date, date]:
    """The first and last day of the time axis.

    What was asked, where it was asked. Otherwise to `today`, from the first entry; but where the
    first twentieth of the entries would take up more than half of the axis, from the rest.
    """
    days = sorted(spot.first for spot in spots if spot.first)
    last = between[1] or max([today, *days[-1:]])
    if between[0]:
        return between[0], max(last, between[0] + timedelta(days=1))
    if not days:
        return last - timedelta(days=365), last
    first, most = days[0], days[len(days) // 20]
    if (last - first).days > 2 * (last - most).days:
        first = most
    first = min(first, last - timedelta(days=28)).replace(day=1)
    return first, last


def draw(
    spots: Sequence[Spot],
    agencies: Sequence[UUID],
    *,
    period: tuple[date, date],
    children: Sequence[tuple[UUID, date | None]] = (),
    care: Sequence[Care] = (),
    least: Mapping[UUID, float] | None = None,
) -> Drawing:
    """Place every spot, telling, rule and band.

    `agencies` gives the order of the lanes, and `least` the height in px that a lane's name needs.
    """
    first, last = period
    earlier = any(s.first and (s.last or s.first) < first for s in spots)
    undated = any(s.first is None for s in spots)
    left = COLUMN if earlier else MARK / 2
    right = WIDTH - (COLUMN if undated else MARK / 2)
    axis = Axis(first, last, left, right)
    rows, bands = rows_of([child for child, _ in children], care, axis, HEADER)
    top = rows[-1].top + rows[-1].height + 8 if rows else HEADER
    lanes, marks = _lanes(spots, agencies, axis, top, least or {})
    at = {mark.id: mark for mark in marks}
    middle = {lane.whose: lane.middle for lane in lanes}
    height = lanes[-1].top + lanes[-1].height if lanes else top
    row_of: dict[UUID, Row] = {}
    for row in rows:
        row_of.setdefault(row.whose, row)
    return Drawing(
        first=first,
        last=last,
        width=WIDTH,
        height=round(height + 8, 1),
        plot=(left, right),
        lanes=lanes,
        children=rows,
        marks=marks,
        tellings=tuple(_tellings(spots, at, middle, axis)),
        stubs=tuple((at[s.id].x, at[s.id].y) for s in spots if s.alone),
        rules=tuple(_rules(spots, axis)),
        ticks=_ticks(axis),
        bands=bands,
        births=tuple(
            (child, axis.x(born), row_of[child].top + ROW / 2)
            for child, born in children
            if born and axis.holds(born)
        ),
        has_earlier=earlier,
        has_undated=undated,
    )


def _lanes(
    spots: Sequence[Spot],
    agencies: Sequence[UUID],
    axis: Axis,
    top: float,
    least: Mapping[UUID, float],
) -> tuple[tuple[Lane, ...], tuple[Placed, ...]]:
    lanes, marks = [], []
    own: dict[UUID, list[Spot]] = defaultdict(list)
    for spot in spots:
        own[spot.agency].append(spot)
    for agency in agencies:
        placed, rows = _packed(own[agency], axis)
        height = max(max(rows, 1) * MARK + 2 * LANE_PAD, least.get(agency, 0))
        for spot, x, row, band in placed:
            y = top + LANE_PAD + row * MARK + MARK / 2
            marks.append(Placed(spot.id, agency, round(x, 1), y, band))
        lanes.append(Lane(agency, top, height))
        top += height
    return tuple(lanes), tuple(marks)


def _packed(
    spots: Sequence[Spot], axis: Axis
) -> tuple[list[tuple[Spot, float, int, tuple[float, float] | None]], int]:
    """Each spot with its x and the first row of the lane in which it has room."""
    placed, ends = [], [float("-inf")] * MOST_ROWS
    columns = {"earlier": 0, "undated": 0}
    used = 0
    for spot in sorted(spots, key=lambda s: (s.first or date.max, s.id.int)):
        column = _column(spot, axis)
        if column:
            place = columns[column]
            columns[column] += 1
            begins = 4 if column == "earlier" else axis.right + 4
            row = min(place // 3, MOST_ROWS - 1)
            placed.append((spot, begins + MARK / 2 + place % 3 * MARK, row, None))
        else:
            x, band = _across(spot, axis)
            start, end = band or (x - MARK / 2, x + MARK / 2)
            start, end = min(start, x - MARK / 2), max(end, x + MARK / 2)
            free = (n for n, taken in enumerate(ends) if start >= taken)
            row = next(free, ends.index(min(ends)))
            ends[row] = max(end, ends[row])
            placed.append((spot, x, row, band))
        used = max(used, row + 1)
    return placed, used


def _column(spot: Spot, axis: Axis) -> str:
    if spot.first is None:
        return "undated"
    return "earlier" if (spot.last or spot.first) < axis.first else ""


def _across(spot: Spot, axis: Axis) -> tuple[float, tuple[float, float] | None]:
    """The middle of a mark; and its two ends where it is a band wider than the mark itself."""
    assert spot.first is not None
    begin, end = axis.x(spot.first), axis.x(spot.last or spot.first)
    if spot.last is None or spot.last == spot.first:
        return begin, None
    end = max(end, begin + MARK)
    begin = max(min(begin, axis.right + MARK / 2 - (end - begin)), axis.left - MARK / 2)
    end = min(end, axis.right + MARK / 2)
    return round(begin + MARK / 2, 1), (round(begin, 1), round(end, 1))


def _tellings(
    spots: Sequence[Spot], at: dict[UUID, Placed], middle: dict[UUID, float], axis: Axis
) -> Iterable[Telling]:
    for spot in spots:
        if not spot.told:
            continue
        mark, apart = at[spot.id], _column(spot, axis)
        for agency, day in spot.told:
            there = middle.get(agency)
            if there is None or agency == spot.agency:
                continue
            x = axis.x(day) if axis.holds(day) and not apart else mark.x
            yield Telling(spot.id, mark.x, mark.y, x, there)


def _rules(spots: Sequence[Spot], axis: Axis) -> Iterable[Rule]:
    taken = float("-inf")
    for spot in sorted(spots, key=lambda s: (s.first or date.max, s.id.int)):
        if spot.rule and spot.first and axis.holds(spot.first):
            x = axis.x(spot.first)
            # 6.5 px a letter of the smallest type, and room to breathe.
            wide = len(spot.rule) * 6.5 + 10
            is_left = x + wide > axis.right + MARK / 2
            begins = x - wide if is_left else x
            label = spot.rule if begins >= taken else ""
            taken = begins + wide if label else taken
            yield Rule(spot.id, x, label, is_left)


def _ticks(axis: Axis) -> tuple[Tick, ...]:
    months = next((n for n in (1, 3, 6, 12) if n * 30.4 * axis.day >= LABEL_ROOM), 12)
    ticks, year, month = [], axis.first.year, 1
    while date(year, month, 1) <= axis.last:
        day = date(year, month, 1)
        if axis.holds(day):
            label = MONTHS[month - 1].title()[:3]
            ticks.append(Tick(axis.x(day), f"{label} {year}" if month == 1 else label, month == 1))
        year, month = (year, month + months) if month + months <= 12 else (year + 1, 1)
    if ticks and not any(tick.is_year for tick in ticks):
        began = ticks[0]
        ticks[0] = Tick(began.x, f"{began.label} {axis.first.year}", False)
    return tuple(ticks)
