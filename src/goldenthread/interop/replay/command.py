"""What `goldenthread replay` does with a file, apart from talking to a terminal.

No database, no settings and no clock: a history is judged by its own dates, so the same file gives
the same lines whenever it is read. The lines are described in docs/reference/replay-json.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk.life import Change, PromptState
from goldenthread.domain.shared.counting import counted
from goldenthread.domain.shared.partial_date import LATEST_YEAR
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.chronology.merging import agency_in_name
from goldenthread.interop.chronology.sheets import (
    bytes_of,
    choose_sheet,
    naming,
    suggested_columns,
)
from goldenthread.interop.replay.facts import Placed, facts_of
from goldenthread.interop.spreadsheets import reading
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.interop.spreadsheets.interpreting import Layout, interpret
from goldenthread.usecases.risk.replay_history import replay_history

POOLED = "pooled"
# The whole calendar lies before it, so that no row is refused for the day on which it is read.
_NO_TODAY = date(LATEST_YEAR, 12, 31)
_NOTES_SAID = 50


class ViewpointNotKnown(Refusal):
    """The viewpoint is neither `pooled` nor an agency."""


class NothingToReplay(Refusal):
    """No row of the file can be used."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file, read: its facts and the sentences about rows left out or understood in part."""

    placed: Placed
    sentences: tuple[str, ...]


def viewpoint_of(said: str) -> str | None:
    """The agency whose knowledge is asked for, None for everybody's. Raises ViewpointNotKnown."""
    if said == POOLED:
        return None
    if said in AgencyKind._value2member_map_:
        return said
    near = get_close_matches(said, [POOLED, *(kind.value for kind in AgencyKind)], n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    raise ViewpointNotKnown(f"“{said}” is not a viewpoint: say “pooled” or an agency.{hint}")


def read_file(path: Path, *, by_event: bool = False) -> Read:
    """Read a chronology, keeping every row that can be. Raises a Refusal with a plain sentence."""
    kept: list[tuple[int, PlainEntry]] = []
    left_out: list[str] = []
    notes: list[str] = []
    with naming(path):
        content = bytes_of(path)
        sheet = choose_sheet(reading.survey(content, path.name))
        layout = Layout(suggested_columns(sheet.headers))
        agency = agency_in_name(path.stem)
        header_row = 1 if sheet.header_row is None else sheet.header_row
        for raw in reading.rows(content, path.name, sheet.name, header_row):
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


def replay(
    read: Read,
    out: IO[str],
    *,
    viewpoint: str | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write one JSON object a line for every question raised or cleared; give how many."""
    written = 0
    for day in replay_history(read.placed.facts, viewpoint):
        for line in map(line_of, day.changes):
            out.write(line + "\n")
            written += 1
        if on_progress:
            on_progress(day.known, written)
    return written


def line_of(change: Change) -> str:
    """A change as one line; a question that is asked again is raised again."""
    raised = change.prompt.raised
    cleared = change.state is PromptState.CLEARED
    return json.dumps(
        {
            "on": change.on.isoformat(),
            "event": "cleared" if cleared else "raised",
            "type": str(raised.type),
            "pattern": raised.pattern,
            "question": raised.question,
            "because": list(raised.because),
            "about": list(raised.about),
        },
        ensure_ascii=False,
    )


def lines(read: Read, viewpoint: str | None = None) -> Iterator[str]:
    """The lines of a replay, for whoever does not write them to a file."""
    for day in replay_history(read.placed.facts, viewpoint):
        yield from map(line_of, day.changes)
