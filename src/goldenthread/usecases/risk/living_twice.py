"""A history lived through twice, as all agencies together and as one alone, day by day.

The same for a family on record and for a file of a past case. Long histories may be stopped: the
caller says when, and what was found by then is given with the day it stopped on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.thread.history import History
from goldenthread.domain.thread.sharing import (
    Asking,
    Difference,
    askings,
    differences,
    told_at_once,
)
from goldenthread.domain.thread.unfolding import Day, unfold


@dataclass(frozen=True, slots=True)
class Replayed:
    """A history lived through twice, `together` and `alone`, and how the two differ.

    `days` are those on which anything became known to either or a question changed, in order.
    `stopped_on` is the day on which it was stopped, None where it was lived through to its end.
    """

    together: tuple[Asking, ...]
    alone: tuple[Asking, ...]
    differences: tuple[Difference, ...]
    facts: Mapping[str, Fact]
    patterns: Mapping[str, Pattern]
    days: tuple[date, ...]
    stopped_on: date | None = None


def live_twice(
    patterns: Sequence[Pattern],
    history: History,
    agency: str,
    agency_kind: str,
    *,
    is_pooled: bool,
    through: date | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Replayed:
    """Live through a history as one agency came to know it, and beside that as a wider sight.

    Pooled, the wider sight is everybody's. Else it is the same agency's, had it been told each
    entry it ever was told on the day that was first known.
    """
    one = (agency, agency_kind)
    wide = (None, "") if is_pooled else one
    at_once = history.facts if is_pooled else told_at_once(history.facts, agency)
    course = unfold(patterns, at_once, *wide, endings=history.endings, through=through)
    days: set[date] = set()
    stopped: list[date] = []
    together = askings(_until(course, is_over, days, stopped))
    # No further than the first was lived through, so that both tell of the same days.
    by = stopped[0] if stopped else through
    course = unfold(patterns, history.facts, *one, endings=history.endings, through=by)
    alone = askings(_until(course, lambda: False, days, stopped))
    return Replayed(
        together=together,
        alone=alone,
        differences=differences(
            patterns, history.facts, together, alone, *one, endings=history.endings
        ),
        facts={fact.id: fact for fact in history.facts},
        patterns={pattern.key: pattern for pattern in patterns},
        days=tuple(sorted(days)),
        stopped_on=stopped[0] if stopped else None,
    )


def _until(
    course: Iterator[Day], is_over: Callable[[], bool], days: set[date], stopped: list[date]
) -> Iterator[Day]:
    for day in course:
        days.add(day.on)
        yield day
        if is_over():
            stopped.append(day.on)
            return
