"""Who has a child by night and by day in an ordinary week, account by account.

Nobody is chosen between accounts. Who is said to have the night stands beside who is said to have
it by another agency, and the two are called not settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from goldenthread.domain.network.at_date import CarerAt, ChildCare, NetworkAt
from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.contradicting import Contradiction, known_on
from goldenthread.domain.network.vocabulary import CareNature, ClaimKind, StayNature
from goldenthread.domain.provenance.vocabulary import Polarity

WHOLE = (CareNature.MAIN, CareNature.SHARED)
# Helping, or being there with somebody else, takes nobody else's place.
BESIDE = (CareNature.HELPS, CareNature.SUPERVISED, CareNature.NONE)


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's part in a child's week, with every claim that says so.

    `times` are ISO weekdays; empty where nobody said which. `is_named` is whether a claim says
    days (or nights) at all: a main carer of whom neither is said has both, unnamed.
    """

    carer: str
    nature: str
    times: tuple[int, ...]
    is_named: bool
    claims: tuple[Claim, ...]

    @property
    def agencies(self) -> frozenset[str]:
        """Who says so."""
        return frozenset(claim.source.agency for claim in self.claims if claim.source)


@dataclass(frozen=True, slots=True)
class ChildWeek:
    """One child's week: who has the nights, who has the days, and who else has a part in it.

    `nights_differ` and `days_differ` say that agencies name different people for what may be the
    same night or day. `contradictions` are of the claims to look after this child.
    """

    child: str
    nights: tuple[Turn, ...] = ()
    days: tuple[Turn, ...] = ()
    others: tuple[Turn, ...] = ()
    nights_differ: bool = False
    days_differ: bool = False
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is recorded as having any part in it."""
        return not (self.nights or self.days or self.others)


def week_of(at: NetworkAt, child: str, claims: Mapping[str, Claim]) -> ChildWeek:
    """The week of one child on a day; `claims` by id. Empty where nobody is recorded."""
    care = next((one for one in at.care if one.child == child), ChildCare(child))
    nights = _turns((c for c in care.carers if _has_nights(c)), claims, nights=True)
    days = _turns((c for c in care.carers if _has_days(c)), claims, nights=False)
    rest = (c for c in care.carers if not _has_nights(c) and not _has_days(c))
    return ChildWeek(
        child=child,
        nights=nights,
        days=days,
        others=_turns(rest, claims, nights=False),
        nights_differ=_differ(nights),
        days_differ=_differ(days),
        contradictions=tuple(
            found
            for found in at.contradictions
            if any(c.kind == ClaimKind.CARES_FOR and c.other == child for c in found.claims)
        ),
    )


def against_night(
    at: NetworkAt, claims: Iterable[Claim], child: str, carer: str
) -> tuple[Claim, ...]:
    """The accounts that do not go with somebody's having a child on the night of this day.

    They are: that the care is not so or is over; that the carer is not at the child's home; and
    that the carer stays that night in a home where the child is not. A stay without named nights
    may be of this night, so it counts; somebody who simply lives elsewhere may have the child
    there, so that does not. In the order they were known.
    """
    homes = {home.household for home in at.households if child in home.people}
    opposed = [
        claim
        for found in at.contradictions
        for claim in found.claims
        if (claim.kind, claim.person, claim.other) == (ClaimKind.CARES_FOR, carer, child)
        and not (claim.asserts and claim.held_on(at.on) is not False)
    ]
    stays = [
        claim
        for claim in claims
        if claim.kind == ClaimKind.LIVES_AT
        and claim.person == carer
        and claim.still_counts
        and claim.happened.is_known
        and claim.held_on(at.on) is not False
        and (_denies_home(claim, homes) or _sleeps_elsewhere(claim, homes, at.on.isoweekday()))
    ]
    unique = {claim.id: claim for claim in (*opposed, *stays)}
    return tuple(sorted(unique.values(), key=lambda claim: (known_on(claim), claim.id)))


def _denies_home(claim: Claim, homes: set[str]) -> bool:
    return claim.polarity == Polarity.DENIES and claim.household in homes


def _sleeps_elsewhere(claim: Claim, homes: set[str], weekday: int) -> bool:
    if not claim.asserts or claim.household in homes:
        return False
    return weekday in claim.nights if claim.nights else claim.nature == StayNature.STAYS


def _has_nights(carer: CarerAt) -> bool:
    if carer.nature == CareNature.NONE:
        return False
    unsaid = not carer.days and not carer.nights
    return bool(carer.nights) or (unsaid and carer.nature in (*WHOLE, CareNature.NIGHTS))


def _has_days(carer: CarerAt) -> bool:
    if carer.nature == CareNature.NONE:
        return False
    unsaid = not carer.days and not carer.nights
    return bool(carer.days) or (unsaid and carer.nature in WHOLE)


def _turns(
    carers: Iterable[CarerAt], claims: Mapping[str, Claim], *, nights: bool
) -> tuple[Turn, ...]:
    """Those of one part of the week; claims that say the very same are one turn."""
    same: dict[tuple[str, str, tuple[int, ...]], list[Claim]] = defaultdict(list)
    for carer in carers:
        times = tuple(sorted(set(carer.nights if nights else carer.days)))
        found = [claims[key] for key in carer.because if key in claims]
        same[carer.carer, carer.nature, times].extend(found)
    turns = [
        Turn(who, nature, times, bool(times) or nature == CareNature.NIGHTS, tuple(found))
        for (who, nature, times), found in same.items()
    ]
    return tuple(sorted(turns, key=_order))


def _order(turn: Turn) -> tuple[bool, int, str]:
    """Named times first, the most of them first."""
    return (not turn.is_named, -len(turn.times), turn.carer)


def _differ(turns: tuple[Turn, ...]) -> bool:
    """Whether agencies name different people for times that may be the same.

    One agency that names both says that they take turns, or are both there: no difference.
    """
    named = [turn for turn in turns if turn.is_named and turn.nature not in BESIDE]
    return any(
        one.carer != other.carer
        and one.agencies.isdisjoint(other.agencies)
        and (not one.times or not other.times or not set(one.times).isdisjoint(other.times))
        for one, other in combinations(named, 2)
    )
