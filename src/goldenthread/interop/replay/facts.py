"""From the rows of a chronology to what the patterns read.

Three rules for what a row does not say. Nobody said when its agency knew: the latest day on which
it can have happened stands in. An agency was told and no day is given: the day its own agency knew.
No day can be found at all: the row is left out, and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.interop.spreadsheets.entries import PlainEntry


@dataclass(frozen=True, slots=True)
class Placed:
    """The facts of a file, the rows they were made of, and those no day could be found for.

    `rows` gives, by the id of a fact, the number of its row and the row.
    """

    facts: tuple[Fact, ...]
    without_day: tuple[int, ...]
    rows: Mapping[str, tuple[int, PlainEntry]] = field(default_factory=dict)


def facts_of(rows: Iterable[tuple[int, PlainEntry]], *, by_event: bool = False) -> Placed:
    """Make a fact of each numbered row; `by_event` takes the day it happened for the day known.

    A row without a reference is called by its number, and one whose reference is another row's too
    gets its number added, so that every id is one row's own.
    """
    rows = tuple(rows)
    often = Counter(entry.ref.strip() for _, entry in rows)
    facts: list[Fact] = []
    without_day: list[int] = []
    made_of: dict[str, tuple[int, PlainEntry]] = {}
    for number, entry in rows:
        ref = entry.ref.strip()
        called = ref if often[ref] == 1 and ref else f"{ref} (row {number})".strip(" ")
        id = called if ref else f"row {number}"
        fact = _fact(id, entry, by_event=by_event)
        if fact is None:
            without_day.append(number)
        else:
            facts.append(fact)
            made_of[id] = (number, entry)
    return Placed(tuple(facts), tuple(without_day), made_of)


def _fact(id: str, entry: PlainEntry, *, by_event: bool) -> Fact | None:
    happened = parse_edtf(entry.happened)
    known = None if by_event or not entry.known_from else latest(parse_edtf(entry.known_from))
    known = known or latest(happened) or _first_told(entry)
    if known is None:
        return None
    return Fact(
        id=id,
        agency=entry.agency,
        kind=entry.kind,
        happened=happened,
        known_from=known,
        people=tuple(dict.fromkeys(_said(person) for person in entry.people)),
        concerns=frozenset(entry.concerns),
        how_known=entry.how_known,
        told_by=entry.told_by,
        text=f"{entry.text} {entry.impact} {entry.action}",
        told=tuple((agency, _told_on(when, known)) for agency, when in entry.shares if agency),
    )


def latest(when: PartialDate) -> date | None:
    """The latest day the words allow for when it was; of what goes on, when it began."""
    return when.to_max or when.from_max or when.from_min


def _told_on(when: str, known: date) -> date:
    told = latest(parse_edtf(when)) if when else None
    return max(told, known) if told else known


def _first_told(entry: PlainEntry) -> date | None:
    days = [latest(parse_edtf(when)) for _, when in entry.shares if when]
    return min((day for day in days if day), default=None)


def _said(person: str) -> str:
    """A person's role or name in one spelling: apostrophes and spaces as typed elsewhere."""
    return " ".join(person.replace("’", "'").split())
