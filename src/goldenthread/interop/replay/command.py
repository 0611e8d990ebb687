"""What `goldenthread replay` does with a file, apart from talking to a terminal.

No database, no settings and no clock: a history is judged by its own dates, so the same file gives
the same lines whenever it is read. The lines are described in docs/reference/replay-json.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk.life import Change, PromptState
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.chronology.sheets import bytes_of, naming
from goldenthread.interop.replay.reading import NothingToReplay, Read, read_bytes
from goldenthread.usecases.risk.replay_history import replay_history

__all__ = ["NothingToReplay", "Read", "lines", "read_file", "replay", "viewpoint_of"]

POOLED = "pooled"


class ViewpointNotKnown(Refusal):
    """The viewpoint is neither `pooled` nor an agency."""


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
    with naming(path):
        return read_bytes(bytes_of(path), path.name, by_event=by_event)


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
