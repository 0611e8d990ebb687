"""Every link made one row long, by virtual nodes on the rows between.

A union lies on the row of its lower partner. From here on there are only nodes on rows, *brackets*
between two nodes of a row, and *broods*: from a place between some nodes of a row (the tops) to
nodes on the next (the feet). A partner higher up, a drop over several rows and a riser to a lower
child are broods of one foot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldenthread.drawing.layout.kin import Kin


@dataclass(frozen=True, slots=True)
class Brood:
    """Lines of one family from row `row` to the next. `whole` where it holds the children."""

    family: int
    row: int
    tops: tuple[int, ...]
    feet: tuple[int, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """The line between two partners, or those who stand for them, on one row."""

    family: int
    row: int
    ends: tuple[int, int]
    drops: bool


@dataclass(slots=True)
class Layers:
    """Nodes on rows with the links between them; the first `people` numbers in `nodes` are people.

    `upper` lists, by family and partner, the virtual nodes from a higher partner down; all of a
    person's unions further down share them, by `below`. `trunk` lists by family those of its drop;
    `lower` by child those of its riser.
    """

    rows: list[list[int]]
    row_of: list[int]
    person_of: list[int | None]
    broods: list[Brood] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    upper: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    trunk: dict[int, list[int]] = field(default_factory=dict)
    lower: dict[int, list[int]] = field(default_factory=dict)
    node_of: dict[int, int] = field(default_factory=dict)
    below: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, row: int, person: int | None = None) -> int:
        """One more node on a row."""
        node = len(self.row_of)
        self.row_of.append(row)
        self.person_of.append(person)
        self.rows[row].append(node)
        if person is not None:
            self.node_of[person] = node
        return node

    def chain(self, family: int, start: tuple[int, ...], rows: Iterable[int]) -> list[int]:
        """Virtual nodes on these rows, each a brood of the one before."""
        nodes, tops = [], start
        for row in rows:
            node = self.add(row)
            self.broods.append(Brood(family, row - 1, tops, (node,)))
            nodes.append(node)
            tops = (node,)
        return nodes

    def descend(self, family: int, person: int, rows: Iterable[int]) -> list[int]:
        """The virtual nodes straight below a person on these rows, shared by their unions."""
        nodes, tops = [], (person,)
        for row in rows:
            node = self.below.get((person, row))
            if node is None:
                node = self.below[person, row] = self.add(row)
            self.broods.append(Brood(family, row - 1, tops, (node,)))
            nodes.append(node)
            tops = (node,)
        return nodes


def layers_of(kin: Kin, people: Iterable[int], row_of: list[int]) -> Layers:
    """The layers of one group of people who are joined by unions."""
    group = sorted(people)
    top = min(row_of[p] for p in group)
    deep = max(row_of[p] for p in group) - top + 1
    layers = Layers([[] for _ in range(deep)], [], [])
    for person in group:
        layers.add(row_of[person] - top, person)
    for number, family in enumerate(kin.families):
        members = (*family.partners, *family.children)
        if members[0] in layers.node_of:
            _add_family(layers, number, family.partners, family.children)
    return layers


def _add_family(
    layers: Layers, number: int, partners: tuple[int, ...], children: tuple[int, ...]
) -> None:
    parents = [layers.node_of[p] for p in partners]
    below = [layers.node_of[c] for c in children]
    highest = min((layers.row_of[c] for c in below), default=0)
    if not parents:
        _add_children(layers, number, (), below, highest)
        return
    row = max(layers.row_of[p] for p in parents)
    slots = []
    for person, node in zip(partners, parents, strict=True):
        chain = layers.descend(number, node, range(layers.row_of[node] + 1, row + 1))
        layers.upper[number, person] = chain
        slots.append(chain[-1] if chain else node)
    if len(slots) == 2:
        layers.brackets.append(Bracket(number, row, (slots[0], slots[1]), bool(children)))
    if below:
        trunk = layers.chain(number, tuple(slots), range(row + 1, highest))
        layers.trunk[number] = trunk
        tops = (trunk[-1],) if trunk else tuple(slots)
        _add_children(layers, number, tops, below, highest)


def _add_children(
    layers: Layers, number: int, tops: tuple[int, ...], below: list[int], highest: int
) -> None:
    feet, lower = [], []
    for child in below:
        rows = range(highest, layers.row_of[child])
        if not rows:
            feet.append(child)
            continue
        first = layers.add(highest)
        feet.append(first)
        lower.append((child, first))
    layers.broods.append(Brood(number, highest - 1, tops, tuple(feet), whole=True))
    for child, first in lower:
        rest = layers.chain(number, (first,), range(highest + 1, layers.row_of[child]))
        last = rest[-1] if rest else first
        layers.broods.append(Brood(number, layers.row_of[child] - 1, (last,), (child,)))
        layers.lower[child] = [first, *rest]
