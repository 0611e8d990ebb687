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
        self.local = local = {node: n for n, node in enumerate(self.nodes)}
        broods = [b for b in layers.broods if b.row in moving or b.row + 1 in moving]
        brackets = [b for b in layers.brackets if b.row in moving]
        hanging = [b for b in layers.broods if b.row in moving and len(b.tops) == 1]
        self._between = _BetweenRows(broods, local)
        self._within = _WithinRows(brackets, hanging, local)
        self._wishes = _Wishes(kin, layers, moving, brackets, local)

    @property
    def work(self) -> int:
        """Roughly how many numbers one candidate takes to judge."""
        return 1 + self._between.pairs + self._within.pairs

    def cost(self, at: ndarray) -> ndarray:
        """The cost of each candidate; `at` has a line of places per node of `nodes`."""
        return self._between.cost(at) + self._within.cost(at) + self._wishes.cost(at)

    def conventions(self, at: ndarray) -> ndarray:
        """What each candidate costs in conventions alone: who stands left, who nearest."""
        return self._wishes.conventions(at)


class _BetweenRows:
    def __init__(self, broods: Sequence[Brood], local: dict[int, int]) -> None:
        longest = max((len(b.feet) for b in broods), default=0)
        self._feet = [
            _lines(local[b.feet[min(n, len(b.feet) - 1)]] for b in broods) for n in range(longest)
        ]
        self._count = sum(len(b.feet) for b in broods)
        self._left = _lines(local[b.tops[0] if b.tops else b.feet[0]] for b in broods)
        self._right = _lines(local[b.tops[-1] if b.tops else b.feet[0]] for b in broods)
        pairs = [
            (u, v)
            for u, v in combinations(range(len(broods)), 2)
            if broods[u].row == broods[v].row
            and broods[u].family != broods[v].family
            and broods[u].feet != broods[v].feet
        ]
        self.pairs = len(pairs)
        self._u = _lines(u for u, _ in pairs)
        self._v = _lines(v for _, v in pairs)
        # A brood without tops hangs from nowhere: it may stand on either side of any other.
        self._top_v = _lines(v if broods[u].tops and broods[v].tops else u for u, v in pairs)
        wide = [(u, v) for u, v in pairs if len(broods[u].feet) > 1 and len(broods[v].feet) > 1]
        self._wide = _WidePairs(broods, wide, local)

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        if not self._feet:
            return np.zeros(at.shape[1], dtype=np.int32)
        low = high = at[self._feet[0]]
        for feet in self._feet[1:]:
            places = at[feet]
            low, high = np.minimum(low, places), np.maximum(high, places)
        strangers = (high - low).sum(axis=0, dtype=np.int32) + (len(low) - self._count)
        if not self.pairs:
            return strangers * STRANGER
        hubs = at[self._left] + at[self._right]
        top_u, top_v = hubs[self._u], hubs[self._top_v]
        apart = high[self._u] < low[self._v]
        apart &= top_u <= top_v
        turned = high[self._v] < low[self._u]
        turned &= top_u >= top_v
        apart |= turned
        crossings = self.pairs - apart.sum(axis=0, dtype=np.int32)
        return (crossings + self._wide.more(at, low, high, hubs)) * CROSSING + strangers * STRANGER


class _WidePairs:
    """Pairs of broods of two or more feet each: how many more than one crossing where they mix."""

    def __init__(
        self, broods: Sequence[Brood], pairs: Sequence[tuple[int, int]], local: dict[int, int]
    ) -> None:
        self._u = _lines(u for u, _ in pairs)
        self._v = _lines(v for _, v in pairs)
        self._topped = _lines(bool(broods[u].tops and broods[v].tops) for u, v in pairs) > 0
        self._u_in_v = _Inside(broods, pairs, local)
        self._v_in_u = _Inside(broods, [(v, u) for u, v in pairs], local)

    def more(self, at: ndarray, low: ndarray, high: ndarray, hubs: ndarray) -> Any:
        import numpy as np

        if not len(self._u):
            return 0
        low_u, high_u, low_v, high_v = low[self._u], high[self._u], low[self._v], high[self._v]
        mixed = (low_u <= high_v) & (low_v <= high_u)
        # Most pairs of most candidates do not mix: only those that do are looked at closely.
        pairs, candidates = mixed.nonzero()
        if not len(pairs):
            return 0
        low_u, high_u, low_v, high_v = (
            side[pairs, candidates] for side in (low_u, high_u, low_v, high_v)
        )
        u_shorter = high_u - low_u <= high_v - low_v
        middle = np.where(u_shorter, low_u + high_u, low_v + high_v)
        drop = (2 * np.where(u_shorter, low_v, low_u) < middle) & (
            middle < 2 * np.where(u_shorter, high_v, high_u)
        )
        v_in_u = self._v_in_u.count(at, pairs, candidates, low_u, high_u)
        u_in_v = self._u_in_v.count(at, pairs, candidates, low_v, high_v)
        lean = hubs[self._u[pairs], candidates] - hubs[self._v[pairs], candidates]
        turned = (lean > 0) & (low_u < low_v) & (high_u < high_v)
        turned |= (lean < 0) & (low_v < low_u) & (high_v < high_u)
        turned &= self._topped[pairs]
        more = np.where(u_shorter, v_in_u, u_in_v) + drop + turned - 1
        return np.bincount(candidates, weights=more, minlength=at.shape[1]).astype(np.int32)


class _Inside:
    """For each pair, how many feet of the first stand within the span of the second."""

    def __init__(
        self, broods: Sequence[Brood], pairs: Sequence[tuple[int, int]], local: dict[int, int]
    ) -> None:
        longest = max((len(broods[u].feet) for u, _ in pairs), default=0)
        self._feet = [
            (
                _lines(local[broods[u].feet[min(n, len(broods[u].feet) - 1)]] for u, _ in pairs),
                _lines(n < len(broods[u].feet) for u, _ in pairs).astype(bool),
            )
            for n in range(longest)
        ]

    def count(
        self, at: ndarray, pairs: ndarray, candidates: ndarray, low: ndarray, high: ndarray
    ) -> Any:
        found = 0
        for feet, there in self._feet:
            place = at[feet[pairs], candidates]
            found = found + ((low < place) & (place < high) & there[pairs])
        return found


class _WithinRows:
    def __init__(
        self, brackets: Sequence[Bracket], hanging: Sequence[Brood], local: dict[int, int]
    ) -> None:
        self._a = _lines(local[b.ends[0]] for b in brackets)
        self._b = _lines(local[b.ends[1]] for b in brackets)
        pairs = [
            (u, v)
            for u, v in combinations(range(len(brackets)), 2)
            if brackets[u].row == brackets[v].row
        ]
        self._u = _lines(u for u, _ in pairs)
        self._v = _lines(v for _, v in pairs)
        self._drops = _lines(b.drops for b in brackets).astype(bool)[:, None]
        under = [
            (local[brood.tops[0]], n)
            for brood in hanging
            for n, bracket in enumerate(brackets)
            if bracket.row == brood.row and bracket.family != brood.family
        ]
        self._drop = _lines(top for top, _ in under)
        self._over = _lines(n for _, n in under)
        self.pairs = len(pairs) + len(under)

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        crossings = np.zeros(at.shape[1], dtype=np.int32)
        if not self.pairs:
            return crossings
        ends, others = at[self._a], at[self._b]
        low, high = np.minimum(ends, others), np.maximum(ends, others)
        if len(self._u):
            crossings += self._mixed(low, high)
        if len(self._drop):
            drop = at[self._drop]
            crossed = (low[self._over] < drop) & (drop < high[self._over])
            crossings += crossed.sum(axis=0, dtype=np.int32)
        return crossings * CROSSING

    def _mixed(self, low: ndarray, high: ndarray) -> Any:
        """Brackets that interlock, and drops of the shorter through the longer."""
        import numpy as np

        low_u, high_u, low_v, high_v = low[self._u], high[self._u], low[self._v], high[self._v]
        meet = ((low_u < high_v) & (low_v < high_u)).nonzero()
        pairs, candidates = meet
        if not len(pairs):
            return 0
        low_u, high_u, low_v, high_v = (side[meet] for side in (low_u, high_u, low_v, high_v))
        interlock = ((low_u < low_v) & (high_u < high_v)) | ((low_v < low_u) & (high_v < high_u))
        drops = self._drops[:, 0]
        u_shorter = high_u - low_u <= high_v - low_v
        middle = np.where(u_shorter, low_u + high_u, low_v + high_v)
        crossed = (2 * np.where(u_shorter, low_v, low_u) < middle) & (
            middle < 2 * np.where(u_shorter, high_v, high_u)
        )
        crossed &= np.where(u_shorter, drops[self._u[pairs]], drops[self._v[pairs]])
        count = interlock.astype(np.int32) + crossed
        return np.bincount(candidates, weights=count, minlength=low.shape[1]).astype(np.int32)


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
        self._a = _lines(local[b.ends[0]] for b in brackets)
        self._b = _lines(local[b.ends[1]] for b in brackets)
        level = [all(people[end] is not None for end in b.ends) for b in brackets]
        self._level = np.array(level, dtype=np.int32)[:, None] * APART
        left = [pair for b in brackets if (pair := _left_and_right(kin, layers, b))]
        births = [
            pair for b in layers.broods if b.row + 1 in rows for pair in _births(kin, layers, b)
        ]
        self._sides = _WrongWayRound(left, WRONG_SIDE, local)
        self._births = _WrongWayRound(births, BIRTH_ORDER, local)
        turns = [tuple(local[n] for n in three) for three in _turns(kin, brackets)]
        self._turns = np.array(turns, dtype=np.intp).reshape(-1, 3)

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        total = self._births.cost(at) + self.conventions(at)
        if len(self._a):
            between = np.abs(at[self._a] - at[self._b]) - 1
            total += between.sum(axis=0, dtype=np.int32) * BETWEEN
            total += ((between > 0) * self._level).sum(axis=0, dtype=np.int32)
        return total

    def conventions(self, at: ndarray) -> Any:
        """The part of the cost that no measure of a drawing counts."""
        import numpy as np

        total = self._sides.cost(at)
        if len(self._turns):
            middle, first, later = (at[self._turns[:, n]] for n in range(3))
            nearer = np.abs(later - middle) < np.abs(first - middle)
            same_side = (later > middle) == (first > middle)
            worse = nearer.sum(axis=0, dtype=np.int32) + (nearer & same_side).sum(axis=0)
            total = total + worse.astype(np.int32) * (LATER_NEARER // 2)
        return total


class _WrongWayRound:
    """Pairs of which the first should stand left of the second, each at one cost."""

    def __init__(self, pairs: Sequence[tuple[int, int]], cost: int, local: dict[int, int]) -> None:
        self._left = _lines(local[a] for a, _ in pairs)
        self._right = _lines(local[b] for _, b in pairs)
        self._cost = cost

    def cost(self, at: ndarray) -> Any:
        import numpy as np

        wrong = at[self._left] > at[self._right]
        return wrong.sum(axis=0, dtype=np.int32) * np.int32(self._cost)


def _lines(numbers: Iterable[int]) -> Any:
    """Numbers of lines of an array, to pick those lines with."""
    import numpy as np

    return np.array(list(numbers), dtype=np.intp)


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
    """Somebody, an earlier partner and a later one, where all stand on one row."""
    partners: dict[int, list[tuple[float, int, int]]] = {}
    for bracket in brackets:
        when = kin.first_sign_of(bracket.family)
        for end, other in (bracket.ends, bracket.ends[::-1]):
            partners.setdefault(end, []).append((when, bracket.family, other))
    for person in sorted(partners):
        for earlier, later in combinations(sorted(partners[person]), 2):
            if earlier[0] < later[0]:
                yield person, earlier[2], later[2]
