"""What a file from outside holds: sheets, headings, rows. Runs in the child only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import IO, Any

from goldenthread.interop.spreadsheets import (
    columns,
    escaping,
    headings,
    limits,
    separated,
    workbook,
)
from goldenthread.interop.spreadsheets.cells import column_letters
from goldenthread.interop.spreadsheets.headings import Headings, Merged, SheetRow
from goldenthread.interop.spreadsheets.refusals import (
    FileRefused,
    NoSuchSheet,
    NotASpreadsheet,
    PasswordProtected,
    TooManyRows,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "This is a PDF. Ask for the spreadsheet it was made from, or enter its events."),
    (b"{\\rtf", "This is a word-processor document. Copy its table into a spreadsheet."),
    (b"\x89PNG", "This is a picture, not a spreadsheet."),
    (b"\xff\xd8\xff", "This is a picture, not a spreadsheet."),
    (b"GIF8", "This is a picture, not a spreadsheet."),
    (b"7z\xbc\xaf", "This is a packed folder. Unpack it and choose one spreadsheet."),
    (b"Rar!", "This is a packed folder. Unpack it and choose one spreadsheet."),
    (b"\x1f\x8b", "This is a packed file. Unpack it and choose the spreadsheet."),
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_WORDS_OF_LIMIT = (
    f"This sheet has more than {limits.ROWS:,} rows. Split it, for example by year, "
    "and bring in the parts one after another."
)


@dataclass(frozen=True)
class Sheet:
    """One sheet and how to read it: `rows(merged)` may be called again."""

    name: str
    hidden: bool
    merged: Callable[[], list[Merged]]
    rows: Callable[[list[Merged]], Iterator[SheetRow]]
    is_separated_text: bool = False


def sheets(stream: IO[bytes], filename: str) -> list[Sheet]:
    """The sheets of the file. Raises any kind of FileRefused."""
    start = stream.read(512)
    stream.seek(0)
    if start.startswith(_OLE):
        raise _old_or_locked(stream.read(), filename)
    if start.startswith(b"PK"):
        book = workbook.open_workbook(stream)
        return [
            Sheet(part.name, part.hidden, partial(book.merged, part), partial(book.rows, part))
            for part in book.sheets
        ]
    for signature, sentence in _OTHERS:
        if start.startswith(signature):
            raise NotASpreadsheet(sentence)
    if re.match(rb"^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table|meta)", start, re.IGNORECASE):
        raise NotASpreadsheet(
            "This file is a web page named as a spreadsheet. Open it in your spreadsheet program "
            "and save it as .xlsx."
        )
    content = stream.read()
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotASpreadsheet("This file is empty.")
    name = PurePath(filename.replace("\\", "/")).name or "File"
    return [Sheet(name, False, list, lambda _: separated.rows(content), is_separated_text=True)]


def _old_or_locked(content: bytes, filename: str) -> FileRefused:
    if _ENCRYPTED in content or not filename.lower().endswith((".xls", ".doc", ".ppt", ".msg")):
        return PasswordProtected(
            "This file is protected with a password. Open it, remove the password, and save a copy."
        )
    return NotASpreadsheet(
        "This is a file of an old kind (before 2007). Open it and save it as .xlsx or .csv."
    )


def survey(sheet: Sheet) -> dict[str, Any]:
    """What is in one sheet: its headings as guessed, a sample, and how many rows follow them."""
    merged = sheet.merged()
    first: list[SheetRow] = []
    total = 0
    for row in _counted(sheet.rows(merged)):
        total += 1
        if len(first) < limits.HEADER_SEARCH_ROWS + limits.SAMPLE_ROWS:
            first.append(row)
    header_row = headings.find(first[: limits.HEADER_SEARCH_ROWS])
    named, below = Headings({}, 0), first
    if header_row is not None:
        named = headings.read(first, merged, header_row)
        below = [row for row in first if row.number > named.last_row]
    total -= len(first) - len(below)
    if total > limits.ROWS:
        raise TooManyRows(_WORDS_OF_LIMIT)
    sample = below[: limits.SAMPLE_ROWS]
    wanted = sorted(set(named.by_column) | {at for row in sample for at in row.cells})
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": total,
        "header_row": header_row,
        "headers": [named.heading(at) for at in wanted],
        "sample": [[row.cells.get(at, "")[:300] for at in wanted] for row in sample],
    }


def read(sheet: Sheet, header_row: int) -> Iterator[tuple[int, dict[str, str], list[str]]]:
    """The rows below the headings: number, cells by heading, notes.

    A `header_row` of 0 says that the sheet has no headings: columns are then called Column A and so
    on. Raises NoSuchSheet when there is nothing in the heading row.
    """
    merged: list[Merged] = sheet.merged()
    every = _counted(sheet.rows(merged))
    named = Headings({}, 0)
    waiting: list[SheetRow] = []
    if header_row:
        named, waiting = _headings(every, merged, header_row)
    ours = sheet.is_separated_text and columns.is_canonical(named.by_column.values())
    said: set[int] = set()
    for row in _from(waiting, every):
        if row.number > named.last_row:
            cells = {named.heading(at): text for at, text in row.cells.items()}
            if ours:
                cells = {heading: escaping.unescaped(text) for heading, text in cells.items()}
            hidden = [
                f"Column {column_letters(at)} is hidden in the spreadsheet."
                for at in row.hidden
                if at not in said
            ]
            said.update(row.hidden)
            yield row.number, cells, [*row.notes, *hidden, *_direction_notes(cells)]


def _headings(
    every: Iterator[SheetRow], merged: list[Merged], header_row: int
) -> tuple[Headings, list[SheetRow]]:
    """The headings, and the rows read so far that may hold data."""
    seen: list[SheetRow] = []
    for row in every:
        seen.append(row)
        if row.number >= header_row:
            break
    if not seen or seen[-1].number != header_row:
        raise NoSuchSheet(f"Row {header_row} is empty, so it cannot hold the column headings.")
    seen.extend(islice(every, 3))  # headings may be merged over rows below
    return headings.read(seen, merged, header_row), seen


def _from(waiting: list[SheetRow], every: Iterator[SheetRow]) -> Iterator[SheetRow]:
    yield from waiting
    yield from every


def _counted(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    """The rows, stopped where there are too many even if titles and headings stand above them."""
    for count, row in enumerate(rows, start=1):
        if count > limits.ROWS + limits.HEADER_SEARCH_ROWS:
            raise TooManyRows(_WORDS_OF_LIMIT)
        yield row


def _direction_notes(cells: dict[str, str]) -> Iterator[str]:
    for heading, text in cells.items():
        if not text.isascii() and _DIRECTION.search(text):
            yield (
                f"“{heading}” holds hidden characters that turn the direction of the text; "
                "it is kept as typed."
            )
