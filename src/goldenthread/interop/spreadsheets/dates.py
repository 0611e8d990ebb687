"""The dates in a row: read, kept as EDTF, and checked against what a chronology can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import (
    DateNotUnderstood,
    PartialDate,
    not_known,
    parse_edtf,
)

# A file made abroad or just after midnight may be a day ahead.
_AHEAD = timedelta(days=1)
_EXPECTED = re.compile(r"\b(?:expected|due|edd|estimated date of delivery)\b", re.IGNORECASE)
_EXPECTED_DATE = re.compile(r"^\W*(?:expected|due|edd)\b(?:\s+(?:on|in|date))?\W*", re.IGNORECASE)
_TIME = re.compile(r"[ T](\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)$", re.IGNORECASE)


class DateCannotBe(DateNotUnderstood):
    """The date can be read, but the event cannot have happened then."""


@dataclass(frozen=True)
class DateRead:
    """A date from a cell and what must be said about it."""

    when: PartialDate
    note: str = ""


def read(cell: str, order: str) -> DateRead:
    """Read a cell's date; an empty cell is "not known".

    Raises DateNotUnderstood with a sentence that quotes the cell.
    """
    try:
        when = parse_as_typed(cell, order=order) if cell.strip() else not_known()
    except DateNotUnderstood as error:
        quoted = f"“{cell.strip()[:60]}”"
        said = re.sub(r"^“[^”]*”", lambda _: quoted, error.reason)
        raise DateNotUnderstood(said if quoted in said else f"{quoted}: {said}") from error
    clock = _TIME.search(cell.strip())
    note = f"The time {clock[1]} is not kept: entries are dated to the day." if clock else ""
    return DateRead(when, note)


def read_event(cell: str, order: str, *, kind: str, text: str, today: date) -> DateRead:
    """Read the date of an event.

    An event more than a day ahead of `today` is refused, unless it is a birth or pregnancy and the
    row says that the date is expected: an expected date is kept as approximate. Raises
    DateNotUnderstood or DateCannotBe.
    """
    awaited = kind in (Kind.BIRTH, Kind.PREGNANCY)
    expected = awaited and _EXPECTED_DATE.match(cell) is not None
    found = read(_EXPECTED_DATE.sub("", cell) if expected else cell, order)
    when = found.when
    if not _is_ahead(when, today):
        return found
    if awaited and (expected or when.is_approximate or _EXPECTED.search(text)):
        if not when.is_approximate and re.fullmatch(r"[\d-]+", when.edtf):
            when = parse_edtf(when.edtf + "~")
        return DateRead(when, "The date is in the future and is kept as an expected date.")
    what = "A birth" if kind == Kind.BIRTH else "An event"
    hint = " If it is the expected date, write “expected” before it." if awaited else ""
    raise DateCannotBe(f"“{cell.strip()}” is in the future. {what} cannot have happened yet.{hint}")


def read_past(cell: str, order: str, *, today: date) -> DateRead:
    """Read the date of something that must have happened. Raises as `read_event` does."""
    found = read(cell, order)
    if _is_ahead(found.when, today):
        raise DateCannotBe(f"“{cell.strip()}” is in the future.")
    return found


def _is_ahead(when: PartialDate, today: date) -> bool:
    return when.earliest is not None and when.earliest > today + _AHEAD
