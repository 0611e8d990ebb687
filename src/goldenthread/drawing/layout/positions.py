"""Where everybody stands across, once the orders are fixed: a second linear programme.

Children are centred under their parents, partners stand close, long lines run straight. Lengths
are pitches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from goldenthread.drawing.layout.chains import Brood, Layers
from goldenthread.drawing.layout.programme import Programme
from goldenthread.drawing.layout.starts import Order

PERSON_WIDE, VIRTUAL_WIDE = 1.0, 0.4
PARTNERS_CLOSE = 0.7
CENTRED = 4.0
SIBLINGS_CLOSE = 0.15
STRAIGHT = 2.0
STAY = 2.0
SETTLES = 0.0001


class NoPositions(ArithmeticError):
    """The further constraints contradict each other or the order; without them this cannot be."""


def positions_of(
    layers: Layers,
    order: Order,
    *,
    anchors: Mapping[int, float] | None = None,
    straight: float = STRAIGHT,
    clear: Iterable[tuple[list[tuple[int, float]], float]] = (),
) -> list[float]:
    """The x of each node; `anchors` holds old places by node.

    `straight` is what each pitch costs by which a line over several rows steps aside; `clear` are
    further constraints: terms that must be no less than a value. Raises NoPositions where those
    contradict each other.
    """
    programme = Programme()
    for _ in layers.row_of:
        programme.variable(SETTLES, lower=0.0)
    wide = [VIRTUAL_WIDE if person is None else PERSON_WIDE for person in layers.person_of]
    for row in order:
        for left, right in pairwise(row):
            programme.at_least([(right, 1.0), (left, -1.0)], (wide[left] + wide[right]) / 2)
    place = {node: n for row in order for n, node in enumerate(row)}
    for bracket in layers.brackets:
        left, right = sorted(bracket.ends, key=place.__getitem__)
        programme.cost(right, PARTNERS_CLOSE)
        programme.cost(left, -PARTNERS_CLOSE)
    for brood in layers.broods:
        _centre(programme, brood, place, straight)
    if anchors:
        shift = programme.variable()
        for node, x in sorted(anchors.items()):
            programme.distance({node: 1.0, shift: 1.0}, STAY, target=x)
    for terms, least in clear:
        programme.at_least(terms, least)
    values = programme.solve()
    if values is None:
        raise NoPositions
    least = min(values[: len(layers.row_of)])
    return [round(value - least, 3) for value in values[: len(layers.row_of)]]


def _centre(programme: Programme, brood: Brood, place: Mapping[int, int], straight: float) -> None:
    first = min(brood.feet, key=place.__getitem__)
    last = max(brood.feet, key=place.__getitem__)
    if first != last:
        programme.cost(last, SIBLINGS_CLOSE)
        programme.cost(first, -SIBLINGS_CLOSE)
    if not brood.tops:
        return
    terms = {first: -0.5, last: -0.5} if first != last else {first: -1.0}
    for top in brood.tops:
        terms[top] = terms.get(top, 0.0) + 1.0 / len(brood.tops)
    programme.distance(terms, CENTRED if brood.whole else straight)
