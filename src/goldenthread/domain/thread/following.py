"""What a family's history adds up to by a day, from one viewpoint: every question and what held.

One pure function of what is known and what was answered. Whoever runs it again from nothing has the
same answer, in whatever order things arrived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.risk.life import OPEN, Change, Key, Prompt
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.thread.history import History
from goldenthread.domain.thread.unfolding import unfold

EVERYTHING = frozenset(Nature)


@dataclass(frozen=True, slots=True)
class Followed:
    """Every question of a history as it stands at the end of a day, and what became of each.

    `changes` are in the order of days. What holds is followed as the questions are: it is raised
    when it begins to hold and cleared when it ceases.
    """

    through: date
    prompts: Mapping[Key, Prompt]
    changes: tuple[Change, ...]

    def times(self) -> Mapping[Key, int]:
        """How often each question was put."""
        return Counter(one.prompt.raised.key for one in self.changes if one.state in OPEN)


def follow(
    patterns: Sequence[Pattern],
    history: History,
    through: date,
    viewpoint: str | None = None,
    viewpoint_kind: str = "",
) -> Followed:
    """Follow a history through a day from one viewpoint, as `unfold` does."""
    prompts: Mapping[Key, Prompt] = {}
    changes: list[Change] = []
    for day in unfold(
        patterns, history.facts, viewpoint, viewpoint_kind,
        endings=history.endings, answers=history.answers, through=through, natures=EVERYTHING,
    ):  # fmt: skip
        changes.extend(day.changes)
        prompts = day.prompts
    return Followed(through, prompts, tuple(changes))
