"""The lines of a GEDCOM file as a tree: the one place that knows the library that reads them.

Lines the library would lose track of (broken, blank, far too long) are put right or left out here
first, each with a warning that names its line, so that everything after them is still read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gedcom_lite import GedcomDocument, Structure

from goldenthread.interop.genealogy import limits
from goldenthread.interop.genealogy.found import Warnings, shortened
from goldenthread.interop.genealogy.refusals import (
    FamilyFileBroken,
    FamilyFileTooLarge,
    NotAFamilyFile,
)

_BREAKS = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"^\s*(\d{1,2})\s+(?:(@[^@]+@)\s+)?([A-Za-z0-9_]{1,31})(?: ?(.*))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's records in its own order, and the version it says it has ("" where it does not)."""

    version: str
    records: tuple[Structure, ...]


def tree_of(text: str, warnings: Warnings) -> Tree:
    """Read the text of a GEDCOM file.

    Raises NotAFamilyFile, FamilyFileBroken or FamilyFileTooLarge; whatever can be passed over is,
    with a warning.
    """
    if not re.match(r"\s*\ufeff?\s*0\s+HEAD\b", text[:200]):
        raise NotAFamilyFile("This is not a GEDCOM file: it does not begin with “0 HEAD”.")
    text = text.lstrip("\ufeff")
    if "\0" in text:
        warnings.add("", f"{text.count(chr(0)):,} empty (NUL) characters were left out.")
        text = text.replace("\0", "")
    lines = list(_mended(text, warnings))
    if not any(re.match(r"0 (@[^@]+@ )?INDI\b", line) for line in lines):
        raise NotAFamilyFile("This GEDCOM file holds nobody: it has no INDI record.")
    try:
        document = GedcomDocument.parse(("\ufeff" + "\n".join(lines)).encode())
    except ValueError as error:
        raise FamilyFileBroken("This GEDCOM file cannot be followed.") from error
    if not any(line.startswith("0 TRLR") for line in lines):
        warnings.add("", "The file ends without its last line (TRLR); it may have been cut short.")
    return Tree(document.version or "", tuple(document.records))


def _mended(text: str, warnings: Warnings) -> Iterator[str]:
    """Lines that can be read, each at most one level below the line before it."""
    level, count = -1, 0
    is_v7 = re.search(r"^\s*2 VERS 7", text[:4000], re.MULTILINE) is not None
    for number, line in enumerate(_BREAKS.split(text), start=1):
        if not line.strip():
            continue
        count += 1
        if count > limits.ROWS * 5:
            raise FamilyFileTooLarge(f"This file has more than {limits.ROWS * 5:,} lines.")
        if len(line) > limits.LINE_CHARACTERS:
            warnings.add("", f"Line {number:,} is {len(line):,} characters long; its end was cut.")
            line = line[: limits.LINE_CHARACTERS]
        match = _LINE.match(line)
        if match is None:
            warnings.add(
                "", f"Line {number:,} is no line of GEDCOM and was passed over: "
                f"“{shortened(line)}”.",
            )  # fmt: skip
            continue
        asked = int(match[1])
        if asked > level + 1:
            warnings.add(
                "", f"Line {number:,} is at level {asked}, which does not follow level "
                f"{max(level, 0)}; it was read as level {level + 1}: “{shortened(line)}”.",
            )  # fmt: skip
        level = min(asked, level + 1)
        pointer = f"{match[2]} " if match[2] else ""
        value = f" {_unescaped(match[4], is_v7)}" if match[4] else ""
        yield f"{level} {pointer}{match[3].upper()}{value}"


def _unescaped(text: str, is_v7: bool) -> str:
    """A line's text with its at-signs as meant: 5.5.1 doubles each, 7 only one at the start."""
    if is_v7:
        return text[1:] if text.startswith("@@") else text
    return text.replace("@@", "@")


def value(structure: Structure | None, *path: str) -> str:
    """The text at a path of tags below a structure, stripped; "" where there is none."""
    for tag in path:
        structure = structure.find(tag) if structure else None
    return structure.text().strip() if structure else ""


def pointed_at(structure: Structure) -> str:
    """The id a line points to, without its at-signs."""
    return (structure.payload or "").strip().strip("@")
