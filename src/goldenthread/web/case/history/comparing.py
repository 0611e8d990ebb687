"""What one agency knew and another did not, on one day: two counted lists.

A difference in knowledge is a fact about information, never a fault of an agency: it is said in
counts and dates and no more.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from goldenthread.usecases.chronology.history_request import Asked
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.web.case.history.choices import whose_words
from goldenthread.web.case.history.sentences import KIND_LABELS
from goldenthread.web.kit.words import counted, date_in_words

# Enough of an entry to know which one is meant; the entry itself is one press away.
SHORT = 140


@dataclass(frozen=True, slots=True)
class Difference:
    """What one knew and the other did not: a sentence that counts, and the entries counted."""

    title: str
    rows: tuple[dict[str, str], ...]


def differences(
    history: History, other: History, asked: Asked, address_of
) -> tuple[Difference, ...]:
    """Both differences, or one where the first viewpoint pools every agency's knowledge."""
    assert asked.compare is not None
    one, two = whose_words(history, asked), history.agencies[asked.compare].name
    known, known_there = ({e.id for e in h.entries} for h in (history, other))
    only_here = [e for e in history.entries if e.id not in known_there]
    found = [_difference(only_here, one, two, address_of)]
    if asked.viewpoint.agency is not None:
        only_there = [e for e in other.entries if e.id not in known]
        found.append(_difference(only_there, two, one, address_of))
    return tuple(found)


def _difference(entries: list[ShownEntry], knew: str, did_not: str, address_of) -> Difference:
    title = f"{counted(len(entries), 'entry', 'entries')} known to {knew} and not to {did_not}"
    return Difference(title, tuple(_row(entry, address_of) for entry in entries))


def _row(entry: ShownEntry, address_of) -> dict[str, str]:
    return {
        "href": address_of(entry.id),
        "when": date_in_words(entry.happened, weekday=False),
        "title": f"{KIND_LABELS.get(entry.statement.kind, '')}, {entry.agency.name}",
        "text": textwrap.shorten(entry.statement.text, SHORT, placeholder=" …"),
    }
