"""A family's network on one day: who is there, who is a couple, who lives where, who looks after
whom.

Nothing is decided between accounts. What nobody dated is shown on every day and marked; what
partial dates leave open is marked unsure; claims that cannot both be so stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.contradicting import (
    Contradiction,
    contradictions_of,
    known_on,
    stands_on,
)
from goldenthread.domain.network.couples import CoupleAt, couples_at
from goldenthread.domain.network.presence import (
    PersonAt,
    Presence,
    earliest_births,
    is_alive,
    person_at,
)
from goldenthread.domain.network.vocabulary import CareNature, ClaimKind, StayNature

__all__ = [
    "CareSlot",
    "CarerAt",
    "ChildCare",
    "Contradiction",
    "CoupleAt",
    "HouseholdAt",
    "MemberAt",
    "NetworkAt",
    "PersonAt",
    "Presence",
    "TieAt",
    "carers_at",
    "household_at",
    "network_at",
]

WEEK = range(1, 8)  # ISO weekdays, Monday first
_TIES = (  # what brings somebody into a family
    ClaimKind.PARENT,
    ClaimKind.SIBLING,
    ClaimKind.COUPLE,
    ClaimKind.LIVES_AT,
    ClaimKind.CARES_FOR,
    ClaimKind.NETWORK,
)
_STAYS = {str(nature): rank for rank, nature in enumerate(StayNature)}
_CARE = {str(nature): rank for rank, nature in enumerate(CareNature)}


@dataclass(frozen=True, slots=True)
class MemberAt:
    """Somebody of a household: how they live there, and on which nights where that is said.

    `nights_a_week` is None where nobody said; `shared` is whether they belong to another
    household that day too.
    """

    person: str
    nature: str
    nights: tuple[int, ...]
    is_dated: bool
    certain: bool
    because: tuple[str, ...]
    shared: bool = False
    is_disputed: bool = False

    @property
    def nights_a_week(self) -> int | None:
        """How many nights a week they are said to be there."""
        return len(self.nights) or None


@dataclass(frozen=True, slots=True)
class HouseholdAt:
    """A household and its members that day, by person."""

    household: str
    members: tuple[MemberAt, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who belongs to it."""
        return tuple(member.person for member in self.members)


@dataclass(frozen=True, slots=True)
class CarerAt:
    """Somebody who looks after a child that day: how, on which days and nights (ISO weekdays)."""

    carer: str
    nature: str
    days: tuple[int, ...]
    nights: tuple[int, ...]
    is_dated: bool
    certain: bool
    because: tuple[str, ...]
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class CareSlot:
    """Who has a child on one weekday, by day or by night.

    `is_said` where a claim names that weekday; otherwise it is the main carer, or those who share
    the care, of whom nobody said which days. Without carers, nobody is recorded.
    """

    weekday: int
    is_night: bool
    carers: tuple[str, ...]
    is_said: bool
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildCare:
    """Who looks after one child that day, and how the week divides: seven days, seven nights."""

    child: str
    carers: tuple[CarerAt, ...] = ()
    days: tuple[CareSlot, ...] = ()
    nights: tuple[CareSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class TieAt:
    """One claimed tie in force that day: a quality, a harm, a parent's place, an agency."""

    kind: str
    nature: str
    person: str
    other: str
    agency: str
    status: str
    is_dated: bool
    certain: bool
    because: tuple[str, ...]
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class NetworkAt:
    """Everything in force on a day; every item says because of which claims.

    `ties` are claims of parents, brothers and sisters, parental responsibility, network, agency
    involvement and needs. Everybody of the network is in `people`, whatever the day.
    """

    on: date
    people: tuple[PersonAt, ...]
    couples: tuple[CoupleAt, ...] = ()
    households: tuple[HouseholdAt, ...] = ()
    care: tuple[ChildCare, ...] = ()
    qualities: tuple[TieAt, ...] = ()
    harms: tuple[TieAt, ...] = ()
    ties: tuple[TieAt, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    def person(self, one: str) -> PersonAt:
        """One person of it; KeyError for somebody it does not hold."""
        return {person.id: person for person in self.people}[one]


def network_at(network: Network, on: date) -> NetworkAt:
    """The network on a day, from the claims that assert something then, certainly or perhaps.

    Denied, corrected and withdrawn claims never count; a denial shows as a contradiction. Claims
    about people the network does not hold are left out. Harm is left out without a status and a
    source.
    """
    people = _people_at(network, on)
    alive = {one for one, person in people.items() if is_alive(person)}
    claims = _asserted(network, people)
    held = [claim for claim in claims if claim.held_on(on) is not False]
    couples = [c for c in claims if c.kind == ClaimKind.COUPLE and c.other]
    apart = (ClaimKind.QUALITY, ClaimKind.HARM)
    placed = (ClaimKind.COUPLE, ClaimKind.LIVES_AT, ClaimKind.CARES_FOR)
    return NetworkAt(
        on=on,
        people=tuple(people.values()),
        couples=couples_at(couples, on),
        households=_households(network, held, alive, on),
        care=_care(held, alive, on),
        qualities=_ties(held, on, lambda c: c.kind == ClaimKind.QUALITY),
        harms=_ties(held, on, lambda c: c.kind == ClaimKind.HARM and bool(c.status and c.source)),
        ties=_ties(held, on, lambda c: c.kind not in (*apart, *placed)),
        contradictions=tuple(c for c in contradictions_of(network) if stands_on(c, on)),
    )


def household_at(network: Network, household: str, on: date) -> HouseholdAt:
    """One household on a day; without members where nobody is said to live there."""
    people = _people_at(network, on)
    alive = {one for one, person in people.items() if is_alive(person)}
    held = [c for c in _asserted(network, people) if c.held_on(on) is not False]
    every = {home.household: home for home in _households(network, held, alive, on)}
    return every.get(household, HouseholdAt(household))


def carers_at(network: Network, child: str, on: date) -> ChildCare:
    """Who looks after a child on a day; empty slots where nobody is recorded."""
    people = _people_at(network, on)
    alive = {one for one, person in people.items() if is_alive(person)}
    held = [
        c
        for c in _asserted(network, people)
        if c.kind == ClaimKind.CARES_FOR and c.other == child and c.held_on(on) is not False
    ]
    found = _care(held, alive, on)
    return found[0] if found else _child_care(child, [])


def _people_at(network: Network, on: date) -> dict[str, PersonAt]:
    births = earliest_births(network)
    ties: dict[str, list[Claim]] = defaultdict(list)
    for claim in network.of(*_TIES):
        for one in claim.people if claim.asserts else ():
            ties[one].append(claim)
    everybody = sorted(network.people, key=lambda one: one.id)
    return {one.id: person_at(one, ties[one.id], births, on) for one in everybody}


def _asserted(network: Network, people: Iterable[str]) -> list[Claim]:
    known = set(people)
    return sorted(
        (c for c in network.claims if c.asserts and known.issuperset(c.people) and _is_of_two(c)),
        key=lambda c: (known_on(c), c.id),
    )


def _is_of_two(claim: Claim) -> bool:
    return claim.person != claim.other


def _households(
    network: Network, held: list[Claim], alive: set[str], on: date
) -> tuple[HouseholdAt, ...]:
    """Every household of the network, and any that is only claimed; the members who are alive."""
    stays: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in held:
        if claim.kind == ClaimKind.LIVES_AT and claim.household and claim.person in alive:
            stays[claim.household, claim.person].append(claim)
    homes: dict[str, set[str]] = defaultdict(set)
    for home, one in stays:
        homes[one].add(home)
    found: dict[str, list[MemberAt]] = {home.id: [] for home in network.households}
    for home, one in sorted(stays):
        member = _member(one, stays[home, one], on, shared=len(homes[one]) > 1)
        found.setdefault(home, []).append(member)
    return tuple(HouseholdAt(home, tuple(found[home])) for home in sorted(found))


def _member(one: str, claims: list[Claim], on: date, *, shared: bool) -> MemberAt:
    """One member by the firmest account of the day: sure before unsure, then living there, then
    the last known."""
    firmest = max(
        enumerate(claims),
        key=lambda c: (c[1].held_on(on) is True, -_STAYS.get(c[1].nature, 9), c[0]),
    )[1]
    nights = firmest.nights or next((c.nights for c in reversed(claims) if c.nights), ())
    return MemberAt(
        person=one,
        nature=firmest.nature,
        nights=nights,
        is_dated=firmest.happened.is_known,
        certain=firmest.held_on(on) is True,
        because=tuple(claim.id for claim in claims),
        shared=shared,
        is_disputed=any(claim.is_disputed for claim in claims),
    )


def _care(held: list[Claim], alive: set[str], on: date) -> tuple[ChildCare, ...]:
    care: dict[str, list[CarerAt]] = defaultdict(list)
    for claim in held:
        if claim.kind == ClaimKind.CARES_FOR and alive.issuperset(claim.people) and claim.other:
            care[claim.other].append(
                CarerAt(
                    claim.person,
                    claim.nature,
                    claim.days,
                    claim.nights,
                    claim.happened.is_known,
                    claim.held_on(on) is True,
                    (claim.id,),
                    claim.is_disputed,
                )
            )
    return tuple(_child_care(child, care[child]) for child in sorted(care))


def _child_care(child: str, carers: list[CarerAt]) -> ChildCare:
    ordered = sorted(carers, key=lambda c: (c.carer, _CARE.get(c.nature, 9), c.because))
    return ChildCare(
        child,
        tuple(ordered),
        tuple(_slot(ordered, weekday, is_night=False) for weekday in WEEK),
        tuple(_slot(ordered, weekday, is_night=True) for weekday in WEEK),
    )


def _slot(carers: list[CarerAt], weekday: int, *, is_night: bool) -> CareSlot:
    """Those said to have the child then; else those who care without any days being said."""
    able = [c for c in carers if c.nature != CareNature.NONE]
    said = [c for c in able if weekday in (c.nights if is_night else c.days)]
    whole = (CareNature.MAIN, CareNature.SHARED)
    nights = (*whole, CareNature.NIGHTS) if is_night else whole
    rest = [c for c in able if c.nature in nights and not c.days and not c.nights]
    chosen = said or rest
    return CareSlot(
        weekday,
        is_night,
        tuple(dict.fromkeys(c.carer for c in chosen)),
        bool(said),
        tuple(key for c in chosen for key in c.because),
    )


def _ties(held: list[Claim], on: date, wanted: Callable[[Claim], bool]) -> tuple[TieAt, ...]:
    """One tie for each thing said; several claims of the same thing are its reasons together."""
    same: dict[tuple[str, str, str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in filter(wanted, held):
        key = (claim.kind, claim.nature, claim.person, claim.other, claim.agency, claim.status)
        same[key].append(claim)
    return tuple(
        TieAt(
            *key,
            any(c.happened.is_known for c in claims),
            any(c.held_on(on) is True for c in claims),
            tuple(c.id for c in claims),
            any(c.is_disputed for c in claims),
        )
        for key, claims in sorted(same.items())
    )
