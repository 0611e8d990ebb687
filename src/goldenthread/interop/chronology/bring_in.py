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
from goldenthread.interop.chronology.unknown_words import unknown_words
from goldenthread.interop.spreadsheets import columns, reading
from goldenthread.interop.spreadsheets.interpreting import Layout, interpret
from goldenthread.usecases.chronology.imports import checking, keeping, receiving
from goldenthread.usecases.chronology.imports.arrangement import (
    Arrangement,
    arrange_file,
    remembered_arrangement,
)
from goldenthread.usecases.chronology.imports.checking import RowIn
from goldenthread.usecases.chronology.imports.reading import agency_names, content_to_read

Progress = Callable[[int, int], None]
SAMPLE_ROWS = 5
CHARACTERS_GIVEN_BACK = 2_000  # of a cell of a row that is not kept; the file itself has the rest


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import did: the file's id, how many rows came to each outcome, how many were kept."""

    file: UUID
    counts: dict[str, int]
    kept: int


def read_file(actor: Actor, file_id: UUID, *, now: datetime) -> tuple[reading.SheetFound, ...]:
    """Survey a received file in a confined process; a refusal is noted on the file and raised.

    Where a person has named the row of the headings, that sheet is read from there.
    """
    file, content = content_to_read(actor, file_id, now=now)
    try:
        found = reading.survey(content, file.file_name)
        if file.header_row is not None:
            found = tuple(
                _headed(one, content, file.file_name, file.header_row)
                if one.name == file.sheet
                else one
                for one in found
            )
    except reading.FileRefused as refused:
        receiving.refuse_file(actor, file_id, refused.reason, now=now)
        raise
    receiving.note_survey(actor, file_id, [_plain(sheet) for sheet in found], now=now)
    return found


def _plain(sheet: reading.SheetFound) -> dict[str, object]:
    """The sheet with what its headings suggest: the web shows it and may not ask interop."""
    return {
        **asdict(sheet),
        "suggested": suggested_columns(sheet.headers),
        "fingerprint": columns.layout_fingerprint(sheet.headers),
    }


def _headed(
    sheet: reading.SheetFound, content: bytes, file_name: str, header_row: int
) -> reading.SheetFound:
    """The sheet with its headings in the row a person named, 0 for none."""
    headers: dict[str, None] = {}
    first: list[dict[str, str]] = []
    total = 0
    try:
        for row in reading.rows(content, file_name, sheet.name, header_row):
            total += 1
            headers.update(dict.fromkeys(row.cells))
            if len(first) < SAMPLE_ROWS:
                first.append(row.cells)
    except reading.refusals.NoSuchSheet:
        return sheet
    sample = tuple(tuple(cells.get(h, "")[:300] for h in headers) for cells in first)
    return reading.SheetFound(sheet.name, sheet.hidden, total, header_row, tuple(headers), sample)


def check_file(
    actor: Actor, file_id: UUID, *, now: datetime, on_progress: Progress | None = None
) -> dict[str, int]:
    """Read every row of an arranged file and check it; nothing is kept."""
    file, content = content_to_read(actor, file_id, now=now)
    layout = _layout(Arrangement.from_json(file.arrangement), agency_names(actor, file_id, now=now))
    header_row = 1 if file.header_row is None else file.header_row
    rows = reading.rows(content, file.file_name, file.sheet, header_row)
    found = _rows_in(rows, layout, str(file.agency), now)
    try:
        return checking.check_rows(
            actor, file_id, _told(found, file.rows_total, on_progress), now=now
        )
    except reading.FileRefused as refused:
        receiving.refuse_file(actor, file_id, refused.reason, now=now)
        raise


def keep_file(
    actor: Actor, file_id: UUID, *, now: datetime, on_progress: Progress | None = None
) -> int:
    """Keep a confirmed file's rows, batch by batch, until none is left; returns how many."""
    while True:
        kept = keeping.keep_next_batch(actor, file_id, now=now)
        if on_progress:
            on_progress(kept.done, kept.total)
        if kept.finished:
            return kept.done


def _layout(arrangement: Arrangement, names: Mapping[str, str]) -> Layout:
    """The layout to read by: a person's matches first, then what the partnership calls agencies."""
    words = {column: dict(theirs) for column, theirs in arrangement.words.items()}
    for column in ("agency", "shared_with"):
        words[column] = {**words.get(column, {}), **names}
    return Layout(dict(arrangement.columns), words, arrangement.date_order, arrangement.fixed)


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
            as_typed={h: text[:CHARACTERS_GIVEN_BACK] for h, text in raw.cells.items()},
            unknown=unknown_words(raw, layout),
        )


def _told(rows: Iterator[RowIn], total: int, on_progress: Progress | None) -> Iterator[RowIn]:
    for count, row in enumerate(rows, start=1):
        if on_progress and count % checking.BATCH == 0:
            on_progress(count, max(total, count))
        yield row


def bring_in(
    actor: Actor, case_id: UUID, content: bytes, file_name: str, *, id: UUID, now: datetime,
    agency: UUID | None = None, arrangement: Arrangement | None = None, sheet: str | None = None,
    header_row: int | None = None, people: Mapping[str, UUID | None] | None = None,
    agencies: Mapping[str, UUID] | None = None, confirm: bool = True,
    on_progress: Progress | None = None,
) -> Receipt:  # fmt: skip
    """Take a file through every step at once, as somebody who has confirmed it beforehand.

    `people` and `agencies` say whom and which the file's words mean; `on_progress` is told (rows
    done, rows in all) of the present step. Raises NotFoundHere, CannotImport, FileRefused and
    NoChronologyFound.
    """
    receiving.receive_file(
        actor, case_id, id=id, content=content, file_name=file_name, agency=agency, now=now,
        read_in_background=False,
    )  # fmt: skip
    found = read_file(actor, id, now=now)
    chosen = next((s for s in found if s.name == sheet), None) or choose_sheet(found)
    fingerprint = columns.layout_fingerprint(chosen.headers)
    arrangement = (
        arrangement
        or remembered_arrangement(actor, id, fingerprint, now=now)
        or Arrangement(suggested_columns(chosen.headers))
    )
    meant = {words: str(one) for words, one in (agencies or {}).items()}
    arrange_file(
        actor, id, sheet=chosen.name, fingerprint=fingerprint, people=people, now=now,
        header_row=chosen.header_row or 1 if header_row is None else header_row,
        arrangement=arrangement.with_words({"agency": meant, "shared_with": meant}),
        check_in_background=False,
    )  # fmt: skip
    counts = check_file(actor, id, now=now, on_progress=on_progress)
    if not confirm:
        return Receipt(id, counts, 0)
    if not counts.get("new", 0) + counts.get("changed", 0):
        keeping.close_import(actor, id, now=now)
        return Receipt(id, counts, 0)
    keeping.confirm_import(actor, id, now=now, keep_in_background=False)
    return Receipt(id, counts, keep_file(actor, id, now=now, on_progress=on_progress))
