"""How far back a filter of a pattern can look, so that nobody searches what is older than that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldenthread.domain.risk import shapes
from goldenthread.domain.risk.ledger import SETTLED_FOR
from goldenthread.domain.risk.looking import since
from goldenthread.domain.risk.matching import Filter
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.resting import FRESH_DECISION
from goldenthread.domain.risk.waiting import THE_SAME_NEWS

EVER = 1  # the first day of the calendar


def reaches(pattern: Pattern, on: date) -> Iterator[tuple[Filter, int]]:
    """Each filter of a pattern with the first day on which an entry that fits it can matter."""
    shape = pattern.shape
    start = _events_from(shape, on)
    yield shape.events, start
    yield shape.answered_by, start - getattr(shape, "also_before", 0)
    yield shape.settled_by, start - SETTLED_FOR.days
    if isinstance(shape, shapes.Closing):
        yield shape.open, start - shape.look_back
        yield shape.closed_by, start - shape.look_back
        yield from ((one, EVER) for one in (shape.unseen, shape.only_if))
    elif isinstance(shape, shapes.Recurrence):
        yield shape.after, start - shape.within
    elif isinstance(shape, shapes.Stale):
        decisions = since(on, FRESH_DECISION).toordinal()
        yield shape.basis, decisions if shape.at_decision else EVER
    elif isinstance(shape, shapes.Silence):
        yield from ((one, EVER) for one in (shape.since, shape.until))
    if pattern.only_while is not None:
        yield from ((one, EVER) for one in (pattern.only_while.opens, pattern.only_while.closes))


def _events_from(shape: shapes.Shape, on: date) -> int:
    """The first day on which an event can lie, or another entry that is set beside one."""
    if isinstance(shape, shapes.Count | shapes.Sources | shapes.Needs):
        return since(on, shape.within).toordinal()
    if isinstance(shape, shapes.Acceleration):
        return since(since(on, shape.recent), shape.baseline + 1).toordinal()
    fresh = since(on, shape.fresh).toordinal()
    if isinstance(shape, shapes.FollowUp | shapes.Closing):
        return fresh
    if isinstance(shape, shapes.Untold):
        return fresh - THE_SAME_NEWS.days
    if isinstance(shape, shapes.Recurrence) and not shape.first_only:
        return fresh
    if isinstance(shape, shapes.Stale):
        reach = shape.fresh + FRESH_DECISION if shape.at_decision else shape.fresh
        return since(on, reach).toordinal()
    return EVER
