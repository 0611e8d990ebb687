"""Partial and approximate dates: what people really know about when something happened.

The text is kept as EDTF (ISO 8601-2:2019, the Library of Congress profile): a year, a month, a
season, a day, each perhaps uncertain (`?`) or approximate (`~`), an interval, "one of" a range
(`[..2024-03]` for before), or not known at all (`XXXX-XX-XX`). Four plain dates answer queries.

Bounds are never widened for "about": an approximate date keeps the bounds of what was said and says
that it is approximate. Inventing a margin would be inventing evidence.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from goldenthread.domain.shared.refusal import Refusal

NOT_KNOWN = "XXXX-XX-XX"
EARLIEST_YEAR, LATEST_YEAR = 1850, 2150  # a slip of the keyboard, not a life, lies outside
MONTHS = tuple(
    (
        "january february march april may june july august september october november december"
    ).split()
)
# EDTF seasons 21-24. Winter is named for the year it begins in: winter 2024 runs to February 2025.
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}


class DateNotUnderstood(Refusal):
    """The text cannot be read as a date; the reason says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """When something was so: the EDTF text, and the earliest and latest it began and ended.

    A bound of None is open: not known, or (for `to_max` of `2024-03/..`) still going on.
    """

    edtf: str
    from_min: date | None
    from_max: date | None
    to_min: date | None
    to_max: date | None

    @property
    def is_known(self) -> bool:
        """Whether anything at all is known about when."""
        return any((self.from_min, self.from_max, self.to_min, self.to_max))

    @property
    def is_exact(self) -> bool:
        """Whether this is one certain day."""
        return self.from_min is not None and self.edtf == self.from_min.isoformat()

    @property
    def is_approximate(self) -> bool:
        """Whether the person said "about" or was not sure."""
        return "~" in self.edtf or "?" in self.edtf or "%" in self.edtf

    @property
    def is_ongoing(self) -> bool:
        """Whether it was still going on when it was said."""
        return self.edtf.endswith("/..")

    @property
    def is_period(self) -> bool:
        """Whether this is a stretch of time with a beginning and an end, not a point within one."""
        return "/" in self.edtf

    @property
    def earliest(self) -> date | None:
        """The first day on which it can have begun."""
        return self.from_min

    @property
    def latest(self) -> date | None:
        """The last day on which it can have ended; None when open."""
        return self.to_max

    @property
    def sort_day(self) -> date:
        """The day it is sorted under: the earliest it can have begun, else its latest bound."""
        return self.from_min or self.from_max or self.to_max or date.max


def on_day(day: date) -> PartialDate:
    """The exact date `day`."""
    return PartialDate(day.isoformat(), day, day, day, day)


def not_known() -> PartialDate:
    """The date of something whose date nobody knows: an answer, not a gap."""
    return PartialDate(NOT_KNOWN, None, None, None, None)


@lru_cache(maxsize=4096)  # the dates of one family are few, and read for every entry
def parse_edtf(text: str) -> PartialDate:
    """Read EDTF text strictly.

    Raises DateNotUnderstood with a plain sentence when it is no date or not in our part of EDTF.
    """
    text = text.strip()
    if not text or set(text) <= set("X-"):
        if text in ("", "XXXX", NOT_KNOWN, "XXXX-XX"):
            return not_known()
        raise DateNotUnderstood(f"“{text}” is not a date we can read.")
    if text.startswith("[") and text.endswith("]") and ".." in text:
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    first, last = _span(text)
    return PartialDate(text, first, last, first, last)


def _one_of(text: str) -> PartialDate:
    early, late = text[1:-1].split("..", 1)
    first = _span(early)[0] if early else None
    last = _span(late)[1] if late else None
    if first is None and last is None:
        raise DateNotUnderstood(f"“{text}” has neither an earliest nor a latest date.")
    _in_order(first, last, text)
    return PartialDate(text, first, last, first, last)


def _interval(text: str) -> PartialDate:
    start, _, end = text.partition("/")
    from_min, from_max = _span(start) if start not in ("", "..") else (None, None)
    to_min, to_max = _span(end) if end not in ("", "..") else (None, None)
    if from_min is None and to_max is None:
        raise DateNotUnderstood(f"“{text}” has neither a beginning nor an end.")
    _in_order(from_min, to_max, text)
    return PartialDate(text, from_min, from_max, to_min if to_min is not None else from_min, to_max)


def _in_order(first: date | None, last: date | None, text: str) -> None:
    if first and last and first > last:
        raise DateNotUnderstood(f"“{text}” ends before it begins.")


_UNIT = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$")


def _span(text: str) -> tuple[date, date]:
    """The first and last day of one EDTF unit."""
    match = _UNIT.match(text)
    if match is None:
        raise DateNotUnderstood(
            f"“{text}” is not a date we can read. Write it like 3 March 2026, March 2026 or 2026."
        )
    year, month, day = int(match[1]), match[2], match[3]
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateNotUnderstood(f"“{text}”: the year {year} is outside living memory.")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return _span_of_month(text, year, int(month), None if day is None else int(day))


def _span_of_month(text: str, year: int, month: int, day: int | None) -> tuple[date, date]:
    if month in SEASONS and day is None:
        begins = SEASONS[month][1]
        first = date(year, begins, 1)
        last_month, last_year = (begins + 2, year) if begins < 12 else (2, year + 1)
        return first, date(last_year, last_month, monthrange(last_year, last_month)[1])
    if not 1 <= month <= 12:
        raise DateNotUnderstood(f"“{text}” is not a date: there is no month {month}.")
    days = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days)
    if not 1 <= day <= days:
        raise DateNotUnderstood(
            f"“{text}” is not a date: {MONTHS[month - 1].title()} {year} has {days} days."
        )
    return date(year, month, day), date(year, month, day)
