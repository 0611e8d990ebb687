"""Accounts that cannot both be so, kept side by side: nobody is credited and nothing is settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.parentage import BY_BIRTH, Parentage, parentages_of
from goldenthread.domain.network.siblings import SAME_PARENTS
from goldenthread.domain.network.vocabulary import (
    CareNature,
    ClaimKind,
    CoupleNature,
    Gender,
    ParentNature,
)
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.word import Word

ENDINGS = frozenset((CoupleNature.SEPARATED, CoupleNature.DIVORCED))
_DIRECTED = frozenset(
    (
        ClaimKind.PARENT,
        ClaimKind.HARM,
        ClaimKind.CARES_FOR,
        ClaimKind.RESPONSIBILITY,
        ClaimKind.QUALITY,
    )
)
_ONE_FAMILY = frozenset(
    (ClaimKind.COUPLE, ClaimKind.LIVES_AT, ClaimKind.NETWORK, ClaimKind.RESPONSIBILITY)
)

Key = tuple[str, str, tuple[str, ...], str, str]


class ContradictionKind(Word):
    """In what way accounts do not agree."""

    DENIED = "denied", "One account says it is so, another that it is not"
    GOES_ON = "goes_on", "Ended according to one agency, goes on according to another"
    TWO_BIRTHS = "two_births", "More than one person is recorded as the same birth parent"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot all be so, in the order they were known, and the people they name."""

    kind: ContradictionKind
    claims: tuple[Claim, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody the claims name."""
        return tuple(sorted({one for claim in self.claims for one in claim.people}))

    @property
    def because(self) -> tuple[str, ...]:
        """The ids of the claims."""
        return tuple(claim.id for claim in self.claims)


def contradictions_of(network: Network) -> tuple[Contradiction, ...]:
    """Every contradiction among claims that were neither corrected nor withdrawn.

    - A denial against a claim of the same thing over a time they share. A denial without a date
      speaks up to the day it was known; one with a date, of that date alone.
    - A relation that ended by the last an agency knew, and goes on by the last another knew.
    - Two people recorded as the same birth parent of one child.
    """
    same: dict[Key, list[Claim]] = defaultdict(list)
    people = {one.id: one for one in network.people}
    for claim in network.claims:
        if claim.still_counts and all(one in people for one in claim.people):
            same[_key(claim)].append(claim)
    found: list[Contradiction] = []
    for key in sorted(same):
        found.extend(_denied(same[key]))
        found.extend(_goes_on(same[key]))
    for parentage in parentages_of(network).values():
        found.extend(_two_births(people, parentage, same))
    return tuple(found)


def stands_on(contradiction: Contradiction, on: date) -> bool:
    """Whether it concerns a day: all its claims have begun by then, and none denied has ended."""
    for claim in contradiction.claims:
        begins = claim.happened.from_min
        if begins is not None and begins > on:
            return False
        denied = contradiction.kind == ContradictionKind.DENIED and claim.asserts
        if denied and claim.held_on(on) is False:
            return False
    return True


def begins(claim: Claim) -> date | None:
    """The earliest day a claim's period can have begun; None where nobody knows."""
    return claim.happened.from_min or claim.happened.from_max


def ends(claim: Claim) -> date | None:
    """The latest day a claim's period can have ended; None while it goes on or nobody knows.

    A single date is a beginning: "married in May 2014" has no end by itself.
    """
    return claim.happened.to_max if claim.happened.is_period else None


def _key(claim: Claim) -> Key:
    people = claim.people if claim.kind in _DIRECTED else tuple(sorted(claim.people))
    return claim.kind, _family(claim), people, claim.household, claim.agency


def _family(claim: Claim) -> str:
    """The natures that speak of one thing: who denies that they cohabit denies the couple."""
    if claim.kind in _ONE_FAMILY:
        return ""
    if claim.kind == ClaimKind.PARENT and claim.nature in BY_BIRTH:
        return ParentNature.BIRTH
    if claim.kind == ClaimKind.SIBLING and claim.nature in SAME_PARENTS:
        return "same parents"
    if claim.kind == ClaimKind.CARES_FOR and claim.nature != CareNature.NONE:
        return ""
    return claim.nature


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    unique = {claim.id: claim for claim in claims}
    return tuple(sorted(unique.values(), key=lambda c: (known_on(c), c.id)))


def known_on(claim: Claim) -> date:
    """The day a claim was known from; the earliest of days where its source does not say."""
    return claim.source.known_on if claim.source else date.min


def _denied(claims: list[Claim]) -> list[Contradiction]:
    """What is said against what is denied: of a couple that it was, and that it ended, apart."""
    against: list[Claim] = []
    for claim in claims:
        if claim.polarity != Polarity.ASSERTS or claim.nature == CoupleNature.NEVER_TOGETHER:
            continue
        ending = claim.nature in ENDINGS
        met = [
            denial
            for denial in claims
            if _denies(denial) and (denial.nature in ENDINGS) == ending
            if _share_a_day(claim, denial)
        ]
        against += [claim, *met] if met else []
    return [Contradiction(ContradictionKind.DENIED, _in_order(against))] if against else []


def _denies(claim: Claim) -> bool:
    """Whether it says a thing is not so; "never a couple" does, in other words."""
    never = claim.nature == CoupleNature.NEVER_TOGETHER
    if claim.polarity == Polarity.DENIES:
        return not never
    return never and claim.polarity == Polarity.ASSERTS


def _share_a_day(claim: Claim, denial: Claim) -> bool:
    said_from, said_to = claim.happened.from_min, ends(claim)
    denied_from, denied_to = denial.happened.from_min, denial.happened.to_max
    if not denial.happened.is_known and denial.source is not None:
        denied_to = denial.source.known_on
    starts_after = said_from is not None and denied_to is not None and said_from > denied_to
    ended_before = said_to is not None and denied_from is not None and said_to < denied_from
    return not (starts_after or ended_before)


def _goes_on(claims: list[Claim]) -> list[Contradiction]:
    """By the last each agency knew of one relation: ended for some, going on for others.

    What was seen on one day alone ended nothing: it is silent about the days after.
    """
    last: dict[str, Claim] = {}
    for claim in _in_order(claims):
        if claim.source is None or _is_one_day(claim):
            continue
        if claim.polarity == Polarity.ASSERTS:
            last[claim.source.agency] = claim
    over = [(claim, day) for claim in last.values() if (day := _ended_on(claim)) is not None]
    against: list[Claim] = []
    for claim in last.values():
        for other, day in over:
            if _ended_on(claim) is None and _continues_past(claim, day):
                against += [claim, other]
    return [Contradiction(ContradictionKind.GOES_ON, _in_order(against))] if against else []


def _is_one_day(claim: Claim) -> bool:
    when = claim.happened
    return when.is_period and when.from_min is not None and when.from_min == when.to_max


def _ended_on(claim: Claim) -> date | None:
    if claim.nature in ENDINGS and claim.kind == ClaimKind.COUPLE:
        return begins(claim) or known_on(claim)
    return ends(claim)


def _continues_past(claim: Claim, day: date) -> bool:
    """Whether a claim without an end says the relation went on past a day it began before."""
    start = begins(claim)
    if claim.happened.is_ongoing:
        return start is None or start <= day
    # "Married in 2014", learnt later, does not say that they are married still.
    said_later = known_on(claim) > day and claim.nature != CoupleNature.MARRIED
    return said_later and (start is None or start <= day)


def _two_births(
    people: Mapping[str, Relative], parentage: Parentage, same: Mapping[Key, list[Claim]]
) -> list[Contradiction]:
    second = [c for c in parentage.second_births if people[c.person].is_identified]
    rivals = {people[claim.person].gender for claim in second}
    kept = [
        claim
        for parent in parentage.parents
        for claim in same.get(
            (ClaimKind.PARENT, ParentNature.BIRTH, (parent, parentage.child), "", ""), []
        )
        if claim.asserts and claim.nature != ParentNature.ALLEGED
        if _is_rival(people[parent].gender, rivals)
    ]
    if not second or not kept:
        return []
    return [Contradiction(ContradictionKind.TWO_BIRTHS, _in_order([*kept, *second]))]


def _is_rival(gender: str, others: set[str]) -> bool:
    """Whether somebody kept stands where another is claimed too: not the mother of two fathers."""
    return not gender or Gender.NOT_KNOWN in others or gender in others
