"""Live through a past case again, day by day as it became known, with the shipped patterns.

Needs no database and no settings: "would it have been seen?" may be asked of any chronology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.thread.unfolding import Day, unfold
from goldenthread.usecases.risk.shipped import shipped_patterns


def replay_history(facts: Iterable[Fact], viewpoint: str | None = None) -> Iterator[Day]:
    """Give the days on which something became known or a question changed.

    `viewpoint` is one agency, or None for what all of them knew together.
    """
    return unfold(shipped_patterns(), facts, viewpoint)
