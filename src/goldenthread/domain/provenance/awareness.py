"""Who knew what, when: each party's knowledge of a statement has a start and a way it came about.

*The agency knew* is not *the person in the room knew*, and *held*, *was told* and *could have
looked it up* are never merged into one count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from goldenthread.domain.provenance.vocabulary import AwarenessLevel, KnownBasis
from goldenthread.domain.shared.instants import start_of_day
from goldenthread.domain.shared.partial_date import PartialDate


class Awareness(NamedTuple):
    """One agency knows one statement from an instant on.

    A tuple, as there are several for each of thousands of statements. `told` is the day as it was
    stated where the agency was told, as EDTF text: empty where nobody said when, None where nobody
    told it.
    """

    statement: UUID
    agency: UUID
    known_from: datetime
    level: str = AwarenessLevel.ORIGINATED
    recorded_at: datetime | None = None
    told: str | None = None


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Whose knowledge, at which instant: `agency` None pools every agency's."""

    as_of: datetime
    agency: UUID | None = None


def is_known(awareness: Iterable[Awareness], viewpoint: Viewpoint) -> bool:
    """Whether a statement with these awareness rows was known from the viewpoint."""
    return any(
        row.known_from <= viewpoint.as_of and viewpoint.agency in (None, row.agency)
        for row in awareness
    )


def knowers(awareness: Iterable[Awareness], as_of: datetime) -> dict[UUID, Awareness]:
    """For each agency that knew by `as_of`, the row by which it came to know first."""
    first: dict[UUID, Awareness] = {}
    for row in awareness:
        if row.known_from <= as_of:
            held = first.get(row.agency)
            if held is None or row.known_from < held.known_from:
                first[row.agency] = row
    return first


def is_held_alone(awareness: Iterable[Awareness], as_of: datetime) -> bool:
    """Whether exactly one agency knew the statement at `as_of`."""
    return len(knowers(awareness, as_of)) == 1


def known_since(
    stated: PartialDate, happened: PartialDate, *, now: datetime
) -> tuple[datetime, KnownBasis]:
    """When an agency came to know, from what was said of it: the instant and how firm it is.

    Takes the *latest* day the words allow, so that nobody is credited with knowledge earlier than
    can be shown. Where nothing was said the event's own date stands in, marked as assumed; where
    that is not known either, or lies in the future, it is `now`.
    """
    for date, basis in ((stated, KnownBasis.DAY), (happened, KnownBasis.ASSUMED)):
        latest = date.from_max or date.to_max
        if latest is not None:
            if basis is KnownBasis.DAY and not date.is_exact:
                basis = KnownBasis.ABOUT
            return min(start_of_day(latest), now), basis
    return now, KnownBasis.ASSUMED
