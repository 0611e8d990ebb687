"""Several agencies' chronology files as one, in time order, with no database: `goldenthread merge`.

Rows are put in order, never merged: two agencies' rows about one event both stay, and are reported
as possibly the same event for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO
from uuid import UUID, uuid5

from goldenthread.domain.chronology.same_event import possibly_same
from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.chronology.sheets import (
    bytes_of,
    choose_sheet,
    naming,
    suggested_columns,
)
from goldenthread.interop.spreadsheets import reading
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.interop.spreadsheets.interpreting import Layout, interpret
from goldenthread.interop.spreadsheets.writing import write_csv

SPACE = UUID("5a0f6e52-3a0b-4d0e-9a53-9a4a31f0f1c7")
NO_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)  # same-event questions do not look at it


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One row that could not be read, and why, in sentences."""

    file: str
    row: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PossibleSame:
    """Two rows, by place in the merged file (from 1), and why they may be one event."""

    one: int
    other: int
    because: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The entries of all files in time order, what was held back, and questions worth asking.

    `repeated` counts rows that stood in the files more than once and are listed once.
    """

    entries: tuple[PlainEntry, ...]
    held_back: tuple[HeldBack, ...]
    possibly_same: tuple[PossibleSame, ...]
    repeated: int = 0


def merge(
    paths: Sequence[Path],
    *,
    today: date,
    agency: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> Merged:
    """Read and order the files. `agency` is whose a file is that does not say; else its name tells.

    Raises FileRefused and NoChronologyFound, naming what is wrong.
    """
    entries: list[PlainEntry] = []
    held_back: list[HeldBack] = []
    for place, path in enumerate(paths, start=1):
        with naming(path):
            for read in _read(path, agency or agency_in_name(path.stem), today):
                if read.values is not None:
                    entries.append(read.values)
                elif read.problems:
                    sentences = tuple(problem.sentence for problem in read.problems)
                    held_back.append(HeldBack(path.name, read.number, sentences))
        if on_progress:
            on_progress(place, len(entries))
    kept = _each_referenced_row_once(entries)
    kept.sort(key=lambda e: (parse_edtf(e.happened).sort_day, e.agency, e.ref))
    repeated = len(entries) - len(kept)
    return Merged(tuple(kept), tuple(held_back), _questions(kept), repeated)


def _each_referenced_row_once(entries: Sequence[PlainEntry]) -> list[PlainEntry]:
    """The entries without whole copies: an agency's own reference twice, with the same content.

    Two rows without a reference may be two events, however alike: both stay.
    """
    seen: set[PlainEntry] = set()
    kept = []
    for entry in entries:
        if not entry.ref or entry not in seen:
            kept.append(entry)
        seen.add(entry)
    return kept


def agency_in_name(name: str) -> str:
    """The agency slug that a file's name holds ("police_2026" is `police`), else `other`."""
    words = f" {fold(name.replace('_', ' '))} "
    found = [kind for kind in AgencyKind if f" {kind.value.replace('_', ' ')} " in words]
    return max(found, key=lambda kind: len(kind.value)).value if found else AgencyKind.OTHER.value


def _read(path: Path, agency: str, today: date):
    content = bytes_of(path)
    sheet = choose_sheet(reading.survey(content, path.name))
    layout = Layout(suggested_columns(sheet.headers))
    header_row = 1 if sheet.header_row is None else sheet.header_row
    for raw in reading.rows(content, path.name, sheet.name, header_row):
        if any(text.strip() for text in raw.cells.values()):
            yield interpret(raw, layout, agency=agency, today=today)


def _questions(entries: Sequence[PlainEntry]) -> tuple[PossibleSame, ...]:
    places = {uuid5(SPACE, f"entry {n}"): n for n in range(1, len(entries) + 1)}
    statements = [_statement(id, entry) for id, entry in zip(places, entries, strict=True)]
    found = (
        PossibleSame(*sorted((places[pair.one], places[pair.other])), pair.because)
        for pair in possibly_same(statements)
    )
    return tuple(sorted(found, key=lambda pair: (pair.one, pair.other)))


def _statement(id: UUID, entry: PlainEntry) -> Statement:
    plain = replace(entry, people=entry.people or ("family",))
    return Statement(
        id=id,
        agency=uuid5(SPACE, f"agency {entry.agency}"),
        kind=entry.kind,
        text=entry.text,
        happened=parse_edtf(entry.happened),
        known_at=NO_MOMENT,
        known_basis="assumed",
        how_known=entry.how_known,
        subjects=tuple(Subject(uuid5(SPACE, f"person {fold(p)}"), p) for p in plain.people),
    )


def merge_files(
    paths: Sequence[Path],
    *,
    out: IO[bytes],
    today: date,
    agency: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> Merged:
    """Write the files' entries to `out` as one canonical CSV in time order; no database needed."""
    merged = merge(paths, today=today, agency=agency, on_progress=on_progress)
    write_csv(merged.entries, out)
    return merged


def merged_as_json(merged: Merged) -> dict[str, object]:
    """What a machine reads of a merge: counts, rows held back, possible same events."""
    return {
        "entries": len(merged.entries),
        "repeated": merged.repeated,
        "held_back": [asdict(row) for row in merged.held_back],
        "possibly_same": [asdict(pair) for pair in merged.possibly_same],
    }
