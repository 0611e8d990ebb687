"""The order within rows, by local search over blocks of people.

A row's moves take one block out and try it at every place of the rest, forwards and reversed; the
best strict improvement is kept, and the row and its neighbours are looked at again. All moves of a
row are judged at once. Iterations are bounded, never time, so a busy machine draws the same.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from goldenthread.drawing.layout.chains import Layers
from goldenthread.drawing.layout.crossings import Costing
from goldenthread.drawing.layout.kin import Kin
from goldenthread.drawing.layout.starts import Order, shuffled

if TYPE_CHECKING:
    from numpy import ndarray

Block = tuple[int, ...]
ROUNDS_OF_A_ROW = 8  # at one visit
SWEEPS = 8
NUMBERS_AT_ONCE = 60_000  # so that arrays stay in the processor's cache


class Search:
    """The search over the orders of one group of people."""

    def __init__(self, kin: Kin, layers: Layers, budget: int) -> None:
        self._layers = layers
        self.whole = Costing(kin, layers)
        self._rows = [Costing(kin, layers, [row]) for row in range(len(layers.rows))]
        self._blocks = [_blocks(kin, layers, row) for row in range(len(layers.rows))]
        self._budget = budget

    @property
    def has_budget(self) -> bool:
        """Whether more moves may be judged."""
        return self._budget > 0

    def spend(self, numbers: int) -> None:
        """Count numbers that were compared: a bound on work that no clock has a part in."""
        self._budget -= numbers

    def cost(self, order: Order) -> int:
        """The whole cost of an order, in hundredths."""
        return int(self.whole.cost(self._places(order))[0])

    def conventions(self, order: Order) -> int:
        """What an order costs in conventions that no measure counts, in hundredths."""
        return int(self.whole.conventions(self._places(order))[0])

    def _places(self, order: Order) -> ndarray:
        import numpy as np

        at = np.empty((len(self.whole.nodes), 1), dtype=np.int16)
        for row in order:
            at[[self.whole.local[node] for node in row], 0] = range(len(row))
        return at

    def descend(self, order: Order, random: Random, free: Set[int] | None = None) -> Order:
        """The order after every row has been improved until none can be.

        Where `free` is given only these nodes move; the others keep their order.
        """
        order = [list(row) for row in order]
        waiting = set(range(len(order)))
        for _ in range(SWEEPS):
            for row in shuffled(sorted(waiting), random):
                waiting.discard(row)
                if self._improve(order, row, random, free):
                    waiting.update(n for n in (row - 1, row + 1) if 0 <= n < len(order))
            if not waiting:
                break
        return order

    def _improve(self, order: Order, row: int, random: Random, free: Set[int] | None) -> bool:
        """Move blocks of a row as long as that helps; whether anything moved."""
        if len(order[row]) < 2:
            return False
        improved = False
        blocks = [self._blocks[row][n] for n in shuffled(range(len(self._blocks[row])), random)]
        if free is not None:
            blocks = [block for block in blocks if free.issuperset(block)]
        for _ in range(ROUNDS_OF_A_ROW):
            moved = False
            for part in self._parts(blocks, row):
                if not self.has_budget:
                    return improved
                better = self._best_move(order, row, part)
                if better is not None:
                    order[row] = better
                    moved = improved = True
            if not moved:
                break
        return improved

    def _parts(self, blocks: list[Block], row: int) -> list[list[Block]]:
        """The blocks in parts small enough that their moves are judged without much memory."""
        moves = 1 + 2 * len(self._layers.rows[row])
        size = max(1, NUMBERS_AT_ONCE // (moves * self._rows[row].work))
        return [blocks[n : n + size] for n in range(0, len(blocks), size)]

    def _best_move(self, order: Order, row: int, blocks: list[Block]) -> list[int] | None:
        import numpy as np

        costing = self._rows[row]
        place = {node: n for n, node in enumerate(order[row])}
        columns = [np.arange(len(place), dtype=np.int16)[:, None]]
        for block in blocks:
            inside = sorted(block, key=place.__getitem__)
            rest = [node for node in order[row] if node not in block]
            template = _template(len(rest), len(block))
            places = np.empty_like(template)
            places[[place[node] for node in (*rest, *inside)]] = template
            columns.append(places)
        moving = np.concatenate(columns, axis=1)
        at = np.empty((len(costing.nodes), moving.shape[1]), dtype=np.int16)
        at[[costing.local[node] for node in order[row]]] = moving
        for other in (row - 1, row + 1):
            if 0 <= other < len(order):
                lines = [costing.local[node] for node in order[other]]
                at[lines] = np.arange(len(lines))[:, None]
        self.spend(moving.shape[1] * costing.work)
        costs = costing.cost(at)
        best = int(costs.argmin())
        if costs[best] >= costs[0]:
            return None
        found = [0] * len(place)
        for node, n in zip(order[row], moving[:, best], strict=True):
            found[n] = node
        return found


@lru_cache(maxsize=4096)
def _template(rest: int, block: int) -> Any:
    """The places of `rest` nodes and then a block, for each place of the block, both ways round."""
    import numpy as np

    gaps = np.arange(rest + 1, dtype=np.int16)
    others = np.arange(rest, dtype=np.int16)[:, None]
    stay = others + np.int16(block) * (others >= gaps)
    inside = np.arange(block, dtype=np.int16)[:, None]
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
