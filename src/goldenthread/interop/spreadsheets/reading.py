"""Reading a spreadsheet from outside: what is in it, and its rows, without ever opening it here.

The file is parsed in a child process with limited memory and time, so that a file built to do harm
can only end the child. A person always gets one plain sentence for a file that is not read.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from goldenthread.interop.confined import outside
from goldenthread.interop.spreadsheets import limits, refusals
from goldenthread.interop.spreadsheets.refusals import (
    FileDamaged,
    FileRefused,
    ReadingTookTooLong,
    TooLarge,
)

__all__ = ["FileRefused", "RawRow", "SheetFound", "rows", "survey"]

# The longest line the child may send: one row at its limits, with room for JSON.
_LINE_BYTES = 32 * limits.MEGABYTE


@dataclass(frozen=True)
class SheetFound:
    """One sheet of a file, as found.

    `rows` counts the rows that are not blank below the headings; `header_row` is the row the
    headings were guessed to be in (the lowest, where several are merged), None where no row looks
    like headings; `sample` has the first rows' cells in the order of `headers`.
    """

    name: str
    hidden: bool
    rows: int
    header_row: int | None
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class RawRow:
    """One row as typed: its number in the spreadsheet program, cells by heading, notes about it."""

    number: int
    cells: dict[str, str]
    notes: tuple[str, ...] = ()


def survey(content: bytes, filename: str) -> tuple[SheetFound, ...]:
    """Say what is in the file: every sheet, hidden ones marked.

    Raises a FileRefused with a plain sentence.
    """
    found = []
    with closing(_ask(content, ["survey", filename])) as answers:
        for answer in answers:
            told = answer["sheet"]
            told["headers"] = tuple(told["headers"])
            told["sample"] = tuple(tuple(row) for row in told["sample"])
            found.append(SheetFound(**told))
    return tuple(found)


def rows(content: bytes, filename: str, sheet: str, header_row: int) -> Iterator[RawRow]:
    """Give the rows of one sheet below its headings, one at a time.

    `header_row` 0 says there are no headings (columns are called Column A, ...). Raises a
    FileRefused with a plain sentence, perhaps after some rows: keep nothing until the end is
    reached.
    """
    with closing(_ask(content, ["rows", filename, sheet, str(header_row)])) as answers:
        for answer in answers:
            number, cells, notes = answer["row"]
            yield RawRow(number, cells, tuple(notes))


def _ask(content: bytes, request: list[str]) -> Generator[dict[str, Any], None, None]:
    """Run the child on the file and give its answers; the child is gone when this ends."""
    if len(content) > limits.UPLOAD_BYTES:
        raise TooLarge(
            f"This file is larger than {limits.UPLOAD_BYTES // limits.MEGABYTE} MB. "
            "Split it, or remove pictures from it."
        )
    child = outside.Child(
        program="goldenthread.interop.spreadsheets.child",
        refusals=refusals.BY_NAME,
        otherwise=FileRefused,
        took_too_long=ReadingTookTooLong(
            f"Reading this file took longer than {limits.SECONDS} seconds and was stopped. "
            "Split it, for example by year, and try again."
        ),
        broken=FileDamaged(
            "This file cannot be read. Open it, save it again as .xlsx, and try again."
        ),
        line_too_long=FileDamaged("A row of this file is too long to read."),
        seconds=limits.SECONDS,
        line_bytes=_LINE_BYTES,
    )
    yield from outside.ask(content, request, child)
