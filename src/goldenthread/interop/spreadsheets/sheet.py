"""One sheet of a workbook, tag by tag, into rows: what each cell shows and what must be said of it.

A formula is never worked out and never kept as one: its shown value is taken and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from goldenthread.interop.spreadsheets import cells, limits, markup
from goldenthread.interop.spreadsheets.cells import column_letters
from goldenthread.interop.spreadsheets.headings import Merged, SheetRow
from goldenthread.interop.spreadsheets.refusals import TooManyColumns
from goldenthread.interop.spreadsheets.texts import Collected, SharedTexts

_MERGED = re.compile(rb'mergeCell [^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 200
_ON = ("1", "true")


def merged_areas(chunks: Iterable[bytes]) -> list[Merged]:
    """The merged areas of a sheet.

    They stand after the rows, so the bytes are searched for them before the rows are read.
    """
    found: dict[Merged, None] = {}
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        for match in _MERGED.finditer(window):
            first = cells.place((match[1] + match[2]).decode())
            last = cells.place((match[3] + match[4]).decode())
            if first and last and len(found) < limits.MERGED_AREAS:
                (top, left), (bottom, right) = first, last
                found[Merged(top, left, bottom, min(right, limits.COLUMNS))] = None
        tail = window[-_OVERLAP:]
    return sorted(found)


def long_cell(where: str, length: int) -> str:
    """The note about a cell with more characters than can be kept."""
    return (
        f"Cell {where} holds {length:,} characters; at most {limits.CELL_CHARACTERS:,} can be kept."
    )


def too_many_columns() -> TooManyColumns:
    """The refusal of a sheet that is too wide."""
    return TooManyColumns(
        f"This sheet has more than {limits.COLUMNS} columns. Remove those that are not needed."
    )


class SheetReader:
    """Reads one sheet once; `rows` gives the rows that are not blank."""

    def __init__(
        self, *, texts: SharedTexts, date_styles: frozenset[int], since_1904: bool
    ) -> None:
        self._texts = texts
        self._date_styles = date_styles
        self._since_1904 = since_1904
        self._ready: list[SheetRow] = []
        self._hidden_columns: set[int] = set()
        self._row = SheetRow(0, {})
        self._column = -1
        self._kind = ""
        self._style = ""
        self._value: Collected | None = None
        self._formula: Collected | None = None
        self._reading: Collected | None = None
        self._phonetic = False

    def rows(self, chunks: Iterable[bytes], merged: Sequence[Merged]) -> Iterator[SheetRow]:
        """Every row that is not blank, from the top. Raises TooManyColumns and the kinds of
        FileRefused that say a part is damaged or unsafe.
        """
        fill = _Downwards(merged)
        for _ in markup.feed(chunks, start=self._start, end=self._end, text=self._text):
            for row in self._ready:
                fill.complete(row)
                yield row
            self._ready.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag if ":" not in tag else markup.local(tag)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self._value = self._reading = Collected()
        elif tag == "t":
            if not self._phonetic:
                self._value = self._reading = self._value or Collected()
        elif tag == "f":
            self._formula = self._reading = Collected()
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "col" and attributes.get("hidden") in _ON:
            self._hide_columns(attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r", "")
        number = int(given) if given.isdigit() and len(given) < 9 else self._row.number + 1
        self._row = SheetRow(number, {})
        self._column = -1
        if attributes.get("hidden") in _ON:
            self._row.notes.append(f"Row {number} is hidden in the spreadsheet.")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = cells.place(attributes.get("r", ""))
        self._column = self._column + 1 if place is None else place[1]
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = self._formula = None

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdigit() and last.isdigit():
            last_column = min(int(last), limits.COLUMNS)
            self._hidden_columns.update(range(int(first) - 1, last_column))

    def _text(self, piece: str) -> None:
        if self._reading is not None:
            self._reading.add(piece)

    def _end(self, tag: str) -> None:
        tag = tag if ":" not in tag else markup.local(tag)
        if tag in ("v", "t", "f"):
            self._reading = None
        elif tag == "c":
            self._end_cell()
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "row" and any(not text.isspace() for text in self._row.cells.values()):
            self._ready.append(self._row)

    def _end_cell(self) -> None:
        text, length = self._shown()
        if self._formula is not None:
            text = self._say_formula(text)
        if not text:
            return
        if self._column >= limits.COLUMNS:
            if text.isspace():
                return
            raise too_many_columns()
        if length > limits.CELL_CHARACTERS:
            self._row.notes.append(long_cell(self._where(), length))
        if self._column in self._hidden_columns and not text.isspace():
            self._row.hidden.append(self._column)
        self._row.cells[self._column] = text

    def _shown(self) -> tuple[str, int]:
        """What the cell shows and how long it really is."""
        if self._value is None:
            return "", 0
        kind = self._kind
        if kind in ("inlineStr", "str"):
            return self._value.shown()
        stored = self._value.stored()
        if kind == "s":
            text, length = self._texts.at(stored.strip())
            if length < 0:
                self._row.notes.append(f"The text of cell {self._where()} is missing in the file.")
            return text, length
        return self._plain(stored, kind), 0

    def _plain(self, stored: str, kind: str) -> str:
        if not stored.strip():
            return ""
        if kind == "b":
            return "TRUE" if stored.strip() in _ON else "FALSE"
        if kind == "e":
            self._row.notes.append(f"Cell {self._where()} shows the error {stored[:20]}.")
            return stored
        if kind == "d":
            return stored.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        if self._style.isdigit() and int(self._style) in self._date_styles:
            dated = cells.dated(stored, since_1904=self._since_1904)
            if dated is not None:
                return dated
        return cells.number(stored)

    def _say_formula(self, shown: str) -> str:
        if shown:
            self._row.notes.append(
                f"Cell {self._where()} holds a formula; its shown value was taken."
            )
            return shown
        self._row.notes.append(
            f"Cell {self._where()} holds a formula that shows nothing; its own text was taken."
        )
        return "=" + (self._formula.shown()[0] if self._formula else "")

    def _where(self) -> str:
        return f"{column_letters(self._column)}{self._row.number}"


class _Downwards:
    """Gives the rows under a cell merged downwards the words their reader sees beside them."""

    def __init__(self, merged: Sequence[Merged]) -> None:
        self._waiting = [area for area in merged if area.bottom > area.top][::-1]
        self._open: list[tuple[Merged, str]] = []

    def complete(self, row: SheetRow) -> None:
        while self._waiting and self._waiting[-1].top <= row.number:
            area = self._waiting.pop()
            text = row.cells.get(area.left, "") if area.top == row.number else ""
            if text and not text.isspace():
                self._open.append((area, text))
        self._open = [(area, text) for area, text in self._open if area.bottom >= row.number]
        for area, text in self._open:
            if row.number > area.top and not row.cells.get(area.left, "").strip():
                row.cells[area.left] = text
                column = column_letters(area.left)
                row.notes.append(
                    f"Cell {column}{row.number} is merged with {column}{area.top}; "
                    "its words were taken."
                )
