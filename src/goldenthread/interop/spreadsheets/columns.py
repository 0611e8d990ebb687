"""The columns of a chronology, and which of an agency's own headings mean the same.

The canonical columns are the interchange layout: import, export and replay share them. The known
headings come from published chronology templates (Tayside, Care Inspectorate) and from the words
agencies use; a heading that is not known is left for a person to match, never guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.interop.spreadsheets.known_headings import KNOWN_HEADINGS


@dataclass(frozen=True)
class Column:
    """One canonical column: its name in the file, its label and what belongs in it."""

    name: str
    label: str
    meaning: str


CANONICAL: tuple[Column, ...] = (
    Column(
        "id",
        "Reference",
        "The agency's own number for the entry, so that a newer file adds only what is new.",
    ),
    Column(
        "date",
        "When it happened",
        "A day, month, year or period; “about” and “not known” are answers.",
    ),
    Column(
        "agency",
        "Agency",
        "The agency whose entry this is.",
    ),
    Column(
        "source",
        "Source",
        "The practitioner, service or record it comes from.",
    ),
    Column(
        "how_known",
        "How known",
        "Saw it, was told, read it in a record, or worked it out.",
    ),
    Column(
        "told_by",
        "Told by",
        "Who told the practitioner, if they were told.",
    ),
    Column(
        "people",
        "People",
        "Who it is about, by name or role, separated by semicolons.",
    ),
    Column(
        "kind",
        "Kind of event",
        "Visit, referral, injury, missed appointment and so on.",
    ),
    Column(
        "domain",
        "Area of concern",
        "The concern or strength it touches; several are separated by semicolons.",
    ),
    Column(
        "what",
        "What happened",
        "The event in plain words the family could read.",
    ),
    Column(
        "impact",
        "Impact on the child",
        "What it meant for the child, good or bad.",
    ),
    Column(
        "action",
        "Action taken",
        "What was done, or why nothing was.",
    ),
    Column(
        "known_from",
        "Date learned",
        "When the agency came to know it, if not on the day.",
    ),
    Column(
        "shared_with",
        "Shared with",
        "Which agencies were told, separated by semicolons.",
    ),
    Column(
        "shared_on",
        "Date shared",
        "When they were told: one date, or one for each agency in the same order.",
    ),
    Column(
        "significance",
        "Significance",
        "How much a practitioner judged it to matter.",
    ),
)
NAMES: tuple[str, ...] = tuple(column.name for column in CANONICAL)


def normal(words: str) -> str:
    """The words without case, punctuation or repeated spaces, for comparing."""
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())


_KNOWN: dict[str, str] = {}
for _column in CANONICAL:
    for _heading in (_column.name, _column.label, *KNOWN_HEADINGS[_column.name].split("|")):
        _KNOWN.setdefault(normal(_heading), _column.name)


def column_named(heading: str) -> str | None:
    """The canonical column a heading is known to mean, or None.

    Text in brackets is a gloss ("Date (dd/mm/yyyy)"): tried with it first, then without.
    """
    known = _KNOWN.get(normal(heading))
    if known is None:
        known = _KNOWN.get(normal(re.sub(r"\([^)]*\)|,.*$|:.*$", " ", heading)))
    return known


def suggest(headers: Iterable[str]) -> dict[str, str | None]:
    """For each canonical column the header that is known to mean it, or None.

    A header spelled exactly as the column wins over one that only means the same; otherwise the
    first from the left.
    """
    found: dict[str, str | None] = dict.fromkeys(NAMES)
    remaining = []
    for header in headers:
        name = normal(header).replace(" ", "_")
        if name in found and found[name] is None:
            found[name] = header
        else:
            remaining.append(header)
    for header in remaining:
        meant = column_named(header)
        if meant is not None and found[meant] is None:
            found[meant] = header
    return found


def layout_fingerprint(headers: Iterable[str]) -> str:
    """A short text that is the same for the same headings in the same order.

    Case, spacing and punctuation do not count, so an agency's layout is known again next month.
    """
    joined = "\n".join(normal(header) for header in headers)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:32]


def is_canonical(headers: Iterable[str]) -> bool:
    """Whether the headers are exactly our own columns in our own order."""
    return tuple(headers) == NAMES
