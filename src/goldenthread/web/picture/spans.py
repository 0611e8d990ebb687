"""How much time the picture draws: the whole life, or the year, months or month up to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.web.kit.words import day_in_words
from goldenthread.web.picture.asked import Asked, query_of

# In days, counted back from the last day shown.
STRETCHES = (("A year", 365), ("Six months", 182), ("Three months", 91), ("A month", 30))
LEAST = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Zoom:
    """One press: how much time, or the stretch before or after; what it shows, in words."""

    text: str
    href: str
    is_current: bool = False
    said: str = ""


def span_of(days: Iterable[date], asked: Asked) -> tuple[date, date]:
    """The first and last day drawn: what was asked; else from the first of `days` to that day.

    `days` are the child's birth and those of every entry.
    """
    first, last = asked.between
    last = last or asked.on
    if first is None:
        first = min([*days, last - LEAST])
    return min(first, last - timedelta(days=1)), last


# A history before the child's own is drawn more tightly where it would take up more than this part.
BEFORE_AT_MOST = 0.4


def fold_of(days_of_child: Iterable[date], span: tuple[date, date], asked: Asked) -> date | None:
    """Where the whole life is folded: at the month of the first entry that names the child."""
    known = min(days_of_child, default=None)
    if known is None or asked.between != (None, None):
        return None
    fold, long = known.replace(day=1), (span[1] - span[0]).days
    return fold if (fold - span[0]).days > long * BEFORE_AT_MOST else None


def zooms_of(asked: Asked, address: str) -> tuple[Zoom, ...]:
    """The whole life, and each shorter stretch up to the last day shown."""
    last = asked.between[1] or asked.on
    found = [("Whole life", (None, None))]
    found += [(text, (last - timedelta(days=days), last)) for text, days in STRETCHES]
    return tuple(
        Zoom(text, address + query_of(asked, between=between), between == asked.between)
        for text, between in found
    )


def steps_of(asked: Asked, address: str) -> tuple[Zoom, ...]:
    """The stretch of the same length before, and after it up to the day asked."""
    first, last = asked.between
    if not first or not last:
        return ()
    long = last - first
    steps = [("Earlier", first - long, first)]
    if last < asked.on:
        until = min(last + long, asked.on)
        steps.append(("Later", until - long, until))
    return tuple(
        Zoom(
            text,
            address + query_of(asked, between=(a, b)),
            said=f"{day_in_words(a)} to {day_in_words(b)}",
        )
        for text, a, b in steps
        if a.year > 1900
    )
