"""A picture cut for paper: as many drawings as it needs, each with its calendar, at full size.

Nothing shrinks: what is written at 12 px is 9 pt on paper. Lanes are never cut through.
"""

from __future__ import annotations

from dataclasses import replace

from goldenthread.drawing.marks import Sheet
from goldenthread.drawing.picture.given import Given
from goldenthread.drawing.picture.picture import PLOT, Drawn, draw, whole_sheet


def sheets_of(given: Given, drawn: Drawn, *, high: float, plot: float = PLOT) -> tuple[Sheet, ...]:
    """The drawing in parts of at most `high` px where a lane allows it, without links.

    The stretches of time (homes, care, plans, workers) stand on the first part alone.
    """
    shelves = {shelf.lane.key: shelf.height for shelf in drawn.shelves}
    above = drawn.plot.height - sum(shelves.values())  # calendar, captions, stretches
    groups: list[list[str]] = [[]]
    used = above
    for lane in given.lanes:
        if groups[-1] and used + shelves[lane.key] > high:
            groups.append([])
            used = drawn.head
        groups[-1].append(lane.key)
        used += shelves[lane.key]
    return tuple(
        whole_sheet(draw(_part(given, set(group), is_first=number == 0), plot=plot))
        for number, group in enumerate(groups)
        if group
    )


def _part(given: Given, lanes: set[str], *, is_first: bool) -> Given:
    bare = (replace(one, href="", name="") for one in given.items if lanes & set(one.lanes))
    return replace(
        given,
        lanes=tuple(replace(one, href="") for one in given.lanes if one.key in lanes),
        items=tuple(bare),
        rows=given.rows if is_first else (),
        stretches=tuple(replace(one, href="") for one in given.stretches) if is_first else (),
    )
