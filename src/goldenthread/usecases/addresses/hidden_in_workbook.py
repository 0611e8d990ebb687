"""What a workbook holds that its reader does not see: sheets, rows, columns, notes and names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

_ALWAYS = re.compile(
    r"^(\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/theme/theme\d+\.xml|xl/sharedStrings\.xml"
    r"|xl/worksheets/sheet\d+\.xml)$"
)
_WITHIN = {
    "a hidden sheet": re.compile(r"<(?:\w+:)?sheet\b[^>]*\bstate=\"(?:hidden|veryHidden)\""),
    "a name for cells": re.compile(r"<(?:\w+:)?definedName\b"),
    "a hidden row or column": re.compile(r"<(?:\w+:)?(?:row|col)\b[^>]*\bhidden=\"(?:1|true)\""),
    "a row or column of no size": re.compile(
        r"<(?:\w+:)?(?:row|col)\b[^>]*\b(?:ht|width)=\"0(?:\.0+)?\""
    ),
    "a formula": re.compile(r"<(?:\w+:)?f\b"),
    "a filter that hides rows": re.compile(r"<(?:\w+:)?filterColumn\b"),
    "a format that shows nothing": re.compile(r"formatCode=\";;;"),
    "white letters": re.compile(
        r"<(?:\w+:)?font>(?:(?!</(?:\w+:)?font>).)*rgb=\"(?:FF|00)?FFFFFF\""
    ),
}
# The properties of a workbook that name nobody.
_NAMES_SOMEBODY = re.compile(
    r"<(?:\w+:)?(creator|lastModifiedBy|description|subject|keywords|category|Manager|Company)\b"
    r"[^>]*>([^<]+)<"
)
_OF_THE_PROGRAM = frozenset({"openpyxl", ""})


def in_workbook(content: bytes) -> Iterator[tuple[str, str]]:
    """Everything hidden in a workbook: where, and what."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.comment:
            yield "the file", "a comment of its archive"
        for one in archive.namelist():
            if not _ALWAYS.match(one):
                yield one, "a part that no plain workbook has"
                continue
            part = archive.read(one).decode("utf-8", errors="replace")
            if one.startswith("docProps"):
                for name, value in _NAMES_SOMEBODY.findall(part):
                    if value.strip() not in _OF_THE_PROGRAM:
                        yield "its properties", f"{name}: {value.strip()}"
                continue
            if one.startswith("xl/theme"):
                continue
            for what, pattern in _WITHIN.items():
                if pattern.search(part):
                    yield one, what
