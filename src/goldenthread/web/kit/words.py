"""Dates, times, ways of knowing and lists, in the words people say them in.

Every page, file and drawing takes its words from here, so that one date never reads two ways.
Answers the finding that the origin of information was unclear: *how* somebody knows is always a
phrase a reader can weigh. It must never widen, round or sharpen what was said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from goldenthread.domain.provenance.statement import SOURCE_PROTECTED
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, HowKnown, KnownBasis
from goldenthread.domain.shared.counting import counted as counted
from goldenthread.domain.shared.instants import LONDON, day_of
from goldenthread.domain.shared.partial_date import MONTHS, SEASONS, PartialDate, parse_edtf

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOT_KNOWN = "not known"


def day_in_words(day: date, *, weekday: bool = False) -> str:
    """One day: "3 March 2026", or "Tuesday 3 March 2026"."""
    words = f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {words}" if weekday else words


def instant_in_words(instant: datetime) -> str:
    """A moment in England: "3 March 2026 at 14:02"."""
    return f"{day_in_words(day_of(instant))} at {instant.astimezone(LONDON):%H:%M}"


def day_of_instant(instant: datetime, *, weekday: bool = False) -> str:
    """The day in England a moment falls on: "3 March 2026"."""
    return day_in_words(day_of(instant), weekday=weekday)


def date_in_words(when: PartialDate, *, weekday: bool = True) -> str:
    """When something happened, as it was said: "about spring 2024", "not known", and the like.

    Exact days carry their weekday unless `weekday` is false; periods and limits never do.
    """
    return _said(when.edtf, weekday) if when.is_known else NOT_KNOWN


@lru_cache(maxsize=4096)  # a history says its days many times over, and so does the next reader's
def _said(text: str, weekday: bool) -> str:
    if text.startswith("["):
        return _one_of(text)
    if "/" in text:
        return _period(text)
    return _unit(text, weekday=weekday)


def _one_of(text: str) -> str:
    early, late = text[1:-1].split("..", 1)
    if not early:
        return f"on or before {_unit(late)}"
    if not late:
        return f"on or after {_unit(early)}"
    return f"between {_unit(early)} and {_unit(late)}"


def _period(text: str) -> str:
    start, _, end = text.partition("/")
    if start in ("", ".."):
        return f"until {_unit(end)}"
    if end == "..":
        return f"since {_unit(start)}, still going on"
    if end == "":
        return f"from {_unit(start)}, end not known"
    return f"from {_unit(start)} to {_unit(end)}"


def _unit(text: str, *, weekday: bool = False) -> str:
    """One year, month, season or day, with "about" or "possibly" when it was said so."""
    mark = text[-1] if text[-1] in "~?%" else ""
    parts = text.removesuffix(mark).split("-") if mark else text.split("-")
    doubt = {"~": "about ", "?": "possibly ", "%": "possibly about ", "": ""}[mark]
    if len(parts) == 3:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
        return doubt + day_in_words(day, weekday=weekday and not mark)
    if len(parts) == 2:
        month = int(parts[1])
        name = SEASONS[month][0] if month in SEASONS else MONTHS[month - 1].title()
        return f"{doubt}{name} {parts[0]}"
    return doubt + parts[0]


def machine_date(when: PartialDate) -> str | None:
    """The value of `<time datetime>` for a date HTML can carry: an exact day, month or year."""
    if when.is_exact:
        return when.edtf
    plain = not when.is_period and not when.is_approximate and not when.edtf.startswith("[")
    season = len(when.edtf) == 7 and when.edtf[5:].isdigit() and int(when.edtf[5:]) in SEASONS
    return when.edtf if when.is_known and plain and not season else None


def known_in_words(known_at: datetime, basis: str) -> str:
    """Since when an agency knew, as firmly as it was said."""
    if basis == KnownBasis.EXACT:
        return instant_in_words(known_at)
    if basis == KnownBasis.ABOUT:
        return f"about {day_of_instant(known_at)}"
    if basis == KnownBasis.ASSUMED:
        return f"{day_of_instant(known_at)} (not stated; taken from the date of the event)"
    return day_of_instant(known_at)


def told_in_words(known_from: datetime, told: str | None) -> str:
    """The day from which an agency knows, as it was stated: "20 March 2026", "about March 2026".

    `told` is EDTF text as `Knower.told`; where nobody said when, the day it counts from is said to
    be that alone.
    """
    if told:
        return date_in_words(parse_edtf(told), weekday=False)
    counted_from = day_of_instant(known_from)
    return counted_from if told is None else f"{counted_from} at the latest (day not stated)"


def how_known_in_words(how: str, *, who: str = "", informant: str = "") -> str:
    """How it is known, as a phrase: "Seen or heard by the health visitor", "Told by the mother".

    `who` is the person who makes the statement; `informant` whoever told them.
    """
    if informant == SOURCE_PROTECTED and how == HowKnown.NOT_RECORDED:
        return SOURCE_PROTECTED
    by = f" by {who}" if who else ""
    if how == HowKnown.SAW:
        return f"Seen or heard{by}"
    if how == HowKnown.TOLD:
        told = f"Told by {informant}" if informant else "Told"
        return f"{told} to {who}" if who else told
    if how == HowKnown.RECORD:
        source = f" ({informant})" if informant else ""
        return f"Read in a record{by}{source}"
    if how == HowKnown.INFERRED:
        return f"Worked out{by}"
    return "How it is known was not recorded"


def came_to_know(level: str) -> str:
    """How an agency came to know: its own entry, told, sent, or opened."""
    return {
        AwarenessLevel.ORIGINATED: "its own entry",
        AwarenessLevel.TOLD: "was told",
        AwarenessLevel.DELIVERED: "was sent it",
        AwarenessLevel.OPENED: "opened and read it",
    }.get(level, level)


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """A list as it is read out: "police, school and housing"; empty when there is nothing."""
    items = [item for item in words if item]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def more(number: int) -> str:
    """That there are more than are shown: "1 more is", "3 more are"; empty where there are none."""
    return f"{number:,} more {'is' if number == 1 else 'are'}" if number > 0 else ""
