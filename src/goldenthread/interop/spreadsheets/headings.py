"""Where the column headings of a sheet are, and what they say.

Agencies put titles, dates of printing and merged group headings above the table; the row that
reads like headings is found, and headings in several merged rows are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goldenthread.interop.spreadsheets import columns
from goldenthread.interop.spreadsheets.cells import column_letters

_HEADING_LETTERS = 90
_BLOCK_ROWS = 3
_MATCH_WEIGHT = 3


class Merged(NamedTuple):
    """A merged area: rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetRow:
    """One row that is not blank: its number in the spreadsheet program, its cells by column.

    `hidden` are the columns with something in this row that the spreadsheet does not show.
    """

    number: int
    cells: dict[int, str]
    notes: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Headings:
    """The heading of each column, and the last row that belongs to the headings."""

    by_column: dict[int, str]
    last_row: int

    def heading(self, column: int) -> str:
        """The heading of a column; `Column F` where it has none."""
        return self.by_column.get(column) or f"Column {column_letters(column)}"


def find(rows: Sequence[SheetRow]) -> int | None:
    """The number of the row that reads most like column headings, or None.

    `rows` are the first rows of the sheet.
    """
    scored = [(_score(row), row.number) for row in rows]
    matched = max((score for score in scored if score[0][0] >= 2), default=None, key=_better)
    if matched is not None:
        return matched[1]
    widest = max((len(_texts(row)) for row in rows), default=0)
    for row in rows:
        texts = _texts(row)
        if len(texts) >= 2 and len(texts) * 2 > widest and all(_is_wordy(text) for text in texts):
            return row.number
    return None


def _better(scored: tuple[tuple[int, int], int]) -> tuple[int, int]:
    (matches, points), number = scored
    return matches * _MATCH_WEIGHT + points, -number


def _score(row: SheetRow) -> tuple[int, int]:
    texts = _texts(row)
    matches = sum(1 for header in columns.suggest(texts).values() if header is not None)
    wordy = len({text for text in texts if _is_wordy(text)})
    return matches, wordy - 2 * (len(texts) - wordy)


def _texts(row: SheetRow) -> list[str]:
    return [text.strip() for text in row.cells.values() if text.strip()]


def _is_wordy(text: str) -> bool:
    return len(text) <= _HEADING_LETTERS and re.match(r"^[\d\s./:,-]+$", text) is None


def read(rows: Sequence[SheetRow], merged: Sequence[Merged], header_row: int) -> Headings:
    """The headings of the table whose heading row is `header_row`, joined over merged rows.

    `rows` must hold the heading row and those above it.
    """
    by_number = {row.number: row for row in rows}
    block = _block(by_number, merged, header_row)
    parts: dict[int, list[str]] = {}
    for number in block:
        for column, text in sorted(_across(by_number[number], merged).items()):
            said = parts.setdefault(column, [])
            words = " ".join(text.split())[:200]
            if words and words not in said:
                said.append(words)
    named: dict[int, str] = {}
    taken: dict[str, int] = {}
    for column in sorted(parts):
        heading = " ".join(parts[column])
        if not heading:
            continue
        taken[heading] = taken.get(heading, 0) + 1
        named[column] = heading if taken[heading] == 1 else f"{heading} ({taken[heading]})"
    return Headings(named, max(block, default=header_row))


def _block(by_number: dict[int, SheetRow], merged: Sequence[Merged], row: int) -> list[int]:
    """The rows that together make the headings, top first."""
    first = last = row
    for area in merged:
        if area.top <= row <= area.bottom and area.bottom - area.top < _BLOCK_ROWS:
            last = max(last, area.bottom)
    while first > 1 and last - first < _BLOCK_ROWS and _belongs_above(by_number, merged, first):
        first -= 1
    return [number for number in range(first, last + 1) if number in by_number]


def _belongs_above(by_number: dict[int, SheetRow], merged: Sequence[Merged], row: int) -> bool:
    """Whether the row above is a row of group headings, not a title or a note."""
    above = by_number.get(row - 1)
    if above is None or len(_texts(above)) < 2:
        return False
    return any(
        area.top <= row - 1 <= area.bottom and (area.bottom >= row or area.right > area.left)
        for area in merged
    )


def _across(row: SheetRow, merged: Sequence[Merged]) -> dict[int, str]:
    """The cells of a heading row with each merged area's words in all its columns."""
    cells = dict(row.cells)
    for area in merged:
        if area.top <= row.number <= area.bottom and area.left in cells:
            for column in range(area.left + 1, area.right + 1):
                cells.setdefault(column, cells[area.left])
    return cells
