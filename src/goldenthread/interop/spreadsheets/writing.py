"""Chronologies written as files in the canonical columns: what is written can be read back whole.

Nothing written is ever a live formula: in XLSX every cell says that it is text, in CSV dangerous
cells carry an apostrophe (see `escaping`). A workbook says who made it, when, and whose knowledge
it shows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from goldenthread.domain.addresses.sheet_line import EXCEL_HOLDS
from goldenthread.domain.shared.partial_date import NOT_KNOWN
from goldenthread.interop.spreadsheets import columns, escaping, shares
from goldenthread.interop.spreadsheets.entries import PlainEntry, joined

# Characters that XML cannot hold as they are, and texts that already look like their spelling.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_PRINTED = re.compile("[\x00-\x1f\x7f\ufffe\uffff]")
A4 = "9"  # as spreadsheet programs number papers
_CUT = " … (all of it: “About this file”)"
_WIDTHS = {"what": 60, "impact": 40, "action": 40, "people": 24, "source": 24, "id": 12}


def cells_of(entry: PlainEntry) -> tuple[str, ...]:
    """The entry's cells in the order of the canonical columns, as a person would type them."""
    shared_with, shared_on = shares.written(entry.shares)
    return (
        entry.ref,
        "" if entry.happened == NOT_KNOWN else entry.happened,
        entry.agency,
        entry.source,
        entry.how_known,
        entry.told_by,
        joined(entry.people),
        entry.kind,
        ";".join(entry.concerns),
        entry.text,
        entry.impact,
        entry.action,
        entry.known_from,
        shared_with,
        shared_on,
        entry.significance,
    )


def write_csv(entries: Iterable[PlainEntry], out: IO[bytes]) -> None:
    """Write the entries as the canonical CSV: UTF-8, a header row, every cell quoted."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns.NAMES)
    for entry in entries:
        writer.writerow([escaping.escaped(cell) for cell in cells_of(entry)])
    text.flush()
    text.detach()


def write_xlsx(
    entries: Iterable[PlainEntry], out: IO[bytes], *, made: str, header: str, footer: str
) -> None:
    """Write the entries as a workbook: the sheet Chronology, then About this file.

    `made` says who made it, when, and from what viewpoint; it may hold several lines. `header` and
    `footer` are printed on every sheet of paper: who made it and when, and for whom.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Chronology")
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns.CANONICAL, start=1):
        letters = sheet.column_dimensions[_letter(at)]
        letters.width = _WIDTHS.get(column.name, 18)
    sheet.append([_cell(sheet, name, bold=True) for name in columns.NAMES])
    for entry in entries:
        sheet.append([_cell(sheet, text) for text in cells_of(entry)])
    _write_about(book.create_sheet("About this file"), made)
    for one in book.worksheets:
        _mark(one, header, footer)
    book.save(out)


def _mark(sheet: WriteOnlyWorksheet, header: str, footer: str) -> None:
    """Say on each printed sheet whose it is; paper lies across."""
    sheet.HeaderFooter.oddHeader.left.text = _of_sheet(header)
    sheet.HeaderFooter.oddFooter.left.text = _of_sheet(footer)
    sheet.HeaderFooter.oddFooter.right.text = "Page &P of &N"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4


def _of_sheet(words: str) -> str:
    """Words as a header holds them: "&" begins a mark of the program's, so each is doubled.

    What is longer than the program holds is cut, and says where the whole of it stands.
    """
    plain = " ".join(_NOT_PRINTED.sub(" ", words).split())
    most = EXCEL_HOLDS - len("&L") - len("&RPage &P of &N")
    if len(_doubled(plain)) <= most:
        return _doubled(plain)
    while len(_doubled(plain)) + len(_CUT) > most:
        plain = plain[:-1]
    return _doubled(plain) + _CUT


def _doubled(words: str) -> str:
    return words.replace("&", "&&")


def _write_about(sheet: WriteOnlyWorksheet, made: str) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 90
    for line in made.splitlines():
        sheet.append([_cell(sheet, "Made", bold=True), _cell(sheet, line)])
    sheet.append([])
    for name, meaning in _meanings():
        sheet.append([_cell(sheet, name, bold=True), _cell(sheet, meaning)])


def _meanings() -> Iterator[tuple[str, str]]:
    for column in columns.CANONICAL:
        yield column.name, f"{column.label}. {column.meaning}"


_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> WriteOnlyCell | None:
    """A cell that is text whatever it begins with; None for nothing."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet)
    # Set past openpyxl's guessing: a text that begins with "=" would become a formula.
    cell._value = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    cell.data_type = "s"
    cell.alignment = _WRAPPED
    if bold:
        cell.font = _BOLD
    if escaping.is_dangerous(text):
        cell.quotePrefix = True
    return cell


def _letter(at: int) -> str:
    return chr(64 + at)
