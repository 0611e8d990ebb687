"""A pattern: data that say what to look for, what to ask, of whom, and on whose word.

It holds no code and no score. A partnership's edit of one is a new version, decided by somebody for
a reason, and the version stands with every question it raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from goldenthread.domain.risk.matching import NOTHING, Filter
from goldenthread.domain.risk.shapes import Shape
from goldenthread.domain.risk.vocabulary import Certainty, Nature, Per, PromptType


@dataclass(frozen=True, slots=True)
class Episode:
    """A time in which services are involved: from `opens` until `closes`, or `lapses` days after
    the last entry that would open it."""

    opens: Filter = NOTHING
    closes: Filter = NOTHING
    lapses: int = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One pattern of a version.

    `question` may name {who}, {agencies}, {number} and {since}. `asked_of` says who is asked.
    `guidance` names the source, `certainty` how firmly it stands. `only_while` limits it to times
    when services are involved; the ages limit it to families with such a child. `reopens_after` is
    how many new entries re-open it once it is answered or no longer arises. `viewpoints` are the
    kinds of agency from whose knowledge alone it may be asked: what nobody recorded, an agency that
    is told little cannot say. Empty is any; everybody's knowledge together always may.
    """

    key: str
    type: PromptType | None
    version: int
    title: str
    question: str
    asked_of: str
    guidance: str
    certainty: Certainty
    owner: str
    shape: Shape
    theme: str = ""
    why: str = ""
    nature: Nature = Nature.HARM
    per: Per = Per.FAMILY
    only_while: Episode | None = None
    child_under: int | None = None
    child_over: int | None = None
    reopens_after: int = 1
    viewpoints: frozenset[str] = frozenset()

    def filters(self) -> Iterator[Filter]:
        """Every filter it reads entries by."""
        for one in fields(self.shape):
            value = getattr(self.shape, one.name)
            if isinstance(value, Filter):
                yield value
        if self.only_while:
            yield self.only_while.opens
            yield self.only_while.closes


def reach_of(patterns: tuple[Pattern, ...]) -> int:
    """For how many days after the last new entry some pattern may still begin or cease to ask."""
    longest = 0
    for pattern in patterns:
        numbers = [
            getattr(pattern.shape, one.name)
            for one in fields(pattern.shape)
            if "most" in one.metadata and one.name not in ("at_least", "times", "same_people")
        ]
        lapses = pattern.only_while.lapses if pattern.only_while else 0
        longest = max(longest, sum(min(number, 1100) for number in numbers), lapses)
    return longest
