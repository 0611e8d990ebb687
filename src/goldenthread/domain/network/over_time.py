"""Where a child lived and who looked after them, as stretches of time, account by account.

What the lanes of a history draw above the agencies. Accounts that agree on whom, how and until when
are one stretch; those that do not are stretches of their own, side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.contradicting import contradictions_of
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.provenance.vocabulary import Polarity


@dataclass(frozen=True, slots=True)
class Stretch:
    """A child at one home, or with one carer, over one time, and the claims that say so.

    `whom` is a household or a carer by its id, as `kind` says. `began` is the earliest day it can
    have begun and `surely_began` the latest; None where nobody knows. `ended` is the latest day it
    can have ended; None while it goes on or nobody knows. `against` are the claims that it was not.
    """

    kind: str
    child: str
    whom: str
    nature: str
    days: tuple[int, ...]
    nights: tuple[int, ...]
    began: date | None
    surely_began: date | None
    ended: date | None
    claims: tuple[Claim, ...]
    against: tuple[Claim, ...] = ()


def homes_over_time(network: Network, child: str) -> tuple[Stretch, ...]:
    """Every home a child is said to live, stay or often be in, by when it began; undated last."""
    return _stretches(network, child, ClaimKind.LIVES_AT)


def care_over_time(network: Network, child: str) -> tuple[Stretch, ...]:
    """Everybody said to look after a child, by when it began; undated last."""
    return _stretches(network, child, ClaimKind.CARES_FOR)


def _stretches(network: Network, child: str, kind: ClaimKind) -> tuple[Stretch, ...]:
    known = {one.id for one in network.people}
    same: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in network.of(kind):
        if _child_of(claim) == child and claim.asserts and known.issuperset(claim.people):
            ended = claim.happened.to_max if claim.happened.is_period else None
            same[_whom(claim), claim.nature, claim.days, claim.nights, ended].append(claim)
    denied = _denied(network, kind)
    found = [_stretch(kind, child, claims, denied) for claims in same.values()]
    return tuple(sorted(found, key=_order))


def _child_of(claim: Claim) -> str:
    return claim.person if claim.kind == ClaimKind.LIVES_AT else claim.other


def _whom(claim: Claim) -> str:
    return claim.household if claim.kind == ClaimKind.LIVES_AT else claim.person


def _denied(network: Network, kind: ClaimKind) -> dict[str, tuple[Claim, ...]]:
    """For each claim that another says is not so: those others."""
    denied: dict[str, tuple[Claim, ...]] = {}
    for found in contradictions_of(network):
        denials = [c for c in found.claims if c.kind == kind and c.polarity == Polarity.DENIES]
        for claim in found.claims if denials else ():
            if claim.asserts:
                denied[claim.id] = (*denied.get(claim.id, ()), *denials)
    return denied


def _stretch(
    kind: ClaimKind, child: str, claims: list[Claim], denied: dict[str, tuple[Claim, ...]]
) -> Stretch:
    first = claims[0]
    against = {c.id: c for claim in claims for c in denied.get(claim.id, ())}
    return Stretch(
        kind=kind,
        child=child,
        whom=_whom(first),
        nature=first.nature,
        days=first.days,
        nights=first.nights,
        began=_earliest(claim.happened.from_min for claim in claims),
        surely_began=_earliest(claim.happened.from_max for claim in claims),
        ended=first.happened.to_max if first.happened.is_period else None,
        claims=tuple(claims),
        against=tuple(against.values()),
    )


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _order(one: Stretch) -> tuple[date, date, str, str]:
    return (one.began or date.max, one.ended or date.max, one.whom, one.claims[0].id)
