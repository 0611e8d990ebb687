"""The order within rows, by local search over blocks of people.

A row's moves take one block out and try it at every place of the rest, forwards and reversed; the
best strict improvement is kept, and the row and its neighbours are looked at again. All moves of a
row are judged at once. Iterations are bounded, never time, so a busy machine draws the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import Any

from goldenthread.drawing.layout.chains import Layers
from goldenthread.drawing.layout.crossings import Costing
from goldenthread.drawing.layout.kin import Kin
from goldenthread.drawing.layout.starts import Order, shuffled

Block = tuple[int, ...]
MOVES_OF_A_ROW = 40  # at one visit
SWEEPS = 8


class Search:
    """The search over the orders of one group of people."""

    def __init__(self, kin: Kin, layers: Layers) -> None:
        self._layers = layers
        self._every = Costing(kin, layers)
        self._rows = [Costing(kin, layers, [row]) for row in range(len(layers.rows))]
        self._blocks = [_blocks(kin, layers, row) for row in range(len(layers.rows))]

    def cost(self, order: Order) -> int:
        """The whole cost of an order, in hundredths."""
        return int(self.costs([order])[0])

    def costs(self, orders: Sequence[Order]) -> list[int]:
        """The whole cost of each order."""
        import numpy as np

        at = np.empty((len(self._every.nodes), len(orders)), dtype=np.int64)
        place = self._every.local
        for column, order in enumerate(orders):
            for row in order:
                at[[place[node] for node in row], column] = range(len(row))
        return [int(cost) for cost in self._every.cost(at)]

    def descend(self, order: Order, random: Random) -> Order:
        """The order after every row has been improved until none can be."""
        order = [list(row) for row in order]
        waiting = set(range(len(order)))
        for _ in range(SWEEPS):
            for row in shuffled(sorted(waiting), random):
                waiting.discard(row)
                if self._improve(order, row):
                    waiting.update(n for n in (row - 1, row + 1) if 0 <= n < len(order))
            if not waiting:
                break
        return order

    def _improve(self, order: Order, row: int) -> bool:
        improved = False
        for _ in range(MOVES_OF_A_ROW):
            better = self._best_move(order, row)
            if better is None:
                break
            order[row] = better
            improved = True
        return improved

    def _best_move(self, order: Order, row: int) -> list[int] | None:
        import numpy as np

        if len(order[row]) < 2:
            return None
        costing = self._rows[row]
        place = {node: n for n, node in enumerate(order[row])}
        blocks = [sorted(block, key=place.__getitem__) for block in self._blocks[row]]
        rests = []
        columns = [np.arange(len(place))[:, None]]
        for block in blocks:
            inside = set(block)
            rest = [node for node in order[row] if node not in inside]
            rests.append(rest)
            lines = np.array([place[node] for node in (*rest, *block)])
            places = np.empty((len(place), 0))
            template = _template(len(rest), len(block))
            places = np.empty_like(template)
            places[lines] = template
            columns.append(places)
        moving = np.concatenate(columns, axis=1)
        at = np.empty((len(costing.nodes), moving.shape[1]), dtype=np.int64)
        at[[costing.local[node] for node in order[row]]] = moving
        for other in (row - 1, row + 1):
            if 0 <= other < len(order):
                lines = [costing.local[node] for node in order[other]]
                at[lines] = np.arange(len(lines))[:, None]
        costs = costing.cost(at)
        best = int(costs.argmin())
        if costs[best] >= costs[0]:
            return None
        places = moving[:, best]
        found = [0] * len(place)
        for node, n in place.items():
            found[places[n]] = node
        return found


@lru_cache(maxsize=4096)
def _template(rest: int, block: int) -> Any:
    """The places of `rest` nodes and then a block, for each place of the block, both ways round."""
    import numpy as np

    gaps = np.arange(rest + 1)
    others = np.arange(rest)[:, None]
    stay = others + block * (others >= gaps)
    inside = np.arange(block)[:, None]
    forwards = np.concatenate([stay, gaps + inside])
    if block == 1:
        return forwards
    backwards = np.concatenate([stay, gaps + inside[::-1]])
    return np.concatenate([forwards, backwards], axis=1)


def _blocks(kin: Kin, layers: Layers, row: int) -> list[Block]:
    """Each node; a person with partners; brothers and sisters with theirs; in a stable order."""
    born = kin.birth_family_of()
    nodes = layers.rows[row]
    partners: dict[int, list[int]] = {node: [] for node in nodes}
    for bracket in layers.brackets:
        if bracket.row == row:
            a, b = bracket.ends
            partners[a].append(b)
            partners[b].append(a)

    def is_root(node: int) -> bool:
        person = layers.person_of[node]
        return person is None or born[person] is None

    found: dict[Block, None] = {}
    for node in nodes:
        found[(node,)] = None
        loose = [p for p in partners[node] if is_root(p)]
        found[tuple(sorted({node, *loose}))] = None
        found[tuple(sorted({node, *partners[node]}))] = None
    for brood in layers.broods:
        if brood.row + 1 == row and len(brood.feet) > 1:
            loose = [p for foot in brood.feet for p in partners[foot] if is_root(p)]
            found[tuple(sorted(brood.feet))] = None
            found[tuple(sorted({*brood.feet, *loose}))] = None
            every = [p for foot in brood.feet for p in partners[foot]]
            found[tuple(sorted({*brood.feet, *every}))] = None
    return [block for block in found if len(block) < len(nodes) or len(block) > 1]
