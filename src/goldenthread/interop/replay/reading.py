"""Reads a chronology to be lived through: every row that can be, and a sentence for the others.

The file is parsed in a confined child process, as imports are. Nothing of it is kept.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from goldenthread.domain.shared.counting import counted
from goldenthread.domain.shared.partial_date import LATEST_YEAR
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.chronology.merging import agency_in_name
from goldenthread.interop.chronology.sheets import choose_sheet, suggested_columns
from goldenthread.interop.replay.facts import Placed, facts_of
from goldenthread.interop.spreadsheets import reading
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.interop.spreadsheets.interpreting import Layout, interpret

# The whole calendar lies before it, so that no row is refused for the day on which it is read.
_NO_TODAY = date(LATEST_YEAR, 12, 31)
_NOTES_SAID = 50


class NothingToReplay(Refusal):
    """No row of the file can be used."""


class TooManyRows(Refusal):
    """The file has more rows than are lived through here."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file, read: its facts and the sentences about rows left out or understood in part."""

    placed: Placed
    sentences: tuple[str, ...]


def read_bytes(
    content: bytes, name: str, *, by_event: bool = False, most_rows: int | None = None
) -> Read:
    """Read a chronology by its bytes and name, keeping every row that can be.

    Raises a Refusal with a plain sentence; TooManyRows where it has more than `most_rows`.
    """
    kept: list[tuple[int, PlainEntry]] = []
    left_out: list[str] = []
    notes: list[str] = []
    sheet = choose_sheet(reading.survey(content, name))
    if most_rows is not None and sheet.rows > most_rows:
        raise TooManyRows(f"this file has {sheet.rows:,} rows.")
    layout = Layout(suggested_columns(sheet.headers))
    agency = agency_in_name(PurePath(name).stem)
    header_row = 1 if sheet.header_row is None else sheet.header_row
    with closing(reading.rows(content, name, sheet.name, header_row)) as rows:
        for raw in rows:
            if not any(text.strip() for text in raw.cells.values()):
                continue
            read = interpret(raw, layout, agency=agency, today=_NO_TODAY)
            if read.values is None:
                because = " ".join(problem.sentence for problem in read.problems)
                left_out.append(f"Row {read.number} left out: {because}")
            else:
                kept.append((read.number, read.values))
                notes.extend(f"Row {read.number}: {note}" for note in read.notes)
    placed = facts_of(kept, by_event=by_event)
    left_out.extend(
        f"Row {number} left out: it has no day at all, so it cannot be placed."
        for number in placed.without_day
    )
    if not placed.facts:
        raise NothingToReplay("no row of this file can be used.")
    if len(notes) > _NOTES_SAID:
        more = counted(len(notes) - _NOTES_SAID, "more note")
        notes = [*notes[:_NOTES_SAID], f"And {more} of this sort about other rows."]
    return Read(placed, (*left_out, *notes))
