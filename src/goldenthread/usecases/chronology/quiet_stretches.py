"""Where a shown history is quiet, and for how long.

Answers the finding that a long silence about a child was read as nothing being wrong: a gap is
shown as a gap. It must never call a time quiet in which something may have been recorded.
"""

from __future__ import annotations

from goldenthread.domain.chronology.history import Silence, silences
from goldenthread.usecases.chronology.shown import History

# Four weeks. A choice of this service, not a rule of guidance: short enough that a missed round of
# monthly contacts shows, long enough that an ordinary fortnight between visits does not.
SHOWN_FROM_DAYS = 28


def quiet_stretches(history: History, *, at_least: int = SHOWN_FROM_DAYS) -> tuple[Silence, ...]:
    """The stretches of at least `at_least` days between the entries shown, oldest first.

    Masked entries break a silence too. A stretch is left out where an entry with an approximate
    date may have begun within it.
    """
    dates = [entry.happened for entry in history.entries]
    dates += [masked.happened for masked in history.masked]
    exact = {d.from_min for d in dates if d.is_exact and d.from_min}
    vague = [(d.from_min, d.from_max) for d in dates if not d.is_exact and d.from_min]
    return tuple(
        gap
        for gap in silences(exact, at_least=at_least)
        if not any(first < gap.until and (last or first) > gap.after for first, last in vague)
    )
