"""Which entries a pattern means: conditions that must all hold, and filters of which one must.

A filter of words looks into what people wrote. It finds what the kinds of entry are too coarse to
say, such as that a report was anonymous, and nothing is concluded from a word that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from goldenthread.domain.risk.fact import Fact, bear_worry
from goldenthread.domain.risk.vocabulary import PersonClass


@dataclass(frozen=True, slots=True)
class Condition:
    """What an entry must have; what is left empty is not asked for.

    `any_concern` asks for some area of concern that is more than a need (`Fact.bears_worry`).
    `about` asks for one of the classes of people, `also_about` for one of these besides,
    `not_about` for none of these. `words` asks for one of them in the text, `told_by` for one of
    them in who told; `without_words` for none.
    """

    kinds: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()
    any_concern: bool = False
    agencies: frozenset[str] = frozenset()
    not_agencies: frozenset[str] = frozenset()
    how_known: frozenset[str] = frozenset()
    about: frozenset[PersonClass] = frozenset()
    also_about: frozenset[PersonClass] = frozenset()
    not_about: frozenset[PersonClass] = frozenset()
    not_concerns: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()

    def holds(self, fact: Fact) -> bool:
        """Whether the entry has all that is asked for."""
        return self.could_hold(fact.kind, fact.concerns) and self.holds_besides(fact)

    def could_hold(self, kind: str, concerns: frozenset[str]) -> bool:
        """Whether it could hold of an entry of a kind with these areas of concern."""
        if self.kinds and kind not in self.kinds:
            return False
        if self.concerns and not self.concerns & concerns:
            return False
        if self.any_concern and not bear_worry(concerns):
            return False
        return not self.not_concerns & concerns

    def holds_besides(self, fact: Fact) -> bool:
        """Whether an entry of which it could hold has the rest that is asked for."""
        if self.agencies and fact.agency_kind not in self.agencies:
            return False
        if fact.agency_kind in self.not_agencies:
            return False
        if self.how_known and fact.how_known not in self.how_known:
            return False
        return self._about_whom(fact) and self._in_words(fact)

    def _about_whom(self, fact: Fact) -> bool:
        if self.not_about & fact.classes:
            return False
        if self.also_about and not self.also_about & fact.classes:
            return False
        return not self.about or bool(self.about & fact.classes)

    def _in_words(self, fact: Fact) -> bool:
        if self.words and not any(map(fact.text.__contains__, self.words)):
            return False
        if self.told_by and not any(map(fact.told_by.__contains__, self.told_by)):
            return False
        return not any(map(fact.text.__contains__, self.without_words))


@dataclass(frozen=True, slots=True)
class Filter:
    """Entries for which at least one of the conditions holds; with none, no entry at all."""

    any_of: tuple[Condition, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        """Hash once: every entry of a family is looked up under its filters."""
        object.__setattr__(self, "_hash", hash(self.any_of))

    def __hash__(self) -> int:
        """The hash worked out when the filter was made."""
        return self._hash

    def __bool__(self) -> bool:
        """Whether it can match anything."""
        return bool(self.any_of)

    def matches(self, fact: Fact) -> bool:
        """Whether the entry is one of those meant."""
        return any(condition.holds(fact) for condition in self.any_of)

    def for_entries(self, kind: str, concerns: frozenset[str]) -> tuple[Condition, ...]:
        """The conditions that entries of one kind with these areas of concern could meet."""
        return tuple(one for one in self.any_of if one.could_hold(kind, concerns))


NOTHING = Filter()
