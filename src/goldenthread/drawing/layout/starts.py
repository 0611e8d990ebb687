"""Orders to begin the search from: several kinds, because each is good at other families.

A depth-first walk keeps every family together; partners' own parents are climbed to as they are
met, so that trees joined by marriage stand side by side. Barycentre and median sweeps pull
everybody towards those they are linked to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from goldenthread.domain.network.vocabulary import Gender
from goldenthread.drawing.layout.chains import Layers
from goldenthread.drawing.layout.kin import Kin

Order = list[list[int]]
SWEEPS = 6


class Walk:
    """One depth-first walk over a group of people, from the top families down.

    Children are met in the order of their births or shuffled, the top families from the top row
    or shuffled.
    """

    def __init__(
        self, kin: Kin, layers: Layers, random: Random, *, by_birth: bool, shuffle: bool
    ) -> None:
        self._kin = kin
        self._layers = layers
        self._random = random
        self._by_birth = by_birth
        self._shuffle = shuffle
        self._families_of = kin.families_of()
        self._born_to = kin.birth_family_of()
        self._placed: set[int] = set()
        self._order: Order = [[] for _ in layers.rows]

    def order(self) -> Order:
        """The order of every row."""
        group = sorted(self._layers.node_of)
        tops = [p for p in group if self._born_to[p] is None]
        tops.sort(key=lambda p: (self._layers.row_of[self._layers.node_of[p]], p))
        if self._shuffle:
            tops = shuffled(tops, self._random)
        waiting = [*tops, *group][::-1]
        while waiting:
            waiting += self._visit(waiting.pop())[::-1]
        return self._order

    def _visit(self, person: int) -> list[int]:
        """Place a person with partners; who is to be visited next, in order."""
        if person in self._placed:
            return []
        cluster = self._cluster(person)
        for member in cluster:
            self._place(member)
        following: list[int] = []
        seen: set[int] = set()
        for member in cluster:
            for family in self._left_to_right(member):
                if family not in seen:
                    seen.add(family)
                    following += self._descend(family)
        for member in cluster:
            if member != person and self._born_to[member] is not None:
                following.append(self._head(member))
        return following

    def _cluster(self, person: int) -> list[int]:
        """A person with partners on the row who are not placed, the first nearest, and theirs.

        A partner's own other partners stand further out on the same side.
        """
        sides: tuple[list[int], list[int]] = ([], [])
        man = self._kin.people[person].gender != Gender.WOMAN
        seen = {person}
        for turn, partner in enumerate(self._new_partners(person, seen)):
            sides[man == (turn % 2 == 0)].append(partner)
        for side in sides:
            for member in side:
                side.extend(self._new_partners(member, seen))
        left, right = sides
        return [*reversed(left), person, *right]

    def _new_partners(self, person: int, seen: set[int]) -> list[int]:
        """A person's partners on the same row who have no place yet; they are now seen."""
        row = self._row(person)
        found = []
        for family in self._families_of[person]:
            for partner in self._kin.families[family].partners:
                is_new = partner not in self._placed and partner not in seen
                if is_new and self._row(partner) == row:
                    seen.add(partner)
                    found.append(partner)
        return found

    def _left_to_right(self, person: int) -> list[int]:
        families = self._families_of[person]
        man = self._kin.people[person].gender != Gender.WOMAN
        right, left = families[0::2], families[1::2]
        return [*reversed(left), *right] if man else [*reversed(right), *left]

    def _descend(self, number: int) -> list[int]:
        family = self._kin.families[number]
        for partner in family.partners:
            self._put(self._layers.upper.get((number, partner), []))
        self._put(self._layers.trunk.get(number, []))
        children = list(family.children)
        if not self._by_birth:
            children = shuffled(children, self._random)
        return children

    def _head(self, person: int) -> int:
        """The topmost ancestor above a person, by first parents."""
        while (family := self._born_to[person]) is not None:
            partners = self._kin.families[family].partners
            if not partners:
                break
            person = partners[0]
        return person

    def _place(self, person: int) -> None:
        self._placed.add(person)
        node = self._layers.node_of[person]
        self._order[self._layers.row_of[node]].append(node)
        self._put(self._layers.lower.get(node, []))

    def _put(self, nodes: Sequence[int]) -> None:
        for node in nodes:
            row = self._order[self._layers.row_of[node]]
            if node not in row:
                row.append(node)

    def _row(self, person: int) -> int:
        return self._layers.row_of[self._layers.node_of[person]]


def by_anchors(layers: Layers, anchors: Mapping[int, float]) -> Order:
    """The order of an earlier layout; who is new stands where their relatives stand, on average."""
    above, below = _neighbours(layers)
    beside: dict[int, list[int]] = {node: [] for node in range(len(layers.row_of))}
    for bracket in layers.brackets:
        a, b = bracket.ends
        beside[a].append(b)
        beside[b].append(a)
    x = dict(anchors)
    for near in (beside, above, below) * len(layers.rows):
        found = {
            node: sum(known) / len(known)
            for node in range(len(layers.row_of))
            if node not in x and (known := [x[m] for m in near[node] if m in x])
        }
        x.update(found)
    return [sorted(row, key=lambda node: (x.get(node, 0.0), node)) for row in layers.rows]


def swept(layers: Layers, order: Order, *, middle: Callable[[Sequence[int]], float]) -> Order:
    """The order after some sweeps, down and up in turn; `middle` is a mean or a median."""
    above, below = _neighbours(layers)
    partner = {end: b.ends for b in layers.brackets for end in b.ends}
    order = [list(row) for row in order]
    at = {node: n for row in order for n, node in enumerate(row)}
    for turn in range(SWEEPS):
        near = above if turn % 2 == 0 else below
        rows = range(len(order)) if turn % 2 == 0 else range(len(order) - 1, -1, -1)
        for row in rows:
            value = {n: middle([at[m] for m in near[n]]) for n in order[row] if near[n]}
            for node in order[row]:
                if node not in value and node in partner:
                    known = [value[end] for end in partner[node] if end in value]
                    if known:
                        value[node] = known[0]
            order[row].sort(key=lambda n: (value.get(n, at[n]), at[n]))
            at.update((node, n) for n, node in enumerate(order[row]))
    return order


def shuffled(things: Sequence[int], random: Random) -> list[int]:
    """A shuffle that depends on nothing but the generator's own numbers."""
    return [thing for _, thing in sorted((random.random(), thing) for thing in things)]


def _neighbours(layers: Layers) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    above: dict[int, list[int]] = {n: [] for n in range(len(layers.row_of))}
    below: dict[int, list[int]] = {n: [] for n in range(len(layers.row_of))}
    for brood in layers.broods:
        for top in brood.tops:
            below[top] += brood.feet
        for foot in brood.feet:
            above[foot] += brood.tops
    return above, below
