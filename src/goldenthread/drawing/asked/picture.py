"""Draws a line for each question, from the day it was asked until it ceased, twice over time.

The upper band is filled: all agencies together. The lower is an outline: one agency alone. Where
the the lower begins later, a dotted line spans the days between; where it never begins is none.
Shape and place say it all; no colour adds anything. Every line of it stands in the table as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.drawing import dates
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import (
    SMALLEST,
    Group,
    Mark,
    Path,
    Sheet,
    Tone,
    Words,
    path_through,
    rectangle,
)
from goldenthread.drawing.picture.axis import Axis, ticks_of

NAMES, WIDTH, EDGE = 200.0, 860.0, 14.0  # px: the column of titles, and the plot beside it
PAPER_WIDTH, PAPER_ROWS = 470.0, 19  # beside the titles on an upright A4 sheet, under a heading
HEAD, ROW, FOOT = 34.0, 44.0, 10.0
UPPER, LOWER, BAND = 9.0, 25.0, 10.0  # px down a row; how thick a band is
TITLE_LINES, TITLE_LINE = 3, 13.5
SHORTEST = 6.0  # px: a question asked for one day alone is still seen
LEAST_DAYS = 56  # so short a history is drawn over no less than this
EARLY = 10  # where the first of so many questions took up more than FAR of the time, it is folded
FAR = 0.4


@dataclass(frozen=True, slots=True)
class Span:
    """From the day a question was asked until it ceased; `last` is None while it is asked."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One question over time: its title, when it was asked, its whole sentence and its address.

    `gap` is the words between the two beginnings ("41 days"), empty where there is nothing to say.
    """

    title: str
    together: Span | None
    alone: Span | None
    sentence: str
    href: str
    gap: str = ""

    @property
    def first(self) -> date:
        """The first day it was asked of anybody."""
        return min(one.first for one in (self.together, self.alone) if one)


@dataclass(frozen=True, slots=True)
class Whose:
    """What the two bands are called."""

    together: str
    alone: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The titles and the plot, of one height, to stand side by side; titles stay while it moves.

    `is_folded` says that time is drawn more tightly left of the two dashed lines.
    """

    names: Sheet
    plot: Sheet
    is_folded: bool


def drawn(lines: Sequence[Line], whose: Whose, *, through: date) -> Drawn:
    """The drawing of these questions up to a day, one row each in the order given.

    There must be at least one line.
    """
    return _drawn(lines, _axis(lines, through, WIDTH), whose)


def printed(lines: Sequence[Line], whose: Whose, *, through: date) -> tuple[Drawn, ...]:
    """The same at full size for sheets of paper: narrower, and in parts of so many rows.

    Every part is drawn over the same days. There must be at least one line.
    """
    axis = _axis(lines, through, PAPER_WIDTH)
    parts = [lines[n : n + PAPER_ROWS] for n in range(0, len(lines), PAPER_ROWS)]
    return tuple(_drawn(part, axis, whose) for part in parts)


def _axis(lines: Sequence[Line], through: date, width: float) -> Axis:
    first = min(line.first for line in lines)
    first = min(first, through - timedelta(days=LEAST_DAYS)).replace(day=1)
    last = max(through, first + timedelta(days=1))
    return Axis(first, last, EDGE, width - EDGE, _fold(lines, first, last))


def _drawn(lines: Sequence[Line], axis: Axis, whose: Whose) -> Drawn:
    width, height = axis.right + EDGE, HEAD + ROW * len(lines) + FOOT
    behind = (*_ground(len(lines), width), *_calendar(axis, height))
    marks: list[Mark] = [Group(behind, kind="ground", hidden=True)]
    names: list[Mark] = list(_ground(len(lines), NAMES))
    for number, line in enumerate(lines):
        top = HEAD + number * ROW
        marks.append(_row(line, top, axis))
        names += _title(line.title, top)
    title = f"When each question was asked: {whose.together}, and {whose.alone}"
    told = f"From {dates.day(axis.first)} to {dates.day(axis.last)}. The table says the same."
    return Drawn(
        Sheet(NAMES, height, "Questions", "", (Group(tuple(names), hidden=True),), "asked-names"),
        Sheet(width, height, title, told, tuple(marks), "asked"),
        axis.fold is not None,
    )


def legend_of(whose: Whose) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """What each sign means, with a picture of it 60 px wide and 24 px high."""
    return (
        (f"Asked of {whose.together}", (_filled(4, 56, 7),)),
        (f"Asked of {whose.alone}", (_outlined(4, 56, 7),)),
        ("The days between the two", (_between(4, 56, 12),)),
    )


def _ground(rows: int, width: float) -> Iterator[Mark]:
    for number in range(rows):
        place = rectangle(0, HEAD + number * ROW, width, ROW)
        yield Path(place, stroke=Tone.NONE, fill=Tone.PAPER if number % 2 else Tone.WASH)


def _calendar(axis: Axis, height: float) -> Iterator[Mark]:
    if axis.fold_x is not None:
        for side in (-3, 3):
            fold = ((axis.fold_x + side, HEAD - 22), (axis.fold_x + side, height - FOOT))
            yield Path(path_through(fold), stroke=Tone.GOLD, width=1, dash=(4, 3), role="fold")
    for tick in ticks_of(axis):
        line = path_through(((tick.x, HEAD - 8), (tick.x, height - FOOT)))
        yield Path(
            line,
            stroke=Tone.QUIET,
            width=1 if tick.is_year else 0.5,
            dash=() if tick.is_year else (1, 4),
        )
        if tick.x + width_of(tick.label, SMALLEST) < axis.right + EDGE:
            yield Words(
                tick.x + 3,
                HEAD - 14,
                tick.label,
                anchor="start",
                bold=tick.is_year,
                tone=Tone.QUIET,
            )


def _row(line: Line, top: float, axis: Axis) -> Group:
    place = rectangle(0, top, axis.right + EDGE, ROW)
    marks: list[Mark] = [Path(place, stroke=Tone.NONE, role="hit")]
    if line.together:
        marks.append(_filled(*_ends(line.together, axis), top + UPPER))
    if line.alone:
        marks.append(_outlined(*_ends(line.alone, axis), top + LOWER))
    if line.together and line.alone and line.alone.first > line.together.first:
        a, b = axis.x(line.together.first), axis.x(line.alone.first)
        marks.append(_between(a, b, top + LOWER + BAND / 2))
        if line.gap and b - a > width_of(line.gap, SMALLEST) + 8:
            middle = (a + b) / 2
            marks.append(Words(middle, top + LOWER + BAND - 1, line.gap, halo=True))
    return Group(tuple(marks), kind="question", name=line.sentence, href=line.href)


def _ends(span: Span, axis: Axis) -> tuple[float, float]:
    """Where a band begins and ends; what is asked still goes on to the edge."""
    begin = axis.x(span.first)
    end = axis.right if span.last is None else axis.x(span.last)
    end = max(end, begin + SHORTEST)
    return min(begin, axis.right - SHORTEST), min(max(end, SHORTEST), axis.right)


def _filled(begin: float, end: float, top: float) -> Path:
    place = rectangle(begin, top, end - begin, BAND)
    return Path(place, stroke=Tone.INK, fill=Tone.INK, width=1.5, role="together")


def _outlined(begin: float, end: float, top: float) -> Path:
    place = rectangle(begin, top, end - begin, BAND)
    return Path(place, stroke=Tone.INK, fill=Tone.PAPER, width=1.5, role="alone")


def _between(begin: float, end: float, y: float) -> Path:
    line = path_through(((begin, y), (end, y)))
    return Path(line, stroke=Tone.GOLD, width=2, dash=(2, 4), role="between")


def _fold(lines: Sequence[Line], first: date, last: date) -> date | None:
    """Where the axis is folded: a month before most questions began, if those before are far off.

    Order and whole days are kept on both sides; what lies before is drawn more tightly.
    """
    most = sorted(line.first for line in lines)[len(lines) // EARLY]
    begun = (most - timedelta(days=31)).replace(day=1)
    return begun if (begun - first) > FAR * (last - first) else None


def _title(title: str, top: float) -> Iterator[Mark]:
    texts = wrapped(title, SMALLEST, NAMES - 14, most=TITLE_LINES)
    first = top + ROW / 2 + 4 - (len(texts) - 1) * TITLE_LINE / 2
    for number, text in enumerate(texts):
        yield Words(4, first + number * TITLE_LINE, text, anchor="start")
