"""What claims of brothers and sisters add, where nobody recorded the parents.

A full brother or a twin shares both parents: they hang from the same union. A half-brother, or one
whose kind is not known, hangs there with an unsure line only when he has no parents of his own.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import replace

from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.parentage import (
    BY_BIRTH,
    Parentage,
    can_both_be_parents,
    couples_of,
)
from goldenthread.domain.network.vocabulary import ClaimKind, ParentNature, SiblingNature

TWINS = frozenset((SiblingNature.TWIN, SiblingNature.IDENTICAL_TWIN))
SAME_PARENTS = TWINS | {SiblingNature.FULL}
_UNSURE = frozenset((SiblingNature.HALF, SiblingNature.NOT_KNOWN))
_FIRMEST_FIRST: tuple[str, ...] = (
    ParentNature.BIRTH,
    ParentNature.NOT_KNOWN,
    ParentNature.ALLEGED,
)

Neighbours = dict[str, set[str]]


def siblings_by(network: Network, natures: Iterable[str]) -> Neighbours:
    """Who is claimed to be whose brother or sister in one of these ways, both ways round."""
    wanted = frozenset(natures)
    people = {one.id for one in network.people}
    found: Neighbours = defaultdict(set)
    for claim in network.of(ClaimKind.SIBLING):
        one, other = claim.person, claim.other
        known = one in people and other in people and one != other
        if claim.asserts and known and claim.nature in wanted:
            found[one].add(other)
            found[other].add(one)
    return dict(found)


def groups_of(neighbours: Mapping[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    """The people joined by such claims, directly or through others; sorted within and between."""
    seen: set[str] = set()
    groups = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        seen.add(start)
        group, waiting = [], deque([start])
        while waiting:
            one = waiting.popleft()
            group.append(one)
            fresh = sorted(neighbours[one] - seen)
            seen.update(fresh)
            waiting.extend(fresh)
        groups.append(tuple(sorted(group)))
    return tuple(groups)


def with_siblings(
    network: Network, parentages: Mapping[str, Parentage]
) -> tuple[dict[str, Parentage], tuple[tuple[tuple[str, ...], str], ...]]:
    """The parentages completed from claims of brothers and sisters.

    Also the groups of brothers and sisters of whom no parent at all is recorded, each with the
    nature of its descents: they need a union of two unknown parents to be drawn together.
    """
    found = dict(parentages)
    people = {one.id: one for one in network.people}
    couples = couples_of(network)
    same = siblings_by(network, SAME_PARENTS)
    for group in groups_of(same):
        parents = _parents_of(group, found)
        if len(parents) == 1 or (
            len(parents) == 2 and can_both_be_parents(*parents, people, couples)
        ):
            _share_parents(group, parents, found)
    every = siblings_by(network, SAME_PARENTS | _UNSURE)
    _hang_beside(every, found)
    alone: Neighbours = {
        one: {o for o in others if not _hangs(o, found)}
        for one, others in every.items()
        if not _hangs(one, found)
    }
    whole = {one: group[0] for group in groups_of(same) for one in group}
    without = []
    for group in groups_of(alone):
        if len(group) > 1:
            surely = len({whole.get(one, one) for one in group}) == 1
            without.append((group, ParentNature.BIRTH if surely else ParentNature.NOT_KNOWN))
    return found, tuple(without)


def _hangs(one: str, found: Mapping[str, Parentage]) -> bool:
    return one in found and bool(found[one].parents)


def _parents_of(group: tuple[str, ...], found: Mapping[str, Parentage]) -> tuple[str, ...]:
    return tuple(sorted({parent for one in _by_birth(group, found) for parent in one.parents}))


def _by_birth(group: tuple[str, ...], found: Mapping[str, Parentage]) -> list[Parentage]:
    return [found[one] for one in group if _hangs(one, found) and found[one].nature in BY_BIRTH]


def _share_parents(
    group: tuple[str, ...], parents: tuple[str, ...], found: dict[str, Parentage]
) -> None:
    """Give a group of full brothers and sisters the parents recorded for any of them.

    Called where these are two people at most: with more, the accounts do not agree, and nothing
    is concluded.
    """
    nature = min((each.nature for each in _by_birth(group, found)), key=_firmness)
    for one in group:
        own = found.get(one, Parentage(one))
        if own.parents and own.nature not in BY_BIRTH:
            continue
        if set(own.parents) != set(parents) and _may_hang(one, parents, found):
            others = tuple(tie for tie in own.others if not set(tie.parents) <= set(parents))
            kind = own.nature if own.parents else nature
            found[one] = replace(own, parents=parents, nature=kind, others=others)


def _firmness(nature: str) -> int:
    return _FIRMEST_FIRST.index(nature)


def _hang_beside(neighbours: Mapping[str, set[str]], found: dict[str, Parentage]) -> None:
    """Hang those without parents beside a brother or sister who has some, unsurely."""
    waiting = deque(
        one for one in sorted(neighbours) if _hangs(one, found) and found[one].nature in BY_BIRTH
    )
    while waiting:
        one = waiting.popleft()
        parents = found[one].parents
        for other in sorted(neighbours[one]):
            if not _hangs(other, found) and _may_hang(other, parents, found):
                own = found.get(other, Parentage(other))
                found[other] = replace(own, parents=parents, nature=ParentNature.NOT_KNOWN)
                waiting.append(other)


def _may_hang(one: str, parents: tuple[str, ...], found: Mapping[str, Parentage]) -> bool:
    """Whether `one` may become a child of these: not when that makes them their own ancestor."""
    seen = set(parents)
    waiting = list(parents)
    while waiting:
        above = waiting.pop()
        if above == one:
            return False
        if above in found:
            fresh = [parent for parent in found[above].parents if parent not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
    return True
