"""What a drawing of a family is judged by, whoever made it.

Only positions are taken from a tool: x in pitches (its least distance between centres is 1), rows
counted from the top. The lines are those of the canonical router. The engine chooses among its own
starts by the same measures that the benchmark prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from goldenthread.domain.network.graph import FamilyGraph
from goldenthread.drawing.laid_out import PITCH, LaidOut
from goldenthread.drawing.layout.canonical import (
    EXACT,
    Fitted,
    Strokes,
    crossings_of,
    has_equal_spans,
    strokes_of,
)

BOX_WIDE = 0.6  # pitches; a person's box
BOX_HIGH = 0.4  # rows
LAID_OVER = 0.02  # two verticals nearer than this, over more than this, lie on each other
THROUGH_FROM = 0.9  # rows; shorter verticals stay between two rows
OFF_SPAN = 0.05  # pitches a drop may lie outside the span of its children

Spot = tuple[float, int]
Spots = Mapping[str, Sequence[Spot]]


@dataclass(frozen=True, slots=True)
class Measures:
    """One drawing measured; lengths in pitches and rows, everything else counted."""

    missing: int
    duplicates: int
    overlaps: int
    crossings: int
    line_overlaps: int
    through: int
    generation_violations: int
    partners_two_rows: int
    siblings_two_rows: int
    partners_apart: int
    off_span_drops: int
    centring: float
    birth_order_errors: int
    birth_order_pairs: int
    width: float
    rows: int
    line_length_per_person: float


@dataclass(frozen=True, slots=True)
class Movement:
    """How far people moved between two drawings, once the shift of the whole is taken away."""

    mean: float
    largest: float
    share_over_half: float
    pairs_flipped: float


class Yardstick:
    """A family made ready for measuring, so that many drawings of it are judged quickly."""

    def __init__(self, graph: FamilyGraph) -> None:
        self.people = sorted({person.id for person in graph.people if not person.aside})
        number = {person: n for n, person in enumerate(self.people)}
        born = {person.id: person.born for person in graph.people}
        self.unions: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self.by_age: list[list[tuple[int, float]]] = []
        for union in sorted(graph.unions, key=lambda union: union.id):
            partners = tuple(sorted({number[p] for p in union.partners if p in number}))
            children = tuple(sorted({number[d.child] for d in union.children if d.child in number}))
            if not children and len(partners) < 2:
                continue
            self.unions.append((partners, children))
            known = [(n, birth) for n in children if (birth := born[self.people[n]]) is not None]
            self.by_age.append(sorted(known, key=lambda pair: (pair[1], pair[0])))

    def measure(self, spots: Spots) -> Measures:
        """Judge positions by person; a person drawn more than once has several spots."""
        return self.judge([spots.get(person, ()) for person in self.people])

    def judge(self, spots: Sequence[Sequence[Spot]]) -> Measures:
        """Judge positions by the number of the person in `people`."""
        fitted, seats = [], []
        for number, (partners, children) in enumerate(self.unions):
            union, seat = _fit(number, partners, children, spots)
            if len(union.partners) == 2 or union.children:
                fitted.append(union)
            seats.append(seat)
        crossings, strokes, laid_over = _best_tracks(fitted)
        drawn = sum(1 for places in spots if places)
        glyphs = [spot for places in spots for spot in places]
        off_span, centring = _drops(fitted)
        errors, pairs = self._births(seats)
        return Measures(
            missing=len(spots) - drawn,
            duplicates=len(glyphs) - drawn,
            overlaps=_overlaps(glyphs),
            crossings=crossings,
            line_overlaps=laid_over,
            through=_through(strokes, fitted, spots),
            generation_violations=sum(_is_upside_down(union) for union in fitted),
            partners_two_rows=sum(len({row for _, row in u.partners}) > 1 for u in fitted),
            siblings_two_rows=sum(len({row for _, row in u.children}) > 1 for u in fitted),
            partners_apart=_partners_apart(fitted, glyphs),
            off_span_drops=off_span,
            centring=centring,
            birth_order_errors=errors,
            birth_order_pairs=pairs,
            width=max(x for x, _ in glyphs) - min(x for x, _ in glyphs) + 1 if glyphs else 0.0,
            rows=len({row for _, row in glyphs}),
            line_length_per_person=_length(strokes) / drawn if drawn else 0.0,
        )

    def _births(self, seats: Sequence[Mapping[int, Spot]]) -> tuple[int, int]:
        errors = pairs = 0
        for by_age, seat in zip(self.by_age, seats, strict=True):
            known = [(birth, seat[n][0]) for n, birth in by_age if n in seat]
            for (elder, elder_x), (younger, younger_x) in pairwise(known):
                if elder < younger:
                    pairs += 1
                    errors += younger_x < elder_x
        return errors, pairs


def measure(graph: FamilyGraph, spots: Spots) -> Measures:
    """Judge one drawing of a family; people who stand aside are no part of it."""
    return Yardstick(graph).measure(spots)


def spots_of(laid_out: LaidOut) -> dict[str, tuple[Spot, ...]]:
    """The spots of a family we laid out; people who stand aside are left out."""
    return {p.id: ((p.x / PITCH, p.generation),) for p in laid_out.people if not p.aside}


def spots_from_points(
    points: Mapping[str, Sequence[tuple[float, float]]], *, least_distance: float
) -> dict[str, tuple[Spot, ...]]:
    """Spots from a tool's own coordinates: its distinct heights are the rows, from the top."""
    heights = sorted({round(y, 3) for places in points.values() for _, y in places})
    row_of = {height: row for row, height in enumerate(heights)}
    return {
        person: tuple((x / least_distance, row_of[round(y, 3)]) for x, y in places)
        for person, places in points.items()
    }


def movement(before: Mapping[str, Spot], after: Mapping[str, Spot]) -> Movement:
    """How people in both drawings moved, the median shift in x and in row taken away."""
    both = sorted(before.keys() & after.keys())
    if not both:
        return Movement(0.0, 0.0, 0.0, 0.0)
    shift_x = median(after[p][0] - before[p][0] for p in both)
    shift_row = median(after[p][1] - before[p][1] for p in both)
    moved = [
        (
            (after[p][0] - before[p][0] - shift_x) ** 2
            + (after[p][1] - before[p][1] - shift_row) ** 2
        )
        ** 0.5
        for p in both
    ]
    level = flipped = 0
    for n, one in enumerate(both):
        for other in both[n + 1 :]:
            if before[one][1] == before[other][1] and after[one][1] == after[other][1]:
                level += 1
                was_left = before[one][0] < before[other][0]
                flipped += was_left != (after[one][0] < after[other][0])
    return Movement(
        mean=sum(moved) / len(moved),
        largest=max(moved),
        share_over_half=sum(1 for distance in moved if distance > 0.5) / len(moved),
        pairs_flipped=flipped / level if level else 0.0,
    )


def _fit(
    number: int,
    partners: tuple[int, ...],
    children: tuple[int, ...],
    spots: Sequence[Sequence[Spot]],
) -> tuple[Fitted, dict[int, Spot]]:
    """The union at the instances that suit it best, where people are drawn more than once."""
    there = [p for p in partners if spots[p]]
    below = [c for c in children if spots[c]]
    if len(there) == 2:
        a, b = min(
            ((a, b) for a in spots[there[0]] for b in spots[there[1]]),
            key=lambda pair: _unfitness(pair, [spots[c] for c in below]),
        )
        places = [a, b]
    else:
        row = min((r for c in below for _, r in spots[c]), default=0)
        places = [min(spots[p], key=lambda s: (abs(s[1] + 1 - row), s)) for p in there]
    seat = dict(zip(there, places, strict=True))
    if places:
        drop = sum(x for x, _ in places) / len(places)
        level = max(row for _, row in places) + 1
        for child in below:
            seat[child] = min(spots[child], key=lambda s: (abs(s[1] - level), abs(s[0] - drop)))
    else:
        seat.update((child, spots[child][0]) for child in below)
    union = Fitted(number, frozenset(seat), tuple(places), tuple(seat[child] for child in below))
    return union, seat


def _unfitness(pair: tuple[Spot, Spot], children: list[Sequence[Spot]]) -> tuple[float, ...]:
    (x, row), (other_x, other_row) = pair
    below = max(row, other_row) + 1
    far = sum(all(r != below for _, r in places) for places in children)
    return abs(row - other_row), far, abs(x - other_x)


def _best_tracks(fitted: list[Fitted]) -> tuple[int, Strokes, int]:
    ways = (False, True) if has_equal_spans(fitted) else (False,)
    people = {union.union: union.people for union in fitted}
    found = []
    for backwards in ways:
        strokes = strokes_of(fitted, backwards=backwards)
        found.append((crossings_of(strokes), _laid_over(strokes, people), backwards, strokes))
    crossings, laid_over, _, strokes = min(found, key=lambda way: way[:3])
    return crossings, strokes, laid_over


def _laid_over(strokes: Strokes, people: Mapping[int, frozenset[int]]) -> int:
    ordered = sorted(strokes.down)
    found = 0
    for n, (x, top, bottom, union) in enumerate(ordered):
        for other_x, other_top, other_bottom, other in ordered[n + 1 :]:
            if other_x - x >= LAID_OVER:
                break
            if min(bottom, other_bottom) - max(top, other_top) <= LAID_OVER:
                continue
            if other != union and not people[union] & people[other]:
                found += 1
    return found


def _through(strokes: Strokes, fitted: list[Fitted], spots: Sequence[Sequence[Spot]]) -> int:
    long = [stroke for stroke in strokes.down if stroke[2] - stroke[1] >= THROUGH_FROM]
    if not long:
        return 0
    people = {union.union: union.people for union in fitted}
    rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for person, places in enumerate(spots):
        for x, row in places:
            rows[row].append((x, person))
    found = 0
    for x, top, bottom, union in long:
        for row in range(int(top), int(bottom) + 2):
            if top < row < bottom and any(
                abs(there - x) < BOX_WIDE / 2 - EXACT and person not in people[union]
                for there, person in rows.get(row, ())
            ):
                found += 1
                break
    return found


def _overlaps(glyphs: Iterable[Spot]) -> int:
    rows: dict[int, list[float]] = defaultdict(list)
    for x, row in glyphs:
        rows[row].append(x)
    found = 0
    for xs in rows.values():
        xs.sort()
        for n, x in enumerate(xs):
            for other in xs[n + 1 :]:
                if other - x >= BOX_WIDE - EXACT:
                    break
                found += 1
    return found


def _is_upside_down(union: Fitted) -> bool:
    if not union.partners or not union.children:
        return False
    return min(row for _, row in union.children) <= max(row for _, row in union.partners)


def _partners_apart(fitted: list[Fitted], glyphs: Iterable[Spot]) -> int:
    rows: dict[int, list[float]] = defaultdict(list)
    for x, row in glyphs:
        rows[row].append(x)
    found = 0
    for union in fitted:
        if len(union.partners) == 2 and union.partners[0][1] == union.partners[1][1]:
            left, right = sorted(x for x, _ in union.partners)
            found += any(left + EXACT < x < right - EXACT for x in rows[union.row])
    return found


def _drops(fitted: list[Fitted]) -> tuple[int, float]:
    off_span, distances = 0, []
    for union in fitted:
        if not union.children:
            continue
        xs = [x for x, _ in union.children]
        drop = union.drop
        off_span += drop < min(xs) - OFF_SPAN or drop > max(xs) + OFF_SPAN
        distances.append(abs(drop - (min(xs) + max(xs)) / 2))
    return off_span, sum(distances) / len(distances) if distances else 0.0


def _length(strokes: Strokes) -> float:
    return sum(right - left for _, left, right, _ in strokes.across) + sum(
        bottom - top for _, top, bottom, _ in strokes.down
    )
