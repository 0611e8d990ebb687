"""A family's history from a viewpoint: what was known, to whom, by when, and where it is silent.

The list and the drawing, the page and the file, all read a history through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from goldenthread.domain.provenance.awareness import (
    Awareness,
    Viewpoint,
    is_held_alone,
    is_known,
)
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.provenance.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement with everybody who knows it."""

    statement: Statement
    awareness: tuple[Awareness, ...]


def known_by(entries: Iterable[Entry], viewpoint: Viewpoint) -> tuple[Entry, ...]:
    """The entries known from a viewpoint, in the order given."""
    return tuple(entry for entry in entries if is_known(entry.awareness, viewpoint))


def held_alone(entries: Iterable[Entry], viewpoint: Viewpoint) -> tuple[Entry, ...]:
    """The entries that exactly one agency knew at the viewpoint's instant."""
    return tuple(e for e in entries if is_held_alone(e.awareness, viewpoint.as_of))


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Oldest first; entries of one day in the order they were recorded, then by id."""
    return tuple(sorted(entries, key=_place))


def _place(entry: Entry) -> tuple[date, str, str]:
    recorded = entry.statement.recorded_at
    return (
        entry.statement.happened.sort_day,
        recorded.isoformat() if recorded else "",
        str(entry.statement.id),
    )


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which no agency recorded anything: from the day after one entry to the next."""

    after: date
    until: date

    @property
    def days(self) -> int:
        """How many days passed between the two entries."""
        return (self.until - self.after).days


def silences(days: Iterable[date], *, at_least: int) -> tuple[Silence, ...]:
    """The gaps of at least `at_least` days between consecutive entry days."""
    ordered = sorted(set(days))
    return tuple(Silence(a, b) for a, b in pairwise(ordered) if (b - a).days >= at_least)


@dataclass(frozen=True, slots=True)
class CarerBand:
    """Who was recorded as caring for a child, from one change of carer to the next."""

    child: UUID
    carers: tuple[UUID, ...]
    began: date
    ended: date | None
    because: UUID


def carer_bands(statements: Iterable[Statement], children: Sequence[UUID]) -> tuple[CarerBand, ...]:
    """Bands of care drawn from `carer_change` statements, one run a child, oldest first.

    A change names the child and the carer or carers from that day; a band lasts until the next
    change recorded for the same child. Nothing is drawn before the first: it was not recorded.
    """
    changes = sorted(
        (s for s in statements if s.kind == Kind.CARER_CHANGE and s.happened.from_min),
        key=lambda s: (s.happened.sort_day, str(s.id)),
    )
    bands: list[CarerBand] = []
    for child in children:
        of_child = [s for s in changes if any(subject.person == child for subject in s.subjects)]
        for place, statement in enumerate(of_child):
            carers = tuple(s.person for s in statement.subjects if s.person not in children)
            following = of_child[place + 1] if place + 1 < len(of_child) else None
            ended = following.happened.sort_day if following else statement.happened.to_max
            if statement.happened.is_exact and following is None:
                ended = None
            bands.append(CarerBand(child, carers, statement.happened.sort_day, ended, statement.id))
    return tuple(bands)
