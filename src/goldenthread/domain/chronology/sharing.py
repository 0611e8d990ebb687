"""Telling another agency of an entry that is already in the record, or deciding not to, and why.

Answers the review's finding that information was known somewhere and had not reached those who
decided: each telling has a day, a way, a basis in law and somebody who did it. An agency can pass
on only what it knows, and not before it knew it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.chronology.admitting import (
    CannotBeRecorded,
    Problem,
    Telling,
    ToldRow,
    in_person,
    problems_of_telling,
    told_row,
)
from goldenthread.domain.provenance.vocabulary import KnownBasis
from goldenthread.domain.shared.instants import day_of


def admit_tellings(
    statement: UUID,
    tellings: Sequence[Telling],
    *,
    by_agency: UUID,
    known_from: datetime,
    now: datetime,
) -> tuple[ToldRow, ...]:
    """Turn tellings of one statement by an agency that knows it into rows the record can hold.

    A telling said again in the same words gets the same id, so that it is kept once. Raises
    CannotBeRecorded naming every problem at once.
    """
    problems = tuple(
        problem
        for telling in tellings
        for problem in _problems(telling, by_agency, day_of(known_from), day_of(now))
    )
    if not tellings:
        problems = (Problem("tellings", "Choose at least one agency."),)
    if problems:
        raise CannotBeRecorded(problems)
    return tuple(_row(statement, telling, now) for telling in tellings)


def _problems(telling: Telling, agency: UUID, knew: date, today: date) -> Iterator[Problem]:
    yield from problems_of_telling(telling, agency, today)
    latest = telling.told.from_max or telling.told.to_max
    if telling.shared and latest is not None and latest < knew:
        yield Problem("tellings", "Your agency did not know this yet on the day it was told.")
    if not telling.shared and telling.review_on is not None and telling.review_on < today:
        yield Problem("review_on", "The date to look at this again has passed.")


def _row(statement: UUID, telling: Telling, now: datetime) -> ToldRow:
    row = told_row(statement, telling, now)
    if not telling.shared:
        words = f"not-told:{telling.to_agency}:{telling.review_on}:{telling.reason.strip()}"
    else:
        # Without a stated day the row counts from this instant; two presses of one button must
        # still be one telling, so the day stands in for the instant.
        assumed = row.told_basis is KnownBasis.ASSUMED
        when = str(day_of(now)) if assumed else row.told_at.isoformat()
        words = f"told:{telling.to_agency}{in_person(telling)}:{when}"
    return replace(row, id=uuid5(statement, words))
