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
class Arrival:
    """When a fact came to one agency, and how: `level` is ORIGINATED where its own people held it.

    `statement` is the entry by which it came. `recorded_at` is when that was written down, where
    it is known: later than the decision, it is a claim made afterwards.
    """

    agency: UUID
    since: datetime
    level: str
    statement: UUID
    recorded_at: datetime | None = None

    @property
    def is_held(self) -> bool:
        """Whether the agency's own people recorded it, rather than being told."""
        return self.level == AwarenessLevel.ORIGINATED

    def is_said_afterwards(self, at: datetime) -> bool:
        """Whether it was written down only after the decision that the agency knew before."""
        return self.since <= at and self.recorded_at is not None and self.recorded_at > at


@dataclass(frozen=True, slots=True)
class Fact:
    """One event and how it travelled: `statements` are the entries about it, first known first.

    Of these only what somebody knew by the decision, where anything was known by then. `arrivals`
    holds for every agency that ever came to know it the first time it did.
    """

    statements: tuple[UUID, ...]
    arrivals: Mapping[UUID, Arrival]
    reach: Reach

    @property
    def first(self) -> Arrival:
        """How it came to be known at all."""
        return min(self.arrivals.values(), key=lambda one: (one.since, str(one.agency)))

    def by(self, at: datetime) -> dict[UUID, Arrival]:
        """The agencies that knew by an instant."""
        return {agency: one for agency, one in self.arrivals.items() if one.since <= at}

    def days_to(self, agency: UUID) -> int | None:
        """Days from when anybody knew until this agency did; None where it never came to."""
        arrival = self.arrivals.get(agency)
        return None if arrival is None else days_between(self.first.since, arrival.since)


@dataclass(frozen=True, slots=True)
class Gap:
    """Every fact of a family by how far it had come at a decision; in each, first known first."""

    at: datetime
    deciding: frozenset[UUID]
    facts: tuple[Fact, ...]

    def reached(self, reach: Reach) -> tuple[Fact, ...]:
        """The facts that had come so far."""
        return tuple(fact for fact in self.facts if fact.reach is reach)


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
    arrivals: dict[UUID, dict[UUID, Arrival]] = defaultdict(dict)
    first_known: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for row in awareness:
        group = groups.get(row.statement, row.statement)
        held = arrivals[group].get(row.agency)
        # Of two ways at one instant, its own record counts: it held what it was also told.
        if held is None or _comes_before(row, held):
            arrivals[group][row.agency] = Arrival(
                row.agency, row.known_from, row.level, row.statement, row.recorded_at
            )
        earlier = first_known[group].get(row.statement, row.known_from)
        first_known[group][row.statement] = min(earlier, row.known_from)
    deciding = frozenset(deciding)
    past = frozenset(happened_by)
    found = []
    for group, by_agency in arrivals.items():
        reach = _reach(by_agency, deciding, at)
        known = first_known[group]
        if reach is not Reach.NOBODY_AT_ALL:
            known = {one: since for one, since in known.items() if since <= at}
        elif past.isdisjoint(known):
            continue
        found.append(
            Fact(tuple(sorted(known, key=lambda one: (known[one], str(one)))), by_agency, reach)
        )
    found.sort(key=lambda fact: (fact.first.since, str(fact.statements[0])))
    return Gap(at, deciding, tuple(found))


def _comes_before(row: Awareness, held: Arrival) -> bool:
    if row.known_from != held.since:
        return row.known_from < held.since
    return row.level == AwarenessLevel.ORIGINATED and not held.is_held


def _reach(by_agency: Mapping[UUID, Arrival], deciding: frozenset[UUID], at: datetime) -> Reach:
    knew = {agency for agency, one in by_agency.items() if one.since <= at}
    if not knew:
        return Reach.NOBODY_AT_ALL
    among = knew & deciding
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
