"""An XLSX workbook read as a stream of rows, in one pass, in bounded memory.

Written for files from outside: a cell gives its shown value *and* the fact that it holds a formula,
hidden rows, columns and sheets are said, and a sheet is never held in memory whole. (The general
readers give either the formula or the value, hold the sheet, or drop what is hidden.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from goldenthread.interop.spreadsheets import cells, limits, markup
from goldenthread.interop.spreadsheets.archive import Archive
from goldenthread.interop.spreadsheets.headings import Merged, SheetRow
from goldenthread.interop.spreadsheets.refusals import NotASpreadsheet
from goldenthread.interop.spreadsheets.sheet import SheetReader, merged_areas
from goldenthread.interop.spreadsheets.texts import SharedTexts

NO_WORKBOOK = "This file is not a spreadsheet we can read. Save it as .xlsx or .csv and try again."
_ON = ("1", "true", "on")


@dataclass(frozen=True)
class SheetPart:
    """A sheet named in the workbook and where it lies in the archive."""

    name: str
    hidden: bool
    part: str


@dataclass
class _Relation:
    kind: str
    target: str


@dataclass
class Workbook:
    """An opened workbook: its sheets in the order of its tabs."""

    archive: Archive
    sheets: list[SheetPart] = field(default_factory=list)
    since_1904: bool = False
    date_styles: frozenset[int] = frozenset()
    texts: SharedTexts = field(default_factory=SharedTexts)

    def merged(self, sheet: SheetPart) -> list[Merged]:
        """The merged areas of a sheet."""
        return merged_areas(self.archive.chunks(sheet.part))

    def rows(self, sheet: SheetPart, merged: list[Merged]) -> Iterator[SheetRow]:
        """The rows of a sheet that are not blank, cells merged downwards filled and said so."""
        reader = SheetReader(
            texts=self.texts, date_styles=self.date_styles, since_1904=self.since_1904
        )
        return reader.rows(self.archive.chunks(sheet.part), merged)


def open_workbook(stream: IO[bytes]) -> Workbook:
    """Open a workbook after checking its archive.

    Raises any of the FileRefused kinds.
    """
    book = Workbook(Archive(stream))
    main = _main_part(book.archive)
    relations = _relations(book.archive, main)
    _read_sheets(book, main, relations)
    if not book.sheets:
        raise NotASpreadsheet("There is no sheet with rows in this file.")
    for relation in relations.values():
        if not book.archive.has(relation.target):
            continue
        if relation.kind == "sharedStrings":
            book.texts.read(book.archive.chunks(relation.target))
        elif relation.kind == "styles":
            book.date_styles = _date_styles(book.archive, relation.target)
    return book


def _main_part(archive: Archive) -> str:
    if archive.has("_rels/.rels"):
        for relation in _relations(archive, "").values():
            is_main = relation.kind == "officeDocument" and archive.has(relation.target)
            if is_main and relation.target.lower().endswith(".xml"):
                return relation.target
    if archive.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    if archive.has("xl/workbook.bin"):
        raise NotASpreadsheet("This is a binary workbook (.xlsb). Save it as .xlsx and try again.")
    if archive.has("content.xml"):
        raise NotASpreadsheet(
            "This is an OpenDocument file. Save it as .xlsx or .csv and try again."
        )
    if archive.has("word/document.xml"):
        raise NotASpreadsheet(
            "This is a Word document. Copy its table into a spreadsheet and save it as .xlsx."
        )
    raise NotASpreadsheet(NO_WORKBOOK)


def _relations(archive: Archive, part: str) -> dict[str, _Relation]:
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    found: dict[str, _Relation] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if markup.local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else str(PurePosixPath(folder) / target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = _Relation(kind, path)

    if archive.has(rels):
        markup.read_whole(archive.chunks(rels), start)
    return found


def _read_sheets(book: Workbook, main: str, relations: dict[str, _Relation]) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = markup.local(tag)
        if tag == "workbookPr":
            book.since_1904 = attributes.get("date1904", "") in _ON
        elif tag == "sheet" and len(book.sheets) < limits.SHEETS:
            where = next((v for k, v in attributes.items() if markup.local(k) == "id"), "")
            relation = relations.get(where)
            if relation and relation.kind == "worksheet" and book.archive.has(relation.target):
                hidden = attributes.get("state", "visible") != "visible"
                book.sheets.append(SheetPart(attributes.get("name", ""), hidden, relation.target))

    markup.read_whole(book.archive.chunks(main), start)


def _date_styles(archive: Archive, part: str) -> frozenset[int]:
    """The cell styles that show a number as a date or a time."""
    custom: dict[str, bool] = {}
    styles: list[str] = []
    inside: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = markup.local(tag)
        if tag == "numFmt":
            code = attributes.get("formatCode", "")
            custom[attributes.get("numFmtId", "")] = cells.shows_a_date(code)
        elif tag == "cellXfs":
            inside.append(True)
        elif tag in ("cellStyles", "dxfs", "cellStyleXfs"):
            inside.clear()
        elif tag == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))

    markup.read_whole(archive.chunks(part), start)
    return frozenset(at for at, form in enumerate(styles) if custom.get(form, _built_in(form)))


def _built_in(number_format: str) -> bool:
    return number_format.isdigit() and int(number_format) in cells.DATE_FORMATS
