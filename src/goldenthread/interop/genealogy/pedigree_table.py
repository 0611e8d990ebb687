"""The rows of a pedigree in columns (PED, LINKAGE, Madeline, CSV) and what each column holds.

Rows are separated by tabs, commas, semicolons or spaces, whichever the first lines show. Madeline
files name their columns one to a line above the rows.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from goldenthread.domain.shared.counting import counted
from goldenthread.interop.genealogy import limits
from goldenthread.interop.genealogy.found import Warnings
from goldenthread.interop.genealogy.refusals import FamilyFileTooLarge, NotAFamilyFile

UNKNOWN = frozenset(("", "0", ".", "na", "n/a", "nan", "null", "none", "?", "-"))
# What each column is called in the pedigree files we know, as letters and digits alone.
_HEADINGS = {
    "family": ("family", "familyid", "famid", "fam", "ped", "pedigree", "pedid", "kindred"),
    "id": ("id", "individualid", "individual", "personid", "person", "indid", "ind", "iid"),
    "father": ("father", "fatherid", "fid", "dadid", "dad", "pat", "paternalid", "patid", "sire"),
    "mother": ("mother", "motherid", "mid", "momid", "mom", "mat", "maternalid", "matid", "dam"),
    "sex": ("sex", "gender"),
    "name": ("name", "fullname"),
    "born": ("dob", "born", "birth", "birthdate", "dateofbirth", "birthyear", "byear", "yob"),
    "died": ("dod", "died", "death", "deathdate", "dateofdeath", "deathyear", "dyear", "yod"),
    "deceased": ("deceased", "dead", "vitalstatus"),
    "spouse": ("spouse", "spouseid", "partner", "partnerid"),
    "twin": ("twinid", "twin", "twins"),
    "zygosity": ("zygosity",),
    "mz": ("mztwin",),
    "dz": ("dztwin",),
}  # fmt: skip
_FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
_SPACED = re.compile(r'"((?:[^"]|"")*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class PedigreeTable:
    """Rows as read, each with its line, its cells by field; headings that say nothing to us."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    unread: tuple[str, ...] = ()


def is_unknown(text: str) -> bool:
    """Whether a cell says that nothing is known."""
    return text.strip().lower() in UNKNOWN


def pedigree_table(text: str, warnings: Warnings) -> PedigreeTable:
    """The rows of a pedigree. Raises NotAFamilyFile or FamilyFileTooLarge."""
    lines = _lines(text, warnings)
    if not lines:
        raise NotAFamilyFile("This file is empty.")
    headings, below, lines = _named_above(lines)
    rows = _cells(below)
    if not headings:
        first = [_field(cell) for cell in rows[0][1]]
        rows[0][1][0] = rows[0][1][0].lstrip("#")
        if "id" in first and {"father", "mother"} & set(first):
            headings, rows = rows[0][1], rows[1:]
    if headings:
        if rows and all(len(cells) == len(headings) + 1 for _, cells in rows):
            headings = ["row", *headings]  # R writes the rows' names without a heading
        fields = _fields_of(headings)
        unread = tuple(h for h, field in zip(headings, fields, strict=True) if not field)
    else:
        fields, unread = _guessed_fields(rows), ()
        widest = max(len(cells) for _, cells in rows)
        if widest > len(fields):
            unread = (counted(widest - len(fields), "further column"),)
    if len(rows) > limits.PEOPLE:
        raise FamilyFileTooLarge(f"This file holds more than {limits.PEOPLE:,} people.")
    return PedigreeTable(tuple((n, _by_field(cells, fields)) for n, cells in rows), unread)


def _field(heading: str) -> str:
    return _FIELD_OF.get(re.sub(r"[^a-z0-9]", "", heading.lower()), "")


def _fields_of(headings: list[str]) -> list[str]:
    """The field of each heading, each field once. PLINK's FID beside IID is the family."""
    fields: list[str] = []
    plain = [heading.lower().lstrip("#") for heading in headings]
    if "iid" in plain:
        headings = ["family" if one == "fid" else one for one in plain]
    for heading in headings:
        field = _field(heading)
        fields.append(field if field not in fields else "")
    if "id" not in fields or not {"father", "mother"} & set(fields):
        raise NotAFamilyFile(
            "This table has no columns for a person's id, father and mother "
            "(for example: id, father, mother, sex)."
        )
    return fields


def _lines(text: str, warnings: Warnings) -> list[tuple[int, str]]:
    if "\0" in text:
        warnings.add("", f"{text.count(chr(0)):,} empty (NUL) characters were left out.")
        text = text.replace("\0", "")
    lines = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")), start=1):
        if len(line) > limits.LINE_CHARACTERS:
            warnings.add("", f"Line {number:,} is {len(line):,} characters long; its end was cut.")
            line = line[: limits.LINE_CHARACTERS]
        if not line.lstrip().startswith("#") or (number == 1 and "iid" in line.lower()):
            lines.append((number, line))
    while lines and not lines[-1][1].strip():
        lines.pop()
    return lines


def _named_above(
    lines: list[tuple[int, str]],
) -> tuple[list[str], list[tuple[int, str]], list[tuple[int, str]]]:
    """Madeline's way: one column name a line, an empty line, then the rows."""
    gap = next((n for n, (_, line) in enumerate(lines[:200]) if not line.strip()), 0)
    names = [line.split()[0] for _, line in lines[:gap] if line.strip()]
    if gap > 3 and all(len(line.split()) <= 2 for _, line in lines[:gap]):
        return names, [line for line in lines[gap:] if line[1].strip()], lines
    return [], [line for line in lines if line[1].strip()], lines


def _cells(lines: list[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    sample = "\n".join(line for _, line in lines[:20])
    separator = next((mark for mark in "\t,;" if sample.count(mark) >= len(lines[:20])), "")
    if not separator:
        return [
            (number, [(quoted or plain).strip() for quoted, plain in _SPACED.findall(line)])
            for number, line in lines
        ]
    csv.field_size_limit(limits.LINE_CHARACTERS + 1)
    rows = []
    for number, line in lines:
        cells = next(csv.reader(io.StringIO(line), delimiter=separator), [])
        rows.append((number, [cell.strip() for cell in cells]))
    return rows


def _guessed_fields(rows: list[tuple[int, list[str]]]) -> list[str]:
    """Which columns hold what in a file without headings: the way whose parents are in the file."""
    width = min(len(cells) for _, cells in rows)
    if width < 3:
        raise NotAFamilyFile(
            "This is no family file we can read: a pedigree has columns for a person's id, father "
            "and mother."
        )
    ways = [["id", "father", "mother", "sex"], ["family", "id", "father", "mother", "sex"]]
    if width < 4:
        ways = ways[:1]

    def fit(way: list[str]) -> float:
        own, father = way.index("id"), way.index("father")
        ids = {cells[own] for _, cells in rows}
        parents = [cells[at] for _, cells in rows for at in (father, father + 1)]
        fits = sum(is_unknown(parent) or parent in ids for parent in parents)
        return fits / len(parents) + len(ids) / len(rows)

    best = max(reversed(ways), key=fit)
    if fit(best) < 1.2:
        raise NotAFamilyFile(
            "This is no family file we can read: its fathers and mothers are nobody in it."
        )
    return best[: max(len(cells) for _, cells in rows)]


def _by_field(cells: list[str], fields: list[str]) -> dict[str, str]:
    return {
        field: cell
        for field, cell in zip(fields, cells, strict=False)
        if field and (field == "sex" or not is_unknown(cell))
    }
