"""CSV and other separated text read as a stream of rows, whatever its encoding and separator.

Bytes that cannot be read become something readable with a note on that row; nothing is dropped.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from goldenthread.interop.spreadsheets import limits
from goldenthread.interop.spreadsheets.cells import column_letters
from goldenthread.interop.spreadsheets.headings import SheetRow
from goldenthread.interop.spreadsheets.refusals import FileDamaged, NotASpreadsheet
from goldenthread.interop.spreadsheets.sheet import long_cell, too_many_columns

SEPARATORS = (",", ";", "\t", "|")
_TRIED_LINES = 200
# A row over more lines than this probably has a quotation mark that was never closed.
_LINES_OF_A_ROW = 40
_BYTE_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_TEXT_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f\x7f]")
_LOOKED_AT = 64 * 1024
_LOST = "Some characters of this row cannot be read and are shown as \ufffd."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def rows(content: bytes) -> Iterator[SheetRow]:
    """Every row that is not blank, numbered as a spreadsheet program numbers them.

    Raises NotASpreadsheet, FileDamaged or TooManyColumns.
    """
    lines = _Lines(content)
    separator = lines.separator or _separator(islice(_Lines(content), _TRIED_LINES))
    csv.field_size_limit(limits.UPLOAD_BYTES + 1)
    reader = csv.reader(lines, delimiter=separator)
    number = before = 0
    try:
        for cells in reader:
            number += 1
            row = _row(number, cells)
            if lines.given - before > _LINES_OF_A_ROW:
                row.notes.append(
                    f"This row runs over {lines.given - before:,} lines of the file. If that is "
                    "not right, a quotation mark is open at its beginning."
                )
            before = lines.given
            row.notes.extend(lines.take_notes())
            if any(not text.isspace() for text in row.cells.values()):
                yield row
    except csv.Error as error:
        raise FileDamaged(f"Row {number + 1} of this file cannot be read as a table.") from error


def _row(number: int, cells: list[str]) -> SheetRow:
    row = SheetRow(number, {})
    for column, text in enumerate(cells):
        if not text:
            continue
        if column >= limits.COLUMNS:
            if text.isspace():
                continue
            raise too_many_columns()
        if len(text) > limits.CELL_CHARACTERS:
            row.notes.append(long_cell(f"{column_letters(column)}{number}", len(text)))
            text = text[: limits.CELL_CHARACTERS + 1]
        row.cells[column] = text
    return row


def _separator(lines: Iterator[str]) -> str:
    """The separator with which most of the first rows have the same number of cells, over one."""
    tried = list(lines)
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        try:
            widths = [len(cells) for cells in csv.reader(tried, delimiter=separator) if cells]
        except csv.Error:
            continue
        wide = Counter(width for width in widths if width > 1)
        if wide:
            width, often = wide.most_common(1)[0]
            score = (round(often / len(widths), 1), width)
            if score > best_score:
                best, best_score = separator, score
    return best


class _Lines:
    """The physical lines of the file as text, with notes about what had to be mended in them."""

    def __init__(self, content: bytes) -> None:
        self._encoding, start = _encoding_of(content)
        self._content = content[start:] if start else content
        self._notes: dict[str, None] = {}
        self.given = 0
        self.separator = ""
        self._lines = self._unmended()
        self._first: list[str] = []
        for line in islice(self._lines, 1):
            told = re.match(r"^sep=(.)\s*$", line, re.IGNORECASE)
            if told:
                self.separator = told[1]
            else:
                self._first.append(line)

    def __iter__(self) -> Iterator[str]:
        yield from (self._mended(line) for line in self._first)
        yield from (self._mended(line) for line in self._lines)

    def take_notes(self) -> list[str]:
        """The notes since they were last taken, for the row just read."""
        taken = list(self._notes)
        self._notes.clear()
        return taken

    def _unmended(self) -> Iterator[str]:
        if self._encoding.startswith("utf-16"):
            text = self._content.decode(self._encoding, "replace")
            for match in _TEXT_LINES.finditer(text):
                yield self._note_lost(match[0])
        else:
            for found in _BYTE_LINES.finditer(self._content):
                yield self._decoded(found[0])

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            pass
        if self._encoding == "utf-8":
            self._notes[
                "This row is in another encoding than the rest of the file; it was read as Windows "
                "text. Check its accents and quotation marks."
            ] = None
        return self._note_lost(line.decode("cp1252", "replace"))

    def _note_lost(self, line: str) -> str:
        if "\ufffd" in line:
            self._notes[_LOST] = None
        return line

    def _mended(self, line: str) -> str:
        self.given += 1
        if "\0" in line:
            self._notes["Empty (NUL) characters in this row were left out."] = None
            line = line.replace("\0", "")
        return line


def _encoding_of(content: bytes) -> tuple[str, int]:
    """The encoding of the file and how many bytes its byte order mark takes.

    UTF-8 where all of it, or any line with letters beyond ASCII, is valid UTF-8; else Windows
    Western (cp1252), which is what spreadsheet programs in England save without asking.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    look = content[:_LOOKED_AT]
    pairs = max(len(look) // 2, 1)
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if look[first::2].count(0) > 0.4 * pairs:
            return encoding, 0
    if len(_CONTROLS.findall(look)) + look.count(0) > max(len(look) // 20, 8):
        raise NotASpreadsheet(
            "This file is not a spreadsheet we can read. Save it as .xlsx or .csv and try again."
        )
    return ("utf-8" if content.isascii() or _has_utf8_letters(content) else "cp1252"), 0


def _has_utf8_letters(content: bytes) -> bool:
    """Whether any line holds letters beyond ASCII that are valid UTF-8."""
    for found in _BYTE_LINES.finditer(content):
        if not found[0].isascii():
            with suppress(UnicodeDecodeError):
                found[0].decode("utf-8")
                return True
    return False
