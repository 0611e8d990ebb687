"""Dates of any year: the record's own dates begin in 1850, a published dynasty's do not.

The text is EDTF as everywhere. Years from 1 to 9999 have bounds; a year before Christ (EDTF 0000 is
1 B.C., -0043 is 44 B.C.) has none, because a plain date cannot hold it, and gives its order alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from goldenthread.domain.shared.partial_date import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    SEASONS,
    DateNotUnderstood,
    PartialDate,
    parse_edtf,
)

_UNIT = re.compile(r"^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$")
_Span = tuple[date | None, date | None]


def parse_any_year(text: str) -> PartialDate:
    """Read EDTF text of any year. Raises DateNotUnderstood with a plain sentence."""
    text = text.strip()
    years = [int(year) for year in re.findall(r"(?<![\d-])-?\d{4}(?!\d)", text)]
    if all(EARLIEST_YEAR <= year <= LATEST_YEAR for year in years):
        return parse_edtf(text)
    if text.startswith("[") and text.endswith("]") and ".." in text:
        early, late = text[1:-1].split("..", 1)
        first, last = _span(early)[0], _span(late)[1]
        _in_order(first, last, text)
        return PartialDate(text, first, last, first, last)
    if "/" in text:
        start, _, end = text.partition("/")
        (from_min, from_max), (to_min, to_max) = _span(start), _span(end)
        _in_order(from_min, to_max, text)
        return PartialDate(text, from_min, from_max, from_min if to_min is None else to_min, to_max)
    first, last = _span(text)
    return PartialDate(text, first, last, first, last)


def year_as_number(text: str) -> float | None:
    """The beginning of an EDTF text as a year with a fraction, B.C. negative; None if open."""
    match = _UNIT.match(re.split(r"/|\.\.", text.strip("[]"))[0])
    if match is None:
        return None
    year = int(match[1])
    number = float(year) if year > 0 else float(year - 1)
    month, day = int(match[2] or 0), int(match[3] or 1)
    if not 1 <= month <= 12:
        return number
    return number + (date(2001, month, min(day, 28)).timetuple().tm_yday - 1) / 366


def _in_order(first: date | None, last: date | None, text: str) -> None:
    if first and last and first > last:
        raise DateNotUnderstood(f"“{text}” ends before it begins.")


def _span(text: str) -> _Span:
    """The first and last day of one unit; nothing for an open end or a year before Christ."""
    if text in ("", ".."):
        return None, None
    match = _UNIT.match(text)
    if match is None:
        raise DateNotUnderstood(f"“{text}” is not a date we can read.")
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    _check(text, year, month, day)
    if year < 1:
        return None, None
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if month in SEASONS:
        begins = SEASONS[month][1]
        ends = (begins + 1) % 12 + 1
        in_year = min(year + (ends < begins), 9999)
        return date(year, begins, 1), date(in_year, ends, monthrange(in_year, ends)[1])
    if not day:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _check(text: str, year: int, month: int, day: int) -> None:
    if month and not 1 <= month <= 12 and (month not in SEASONS or day):
        raise DateNotUnderstood(f"“{text}” is not a date: there is no month {month}.")
    if day:
        days = monthrange(year if year > 0 else 2000, month)[1]
        if day > days:
            raise DateNotUnderstood(f"“{text}” is not a date: that month has {days} days.")
