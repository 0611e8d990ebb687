"""One event of a chronology as plain values: what a row of a file says once it is understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LISTED = re.compile(r"((?:[^;\\\n]|\\.|\\\Z)*)(?:[;\n]|\Z)", re.DOTALL)


@dataclass(frozen=True)
class PlainEntry:
    """One event, in the words of the canonical columns.

    `happened`, `known_from` and the dates of `shares` are EDTF text; `happened` is XXXX-XX-XX where
    nobody knows when, the others are empty where nothing is said. `agency` and the first of each of
    `shares` are agency slugs, `kind`, `concerns`, `how_known` and `significance` stored words of
    the domain. Names in `people` have no blanks around them; a text of blanks alone is empty.
    """

    ref: str
    happened: str
    agency: str
    source: str
    how_known: str
    told_by: str
    people: tuple[str, ...]
    kind: str
    concerns: tuple[str, ...]
    text: str
    impact: str
    action: str
    known_from: str
    shares: tuple[tuple[str, str], ...]
    significance: str


def listed(text: str) -> tuple[str, ...]:
    """The several values of one cell, separated by semicolons or new lines, blanks around removed.

    A semicolon that belongs to a value is written with a backslash before it.
    """
    found = (match[1].strip() for match in _LISTED.finditer(text))
    return tuple(re.sub(r"\\([\\;])", r"\1", value) for value in found if value)


def joined(values: Iterable[str]) -> str:
    """The values as one cell that `listed` reads back."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", value) for value in values)
