"""Routes of extra links: adoptive, foster, kinship and claimed ties, beside the line of birth.

A tie leaves the bracket of the couple it comes from, or each carer's own glyph, runs across below
that row, along a free corridor where there are rows between, and reaches the child from above
beside the line of birth.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.drawing.laid_out import GLYPH, PITCH, ROW_PITCH
from goldenthread.drawing.layout.groups import Standing
from goldenthread.drawing.layout.kin import Kin
from goldenthread.drawing.layout.ports import Leaving, couple_of
from goldenthread.drawing.layout.tracks import Stretch

Point = tuple[float, float]
BESIDE = 8.0  # pixels between two lines that reach one glyph or leave one bracket
APART = 4.0  # pixels between two uprights that would else be read as one
CLEAR = 34.0  # pixels a corridor keeps from the centre of a glyph
OUTSIDE = 50.0  # pixels from the outermost centre to a corridor round the drawing


@dataclass(frozen=True, slots=True)
class _Route:
    tie: int
    parents: tuple[int, ...]
    couple: int | None
    start: float
    row: int
    corridor: float | None
    end: float
    child_row: int


class TieRoutes:
    """The routes of all extra links, before their tracks are known."""

    def __init__(self, routes: list[_Route], owners: list[str]) -> None:
        self._routes = routes
        self._owners = owners

    def from_bracket(self, family: int) -> tuple[float, ...]:
        """Where ties leave the bracket of a family."""
        return tuple(r.start for r in self._routes if r.couple == family)

    def stretches(self) -> Iterable[tuple[int, Stretch]]:
        """The horizontals of every route, each with the row it lies below."""
        for number, r in enumerate(self._routes):
            key, owner = ("tie", number), self._owners[r.tie]
            if r.corridor is None:
                if abs(r.start - r.end) >= 0.2:
                    yield r.row, Stretch((*key, 0), owner, (r.start,), (r.end,))
                continue
            if r.child_row > r.row:
                yield r.row, Stretch((*key, 0), owner, (r.start,), (r.corridor,))
                yield r.child_row - 1, Stretch((*key, 1), owner, (r.corridor,), (r.end,))
            else:
                yield r.row, Stretch((*key, 0), owner, (r.start, r.corridor), ())
                yield r.child_row - 1, Stretch((*key, 1), owner, (), (r.corridor, r.end))

    def points(
        self,
        tie: int,
        bars: Mapping[tuple[object, ...], float],
        brackets: Mapping[tuple[object, ...], float],
    ) -> Iterable[tuple[tuple[int, ...], list[Point]]]:
        """The paths of one extra link with the carers each comes from."""
        for number, r in enumerate(self._routes):
            if r.tie != tie:
                continue
            top = _centre(r.row) + GLYPH / 2
            if r.couple is not None:
                top = brackets["bracket", r.couple]
            points = [(r.start, top)]
            across = r.end if r.corridor is None else r.corridor
            for part, x in ((0, across), (1, r.end)):
                y = bars.get(("tie", number, part))
                if y is not None:
                    points += [(points[-1][0], y), (x, y)]
            points.append((r.end, _centre(r.child_row) - GLYPH / 2))
            yield r.parents, points


def routes_of(
    kin: Kin,
    standing: Standing,
    ports: Mapping[tuple[int, Leaving], float],
    uprights: Mapping[int, Sequence[float]],
) -> TieRoutes:
    """A route for each extra link: one for a couple with a bracket, else one for each carer.

    `uprights` are the verticals of the family's own lines between a row and the next, by row.
    """
    routes: list[_Route] = []
    taken = _Taken(standing, uprights)
    arrivals: dict[int, int] = defaultdict(int)
    leaving: dict[int, int] = defaultdict(int)
    for number, tie in enumerate(kin.ties):
        couple = couple_of(kin, standing, tie.parents)
        child = standing.node_of[tie.child]
        if couple is not None:
            bracket = next(b for b in standing.brackets if b.family == couple)
            a, b = (standing.xs[end] * PITCH for end in bracket.ends)
            leaving[couple] += 1
            start = (a + b) / 2 + _beside(leaving[couple] - (0 if bracket.drops else 1))
            start = taken.beside(start, bracket.row)
            sources = [(tie.parents, couple, start, bracket.row)]
        else:
            sources = [
                (
                    (p,),
                    None,
                    taken.beside(
                        standing.xs[standing.node_of[p]] * PITCH + ports[p, ("tie", number)],
                        standing.row_of[standing.node_of[p]],
                    ),
                    standing.row_of[standing.node_of[p]],
                )
                for p in tie.parents
            ]
        for parents, family, start, row in sources:
            arrivals[child] += 1
            child_row = standing.row_of[child]
            end = standing.xs[child] * PITCH + _beside(arrivals[child])
            end = taken.beside(end, child_row - 1)
            corridor = None
            if child_row != row + 1:
                corridor = taken.corridor(start, end, row, child_row)
            routes.append(_Route(number, parents, family, start, row, corridor, end, child_row))
    return TieRoutes(routes, [tie.id for tie in kin.ties])


class _Taken:
    """What stands on each row, so that a corridor runs clear of it."""

    def __init__(self, standing: Standing, uprights: Mapping[int, Sequence[float]]) -> None:
        self._uprights = {row: list(xs) for row, xs in uprights.items()}
        self._rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for x, row, person in zip(standing.xs, standing.row_of, standing.person_of, strict=True):
            insort(self._rows[row], (x * PITCH, BESIDE if person is None else CLEAR))
        xs = standing.xs or [0.0]  # nobody where all stand aside
        self._ends = (min(xs) * PITCH - OUTSIDE, max(xs) * PITCH + OUTSIDE)

    def beside(self, x: float, row: int) -> float:
        """The place nearest to x below a row where no other line stands upright; now taken."""
        others = self._uprights.setdefault(row, [])
        places = [x + side * APART * n for n in range(5) for side in (1, -1)]
        free = (p for p in places if all(abs(p - other) >= APART for other in others))
        place = next(free, x)
        others.append(place)
        return place

    def corridor(self, start: float, end: float, row: int, child_row: int) -> float:
        """The x of a free corridor from below one row to above another, the shortest way."""
        rows = range(row + 1, child_row) if child_row > row else range(child_row, row + 1)
        standing = [node for r in rows for node in self._rows[r]]
        gaps = range(min(row, child_row - 1), max(row, child_row - 1) + 1)
        standing += [(x, APART) for gap in gaps for x in self._uprights.get(gap, ())]
        places = {start, end, *self._ends}
        for x, clear in standing:
            places.update((x - clear - BESIDE, x + clear + BESIDE))
        least, most = self._ends
        while any(abs(least - x) < clear for x, clear in standing):
            least -= BESIDE
        while any(abs(most - x) < clear for x, clear in standing):
            most += BESIDE
        places.update((least, most))
        free = [p for p in places if all(abs(p - x) >= clear for x, clear in standing)]
        best = min(free, key=lambda p: (abs(p - start) + abs(p - end), p))
        for r in rows:
            insort(self._rows[r], (best, BESIDE))
        for gap in gaps:
            self._uprights.setdefault(gap, []).append(best)
        return best


def _beside(number: int) -> float:
    """0, then a little to the right, to the left, further right, and so on."""
    return BESIDE * ((number + 1) // 2) * (1 if number % 2 else -1)


def _centre(row: int) -> float:
    return ROW_PITCH * (row + 0.5)
