"""Make the agencies' spreadsheets from the story.

Run as python -m goldenthread.interop.demo.write_spreadsheets after changing the story.

Each agency's layout (headings, order, words, dates, title rows) comes from `family.toml` and
`layouts.toml`. The same story gives the same bytes: no clock enters a file. It must never add to or
leave out anything the story says.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from goldenthread.domain.shared.partial_date import MONTHS, SEASONS
from goldenthread.interop.demo.story import (
    FIRST,
    FOLDER,
    StoryRow,
    families,
    read_partnership,
    read_story,
    read_toml,
)

_MADE = datetime(2026, 11, 13, 16, 0, tzinfo=UTC)
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_WIDE = {"what": 60, "impact": 34, "action": 40, "people": 26, "source": 26}

Cell = str | date


def folder_of(family: str = FIRST) -> Path:
    """Where the spreadsheets of a family are kept."""
    return FOLDER / family / "spreadsheets"


def write_all(folder: Path | None = None, family: str = FIRST) -> list[Path]:
    """Write every agency's spreadsheet of a family into `folder`; gives the files in order."""
    folder = folder or folder_of(family)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in spreadsheets(family).items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written


def spreadsheets(family: str = FIRST) -> dict[str, bytes]:
    """File name -> content of every spreadsheet of a family, made from its story as it stands."""
    story, partnership = read_story(family), read_partnership()
    layouts = {layout["file"]: layout for layout in read_toml("layouts.toml", family)["layout"]}
    made = {}
    for sheet in read_toml("family.toml", family)["spreadsheet"]:
        layout = layouts[sheet["file"]]
        rows = [row for row in story if row.agency == sheet["agency"]]
        table = [_line(row, sheet, layout, partnership) for row in rows]
        heads = [sheet["mapping"].get(name, name.lstrip("+")) for name in layout["columns"]]
        if sheet["file"].endswith(".csv"):
            made[sheet["file"]] = _csv_bytes(heads, table, layout)
        else:
            made[sheet["file"]] = _xlsx_bytes(sheet["sheet"], heads, table, layout)
    return made


def _line(
    row: StoryRow, sheet: dict[str, Any], layout: dict[str, Any], partnership: dict[str, Any]
) -> list[Cell]:
    """The cells of one row in the order of this agency's layout."""
    values = _canonical_values(row, partnership) | _own_words(row, sheet, layout)
    for name in ("date", "known_from"):
        values[name] = _written_date(getattr(row, name), layout["dates"])
    values["shared_on"] = _written_dates(row.shared_on, layout["dates"])
    extra = layout.get("extra", {})
    return [
        extra[name.lstrip("+")] if name.startswith("+") else values[name]
        for name in layout["columns"]
    ]


def _canonical_values(row: StoryRow, partnership: dict[str, Any]) -> dict[str, Cell]:
    by = next(person for person in partnership["practitioner"] if person["key"] == row.by)
    slugs = {agency["key"]: agency["slug"] for agency in partnership["agency"]}
    return {
        "id": row.id,
        "agency": slugs[row.agency],
        "source": f"{by['name']}, {by['role_title']}",
        "told_by": row.told_by,
        "what": row.what,
        "impact": row.impact,
        "action": row.action,
        "shared_with": "; ".join(slugs[agency] for agency in row.shared_with),
    }


def _own_words(row: StoryRow, sheet: dict[str, Any], layout: dict[str, Any]) -> dict[str, Cell]:
    """The cells whose vocabulary is the agency's own; canonical words where it has none."""
    words = sheet.get("words", {})

    def own(vocabulary: str, value: str) -> str:
        for word, canonical in words.get(vocabulary, {}).items():
            if canonical == value:
                return str(word)
        return value

    how = layout.get("told_words", {}).get(row.told_by) if row.how_known == "told" else None
    return {
        "how_known": how or own("how_known", row.how_known),
        "kind": own("kind", row.kind),
        "domain": "; ".join(own("domain", value) for value in row.domain),
        "significance": own("significance", row.significance),
        "shared_with": "; ".join(own("agency", agency) for agency in row.shared_with),
        "people": "; ".join(layout["names"][person] for person in row.people),
    }


def _written_dates(dates: tuple[str, ...], style: str) -> Cell:
    if len(dates) == 1:
        return _written_date(dates[0], style)
    return "; ".join(_in_words(text, "uk" if style == "cell" else style) for text in dates)


def _written_date(edtf: str, style: str) -> Cell:
    """A date as this agency types it: a date cell for a whole day in style `cell`, else text."""
    if style == "cell" and _DAY.match(edtf):
        return date.fromisoformat(edtf)
    return _in_words(edtf, style)


def _in_words(edtf: str, style: str) -> str:
    if style == "edtf" or not edtf:
        return edtf
    if "/" in edtf:
        first, last = edtf.split("/")
        return f"{_in_words(first, style)} to {_in_words(last, style)}"
    if edtf.endswith("~"):
        return "about " + _in_words(edtf[:-1], style)
    year, *rest = edtf.split("-")
    if not rest:
        return year
    number = int(rest[0])
    if number in SEASONS:
        return f"{SEASONS[number][0]} {year}"
    month = MONTHS[number - 1].title()
    if len(rest) == 1:
        return f"{month[:3] if style == 'short' else month} {year}"
    if style in ("uk", "cell"):
        return f"{rest[1]}/{rest[0]}/{year}"
    return f"{int(rest[1])} {month[:3] if style == 'short' else month} {year}"


def _csv_bytes(heads: list[str], table: list[list[Cell]], layout: dict[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout["separator"], lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(table)
    return text.getvalue().encode(layout["encoding"])


def _xlsx_bytes(
    name: str, heads: list[str], table: list[list[Cell]], layout: dict[str, Any]
) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for number, title in enumerate(layout["titles"], start=1):
        sheet.cell(number, 1, title or None).font = Font(bold=True, size=13)
    top = len(layout["titles"]) + 1
    for column, (head, canonical) in enumerate(zip(heads, layout["columns"], strict=True), start=1):
        sheet.cell(top, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(canonical, 18)
    for number, line in enumerate(table, start=top + 1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(number, column, value or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, date):
                cell.number_format = "DD/MM/YYYY"
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    if "other_sheet" in layout:
        other = book.create_sheet(layout["other_sheet"])
        for line in layout["other_rows"]:
            other.append(line)
        if layout.get("other_hidden"):
            other.sheet_state = "hidden"
    book.properties.creator = "Goldenthread demonstration"
    book.properties.created = _MADE.replace(tzinfo=None)
    return _without_clock(book)


def _without_clock(book: Workbook) -> bytes:
    """The workbook saved, with the moment of saving taken out of it."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    made = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + made + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, _MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return fixed.getvalue()


if __name__ == "__main__":
    for name in families():
        for path in write_all(family=name):
            print(path)
