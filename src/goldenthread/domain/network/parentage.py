"""Whom each child hangs from, out of everything claimed of their parents.

A child hangs from one union: the birth parents where any is recorded, else those who adopted them,
else whoever stands in a parent's place. Every other parent keeps a tie of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.vocabulary import (
    ClaimKind,
    CoupleNature,
    Gender,
    ParentNature,
)

# Who a child hangs from, the first kind that anybody is recorded as.
_IN_ORDER = (
    ParentNature.BIRTH,
    ParentNature.ADOPTIVE,
    ParentNature.NOT_KNOWN,
    ParentNature.GUARDIAN,
    ParentNature.KINSHIP,
    ParentNature.FOSTER,
    ParentNature.STEP,
    ParentNature.SURROGATE,
    ParentNature.DONOR,
    ParentNature.ALLEGED,
)
BY_BIRTH = frozenset((ParentNature.BIRTH, ParentNature.NOT_KNOWN, ParentNature.ALLEGED))


@dataclass(frozen=True, slots=True)
class Tie:
    """A second tie of a child to one or two people, and how they are its parents."""

    parents: tuple[str, ...]
    nature: str


@dataclass(frozen=True, slots=True)
class Parentage:
    """Whom one child hangs from (two people at most), and who else has a parent's place.

    `second_births` are claims of a birth from somebody else than those kept: two men both
    recorded as the father. The first known is kept, the others are drawn as said to be parents.
    """

    child: str
    parents: tuple[str, ...] = ()
    nature: str = ParentNature.BIRTH
    others: tuple[Tie, ...] = ()
    second_births: tuple[Claim, ...] = ()


def first_known(claim: Claim) -> tuple[bool, date, str, tuple[str, ...], str]:
    """Sorts claims by when they were known, disputed ones last; by id where nobody says."""
    known = claim.source.known_on if claim.source else date.min
    return claim.is_disputed, known, claim.id, claim.people, claim.nature


def couples_of(network: Network) -> frozenset[tuple[str, str]]:
    """The pairs claimed to be, or to have been, a couple: each pair in the order of its ids."""
    return frozenset(
        (min(claim.people), max(claim.people))
        for claim in network.of(ClaimKind.COUPLE)
        if claim.asserts
        and claim.nature != CoupleNature.NEVER_TOGETHER
        and claim.other
        and claim.person != claim.other
    )


def parentages_of(network: Network) -> dict[str, Parentage]:
    """The parentage of every child that anybody is claimed to be a parent of, by child.

    Denied, corrected and withdrawn claims do not count; a disputed birth does, as a claimed one.
    Claims about people the network does not hold are left out.
    """
    people = {one.id: one for one in network.people}
    couples = couples_of(network)
    claimed: dict[str, list[Claim]] = defaultdict(list)
    for claim in network.of(ClaimKind.PARENT):
        known = claim.person in people and claim.other in people
        if claim.asserts and known and claim.person != claim.other:
            claimed[claim.other].append(claim)
    return {child: _parentage(child, claimed[child], people, couples) for child in sorted(claimed)}


def _parentage(
    child: str,
    claims: list[Claim],
    people: Mapping[str, Relative],
    couples: frozenset[tuple[str, str]],
) -> Parentage:
    # Somebody identified goes before "father, not identified", which was said when nobody knew.
    claims = sorted(claims, key=lambda c: (not people[c.person].is_identified, *first_known(c)))
    by_nature: dict[str, list[Claim]] = {nature: [] for nature in _IN_ORDER}
    for claim in claims:
        by_nature.setdefault(claim.nature, []).append(claim)
    births = by_nature[ParentNature.BIRTH]
    if births:
        kept, nature = _birth_parents(births, by_nature[ParentNature.NOT_KNOWN], people, couples)
    else:
        nature = next(n for n in by_nature if by_nature[n])
        kept = _stand_together(by_nature[nature], nature, people, couples)
    second = tuple(c for c in births if c.person not in kept)
    others = _other_ties(by_nature, kept, couples)
    return Parentage(child, tuple(sorted(kept)), nature, others, second)


def _birth_parents(
    births: list[Claim],
    of_a_kind_not_known: list[Claim],
    people: Mapping[str, Relative],
    couples: frozenset[tuple[str, str]],
) -> tuple[list[str], str]:
    """The two kept as birth parents, and how firmly: a disputed one makes a claimed line."""
    kept: list[Claim] = []
    for claim in births:
        fits = all(can_both_be_parents(claim.person, k.person, people, couples) for k in kept)
        if len(kept) < 2 and fits:
            kept.append(claim)
    nature = ParentNature.ALLEGED if any(c.is_disputed for c in kept) else ParentNature.BIRTH
    for claim in of_a_kind_not_known:
        if len(kept) == 1 and can_both_be_parents(claim.person, kept[0].person, people, couples):
            kept.append(claim)
            nature = ParentNature.NOT_KNOWN
    return [claim.person for claim in kept], nature


def can_both_be_parents(
    one: str, other: str, people: Mapping[str, Relative], couples: frozenset[tuple[str, str]]
) -> bool:
    """Two mothers, or two fathers, of one birth are two accounts, unless the two are a couple."""
    if one == other:
        return False
    genders = {people[one].gender, people[other].gender}
    alike = genders in ({Gender.WOMAN}, {Gender.MAN})
    return not alike or _pair(one, other) in couples


def _stand_together(
    claims: list[Claim],
    nature: str,
    people: Mapping[str, Relative],
    couples: frozenset[tuple[str, str]],
) -> list[str]:
    """The first known of them, with their partner; adopters and parents pair without being one."""
    first, *rest = list(dict.fromkeys(claim.person for claim in claims))
    for other in rest:
        if _pair(first, other) in couples:
            return [first, other]
    if nature == ParentNature.ADOPTIVE and rest:
        return [first, rest[0]]
    if nature == ParentNature.NOT_KNOWN:
        fitting = (o for o in rest if can_both_be_parents(first, o, people, couples))
        return [first, *list(fitting)[:1]]
    return [first]


def _other_ties(
    by_nature: Mapping[str, list[Claim]], kept: Iterable[str], couples: frozenset[tuple[str, str]]
) -> tuple[Tie, ...]:
    """One tie for each person or couple not hung from, by the closest kind they are claimed as."""
    seen = set(kept)
    ties: list[Tie] = []
    for nature, claims in by_nature.items():
        left = [one for one in dict.fromkeys(c.person for c in claims) if one not in seen]
        said = ParentNature.ALLEGED if nature == ParentNature.BIRTH else nature
        while left:
            first = left.pop(0)
            partner = next((o for o in left if _shares(first, o, said, couples)), None)
            if partner is not None:
                left.remove(partner)
            pair = (first,) if partner is None else _pair(first, partner)
            ties.append(Tie(pair, said))
            seen.update(pair)
    return tuple(ties)


def _shares(one: str, other: str, nature: str, couples: frozenset[tuple[str, str]]) -> bool:
    """Whether two people hold one tie together. Only a couple may adopt jointly in England
    (Adoption and Children Act 2002, sections 49 and 50); said fathers are alternatives."""
    if nature == ParentNature.ADOPTIVE:
        return True
    alone = (
        ParentNature.ALLEGED,
        ParentNature.DONOR,
        ParentNature.SURROGATE,
        ParentNature.STEP,
    )
    return nature not in alone and _pair(one, other) in couples


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
