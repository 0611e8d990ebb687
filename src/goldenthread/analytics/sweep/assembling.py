"""From the rows of the statements, sorted, to the questions of each family.

A row holds family, pattern (its place among those asked), subject, the entry's id and day, whether
it raises the question, and its place in the family.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from goldenthread.analytics.sweep.found import Question, in_order, of_pattern
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Per

Found = tuple[int, int, int, str, int, bool, int]
# Names by family, bit, and whether it is a person's or an agency's.
Called = Mapping[tuple[int, int, bool], str]


def questions_by_family(
    rows: Iterable[Found],
    patterns: Sequence[Pattern],
    names: Mapping[int, str],
    called: Called,
) -> Iterator[tuple[int, list[Question]]]:
    """Each family's questions, from rows sorted by family, pattern, subject and place."""
    for family, own in groupby(rows, key=lambda row: row[0]):
        yield family, list(in_order(_of_family(own, patterns, names[family], called)))


def _of_family(
    rows: Iterable[Found], patterns: Sequence[Pattern], name: str, called: Called
) -> Iterator[Question]:
    for (place, subject), some in groupby(rows, key=lambda row: (row[1], row[2])):
        own = list(some)
        whom = _whom(patterns[place].per, subject, own, called)
        yield of_pattern(patterns[place], name, whom, [row[3:6] for row in own])


def _whom(per: Per, subject: int, rows: Sequence[Found], called: Called) -> str:
    """The name of what a question is about: a person, an agency, an entry, or nothing."""
    if subject == 0:
        return ""
    if per is Per.ENTRY:
        return next(row[3] for row in rows if row[6] == subject - 1)
    return called[(rows[0][0], subject, per.is_person)]
