"""What a pattern finds on a day: a plain question, whom it is for, and because of which entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.vocabulary import Nature, PromptType


@dataclass(frozen=True, slots=True)
class Raised:
    """A question that arises on a day.

    `because` holds the ids of every entry behind it in the order of their days; `evidence` those of
    them that raise it, as against those that only set the scene. `subject` tells one question of a
    pattern from another: a person, an agency, or nothing for the family. `type` is None exactly
    for a strength.
    """

    pattern: str
    version: int
    nature: Nature
    type: PromptType | None
    on: date
    question: str
    asked_of: str
    because: tuple[str, ...]
    evidence: frozenset[str]
    about: tuple[str, ...]
    subject: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same while the question stays the same."""
        return self.pattern, self.subject


@dataclass(frozen=True, slots=True)
class Found:
    """Entries that fit a shape: those that raise the question and those that set the scene."""

    events: tuple[Fact, ...]
    scene: tuple[Fact, ...] = ()
    subject: str = ""


def later(one: Fact, other: Fact) -> Fact:
    """The later of two facts, by day and id."""
    return max(one, other, key=lambda fact: (fact.day, fact.id))


def ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each fact once, by day and id."""
    return tuple(sorted({f.id: f for f in facts}.values(), key=lambda f: (f.day, f.id)))
