"""Dates as GEDCOM writes them, read into EDTF and written back.

    12 MAY 1990                 1990-05-12       BEF 1990                 [..1989]
    ABT 1990, EST 1990          1990~            AFT MAY 1990             [1990-06..]
    BET 1990 AND 1992           [1990..1992]     FROM 1990 TO 1992        1990/1992
    44 B.C.                     -0043            FROM 1990                1990/..

Both versions are read, and what programs are known to write besides. Julian dates are turned into
ours. French and Hebrew dates, and words, are not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate
from goldenthread.interop.genealogy.any_year import parse_any_year

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_FULL = (
    "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER SEPT"
).split()
_CALENDAR = re.compile(r"@#D([A-Z ]+)@ ?|^(GREGORIAN|JULIAN|FRENCH_R|HEBREW) ")
_UNIT = re.compile(
    r"^(?:(?:(\d{1,2})(?:ST|ND|RD|TH)? )?([A-Z]{3,9})\.?,? )?"
    r"(\d{1,4})(?:/(\d{2}))?( B\.?C\.?(?:E\.?)?)?$"
)
_MONTH_FIRST = re.compile(r"^([A-Z]{3,9})\.? (\d{1,2})(?:ST|ND|RD|TH)?, (\d{4})$")
_ISO = re.compile(r"^(\d{4})[-./](\d{2})[-./](\d{2})$")
_ABOUT = re.compile(r"^(?:ABT|ABOUT|EST|CAL|CIRCA|CA|C|INT)\.? |^~ ?")
_DAY = timedelta(days=1)


def parse_gedcom_date(text: str) -> PartialDate:
    """Read a date of a GEDCOM file. Raises DateNotUnderstood with a plain sentence."""
    if len(text) > 120:
        raise DateNotUnderstood("The text is too long for a date.")
    words = " ".join(text.upper().split())
    calendars = {name.strip() for pair in _CALENDAR.findall(words) for name in pair if name}
    words = _CALENDAR.sub("", words).strip()
    if calendars - {"GREGORIAN", "JULIAN"}:
        raise DateNotUnderstood(f"“{text}” is in a calendar that is not read.")
    return parse_any_year(_edtf(words, is_julian="JULIAN" in calendars))


def _edtf(words: str, *, is_julian: bool) -> str:
    if match := re.match(r"^(?:BET|BETWEEN)\.? (.+?) (?:AND|-) (.+)$", words):
        return f"[{_unit(match[1], is_julian)}..{_unit(match[2], is_julian)}]"
    if match := re.match(r"^(\d{3,4}) ?- ?(\d{3,4})$", words):
        return f"[{int(match[1]):04}..{int(match[2]):04}]"
    if match := re.match(r"^FROM (.+?) TO (.+)$", words):
        return f"{_unit(match[1], is_julian)}/{_unit(match[2], is_julian)}"
    if match := re.match(r"^FROM (.+)$", words):
        return f"{_unit(match[1], is_julian)}/.."
    if match := re.match(r"^TO (.+)$", words):
        return f"../{_unit(match[1], is_julian)}"
    if match := re.match(r"^(?:BEF|BEFORE|<)\.? ?(.+)$", words):
        return f"[..{_beside(_unit(match[1], is_julian), -1)}]"
    if match := re.match(r"^(?:AFT|AFTER|>)\.? ?(.+)$", words):
        return f"[{_beside(_unit(match[1], is_julian), 1)}..]"
    if match := _ABOUT.match(words):
        plain = re.sub(r" ?\(.*\)$", "", words[match.end() :])
        return _unit(plain, is_julian) + "~"
    if words.endswith("?"):
        return _unit(words[:-1].strip(), is_julian) + "?"
    return _unit(words, is_julian)


def _unit(words: str, is_julian: bool) -> str:
    """One day, month or year as EDTF text."""
    if match := _ISO.match(words):
        return f"{match[1]}-{match[2]}-{match[3]}"
    if match := _MONTH_FIRST.match(words):
        words = f"{match[2]} {match[1]} {match[3]}"
    match = _UNIT.match(words)
    if match is None:
        raise DateNotUnderstood(f"“{words}” is not a date we can read.")
    year = int(match[3])
    if match[4]:  # 11 FEB 1731/32: the year began in March then; the second number is ours
        year += (int(match[4]) - year) % 100 == 1
    if match[5]:
        year = 1 - year
    written = f"{year:04}" if year >= 0 else f"-{-year:04}"
    if match[2] is None:
        return written
    month = _month(match[2], words)
    if match[1] is None:
        return f"{written}-{month:02}"
    if is_julian and year > 0:
        return _from_julian(year, month, int(match[1])).isoformat()
    return f"{written}-{month:02}-{int(match[1]):02}"


def _month(word: str, whole: str) -> int:
    if word in MONTHS:
        return MONTHS.index(word) + 1
    if word in _FULL:
        return MONTHS.index(word[:3]) + 1
    raise DateNotUnderstood(f"“{whole}” is not a date: “{word}” is no month.")


def _from_julian(year: int, month: int, day: int) -> date:
    """The same day in our calendar. Days run from 1 March, so that a leap day comes last."""
    years, months = (year, month - 3) if month > 2 else (year - 1, month + 9)
    days = 365 * years + years // 4 + (153 * months + 2) // 5 + day - 1
    try:
        return date.fromordinal(days - 307)
    except (ValueError, OverflowError) as error:
        raise DateNotUnderstood("That day cannot be turned into our calendar.") from error


def _beside(edtf: str, way: int) -> str:
    """The unit of the same length just before (-1) or after (1) this one."""
    when = parse_any_year(edtf)
    if edtf.count("-") == 2 and when.from_min:
        return (when.from_min + way * _DAY).isoformat()
    sign, plain = (-1, edtf[1:]) if edtf.startswith("-") else (1, edtf)
    year, _, month = plain.partition("-")
    number = sign * int(year)
    if month:
        months = number * 12 + int(month) - 1 + way
        number, month = months // 12, f"-{months % 12 + 1:02}"
    else:
        number += way
    return (f"{number:04}" if number >= 0 else f"-{-number:04}") + month


def gedcom_date_of(when: PartialDate, *, version: int) -> tuple[str, bool]:
    """The date as GEDCOM of version 5 or 7 writes it, "" where it cannot; and whether all of it.

    Uncertain and approximate are one and the same in GEDCOM, and a season is three months.
    """
    text = when.edtf
    before_christ = "BCE" if version == 7 else "B.C."
    if text.startswith("["):
        early, late = text[1:-1].split("..", 1)
        whole = not any(mark in text for mark in "?~%")
        if early and late:
            return (
                f"BET {_words(early, before_christ)} AND {_words(late, before_christ)}",
                whole and not _season(early) and not _season(late),
            )
        word, unit, way = ("BEF", late, 1) if late else ("AFT", early, -1)
        if _season(unit):
            return "", False
        return f"{word} {_words(_beside(unit.rstrip('?~%'), way), before_christ)}", whole
    if "/" in text:
        start, end = (part.strip(".") for part in text.split("/", 1))
        words = [f"FROM {_words(start, before_christ)}"] if start else []
        words += [f"TO {_words(end, before_christ)}"] if end else []
        lost = any(mark in text for mark in "?~%") or _season(start) or _season(end)
        return " ".join(words), not lost
    if not when.is_known and text.startswith("X"):
        return "", True
    if _season(text):
        months = when.from_min, when.to_max
        if None in months:
            return "", False
        first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in months if day)
        return f"BET {first} AND {last}", False
    about = "ABT " if text[-1] in "?~%" else ""
    return about + _words(text, before_christ), text[-1] not in "?%"


def _season(unit: str) -> bool:
    return re.match(r"^-?\d{4}-2[1-4][?~%]?$", unit) is not None


def _words(unit: str, before_christ: str) -> str:
    """One unit in GEDCOM's words; a season by its first month."""
    unit = unit.rstrip("?~%")
    sign, plain = (-1, unit[1:]) if unit.startswith("-") else (1, unit)
    year, *rest = (int(part) for part in plain.split("-"))
    year *= sign
    words = f"{year}" if year > 0 else f"{1 - year} {before_christ}"
    if rest:
        month = rest[0] if rest[0] <= 12 else (rest[0] - 20) * 3
        words = f"{MONTHS[month - 1]} {words}"
    if len(rest) == 2:
        words = f"{rest[1]} {words}"
    return words
