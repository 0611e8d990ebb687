"""Several groups of people side by side, and people without any tie in columns beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.drawing.layout.chains import Bracket, Brood, Layers
from goldenthread.drawing.layout.kin import Kin

MARGIN = 0.5  # pitches from the edge to the outermost centre
BETWEEN_GROUPS = 1.5  # pitches between the centres of two groups' nearest people


@dataclass(frozen=True, slots=True)
class Group:
    """One group laid out by itself: its layers, x by node in pitches, and its top row."""

    layers: Layers
    xs: list[float]
    top: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Every node of every group: where it stands, and the links between nodes."""

    xs: list[float]
    row_of: list[int]
    person_of: list[int | None]
    node_of: dict[int, int]
    broods: list[Brood]
    brackets: list[Bracket]
    upper: dict[tuple[int, int], list[int]]
    trunk: dict[int, list[int]]
    lower: dict[int, list[int]]


def side_by_side(kin: Kin, groups: Sequence[Group], old: Mapping[int, float]) -> Standing:
    """The groups in a line, the largest first; what an extra link ties to another is beside it.

    People without any tie fill columns at the right. `old` holds the x of an earlier layout by
    person: groups that were in it keep their order.
    """
    standing = Standing([], [], [], {}, [], [], {}, {}, {})
    alone = [g for g in groups if len(g.xs) == 1 and not _is_tied(kin, g)]
    families = [g for g in groups if g not in alone]
    left = right = 0.0
    for group in _from_the_left(families, old) if old else _nearest_first(kin, families):
        width = max(group.xs)
        if not standing.xs:
            shift, right = 0.0, width
        elif not old and _leans_left(kin, standing, group):
            shift = left - BETWEEN_GROUPS - width
            left = shift
        else:
            shift = right + BETWEEN_GROUPS
            right = shift + width
        _add(standing, group, shift)
    deep = max(standing.row_of, default=0) + 1
    first = right + BETWEEN_GROUPS if standing.xs else 0.0
    for number, group in enumerate(alone):
        _add(standing, replace(group, top=number % deep), first + number // deep)
    standing.xs[:] = [x - left + MARGIN for x in standing.xs]
    return standing


def _is_tied(kin: Kin, group: Group) -> bool:
    members = group.layers.node_of
    return any(tie.child in members or members.keys() & tie.parents for tie in kin.ties)


def _from_the_left(groups: Sequence[Group], old: Mapping[int, float]) -> list[Group]:
    def place(group: Group) -> float:
        return min((old[p] for p in group.layers.node_of if p in old), default=float("inf"))

    return sorted(groups, key=lambda group: (place(group), min(group.layers.node_of)))


def _nearest_first(kin: Kin, groups: Sequence[Group]) -> list[Group]:
    """The largest, then whatever is tied to those before, then the next largest."""
    waiting = list(groups)
    reached: set[int] = set()
    ordered: list[Group] = []
    while waiting:
        near = [group for group in waiting if _tied(kin, group, reached)]
        following = (near or waiting)[0]
        waiting.remove(following)
        reached.update(following.layers.node_of)
        ordered.append(following)
    return ordered


def _tied(kin: Kin, group: Group, others: set[int] | dict[int, int]) -> list[int]:
    """People among the others whom an extra link joins to this group."""
    found = []
    for tie in kin.ties:
        for one, other in ((p, tie.child) for p in tie.parents):
            if one in group.layers.node_of and other in others:
                found.append(other)
            if other in group.layers.node_of and one in others:
                found.append(one)
    return found


def _leans_left(kin: Kin, standing: Standing, group: Group) -> bool:
    tied = _tied(kin, group, standing.node_of)
    if not tied:
        return False
    least, most = min(standing.xs), max(standing.xs)
    place = sum(standing.xs[standing.node_of[p]] for p in tied) / len(tied)
    return place - least < most - place


def _add(standing: Standing, group: Group, shift: float) -> None:
    layers, first, top = group.layers, len(standing.xs), group.top
    standing.xs.extend(x + shift for x in group.xs)
    standing.row_of.extend(row + top for row in layers.row_of)
    standing.person_of.extend(layers.person_of)
    standing.node_of.update((p, n + first) for p, n in layers.node_of.items())

    def moved(nodes: Sequence[int]) -> tuple[int, ...]:
        return tuple(n + first for n in nodes)

    for brood in layers.broods:
        standing.broods.append(
            Brood(brood.family, brood.row + top, moved(brood.tops), moved(brood.feet), brood.whole)
        )
    for bracket in layers.brackets:
        a, b = moved(bracket.ends)
        standing.brackets.append(Bracket(bracket.family, bracket.row + top, (a, b), bracket.drops))
    standing.upper.update((key, list(moved(nodes))) for key, nodes in layers.upper.items())
    standing.trunk.update((key, list(moved(nodes))) for key, nodes in layers.trunk.items())
    standing.lower.update((key + first, list(moved(nodes))) for key, nodes in layers.lower.items())
