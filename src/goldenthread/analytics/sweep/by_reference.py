"""The sweep by the reference engine: family by family, slow and obviously right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from goldenthread.analytics.sweep.found import Question, in_order, of_pattern
from goldenthread.domain.risk.engine import ledger_of, questions
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.pattern import Pattern

Family = tuple[str, Iterable[Fact]]


def questions_of(
    patterns: Sequence[Pattern], family: str, facts: Iterable[Fact], on: date
) -> Iterator[Question]:
    """Every question of one family on a day, from what all agencies knew together by then."""
    facts = tuple(facts)
    by_id = {fact.id: fact for fact in facts}
    by_key = {pattern.key: pattern for pattern in patterns}
    ledger = ledger_of(patterns, facts, on)
    yield from in_order(
        of_pattern(
            by_key[one.pattern],
            family,
            one.subject,
            [(id, by_id[id].day.toordinal(), id in one.evidence) for id in one.because],
        )
        for one in questions(patterns, ledger, on)
    )


def sweep(
    patterns: Sequence[Pattern], families: Iterable[Family], on: date
) -> Iterator[Sequence[Question]]:
    """The questions of each family, one after another."""
    for family, facts in families:
        yield tuple(questions_of(patterns, family, facts, on))
