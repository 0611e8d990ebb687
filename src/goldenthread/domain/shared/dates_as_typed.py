"""Dates as people type them, read into EDTF: 3/3/2026, March 2026, about spring 2024, before 2020.

Written for the English order (day, month, year). Two-digit years are refused: "84" is a grandmother
or a child not yet born, and a chronology may not guess.
"""

from __future__ import annotations

import re
from datetime import timedelta

from goldenthread.domain.shared.partial_date import (
    MONTHS,
    SEASONS,
    DateNotUnderstood,
    PartialDate,
    not_known,
    parse_edtf,
)

DAY = timedelta(days=1)
_UNKNOWN = {"not known", "unknown", "n/k", "nk", "?", "date not known", "not recorded"}
_ABOUT = re.compile(r"^(?:about|around|approximately|approx\.?|circa|c\.?|roughly|~)\s*(?=[\w])")
_NUMBERS = re.compile(r"^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$")
_DAY_MONTH = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]+)\.?,?[\s-]+(\d{4})$")
_MONTH_YEAR = re.compile(r"^([a-z]+)\.?,?[\s-]+(\d{4})$")
_NUMBER_YEAR = re.compile(r"^(\d{1,2})[./](\d{4})$")
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?=\d)"
)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[ap]m)?$", re.IGNORECASE)


def parse_as_typed(text: str, *, order: str = "dmy") -> PartialDate:
    """Read a date the way a person or a spreadsheet wrote it.

    `order` is "dmy" or "mdy" for dates of three numbers; four digits first are always the year.
    A time of day after the date is read past: the record counts in days.
    Raises DateNotUnderstood with a plain sentence.
    """
    return parse_edtf(_edtf_of(" ".join(text.split()), order))


def _edtf_of(text: str, order: str) -> str:
    words = _CLOCK.sub("", text).strip().lower().rstrip(".")
    if not words or words in _UNKNOWN:
        return not_known().edtf
    if text.startswith("[") or re.match(r"^(\d{4}|\.\.)?(-\d\d)*[?~%]?/", text) or _is_edtf(text):
        return text
    for reading in (_in_words_of_range, _about):
        found = reading(words, order)
        if found is not None:
            return found
    return _unit(words, order, text)


def _is_edtf(text: str) -> bool:
    return re.match(r"^\d{4}(-\d\d){0,2}[?~%]?$", text) is not None or set(text) <= set("X-")


def _about(words: str, order: str) -> str | None:
    if words.endswith(" approx") or _ABOUT.match(words):
        plain = _ABOUT.sub("", words.removesuffix(" approx")).strip()
        return _unit(plain, order, plain) + "~"
    if words.endswith("?"):
        return _unit(words[:-1].strip(), order, words) + "?"
    return None


def _in_words_of_range(words: str, order: str) -> str | None:
    """Before, after, between, from ... to, since: None when none of them is there."""
    if match := re.match(r"^(?:by|up to|until) (.+)$", words):
        return f"[..{_unit(match[1], order, words)}]"
    if match := re.match(r"^before (.+)$", words):
        first = parse_edtf(_unit(match[1], order, words)).from_min
        return f"[..{(first - DAY).isoformat()}]" if first else None
    if match := re.match(r"^after (.+)$", words):
        last = parse_edtf(_unit(match[1], order, words)).to_max
        return f"[{(last + DAY).isoformat()}..]" if last else None
    if match := re.match(r"^between (.+?) and (.+)$", words):
        return f"[{_unit(match[1], order, words)}..{_unit(match[2], order, words)}]"
    match = re.match(r"^(?:since|from) (.+?)(?: (?:onwards?|to (?:now|date|present)))?$", words)
    if match and " to " not in match[1]:
        return f"{_unit(match[1], order, words)}/.."
    if match := re.match(r"^(?:from )?(.+?)(?: to | until | – | — | - )(.+)$", words):
        end = ".." if match[2] in ("now", "date", "present", "ongoing") else None
        return f"{_unit(match[1], order, words)}/{end or _unit(match[2], order, words)}"
    return None


def _unit(words: str, order: str, whole: str) -> str:
    """One day, month, season or year, as EDTF."""
    words = _WEEKDAY.sub("", words.strip())
    if _is_edtf(words):
        return words
    if match := _NUMBERS.match(words):
        return _three_numbers(match[1], match[2], match[3], order, whole)
    if match := _DAY_MONTH.match(words):
        return f"{match[3]}-{_month(match[2], whole):02}-{int(match[1]):02}"
    if match := _NUMBER_YEAR.match(words):
        return f"{match[2]}-{int(match[1]):02}"
    if match := _MONTH_YEAR.match(words):
        season = next((n for n, (name, _) in SEASONS.items() if name == match[1]), None)
        return f"{match[2]}-{season or _month(match[1], whole):02}"
    raise DateNotUnderstood(
        f"“{whole}” is not a date we can read. "
        "Write it like 3 March 2026, March 2026 or about 2026."
    )


def _three_numbers(first: str, second: str, third: str, order: str, whole: str) -> str:
    if len(first) == 4:
        return f"{first}-{int(second):02}-{int(third):02}"
    if len(third) != 4:
        raise DateNotUnderstood(f"“{whole}”: please write the year in full, like 2026.")
    day, month = (first, second) if order == "dmy" else (second, first)
    return f"{third}-{int(month):02}-{int(day):02}"


def _month(word: str, whole: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if len(word) >= 3 and (name.startswith(word) or (word == "sept" and number == 9)):
            return number
    raise DateNotUnderstood(f"“{whole}”: “{word}” is not a month.")
