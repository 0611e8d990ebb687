"""What a workbook's stored value looks like to the person who typed it: dates, times, numbers.

Dates come out as ISO text whatever the cell's display format, so that no later step has to guess
between 3 June and 6 March.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

# Built-in number formats that show a date or time (ECMA-376 part 1, 18.8.30), regional ones too.
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_EPOCH_1900 = datetime(1899, 12, 30, tzinfo=UTC)
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
# (A workbook knows no time zones; UTC stands in, and no instant is made of it.)
# Excel counts a 29 February 1900 that never was: serials up to 60 are a day out.
_PHANTOM_LEAP_DAY = 60


def shows_a_date(format_code: str) -> bool:
    """Whether a custom number format displays a date or a time."""
    first = _LITERAL.sub("", format_code.split(";")[0])
    return first.lower() != "general" and re.search(r"[dmyhs]", first.lower()) is not None


def dated(stored: str, *, since_1904: bool) -> str | None:
    """ISO text for a stored date number: a day, a day and time, or a time alone.

    None when the number is no date.
    """
    try:
        serial = float(stored)
        if 0 <= serial < 1:
            return _clock(_EPOCH_1900 + timedelta(seconds=round(serial * 86_400)))
        if since_1904:
            moment = _EPOCH_1904 + timedelta(seconds=round(serial * 86_400))
        else:
            lag = 1 if serial < _PHANTOM_LEAP_DAY else 0
            moment = _EPOCH_1900 + timedelta(days=lag, seconds=round(serial * 86_400))
    except (ValueError, OverflowError):
        return None
    day = moment.date().isoformat()
    at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return day if at_midnight else f"{day} {_clock(moment)}"


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def number(stored: str) -> str:
    """The number as it is shown: 3 rather than 3.0, 0.1 rather than 0.10000000000000001."""
    text = stored.strip()
    if text.lstrip("-").isdigit():
        return text
    try:
        value = float(text)
    except ValueError:
        return stored
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def column_letters(index: int) -> str:
    """A, B, ... Z, AA for the column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(reference: str) -> tuple[int, int] | None:
    """(row from 1, column from 0) of a reference such as C4; None when it is none."""
    column = 0
    for at, letter in enumerate(reference):
        code = ord(letter)
        if 65 <= code <= 90:
            column = column * 26 + code - 64
        elif column and reference[at:].isdigit() and len(reference) - at <= 7 and at <= 3:
            return int(reference[at:]), column - 1
        else:
            return None
    return None
