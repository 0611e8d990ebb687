"""Entries of different agencies that are possibly about the same event: offered, never merged.

Two rows stay two rows. A person confirms that they are one event, or that they are not; this only
says which pairs are worth asking about, and why. Answers the finding that nobody could tell four
incidents from one incident reported four times.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.provenance.statement import Statement

# How near two entries must be to be worth asking about. Settings of this product, not science:
# agencies commonly date one night's event by the evening or by the next morning.
DAYS_APART = 1
# Of the telling words two accounts use, the share they must have in common (Jaccard index), when
# the kind of event is the same and when it is not.
WORDS_IN_COMMON_SAME_KIND = 0.12
WORDS_IN_COMMON_OTHER_KIND = 0.25
# Words shorter than this say too little to compare accounts by.
SHORTEST_TELLING_WORD = 4
COMMON_WORDS = frozenset(
    (
        "that this with from they their them there were been have would could about after before "
        "said says also mother father child baby children home family when which what into only"
    ).split()
)
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class PossiblySame:
    """Two statements by different agencies, and why they may be about one event."""

    one: UUID
    other: UUID
    because: str


def possibly_same(
    statements: Iterable[Statement],
    *,
    settled: Iterable[frozenset[UUID]] = (),
    new: Collection[UUID] | None = None,
) -> tuple[PossiblySame, ...]:
    """The pairs worth asking about, earliest first; `settled` pairs have been answered already.

    With `new`, only the pairs that one of these statements is part of.
    Only exact days are compared: a season is near everything. Cost grows with the entries of each
    pair of neighbouring days, not with the square of the history.
    """
    answered = set(settled)
    by_day: dict[date, list[_Account]] = defaultdict(list)
    asked: dict[date, list[_Account]] = defaultdict(list)
    for statement in statements:
        if statement.happened.is_exact:
            is_asked = new is None or statement.id in new
            days = asked if is_asked else by_day
            days[statement.happened.sort_day].append(_Account.of(statement))
    found: list[tuple[date, PossiblySame]] = []
    for day in sorted({*by_day, *asked}):
        for one, other in _pairs(day, asked, by_day):
            because = one.why_same_as(other)
            pair = frozenset((one.statement.id, other.statement.id))
            if because and pair not in answered:
                first, second = sorted(pair)
                found.append((day, PossiblySame(first, second, because)))
    return tuple(pair for _, pair in found)


def _pairs(
    day: date, asked: dict[date, list[_Account]], others: dict[date, list[_Account]]
) -> Iterator[tuple[_Account, _Account]]:
    """The pairs of a day and the days after it that hold at least one account asked about."""
    after = [day + timedelta(n) for n in range(1, DAYS_APART + 1)]
    asked_after = [a for near in after for a in asked.get(near, ())]
    every_after = asked_after + [a for near in after for a in others.get(near, ())]
    here, beside = asked.get(day, []), others.get(day, [])
    for place, one in enumerate(here):
        for other in (*here[place + 1 :], *beside, *every_after):
            yield one, other
    for one in beside:
        for other in asked_after:
            yield one, other


@dataclass(frozen=True, slots=True)
class _Account:
    """One statement with what comparing needs worked out once."""

    statement: Statement
    people: frozenset[UUID]
    words: frozenset[str]

    @classmethod
    def of(cls, statement: Statement) -> _Account:
        return cls(
            statement,
            frozenset(subject.person for subject in statement.subjects),
            telling_words(statement.text),
        )

    def why_same_as(self, other: _Account) -> str:
        mine, theirs = self.statement, other.statement
        if mine.agency == theirs.agency or self.people.isdisjoint(other.people):
            return ""
        alike = likeness(self.words, other.words)
        same_kind = mine.kind == theirs.kind
        if alike < (WORDS_IN_COMMON_SAME_KIND if same_kind else WORDS_IN_COMMON_OTHER_KIND):
            return ""
        when = "the same day" if mine.happened == theirs.happened else "neighbouring days"
        kind = "the same kind of event" if same_kind else "similar words"
        common = ", ".join(sorted(self.words & other.words)[:4])
        return f"Two agencies, {when}, people in common, {kind} (both say: {common})."


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that tell one event from another, case-folded."""
    words = (word.casefold() for word in WORD.findall(text))
    return frozenset(w for w in words if len(w) >= SHORTEST_TELLING_WORD and w not in COMMON_WORDS)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all their words that two texts have in common, 0 to 1."""
    either = one | other
    return len(one & other) / len(either) if either else 0.0
