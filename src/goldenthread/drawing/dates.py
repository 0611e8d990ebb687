"""Dates on a drawing: short, and never firmer than they were said."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.shared.partial_date import MONTHS, SEASONS, PartialDate

NOT_KNOWN = "date not known"


def day(when: date) -> str:
    """One day in full: "3 March 2026"."""
    return f"{when.day} {MONTHS[when.month - 1].title()} {when.year}"


def short(when: PartialDate | None) -> str:
    """A date as a label says it: "3 Mar 2026", "about 2018", "by 2020"; empty where not known.

    Of a period it is the beginning.
    """
    if when is None or not when.is_known:
        return ""
    text = when.edtf
    if text.startswith("["):
        early, late = text[1:-1].split("..", 1)
        return f"by {_unit(late, 3)}" if not early else f"after {_unit(early, 3)}"
    start, _, end = text.partition("/")
    return _unit(start, 3) if start not in ("", "..") else f"until {_unit(end, 3)}"


def year(when: PartialDate | None) -> str:
    """The year a thing began in, as far as it is known: "2016", "c 2016"; empty where not known."""
    if when is None or not when.is_known:
        return ""
    first = when.from_min or when.from_max
    if first is None:
        return ""
    wide = when.from_min and when.from_max and when.from_min.year != when.from_max.year
    return f"c {first.year}" if when.is_approximate or wide else str(first.year)


def in_words(when: PartialDate | None) -> str:
    """When a thing was so, in full: "since about June 2026", "from 2016 to February 2023"."""
    if when is None or not when.is_known:
        return NOT_KNOWN
    text = when.edtf
    if text.startswith("["):
        early, late = text[1:-1].split("..", 1)
        if early and late:
            return f"between {_unit(early)} and {_unit(late)}"
        return f"on or before {_unit(late)}" if late else f"on or after {_unit(early)}"
    start, slash, end = text.partition("/")
    if not slash:
        return _unit(start)
    if start in ("", ".."):
        return f"until {_unit(end)}"
    if end == "..":
        return f"since {_unit(start)}"
    return f"from {_unit(start)}, end not known" if not end else f"{_unit(start)} to {_unit(end)}"


def _unit(text: str, letters: int = 99) -> str:
    """One year, month, season or day; months cut to so many letters."""
    mark = text[-1] if text[-1:] in ("~", "?", "%") else ""
    parts = text.removesuffix(mark).split("-")
    doubt = {"~": "about ", "?": "possibly ", "%": "possibly about "}.get(mark, "")
    if len(parts) == 1:
        return doubt + parts[0]
    month = int(parts[1])
    name = SEASONS[month][0] if month in SEASONS else MONTHS[month - 1].title()[:letters]
    of_month = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{doubt}{of_month}{name} {parts[0]}"
