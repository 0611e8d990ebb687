"""The days above household lanes, the cursor, ticks for events and stretches for plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldenthread.domain.shared.partial_date import MONTHS
from goldenthread.drawing import dates
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import SMALLEST, Mark, Path, Tone, Words, path_through, rectangle
from goldenthread.drawing.residence.lanes import Lanes

LEAST = 34.0  # px between two ticks with words


def axis_marks(lanes: Lanes) -> Iterator[Mark]:
    """Upright lines at years, and at months where there is room, with their words on top."""
    first, last, frame = lanes.span.first, lanes.span.last, lanes.frame
    per_month = frame.plot / max(1, lanes.span.days) * 30.4
    step = next(n for n in (1, 2, 3, 6, 12) if n == 12 or per_month * n >= LEAST)
    many_years = per_month * 12 < LEAST
    for year in range(first.year, last.year + 1):
        for month in range(1, 13, step):
            day = date(year, month, 1)
            if not first <= day <= last or (many_years and year % 5):
                continue
            x = lanes.x(day)
            is_year = month == 1
            line = path_through(((x, frame.top - 4), (x, lanes.height)))
            tone = Tone.QUIET
            yield Path(
                line, stroke=tone, width=1 if is_year else 0.5, dash=() if is_year else (1, 5)
            )
            if x < frame.right - 14:
                text = str(year) if is_year else MONTHS[month - 1].title()[:3]
                yield Words(x + 3, frame.top - 9, text, anchor="start", tone=tone, bold=is_year)


def cursor_marks(lanes: Lanes, on: date) -> Iterator[Mark]:
    """The day the cursor stands on: a line through all bands and the date above it."""
    if not lanes.span.first <= on <= lanes.span.last:
        return
    x = lanes.x(on)
    yield Path(path_through(((x, 28), (x, lanes.height + 8))), stroke=Tone.GOLD, width=2)
    text = dates.day(on)
    half = width_of(text, 13) / 2 + 6
    middle = min(max(x, half), lanes.frame.width - 4 - half)
    frame = rectangle(middle - half, 8, 2 * half, 20, corner=4)
    yield Path(frame, stroke=Tone.GOLD, fill=Tone.TINT, width=1.5)
    yield Words(middle, 22.5, text, size=13, bold=True)


def event_marks(lanes: Lanes, events: tuple[tuple[date, str], ...]) -> Iterator[Mark]:
    """A tick under the lanes for each event; its words where they do not lie on the last ones."""
    free = [0.0, 0.0]
    for day, words in sorted(events):
        if not lanes.span.first <= day <= lanes.span.last:
            continue
        x, y = lanes.x(day), lanes.height + 10
        yield Path(path_through(((x, y), (x, y + 10))), width=2, role="event")
        half = width_of(words, SMALLEST) / 2
        middle = min(x, lanes.frame.width - 4 - half)
        for row, taken in enumerate(free):
            if middle - half > taken:
                yield Words(middle, y + 26 + row * 16, words)
                free[row] = middle + half + 6
                break


def plan_marks(lanes: Lanes, plans: tuple[tuple[date, date, str], ...]) -> Iterator[Mark]:
    """A stretch over the bands for each plan, with its words above."""
    for first, last, words in plans:
        if last < lanes.span.first or first > lanes.span.last:
            continue
        a, b = lanes.x(first), lanes.x(last)
        bar = rectangle(a, lanes.frame.top - 32, max(2, b - a), 6)
        yield Path(bar, fill=Tone.GOLD, stroke=Tone.NONE, role="plan")
        text = wrapped(words, SMALLEST, max(60.0, b - a), most=1)
        if text and b - a > 40:
            yield Words(a, lanes.frame.top - 36, text[0], anchor="start", tone=Tone.GOLD)
