"""From a pattern, which is data, to one statement that asks it of every family at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from goldenthread.analytics.sweep import counting, resting, waiting
from goldenthread.analytics.sweep.looking import Look
from goldenthread.analytics.sweep.preparing import Prepared
from goldenthread.domain.risk import shapes
from goldenthread.domain.risk.pattern import Pattern

_SELECTS: dict[type[shapes.Shape], Callable[[Look, Any], str]] = {
    shapes.Count: counting.count,
    shapes.Sources: counting.sources,
    shapes.Acceleration: counting.acceleration,
    shapes.Needs: counting.needs,
    shapes.Recurrence: counting.recurrence,
    shapes.Silence: waiting.silence,
    shapes.FollowUp: waiting.follow_up,
    shapes.Untold: waiting.untold,
    shapes.Stale: resting.stale,
    shapes.Closing: resting.closing,
}


def is_covered(pattern: Pattern) -> bool:
    """Whether the pattern's shape can be asked in sets; else the reference engine must."""
    return type(pattern.shape) in _SELECTS


def statement(pattern: Pattern, prepared: Prepared) -> str:
    """The statement of a pattern over the tables of `prepared`.

    It selects family, subject, place and `raises`: a row for each entry behind each question, the
    subject being 0 for the family, or the bit of a person or agency, or the place of an entry and
    one, as the pattern divides its questions. `raises` is false for what only sets the scene.
    """
    look = Look(pattern, prepared)
    found = look.steps.add("found", _SELECTS[type(pattern.shape)](look, pattern.shape))
    ages = [
        f"JOIN {name} ON {name}.family = found.family"
        for name in (
            pattern.child_under is not None and f"under{pattern.child_under}",
            pattern.child_over is not None and f"over{pattern.child_over}",
        )
        if name
    ]
    chosen = "found.family, found.subject, found.place, found.raises"
    return look.steps.ending(f"SELECT {chosen} FROM {found} {' '.join(ages)}")
