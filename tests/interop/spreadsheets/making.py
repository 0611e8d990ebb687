"""Files made for the tests, good and hostile: workbooks part by part, any part can be bent."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from goldenthread.interop.spreadsheets import reading

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def row(number: int, *texts: str, attributes: str = "") -> str:
    """The XML of a row of text cells."""
    cells = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(text)}</t></is></c>"
        for at, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}" {attributes}>{cells}</row>'


def workbook(
    rows: Iterable[str] = (),
    *,
    before: str = "",
    after: str = "",
    parts: dict[str, str | bytes] | None = None,
    state: str = "visible",
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A workbook with the sheet "Log" holding `rows`; `parts` adds to or replaces its parts."""
    every: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        f'<sheet name="Log" sheetId="1" state="{state}" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>'
        f"{''.join(rows)}</sheetData>{after}</worksheet>",
    }
    every.update(parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return out.getvalue()


HEADER = row(1, "Date", "What happened", "Source")


def read(content: bytes, filename: str = "log.xlsx", sheet: str = "Log", header_row: int = 1):
    """All rows of the sheet."""
    return list(reading.rows(content, filename, sheet, header_row))


def read_csv(content: bytes | str, header_row: int = 1):
    """All rows of a CSV file."""
    raw = content.encode() if isinstance(content, str) else content
    return read(raw, "log.csv", "log.csv", header_row)


def ending(content: bytes, filename: str = "log.xlsx") -> dict:
    """The last line of the child's answer to a survey: how it ended and the memory it took."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        child = subprocess.run(
            [sys.executable, "-m", "goldenthread.interop.spreadsheets.child", "survey", filename],
            stdin=file,
            capture_output=True,
            check=False,
        )
    last = child.stdout.decode().strip().rpartition("\n")[2]
    return json.loads(last) if last else {"died": child.returncode}
