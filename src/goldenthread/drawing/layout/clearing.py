"""Long upright lines kept clear of the people between: sides taken from a first placement.

A line over several rows stands where its partner, its drop or its child stands. Where it would run
through somebody it is told to pass on the side it is on already, or nearest to; so there is always
a placement, if a wider one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goldenthread.drawing.layout.chains import Layers
from goldenthread.drawing.layout.kin import Kin

CLEAR = 0.32  # pitches from the line to the centre of a person it passes

Terms = Mapping[int, float]


def clearances(
    kin: Kin, layers: Layers, xs: Sequence[float]
) -> list[tuple[list[tuple[int, float]], float]]:
    """Constraints that keep long lines off people: terms that must be no less than a value."""
    found = []
    for terms, family, chain in _uprights(kin, layers):
        members = {*kin.families[family].partners, *kin.families[family].children}
        line = sum(xs[node] * part for node, part in terms.items())
        for stand_in in chain:
            for node in layers.rows[layers.row_of[stand_in]]:
                person = layers.person_of[node]
                if person is None or person in members:
                    continue
                apart = xs[node] - line
                if abs(apart) < 1e-6:
                    apart = xs[node] - xs[stand_in]
                side = 1.0 if apart > 0 else -1.0
                difference = [(node, side), *((n, -side * part) for n, part in terms.items())]
                found.append((difference, CLEAR))
    return found


def _uprights(kin: Kin, layers: Layers) -> Iterable[tuple[Terms, int, Sequence[int]]]:
    """Where each long line stands, the family it is of, and its virtual nodes on rows between."""
    for (number, partner), chain in sorted(layers.upper.items()):
        yield {layers.node_of[partner]: 1.0}, number, chain
    for number, chain in sorted(layers.trunk.items()):
        partners = kin.families[number].partners
        yield {layers.node_of[p]: 1.0 / len(partners) for p in partners}, number, chain
    born_to = kin.birth_family_of()
    for node, chain in sorted(layers.lower.items()):
        person = layers.person_of[node]
        family = born_to[person] if person is not None else None
        if family is not None:
            yield {node: 1.0}, family, chain
