"""What a sweep finds: one question of one family, with the entries behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.risk.pattern import Pattern

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a pattern asks of a family on the day of the sweep.

    `because` holds the ids of every entry behind it by day and id; `evidence` those of them that
    raise it. `first` and `last` are the days of the earliest and the latest of these. `subject` is
    the name of a person or agency or an entry's id, as the pattern divides its questions.
    """

    family: str
    pattern: str
    version: int
    type: str | None
    subject: str
    because: tuple[str, ...]
    evidence: tuple[str, ...]
    first: date
    last: date

    def as_line(self) -> str:
        """The question as one JSON object on one line."""
        return json.dumps(
            {
                "family": self.family,
                "pattern": self.pattern,
                "version": self.version,
                "type": self.type,
                "subject": self.subject,
                "because": self.because,
                "evidence": self.evidence,
                "first": self.first.isoformat(),
                "last": self.last.isoformat(),
            },
            ensure_ascii=False,
        )


def of_pattern(
    pattern: Pattern, family: str, subject: str, entries: Iterable[tuple[str, int, bool]]
) -> Question:
    """A question from its entries in order: the id, the day as a number, whether it raises it."""
    because = tuple(entries)
    raising = [(id, day) for id, day, raises in because if raises]
    return Question(
        family=family,
        pattern=pattern.key,
        version=pattern.version,
        type=str(pattern.type) if pattern.type is not None else None,
        subject=subject,
        because=tuple(dict.fromkeys(id for id, _, _ in because)),
        evidence=tuple(dict.fromkeys(id for id, _ in raising)),
        first=date.fromordinal(raising[0][1]),
        last=date.fromordinal(raising[-1][1]),
    )


def in_order(questions: Iterable[Question]) -> Iterator[Question]:
    """One family's questions by pattern and subject, as every engine gives them."""
    return iter(sorted(questions, key=lambda one: (one.pattern, one.subject)))
