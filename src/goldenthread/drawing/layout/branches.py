"""Whole branches of a family, moved across all rows at once.

A branch is what comes loose when one link between a person and a union is cut: somebody's
descendants, or a partner's own family. Row by row such a move would first make matters worse, so a
search by rows alone never finds it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from goldenthread.drawing.layout.chains import Layers
from goldenthread.drawing.layout.crossings import Costing
from goldenthread.drawing.layout.order import Search
from goldenthread.drawing.layout.positions import positions_of
from goldenthread.drawing.layout.starts import Order

if TYPE_CHECKING:
    from numpy import ndarray

NUMBERS_AT_ONCE = 200_000
SHAKEN = 2  # branches put down anywhere at once
BRANCHES_FIRST = 300  # people; in larger families rows are searched once, after the branches
Branch = frozenset[int]
Move = tuple[Branch, list[tuple[int, ...]]]  # a branch and the cuts it may go to


def branches_of(layers: Layers) -> list[Branch]:
    """Every branch of two nodes or more, the smaller part of each cut, the largest first."""
    nodes = len(layers.row_of)
    links = _links(layers)
    found = set()
    for part in _cut_parts(links):
        branch = frozenset(n for n in part if n < nodes)
        if 2 * len(branch) > nodes:
            branch = frozenset(range(nodes)) - branch
        if len(branch) > 1:
            found.add(branch)
    return sorted(found, key=lambda branch: (-len(branch), sorted(branch)))


class BranchSearch:
    """Improves an order by moves of branches, each followed by the search row by row."""

    def __init__(self, layers: Layers, search: Search) -> None:
        self._layers = layers
        self._search = search
        self._branches = branches_of(layers)

    def improve(self, order: Order, random: Random) -> Order:
        """The order once no branch is better anywhere else.

        A branch goes to every upright cut through the rest of the drawing, as it is and mirrored.
        """
        if len(self._layers.node_of) <= BRANCHES_FIRST:
            order = self._search.descend(order, random)
        quiet = turn = 0
        xs = positions_of(self._layers, order)
        while quiet < len(self._branches) and self._search.has_budget:
            part, size = self._next_part(order, xs, turn, len(self._branches) - quiet)
            turn, quiet = turn + len(part), quiet + len(part)
            self._search.spend(size)
            better = _best_of(self._search.whole, order, part)
            if better is not None:
                order = better
                if len(self._layers.node_of) <= BRANCHES_FIRST:
                    order = self._search.descend(order, random)
                xs = positions_of(self._layers, order)
                quiet = 0
        if len(self._layers.node_of) > BRANCHES_FIRST:
            order = self._search.descend(order, random)
        return order

    def shaken(self, order: Order, random: Random) -> Order:
        """The order with some branches put down anywhere, to begin another search from."""
        for _ in range(SHAKEN):
            branch = self._branches[int(random.random() * len(self._branches))]
            cuts = _cuts(branch, order, positions_of(self._layers, order))
            at = _places(self._search.whole, order, [(branch, cuts)])
            column = 1 + int(random.random() * (at.shape[1] - 1))
            order = _order_of(self._search.whole, order, at[:, column])
        return order

    def _next_part(
        self, order: Order, xs: Sequence[float], turn: int, most: int
    ) -> tuple[list[Move], int]:
        """The moves of the next branches, as many as are judged at once, and their size."""
        part: list[Move] = []
        size = 0
        while size < NUMBERS_AT_ONCE and len(part) < most:
            branch = self._branches[(turn + len(part)) % len(self._branches)]
            cuts = _cuts(branch, order, xs)
            part.append((branch, cuts))
            size += 2 * len(cuts) * self._search.whole.work
        return part, size


def _best_of(
    costing: Costing,
    order: Order,
    moves: Sequence[Move],
) -> Order | None:
    at = _places(costing, order, moves)
    costs = costing.cost(at)
    column = int(costs.argmin())
    if costs[column] >= costs[0]:
        return None
    return _order_of(costing, order, at[:, column])


def _order_of(costing: Costing, order: Order, places: ndarray) -> Order:
    """The rows in the order of the nodes' places."""
    return [
        [node for _, node in sorted((int(places[costing.local[node]]), node) for node in row)]
        for row in order
    ]


def _places(costing: Costing, order: Order, moves: Sequence[Move]) -> ndarray:
    """The places of all nodes: as they are, then for each branch at each cut, both ways round."""
    import numpy as np

    count = 1 + 2 * sum(len(cuts) for _, cuts in moves)
    at = np.empty((len(costing.nodes), count), dtype=np.int16)
    lines = {node: costing.local[node] for row in order for node in row}
    for row in order:
        at[[lines[node] for node in row]] = np.arange(len(row), dtype=np.int16)[:, None]
    column = 1
    for branch, cuts in moves:
        touched = [row for row in order if any(node in branch for node in row)]
        ahead, back = column + len(cuts), column + 2 * len(cuts)
        for gaps, row in zip(np.array(cuts, dtype=np.int16).T, touched, strict=True):
            moved = [lines[node] for node in row if node in branch]
            rest = [lines[node] for node in row if node not in branch]
            stay = np.arange(len(rest), dtype=np.int16)[:, None]
            stay = stay + np.int16(len(moved)) * (stay >= gaps)
            inside = np.arange(len(moved), dtype=np.int16)[:, None]
            at[rest, column:ahead] = at[rest, ahead:back] = stay
            at[moved, column:ahead] = gaps + inside
            at[moved, ahead:back] = gaps + inside[::-1]
        column = back
    return at


def _cuts(branch: Branch, order: Order, xs: Sequence[float]) -> list[tuple[int, ...]]:
    """Upright cuts through the rest: in each row of the branch, how many stand left of the cut."""
    rests = [
        [xs[node] for node in row if node not in branch]
        for row in order
        if any(node in branch for node in row)
    ]
    lines = {float("-inf"), float("inf")}
    for rest in rests:
        lines.update((a + b) / 2 for a, b in pairwise(rest))
    return sorted({tuple(bisect_left(rest, line) for rest in rests) for line in lines})


def _links(layers: Layers) -> list[list[int]]:
    """The graph of nodes and of the meeting points of links; neighbours of each, by number."""
    links: list[list[int]] = [[] for _ in layers.row_of]

    def meet(members: Sequence[int]) -> None:
        hub = len(links)
        links.append([])
        for node in members:
            links[hub].append(node)
            links[node].append(hub)

    hung = set()
    for brood in layers.broods:
        meet((*brood.tops, *brood.feet))
        hung.add(brood.tops)
    for bracket in layers.brackets:
        if bracket.ends not in hung:
            meet(bracket.ends)
    return links


def _cut_parts(links: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """For each link whose cut parts the graph, the vertices below it in a walk from the first."""
    count = len(links)
    entered, lowest = [-1] * count, [0] * count
    parent = [-1] * count
    for first in range(count):
        if entered[first] >= 0:
            continue
        walked: list[int] = []
        turn = [0] * count
        stack = [first]
        entered[first] = lowest[first] = 0
        walked.append(first)
        while stack:
            vertex = stack[-1]
            if turn[vertex] < len(links[vertex]):
                other = links[vertex][turn[vertex]]
                turn[vertex] += 1
                if entered[other] < 0:
                    parent[other] = vertex
                    entered[other] = lowest[other] = len(walked)
                    walked.append(other)
                    stack.append(other)
                elif other != parent[vertex]:
                    lowest[vertex] = min(lowest[vertex], entered[other])
                continue
            stack.pop()
            if parent[vertex] >= 0:
                above = parent[vertex]
                lowest[above] = min(lowest[above], lowest[vertex])
                if lowest[vertex] > entered[above]:
                    yield walked[entered[vertex] :]
