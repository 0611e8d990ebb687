"""What other numbers would change over a pattern's worked examples, before anybody decides on them.

The examples are the proof that a pattern asks when it should and stays silent when it should; so a
change is judged by which of them would no longer hold, and by when the question would come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.usecases.risk.worked_examples import Example, NearMiss, Row

# So long after an example's own day it is still looked whether a question would come later.
LOOKED_AHEAD = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExampleChange:
    """A pattern's worked example as it is now and as it would be.

    `asked_now` and `asked_then` are the first days on which the question is put over the example's
    rows, None where it is not within a year. `because_then` are its reasons on the example's own
    day with the other numbers. `still_holds` says whether the example is still true; `would_ask`
    are the near-misses that would no longer stay silent.
    """

    asked_now: date | None
    asked_then: date | None
    because_then: tuple[str, ...]
    still_holds: bool
    would_ask: tuple[NearMiss, ...]

    @property
    def all_hold(self) -> bool:
        """Whether the example and each of its near-misses would be as the handbook says."""
        return self.still_holds and not self.would_ask


def example_change(now: Pattern, then: Pattern, example: Example) -> ExampleChange:
    """Set a pattern with other numbers beside itself over its worked example."""
    because = _because(then, example.rows, example.on)
    return ExampleChange(
        asked_now=first_asked(now, example),
        asked_then=first_asked(then, example),
        because_then=because,
        still_holds=because == example.because,
        would_ask=misses_asked(then, example),
    )


def misses_asked(pattern: Pattern, example: Example) -> tuple[NearMiss, ...]:
    """The near-misses of an example over which a pattern does not stay silent."""
    return tuple(miss for miss in example.near_misses if _asks(pattern, miss))


def _asks(pattern: Pattern, miss: NearMiss) -> bool:
    return bool(evaluate((pattern,), [row.fact for row in miss.rows], miss.on))


def first_asked(pattern: Pattern, example: Example) -> date | None:
    """The first day on which the pattern speaks over an example's rows; None within a year."""
    facts = [row.fact for row in example.rows]
    days = [fact.known_from for fact in facts]
    day, last = min(days), max([example.on, *days]) + LOOKED_AHEAD
    while day <= last:
        if evaluate((pattern,), facts, day):
            return day
        day += _DAY
    return None


def _because(pattern: Pattern, rows: Iterable[Row], on: date) -> tuple[str, ...]:
    raised = evaluate((pattern,), [row.fact for row in rows], on)
    return raised[0].because if len(raised) == 1 else ()
