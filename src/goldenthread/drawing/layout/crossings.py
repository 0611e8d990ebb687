"""What an order within the rows costs, counted as the canonical router will draw it.

Many candidate orders are judged at once: `at[node, candidate]` is a node's place in its row. All
costs are whole hundredths, so that sums are exact and the same on every machine.

Between two rows, two broods cost nothing when their feet stand apart in the order of their tops;
one crossing when they stand apart the other way round; and where the spans of their feet overlap,
the feet of the longer within the shorter, and the shorter's own drop through the longer. Within a
row, of two brackets the shorter is nearer the glyphs, and what hangs from it crosses the longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from goldenthread.domain.network.vocabulary import Gender
from goldenthread.drawing.layout.chains import Bracket, Brood, Layers
from goldenthread.drawing.layout.kin import Kin

if TYPE_CHECKING:
    from numpy import ndarray

CROSSING = 300
APART = 100  # partners with somebody between them
BETWEEN = 20  # each one between
WRONG_SIDE = 15  # the woman, or the younger of two of one gender, on the left
LATER_NEARER = 50  # a later partner nearer than an earlier one on the same side
BIRTH_ORDER = 110  # neighbours by birth the wrong way round
STRANGER = 10  # within the span of some brothers and sisters


class Costing:
    """The costs that touch some rows: all of them, or one row with its neighbours."""

    def __init__(self, kin: Kin, layers: Layers, rows: Sequence[int] | None = None) -> None:
        every = range(len(layers.rows))
        moving = set(every if rows is None else rows)
        near = sorted({n for row in moving for n in (row - 1, row, row + 1) if n in every})
        self.nodes = [node for row in near for node in sorted(layers.rows[row])]
        local = {node: n for n, node in enumerate(self.nodes)}
        self.local = local
        broods = [b for b in layers.broods if b.row in moving or b.row + 1 in moving]
        brackets = [b for b in layers.brackets if b.row in moving]
        hanging = [b for b in layers.broods if b.row in moving and len(b.tops) == 1]
        self._between = _BetweenRows(broods, local)
        self._within = _WithinRows(brackets, hanging, local)
        self._wishes = _Wishes(kin, layers, moving, brackets, local)

    def cost(self, at: ndarray) -> ndarray:
        """The cost of each candidate; `at` has a line per node of `nodes`."""
        return self._between.cost(at) + self._within.cost(at) + self._wishes.cost(at)

    def crossings(self, at: ndarray) -> ndarray:
        """The crossings expected of each candidate, in hundredths of a crossing's cost."""
        return self._between.cost(at) + self._within.cost(at)


class _BetweenRows:
    def __init__(self, broods: Sequence[Brood], local: dict[int, int]) -> None:
        import numpy as np

        self._feet = np.array([local[f] for b in broods for f in b.feet], dtype=np.intp)
        counts = [len(b.feet) for b in broods]
        self._counts = np.array(counts, dtype=np.int64)
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.array([], dtype=np.intp)
        ends = [(b.tops[0], b.tops[-1]) if b.tops else (b.feet[0], b.feet[0]) for b in broods]
        self._left = np.array([local[a] for a, _ in ends], dtype=np.intp)
        self._right = np.array([local[b] for _, b in ends], dtype=np.intp)
        pairs = [
            (u, v)
            for u, v in combinations(range(len(broods)), 2)
            if broods[u].row == broods[v].row and broods[u].family != broods[v].family
        ]
        self._u = np.array([u for u, _ in pairs], dtype=np.intp)
        self._v = np.array([v for _, v in pairs], dtype=np.intp)
        topped = [bool(broods[u].tops and broods[v].tops) for u, v in pairs]
        self._topped = np.array(topped, dtype=bool)[:, None]
        self._wide = _WidePairs(broods, pairs, local)

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        if not len(self._u):
            return np.zeros(at.shape[1], dtype=np.int64)
        feet = at[self._feet]
        low = np.minimum.reduceat(feet, self._starts, axis=0)
        high = np.maximum.reduceat(feet, self._starts, axis=0)
        hubs = at[self._left] + at[self._right]
        left_of = high[self._u] < low[self._v]
        right_of = high[self._v] < low[self._u]
        lean = hubs[self._u] - hubs[self._v]
        turned = ((left_of & (lean > 0)) | (right_of & (lean < 0))) & self._topped
        overlap = ~(left_of | right_of)
        crossings = (turned | overlap).sum(axis=0, dtype=np.int64)
        crossings += self._wide.more(at, low, high, overlap)
        strangers = ((high - low + 1).sum(axis=0)) - self._counts.sum()
        return crossings * CROSSING + strangers * STRANGER


class _WidePairs:
    """Pairs of broods of two or more feet each: how many more than one crossing where they mix."""

    def __init__(
        self, broods: Sequence[Brood], pairs: Sequence[tuple[int, int]], local: dict[int, int]
    ) -> None:
        import numpy as np

        wide = [
            n
            for n, (u, v) in enumerate(pairs)
            if len(broods[u].feet) > 1 and len(broods[v].feet) > 1
        ]
        self._pairs = np.array(wide, dtype=np.intp)
        self._u = np.array([pairs[n][0] for n in wide], dtype=np.intp)
        self._v = np.array([pairs[n][1] for n in wide], dtype=np.intp)
        self._u_in_v = _Inside(broods, [pairs[n] for n in wide], local)
        self._v_in_u = _Inside(broods, [(pairs[n][1], pairs[n][0]) for n in wide], local)

    def more(self, at: ndarray, low: ndarray, high: ndarray, overlap: ndarray) -> Any:
        import numpy as np

        if not len(self._pairs):
            return 0
        low_u, high_u, low_v, high_v = low[self._u], high[self._u], low[self._v], high[self._v]
        mixed = overlap[self._pairs]
        u_shorter = high_u - low_u <= high_v - low_v
        middle = np.where(u_shorter, low_u + high_u, low_v + high_v)
        outer_low = np.where(u_shorter, low_v, low_u)
        outer_high = np.where(u_shorter, high_v, high_u)
        drop = (2 * outer_low < middle) & (middle < 2 * outer_high)
        feet = np.where(
            u_shorter, self._v_in_u.count(at, low, high), self._u_in_v.count(at, low, high)
        )
        return ((feet + drop - 1) * mixed).sum(axis=0, dtype=np.int64)


class _Inside:
    """For each pair, how many feet of the first stand within the span of the second."""

    def __init__(
        self, broods: Sequence[Brood], pairs: Sequence[tuple[int, int]], local: dict[int, int]
    ) -> None:
        import numpy as np

        feet = [local[f] for u, _ in pairs for f in broods[u].feet]
        span = [v for u, v in pairs for _ in broods[u].feet]
        self._feet = np.array(feet, dtype=np.intp)
        self._span = np.array(span, dtype=np.intp)
        counts = [len(broods[u].feet) for u, _ in pairs]
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.array([], dtype=np.intp)

    def count(self, at: ndarray, low: ndarray, high: ndarray) -> Any:
        import numpy as np

        feet = at[self._feet]
        inside = (low[self._span] < feet) & (feet < high[self._span])
        return np.add.reduceat(inside, self._starts, axis=0, dtype=np.int64)


class _WithinRows:
    def __init__(
        self, brackets: Sequence[Bracket], hanging: Sequence[Brood], local: dict[int, int]
    ) -> None:
        import numpy as np

        self._a = np.array([local[b.ends[0]] for b in brackets], dtype=np.intp)
        self._b = np.array([local[b.ends[1]] for b in brackets], dtype=np.intp)
        pairs = [
            (u, v)
            for u, v in combinations(range(len(brackets)), 2)
            if brackets[u].row == brackets[v].row
        ]
        self._u = np.array([u for u, _ in pairs], dtype=np.intp)
        self._v = np.array([v for _, v in pairs], dtype=np.intp)
        self._u_drops = np.array([brackets[u].drops for u, _ in pairs], dtype=bool)[:, None]
        self._v_drops = np.array([brackets[v].drops for _, v in pairs], dtype=bool)[:, None]
        under = [
            (local[brood.tops[0]], n)
            for brood in hanging
            for n, bracket in enumerate(brackets)
            if bracket.row == brood.row and bracket.family != brood.family
        ]
        self._drop = np.array([top for top, _ in under], dtype=np.intp)
        self._over = np.array([n for _, n in under], dtype=np.intp)

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        if not len(self._a):
            return np.zeros(at.shape[1], dtype=np.int64)
        ends, others = at[self._a], at[self._b]
        low, high = np.minimum(ends, others), np.maximum(ends, others)
        crossings = np.zeros(at.shape[1], dtype=np.int64)
        if len(self._u):
            crossings += self._nested(low, high)
        if len(self._drop):
            drop = at[self._drop]
            crossed = (low[self._over] < drop) & (drop < high[self._over])
            crossings += crossed.sum(axis=0, dtype=np.int64)
        return crossings * CROSSING

    def _nested(self, low: ndarray, high: ndarray) -> Any:
        import numpy as np

        low_u, high_u, low_v, high_v = low[self._u], high[self._u], low[self._v], high[self._v]
        u_shorter = high_u - low_u <= high_v - low_v
        in_u = _within(low_v, low_u, high_u) + _within(high_v, low_u, high_u)
        in_v = _within(low_u, low_v, high_v) + _within(high_u, low_v, high_v)
        drop_u = self._u_drops & _within(low_u + high_u, 2 * low_v, 2 * high_v)
        drop_v = self._v_drops & _within(low_v + high_v, 2 * low_u, 2 * high_u)
        return np.where(u_shorter, in_u + drop_u, in_v + drop_v).sum(axis=0, dtype=np.int64)


def _within(value: ndarray, low: ndarray, high: ndarray) -> Any:
    import numpy as np

    return ((low < value) & (value < high)).astype(np.int64)


class _Wishes:
    """What readers expect: partners side by side, the eldest left, the first partner nearest."""

    def __init__(
        self,
        kin: Kin,
        layers: Layers,
        rows: set[int],
        brackets: Sequence[Bracket],
        local: dict[int, int],
    ) -> None:
        import numpy as np

        people = layers.person_of
        self._a = np.array([local[b.ends[0]] for b in brackets], dtype=np.intp)
        self._b = np.array([local[b.ends[1]] for b in brackets], dtype=np.intp)
        level = [all(people[end] is not None for end in b.ends) for b in brackets]
        self._level = np.array(level, dtype=np.int64)[:, None]
        left = [pair for b in brackets if (pair := _left_and_right(kin, layers, b))]
        births = [
            pair for b in layers.broods if b.row + 1 in rows for pair in _births(kin, layers, b)
        ]
        sides = [(local[a], local[b], WRONG_SIDE) for a, b in left]
        sides += [(local[a], local[b], BIRTH_ORDER) for a, b in births]
        self._left = np.array([a for a, _, _ in sides], dtype=np.intp)
        self._right = np.array([b for _, b, _ in sides], dtype=np.intp)
        self._weight = np.array([w for _, _, w in sides], dtype=np.int64)[:, None]
        turns = [tuple(local[n] for n in three) for three in _turns(kin, brackets)]
        self._turns = np.array(turns, dtype=np.intp).reshape(-1, 3)

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        total = np.zeros(at.shape[1], dtype=np.int64)
        if len(self._a):
            between = np.abs(at[self._a] - at[self._b]) - 1
            total += (between * BETWEEN + (between > 0) * self._level * APART).sum(axis=0)
        if len(self._left):
            total += ((at[self._left] > at[self._right]) * self._weight).sum(axis=0)
        if len(self._turns):
            middle, first, later = (at[self._turns[:, n]] for n in range(3))
            nearer = np.abs(later - middle) < np.abs(first - middle)
            same_side = (later > middle) == (first > middle)
            total += (nearer * (1 + same_side)).sum(axis=0) * (LATER_NEARER // 2)
        return total


def _left_and_right(kin: Kin, layers: Layers, bracket: Bracket) -> tuple[int, int] | None:
    """Who of two partners stands left: the man, or the elder of two of one gender."""
    people = [layers.person_of[end] for end in bracket.ends]
    if people[0] is None or people[1] is None:
        return None
    one, other = kin.people[people[0]], kin.people[people[1]]
    if {one.gender, other.gender} == {Gender.MAN, Gender.WOMAN}:
        return bracket.ends if one.gender == Gender.MAN else bracket.ends[::-1]
    if one.gender == other.gender and None not in (one.born, other.born) and one.born != other.born:
        return bracket.ends if (one.born or 0) < (other.born or 0) else bracket.ends[::-1]
    return None


def _births(kin: Kin, layers: Layers, brood: Brood) -> Iterable[tuple[int, int]]:
    """Neighbours by birth among the feet of a brood: the elder's node, the younger's."""
    if not brood.whole:
        return
    standing = {}
    for foot in brood.feet:
        standing[foot] = layers.person_of[foot]
    for child, chain in layers.lower.items():
        if chain[0] in standing:
            standing[chain[0]] = layers.person_of[child]
    known = sorted(
        (birth, person, foot)
        for foot, person in standing.items()
        if person is not None and (birth := kin.people[person].born) is not None
    )
    for elder, younger in pairwise(known):
        if elder[0] < younger[0]:
            yield elder[2], younger[2]


def _turns(kin: Kin, brackets: Sequence[Bracket]) -> Iterable[tuple[int, int, int]]:
    """Somebody, their earlier partner and their next, where all stand on one row."""
    partners: dict[int, list[tuple[float, int, int]]] = {}
    for bracket in brackets:
        when = kin.first_sign_of(bracket.family)
        for end, other in (bracket.ends, bracket.ends[::-1]):
            partners.setdefault(end, []).append((when, bracket.family, other))
    for person in sorted(partners):
        for earlier, later in pairwise(sorted(partners[person])):
            if earlier[0] < later[0]:
                yield person, earlier[2], later[2]
