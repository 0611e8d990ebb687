"""The steps of an import that open the file: survey it, read its rows, keep them.

Used by the jobs behind the pages, by the command line and by the demonstration: one route for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop.chronology.sheets import choose_sheet, suggested_columns
from goldenthread.interop.spreadsheets import columns, reading
from goldenthread.interop.spreadsheets.interpreting import Layout, interpret
from goldenthread.usecases.chronology.imports import checking, keeping, receiving
from goldenthread.usecases.chronology.imports.arrangement import Arrangement
from goldenthread.usecases.chronology.imports.checking import RowIn
from goldenthread.usecases.chronology.imports.reading import content_to_read

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import did: the file's id and how many rows came to each outcome."""

    file: UUID
    counts: dict[str, int]
    kept: int


def read_file(actor: Actor, file_id: UUID, *, now: datetime) -> tuple[reading.SheetFound, ...]:
    """Survey a received file in a confined process; a refusal is noted on the file and raised."""
    file, content = content_to_read(actor, file_id, now=now)
    try:
        found = reading.survey(content, file.file_name)
    except reading.FileRefused as refused:
        receiving.refuse_file(actor, file_id, refused.reason, now=now)
        raise
    receiving.note_survey(actor, file_id, [_surveyed(sheet) for sheet in found], now=now)
    return found


def _surveyed(sheet: reading.SheetFound) -> dict[str, object]:
    """One sheet as the columns page needs it: with what its headings probably hold."""
    return {
        **asdict(sheet),
        "suggested": suggested_columns(sheet.headers),
        "fingerprint": columns.layout_fingerprint(sheet.headers),
    }


def check_file(actor: Actor, file_id: UUID, *, now: datetime) -> dict[str, int]:
    """Read every row of an arranged file and check it; nothing is kept."""
    file, content = content_to_read(actor, file_id, now=now)
    arrangement = Arrangement.from_json(file.arrangement)
    layout = Layout(
        dict(arrangement.columns), arrangement.words, arrangement.date_order, arrangement.fixed
    )
    rows = reading.rows(
        content, file.file_name, file.sheet, 1 if file.header_row is None else file.header_row
    )
    try:
        return checking.check_rows(
            actor, file_id, _rows_in(rows, layout, str(file.agency), now), now=now
        )
    except reading.FileRefused as refused:
        receiving.refuse_file(actor, file_id, refused.reason, now=now)
        raise


def keep_file(
    actor: Actor, file_id: UUID, *, now: datetime, on_progress: Progress | None = None
) -> None:
    """Keep a confirmed file's rows, batch by batch, until none is left."""
    done = 0
    while keeping.keep_next_batch(actor, file_id, now=now):
        done += keeping.BATCH
        if on_progress:
            on_progress(done, done)


def _rows_in(
    rows: Iterator[reading.RawRow], layout: Layout, agency: str, now: datetime
) -> Iterator[RowIn]:
    today = day_of(now)
    for raw in rows:
        if not any(text.strip() for text in raw.cells.values()):
            continue
        read = interpret(raw, layout, agency=agency, today=today)
        yield RowIn(
            number=read.number,
            entry=None if read.values is None else asdict(read.values),
            problems=tuple(problem.sentence for problem in read.problems),
            notes=read.notes,
        )


def bring_in(
    actor: Actor, case_id: UUID, content: bytes, file_name: str, *, id: UUID, now: datetime,
    agency: UUID | None = None, arrangement: Arrangement | None = None, sheet: str | None = None,
    header_row: int | None = None, people: Mapping[str, UUID] | None = None,
    confirm: bool = True, on_progress: Progress | None = None,
) -> Receipt:  # fmt: skip
    """Take a file through every step at once, as somebody who has confirmed it beforehand.

    Raises NotFoundHere, CannotImport, FileRefused and NoChronologyFound.
    """
    receiving.receive_file(
        actor, case_id, id=id, content=content, file_name=file_name, agency=agency, now=now,
        read_in_background=False,
    )  # fmt: skip
    found = read_file(actor, id, now=now)
    chosen = next((s for s in found if s.name == sheet), None) or choose_sheet(found)
    receiving.arrange_file(
        actor, id, sheet=chosen.name, header_row=header_row or chosen.header_row or 1,
        fingerprint=columns.layout_fingerprint(chosen.headers),
        arrangement=arrangement or Arrangement(suggested_columns(chosen.headers)),
        people=people, now=now, check_in_background=False,
    )  # fmt: skip
    counts = check_file(actor, id, now=now)
    to_keep = counts.get("new", 0) + counts.get("changed", 0)
    if confirm and to_keep:
        keeping.confirm_import(actor, id, now=now, keep_in_background=False)
        keep_file(actor, id, now=now, on_progress=on_progress)
    return Receipt(id, counts, to_keep if confirm else 0)
