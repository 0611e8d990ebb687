"""The lines of a family laid out: brackets, drops, bars and risers, on tracks, in pixels.

A bracket leaves its partners downwards and runs below the glyphs; a drop goes from its middle to
the bar above the children. Between two rows brackets keep to the upper zone, bars to the lower, so
no line meets a glyph. A line over several rows follows its virtual nodes.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence

from goldenthread.domain.network.vocabulary import ParentNature
from goldenthread.drawing.laid_out import GLYPH, PITCH, ROW_PITCH, Line, LineKind
from goldenthread.drawing.layout.chains import Bracket, Brood
from goldenthread.drawing.layout.groups import Standing
from goldenthread.drawing.layout.kin import Kin
from goldenthread.drawing.layout.ports import STEP, ports_of
from goldenthread.drawing.layout.ties import TieRoutes, routes_of
from goldenthread.drawing.layout.tracks import Stretch, levels_of

Point = tuple[float, float]
BRACKETS_FROM, BRACKETS_TO = 36.0, 68.0  # pixels below the centres of a row
BARS_FROM, BARS_TO = 78.0, 114.0
SNAP = 0.2  # pixels; a smaller step aside is none
ASIDE = [STEP * n for n in range(5)]  # how far a drop may hang from a bracket's middle

KINDS = {
    ParentNature.BIRTH: LineKind.CHILD,
    ParentNature.ADOPTIVE: LineKind.ADOPTED,
    ParentNature.FOSTER: LineKind.FOSTERED,
    ParentNature.KINSHIP: LineKind.KINSHIP,
    ParentNature.GUARDIAN: LineKind.KINSHIP,
    ParentNature.STEP: LineKind.KINSHIP,
}


def kind_of(nature: str) -> LineKind:
    """The line for a nature; what is neither birth nor care is drawn as claimed."""
    return KINDS.get(ParentNature(nature), LineKind.CLAIMED)


def centre_of(row: int) -> float:
    """The height of a row's centres, in pixels."""
    return ROW_PITCH * (row + 0.5)


class Router:
    """All lines of one family, from where everybody stands."""

    def __init__(self, kin: Kin, standing: Standing) -> None:
        self._kin = kin
        self._standing = standing
        self._ports = ports_of(kin, standing)
        self._x = [x * PITCH for x in standing.xs]
        self._broods: dict[int, list[Brood]] = defaultdict(list)
        for brood in standing.broods:
            self._broods[brood.family].append(brood)
        self._bracket = {bracket.family: bracket for bracket in standing.brackets}
        self._shift = self._shifts()
        self._drop = self._drops()
        self._ties: TieRoutes = routes_of(kin, standing, self._ports, self._uprights())
        self._bracket_y = self._levels(self._brackets(), BRACKETS_FROM, BRACKETS_TO)
        self._bar_y = self._levels(self._bars(), BARS_FROM, BARS_TO)

    def lines(self, natures: Mapping[tuple[str, str], str]) -> list[Line]:
        """Brackets, then lines to children, then extra links, each in the order of their ids.

        `natures` says how a child belongs to a union or extra link, by their two ids.
        """
        found = []
        for number, family in enumerate(self._kin.families):
            if number in self._bracket:
                people = tuple(self._kin.people[p].id for p in self._left_to_right(number))
                points = self._bracket_points(number)
                found.append(Line(LineKind.UNION, family.id, people, points))
        for number, family in enumerate(self._kin.families):
            parents = tuple(self._kin.people[p].id for p in family.partners)
            for child in family.children:
                name = self._kin.people[child].id
                points = self._child_points(number, child)
                kind = kind_of(natures[family.id, name])
                found.append(Line(kind, family.id, (*parents, name), points))
        for number, tie in enumerate(self._kin.ties):
            name = self._kin.people[tie.child].id
            for parents, points in self._ties.points(number, self._bar_y, self._bracket_y):
                people = (*(self._kin.people[p].id for p in parents), name)
                kind = kind_of(natures[tie.id, name])
                found.append(Line(kind, tie.id, people, tidy(points)))
        return found

    def _levels(
        self, zones: Mapping[int, Sequence[Stretch]], top: float, bottom: float
    ) -> dict[tuple[object, ...], float]:
        heights = {}
        for row, stretches in sorted(zones.items()):
            for key, share in levels_of(stretches).items():
                heights[key] = round(centre_of(row) + top + (bottom - top) * share, 2)
        return heights

    def _brackets(self) -> dict[int, list[Stretch]]:
        zones: dict[int, list[Stretch]] = defaultdict(list)
        for bracket in self._standing.brackets:
            ups = tuple(self._below(bracket.family, end) for end in bracket.ends)
            downs = (self._drop[bracket.family],) if bracket.drops else ()
            downs += self._ties.from_bracket(bracket.family)
            owner = self._kin.families[bracket.family].id
            zones[bracket.row].append(Stretch(("bracket", bracket.family), owner, ups, downs))
        return zones

    def _bars(self) -> dict[int, list[Stretch]]:
        zones: dict[int, list[Stretch]] = defaultdict(list)
        for brood in self._standing.broods:
            ups = (self._hub(brood),)
            downs = tuple(self._above(brood.family, foot) for foot in brood.feet)
            if max(abs(x - ups[0]) for x in downs) < SNAP:
                continue
            owner = self._kin.families[brood.family].id
            zones[brood.row].append(Stretch(_key(brood), owner, ups, downs))
        for row, stretch in self._ties.stretches():
            zones[row].append(stretch)
        return zones

    def _drops(self) -> dict[int, float]:
        """Where each bracket's drop hangs: its middle, or beside it where another line is."""
        taken: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for brood in self._standing.broods:
            uprights = [self._above(brood.family, foot) for foot in brood.feet]
            if len(brood.tops) == 1:
                uprights.append(self._hub(brood))
            for x in uprights:
                insort(taken[brood.row], (x, brood.family))
        found = {}
        for bracket in sorted(self._standing.brackets, key=self._length):
            a, b = (self._x[end] for end in bracket.ends)
            places = [(a + b) / 2 + side * step for step in ASIDE for side in (1, -1)]
            others = taken[bracket.row]
            drop = next((p for p in places if _is_free(p, bracket.family, others)), places[0])
            found[bracket.family] = drop
            insort(others, (drop, bracket.family))
        return found

    def _uprights(self) -> dict[int, list[float]]:
        """The verticals between each row and the next."""
        found: dict[int, list[float]] = defaultdict(list)
        for brood in self._standing.broods:
            found[brood.row].append(self._hub(brood))
            found[brood.row] += [self._above(brood.family, foot) for foot in brood.feet]
        return found

    def _length(self, bracket: Bracket) -> tuple[float, int]:
        a, b = (self._x[end] for end in bracket.ends)
        return abs(a - b), bracket.family

    def _hub(self, brood: Brood) -> float:
        """Where the vertical above a bar stands."""
        if not brood.tops:
            return (min(self._x[f] for f in brood.feet) + max(self._x[f] for f in brood.feet)) / 2
        if len(brood.tops) == 2:
            return self._drop[brood.family]
        return self._below(brood.family, brood.tops[0])

    def _below(self, family: int, node: int) -> float:
        """Where a line of a family stands below a node: at the port, all the way down a chain."""
        return self._x[node] + self._shift.get((family, node), 0.0)

    def _above(self, family: int, foot: int) -> float:
        """Where a line of a family reaches a node from above: a child in the middle."""
        is_child = self._standing.person_of[foot] is not None
        return self._x[foot] if is_child else self._below(family, foot)

    def _shifts(self) -> dict[tuple[int, int], float]:
        found = {}
        for (person, (what, number)), port in self._ports.items():
            if what == "family":
                found[number, self._standing.node_of[person]] = port
                for node in self._standing.upper.get((number, person), ()):
                    found[number, node] = port
        return found

    def _left_to_right(self, number: int) -> list[int]:
        partners = self._kin.families[number].partners
        return sorted(partners, key=lambda p: self._standing.xs[self._standing.node_of[p]])

    def _bracket_points(self, number: int) -> tuple[Point, ...]:
        bracket = self._bracket[number]
        y = self._bracket_y["bracket", number]
        left, right = self._left_to_right(number)
        down = self._from_partner(bracket, left)
        up = self._from_partner(bracket, right)
        return tidy([*down, (down[-1][0], y), (up[-1][0], y), *reversed(up)])

    def _from_partner(self, bracket: Bracket, partner: int) -> list[Point]:
        """From a partner's glyph down to the row of the bracket."""
        node = self._standing.node_of[partner]
        x = self._below(bracket.family, node)
        points = [(x, centre_of(self._standing.row_of[node]) + GLYPH / 2)]
        chain = self._standing.upper.get((bracket.family, partner), [])
        return points + self._along(bracket.family, chain)

    def _along(self, family: int, chain: Sequence[int]) -> list[Point]:
        """Down a chain of virtual nodes, with a step where it does not run straight."""
        points: list[Point] = []
        for node in chain:
            brood = next(b for b in self._broods[family] if b.feet == (node,))
            points += self._step(brood, node)
        return points

    def _step(self, brood: Brood, foot: int) -> list[Point]:
        hub, x = self._hub(brood), self._above(brood.family, foot)
        y = self._bar_y.get(_key(brood))
        end = (x, centre_of(brood.row + 1))
        return [end] if y is None else [(hub, y), (x, y), end]

    def _child_points(self, number: int, child: int) -> tuple[Point, ...]:
        node = self._standing.node_of[child]
        brood = next(b for b in self._broods[number] if b.whole)
        points: list[Point] = []
        if number in self._bracket:
            bracket = self._bracket[number]
            points.append((self._drop[bracket.family], self._bracket_y["bracket", number]))
        elif brood.tops:
            first = self._standing.node_of[self._kin.families[number].partners[0]]
            y = centre_of(self._standing.row_of[first]) + GLYPH / 2
            points.append((self._below(number, first), y))
        points += self._along(number, self._standing.trunk.get(number, []))
        lower = self._standing.lower.get(node, [])
        points += self._step(brood, lower[0] if lower else node)
        points += self._along(number, lower[1:])
        if lower:
            points += self._along(number, [node])
        x, _ = points.pop()
        points.append((x, centre_of(self._standing.row_of[node]) - GLYPH / 2))
        return tidy(points)


def _is_free(place: float, family: int, others: Sequence[tuple[float, int]]) -> bool:
    """Whether no other family's upright, of these in order, is too near to tell apart."""
    first = bisect_left(others, (place - STEP / 2,))
    last = bisect_left(others, (place + STEP / 2,))
    return all(other == family for _, other in others[first:last])


def tidy(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same path without points that change nothing; its end stays where it is."""
    kept: list[Point] = []
    for x, y in reversed(points):
        point = (round(x, 2), round(y, 2))
        if kept and kept[-1] == point:
            continue
        if kept and y != kept[-1][1] and abs(x - kept[-1][0]) < SNAP:
            point = (kept[-1][0], point[1])
        while len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(reversed(kept))


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]


def _key(brood: Brood) -> tuple[object, ...]:
    return ("bar", brood.family, brood.row, brood.feet)
