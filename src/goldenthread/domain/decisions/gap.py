"""The knowledge gap of a decision: what was known where, and had not reached those who decided.

Fair to the people who decided: it counts only what somebody knew by then, and keeps three things
apart that are never added up. An agency *held* what its own people recorded. It was *told* what
another agency passed on. And somebody in the room *could have looked up* what their agency held or
had been told while nothing shows that they themselves had seen it.

Several entries that a person confirmed to be of one event are one fact: whoever knew one of them
knew it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, KnownInPerson
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word


class Reach(Word):
    """How far a fact had come by the decision."""

    NOBODY_DECIDING = "nobody_deciding", "Had not reached anybody who decided"
    SOME = "some", "Known to some of those who decided, not to all"
    EVERYBODY = "everybody", "Known to every agency that decided"
    NOBODY_AT_ALL = "nobody_at_all", "Known to nobody at the time"


class Sight(Word):
    """How one person in the room stood to a fact; only the first two say that they had seen it."""

    OWN = "own", "Wrote it or told of it"
    SEEN = "seen", "Was told it, or read it"
    COULD_LOOK_UP = "could_look_up", "Their agency had it; they could have looked it up"
    NOT_THERE = "not_there", "Their agency did not have it"


@dataclass(frozen=True, slots=True)
class Fact:
    """One event and how it travelled: `statements` are the entries about it, first known first.

    Of these only what somebody knew by the decision, where anything was known by then. `arrivals`
    holds for every agency that ever came to know it the row by which it first did, in that order.
    """

    statements: tuple[UUID, ...]
    arrivals: Mapping[UUID, Awareness]
    reach: Reach

    @property
    def first(self) -> Awareness:
        """How it came to be known at all."""
        return next(iter(self.arrivals.values()))

    def by(self, at: datetime) -> dict[UUID, Awareness]:
        """The agencies that knew by an instant."""
        return {agency: one for agency, one in self.arrivals.items() if one.known_from <= at}

    def days_to(self, agency: UUID) -> int | None:
        """Days from when anybody knew until this agency did; None where it never came to."""
        arrival = self.arrivals.get(agency)
        return None if arrival is None else days_between(self.first.known_from, arrival.known_from)


@dataclass(frozen=True, slots=True)
class Gap:
    """Every fact of a family by how far it had come at a decision; in each, first known first."""

    at: datetime
    deciding: frozenset[UUID]
    facts: tuple[Fact, ...]

    def reached(self, reach: Reach) -> tuple[Fact, ...]:
        """The facts that had come so far."""
        return tuple(fact for fact in self.facts if fact.reach is reach)


def is_held(arrival: Awareness) -> bool:
    """Whether the agency's own people recorded it, rather than being told."""
    return arrival.level == AwarenessLevel.ORIGINATED


def is_said_afterwards(arrival: Awareness, at: datetime) -> bool:
    """Whether it was written down only after an instant that the agency knew by then."""
    written = arrival.recorded_at
    return arrival.known_from <= at and written is not None and written > at


def days_between(first: datetime, then: datetime) -> int:
    """Whole days in England from one instant to another."""
    return (day_of(then) - day_of(first)).days


def gap_of(
    awareness: Iterable[Awareness],
    groups: Mapping[UUID, UUID],
    deciding: Collection[UUID],
    at: datetime,
    happened_by: Collection[UUID] = (),
) -> Gap:
    """Set out what was known at an instant, and to which of the agencies that decided.

    `groups` says which statements are of one event (`event_groups`); a statement it lacks stands
    for itself. Facts that came to be known after `at` are left out, but for those whose event lay
    before it: `happened_by` holds their statements, and they are known to nobody at the time.
    """
    of_one: dict[UUID, list[Awareness]] = defaultdict(list)
    for row in awareness:
        of_one[groups.get(row.statement, row.statement) if groups else row.statement].append(row)
    among, past = frozenset(deciding), frozenset(happened_by)
    found = []
    for event, rows in of_one.items():
        rows.sort(key=_in_order)
        fact = _fact(rows, among, at)
        if fact.reach is not Reach.NOBODY_AT_ALL or not past.isdisjoint(fact.statements):
            found.append((fact.first.known_from, event.int, fact))
    return Gap(at, among, tuple(fact for *_, fact in sorted(found, key=lambda one: one[:2])))


def _in_order(row: Awareness) -> tuple[datetime, bool, int, int]:
    """First known first; of two ways at one instant its own record, for it held what it was told.

    The ids only make the order one order.
    """
    return row.known_from, row.level != AwarenessLevel.ORIGINATED, row.agency.int, row.statement.int


def _fact(rows: list[Awareness], deciding: frozenset[UUID], at: datetime) -> Fact:
    """One event, from what is known of it in order."""
    arrivals: dict[UUID, Awareness] = {}
    for row in rows:
        arrivals.setdefault(row.agency, row)
    knew = [agency for agency, row in arrivals.items() if row.known_from <= at]
    among = sum(1 for agency in knew if agency in deciding)
    reach = reach_of(known=bool(knew), among=among, deciding=len(deciding))
    told = rows if reach is Reach.NOBODY_AT_ALL else [row for row in rows if row.known_from <= at]
    return Fact(tuple(dict.fromkeys([row.statement for row in told])), arrivals, reach)


def reach_of(*, known: bool, among: int, deciding: int) -> Reach:
    """How far a fact had come: whether anybody knew it, and `among` of the `deciding` agencies."""
    if not known:
        return Reach.NOBODY_AT_ALL
    if not among:
        return Reach.NOBODY_DECIDING
    return Reach.EVERYBODY if among == deciding else Reach.SOME


def sight_of(
    fact: Fact,
    person: UUID,
    agency: UUID,
    seen: Mapping[tuple[UUID, UUID], KnownInPerson],
    at: datetime,
) -> Sight:
    """How one person in the room stood to a fact at the decision.

    `seen` says of (statement, practitioner) how that person had come to know it by then.
    """
    ways = [how for one in fact.statements if (how := seen.get((one, person)))]
    if KnownInPerson.WROTE in ways:
        return Sight.OWN
    if ways:
        return Sight.SEEN
    return Sight.COULD_LOOK_UP if agency in fact.by(at) else Sight.NOT_THERE
