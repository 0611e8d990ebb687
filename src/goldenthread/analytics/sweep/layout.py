"""The files of a sweep: what each table holds, in which columns and units.

A folder holds a partnership as Parquet, sorted by family. Days are counted from the first of
January of the year 1 (`date.toordinal`), so that every engine can add and compare them. Where a
column says *set*, it is a whole number with one bit a word (`bits`) or one bit a person or agency
of that family.

- `facts`: an entry a row, in each family by day and id; `place` counts them from 0. Columns from
  `harms` on are what the rules of `domain.risk.fact` say of the entry.
- `told`: an agency, or a kind of agency, that was told of an entry, and the day.
- `people`, `agencies`: what the bits of a family stand for.
- `families`: number, name and how many entries, in the order of their numbers.
- `beyond`: the entries of families that bits cannot hold (over 62 people or agencies, or words
  unknown), each as JSON; the reference engine answers for these.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from goldenthread.analytics.sweep.bits import VOCABULARIES
from goldenthread.domain.shared.refusal import Refusal

FORMAT = 1
META = "meta.json"


class NotASweepFolder(Refusal):
    """A folder holds no partnership, or one that was written with other words."""


def _columns(**types: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, type_) for name, type_ in types.items()])


_SET, _DAY, _YES = pa.int64(), pa.int32(), pa.bool_()
TABLES: dict[str, pa.Schema] = {
    "facts": _columns(
        family=pa.int32(), place=pa.int32(), id=pa.string(),
        agency=_SET, agency_kind=_SET, kind=_SET, how_known=_SET,
        earliest=_DAY, day=_DAY, known=_DAY,
        concerns=_SET, told_by=pa.string(), text=pa.string(),
        harms=_SET, worry=_YES, strength=_YES, classes=_SET,
        people=_SET, adults=_SET, children=_SET, newcomers=_SET,
        born=_SET, expects=_YES, of_family=_YES,
    ),
    "told": _columns(family=pa.int32(), place=pa.int32(), agency=_SET, kind=_SET, day=_DAY),
    "people": _columns(family=pa.int32(), bit=_SET, name=pa.string(), is_child=_YES),
    "agencies": _columns(family=pa.int32(), bit=_SET, name=pa.string()),
    "families": _columns(family=pa.int32(), name=pa.string(), entries=pa.int32(), beyond=_YES),
    "beyond": _columns(family=pa.int32(), fact=pa.string()),
}  # fmt: skip


def file_of(table: str, part: int = 0) -> str:
    """The name of one part of a table."""
    return f"{table}-{part:05}.parquet"


def parts_of(folder: Path, table: str) -> list[Path]:
    """Every part of a table, in order."""
    return sorted(folder.glob(f"{table}-*.parquet"))


def words_of_format() -> dict[str, object]:
    """What the numbers in the files stand for."""
    return {
        "format": FORMAT,
        "words": {name: list(one.words) for name, one in VOCABULARIES.items()},
    }


def write_meta(folder: Path) -> None:
    """Say beside the files what their numbers stand for; written last, so that it means whole."""
    (folder / META).write_text(json.dumps(words_of_format(), indent=1) + "\n", encoding="utf-8")


def check_folder(folder: Path) -> None:
    """Raise NotASweepFolder unless the folder holds a whole partnership in today's words."""
    try:
        said = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError) as missing:
        raise NotASweepFolder(
            f"{folder} holds no whole partnership: write one with "
            f"“goldenthread simulate --children 2000 --out {folder}”."
        ) from missing
    lacking = [table for table in TABLES if not parts_of(folder, table)]
    if said != words_of_format() or lacking:
        raise NotASweepFolder(
            f"{folder} was written by another version, with other words or tables. Write it again."
        )
