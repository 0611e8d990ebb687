"""A chronology sent up to be lived through: read in the confined child, and kept nowhere."""

from __future__ import annotations

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.replay.reading import TooManyRows, read_bytes
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.usecases.risk.replay_file import (
    MOST_ROWS,
    CannotBeReplayed,
    FileRow,
    HistoryRead,
)


def read_upload(content: bytes, name: str) -> HistoryRead:
    """Read a file that was sent up. Raises CannotBeReplayed with a plain sentence."""
    if not content:
        raise CannotBeReplayed("This file is empty.")
    try:
        read = read_bytes(content, name, most_rows=MOST_ROWS)
    except TooManyRows as refused:
        raise CannotBeReplayed(
            f"{_sentence(refused.reason)} Up to {MOST_ROWS:,} can be lived through on a page. "
            "Split it, for example by family, or use “goldenthread replay” on the command line."
        ) from refused
    except Refusal as refused:
        raise CannotBeReplayed(_sentence(refused.reason)) from refused
    rows = {id: _row(number, entry) for id, (number, entry) in read.placed.rows.items()}
    return HistoryRead(read.placed.facts, rows, read.sentences)


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]


def _row(number: int, entry: PlainEntry) -> FileRow:
    return FileRow(
        number=number,
        agency=entry.agency,
        happened=entry.happened,
        kind=entry.kind,
        how_known=entry.how_known,
        people=tuple(entry.people),
        text=entry.text,
    )
