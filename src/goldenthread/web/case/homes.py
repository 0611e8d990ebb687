"""Who lives where now, home by home: the children's first, somebody of two homes in both.

Accounts are not weighed: where one agency says that somebody does not stay, it stands beside them,
in words and with its mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread.domain.network.at_date import HouseholdAt, MemberAt, NetworkAt
from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.presence import is_alive
from goldenthread.domain.network.vocabulary import ClaimKind, HomeNature, StayNature
from goldenthread.domain.network.wording import pronoun
from goldenthread.web.case.opposing import against_living
from goldenthread.web.case.sources import (
    Address,
    Said,
    accounts_of,
    dated,
    marks_of,
)
from goldenthread.web.kit.words import WEEKDAYS, listed

HOW = {StayNature.LIVES: "", StayNature.STAYS: "stays at times", StayNature.VISITS: "often there"}


@dataclass(frozen=True, slots=True)
class Dweller:
    """Somebody of a home: who they are, and each account of how and since when they are there.

    `elsewhere` says in which other homes they are; `against` is what agencies say that does not go
    with it.
    """

    name: str
    role: str
    is_unknown: bool
    accounts: tuple[Said, ...]
    elsewhere: str
    against: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """One home and everybody said to live, stay or often be there."""

    name: str
    kind: str
    dwellers: tuple[Dweller, ...]
    has_child: bool


@dataclass(frozen=True)
class Around:
    """A family's network on one day, as its words need it."""

    network: Network
    at: NetworkAt
    claims: Mapping[str, Claim]
    names: Mapping[str, str]
    roles: Mapping[str, str]
    address: Address

    def name(self, person: str) -> str:
        """What somebody is called; who they are to the family where nobody knows a name."""
        return self.names.get(person) or self.roles.get(person) or "somebody not identified"

    def they(self, person: str) -> str:
        """He, she or they."""
        return next((pronoun(o.gender) for o in self.network.people if o.id == person), "they")

    def home(self, household: str) -> str:
        """What a household is called."""
        return next((h.name for h in self.network.households if h.id == household), "a home")


def homes_of(around: Around) -> tuple[Home, ...]:
    """Every home with somebody in it on the day; those with children first."""
    homes = [_home(around, home) for home in around.at.households if home.members]
    return tuple(sorted(homes, key=lambda home: (not home.has_child, home.name.casefold())))


def housed(around: Around) -> frozenset[str]:
    """Everybody who is in some home on the day."""
    return frozenset(one for home in around.at.households for one in home.people)


def night_words(nights: Iterable[int]) -> str:
    """The nights of a week: "every night", "Friday and Saturday nights"; empty for none."""
    told = sorted(set(nights))
    if len(told) == len(WEEKDAYS):
        return "every night"
    return f"{listed(WEEKDAYS[n - 1] for n in told)} night{'s' * (len(told) > 1)}" if told else ""


def _home(around: Around, home: HouseholdAt) -> Home:
    people = {one.id: one for one in around.network.people}
    alive = {one.id for one in around.at.people if is_alive(one)}
    order = {one: place for place, one in enumerate(around.roles)}
    children = {one for one in home.people if people[one].is_child and one in alive}
    members = sorted(
        home.members,
        key=lambda m: (
            m.person not in children,
            list(StayNature).index(StayNature(m.nature)),
            order.get(m.person, len(order)),
        ),
    )
    place = next((h for h in around.network.households if h.id == home.household), None)
    plain = place is None or place.nature in (HomeNature.HOME, HomeNature.NOT_KNOWN)
    return Home(
        name=around.home(home.household),
        kind="" if plain or place is None else HomeNature.label_of(place.nature).lower(),
        dwellers=tuple(_dweller(around, home.household, member) for member in members),
        has_child=bool(children),
    )


def _dweller(around: Around, household: str, member: MemberAt) -> Dweller:
    one = next(one for one in around.network.people if one.id == member.person)
    claims = [around.claims[key] for key in member.because]
    elsewhere = [
        around.home(home.household)
        for home in around.at.households
        if home.household != household and one.id in home.people
    ]
    return Dweller(
        name=around.name(one.id),
        role=around.roles.get(one.id, one.role) if one.is_identified else "",
        is_unknown=not one.is_identified,
        accounts=accounts_of(claims, lambda claim: _words(claim, around), around.address),
        elsewhere=f"Also at {listed(elsewhere)}." if elsewhere else "",
        against=tuple(_against(around, household, member)),
    )


def _words(claim: Claim, around: Around) -> str:
    """How and since when, as one claim has it: "Every night, since 28 May 2026"."""
    told, nature = claim.words.strip(), StayNature(claim.nature)
    at_times = "stays" if told and nature == StayNature.STAYS else HOW[nature]
    how = night_words(claim.nights) or at_times
    if told:
        how = f"{how} ({told})" if how else told
    since = dated(claim, around.at.on)
    words = f"{how}, {since}" if how else since
    return words[:1].upper() + words[1:]


def _against(around: Around, household: str, member: MemberAt) -> Iterable[Said]:
    """What speaks against somebody living here: that it is not so, or that it is over."""
    they = around.they(member.person)
    for claim in _opposed(around, household, member):
        words = against_living(claim, they, nature=member.nature)
        yield Said(words, marks_of([claim], around.address))


def _opposed(around: Around, household: str, member: MemberAt) -> tuple[Claim, ...]:
    """The claims of one contradiction that do not go with somebody's being here on the day."""
    found = {
        claim.id: claim
        for one in around.at.contradictions
        for claim in one.claims
        if (claim.kind, claim.person, claim.household)
        == (ClaimKind.LIVES_AT, member.person, household)
        and claim.id not in member.because
    }
    return tuple(found.values())
