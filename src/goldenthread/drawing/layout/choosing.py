"""The best of several starts, each improved, placed and measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from random import Random

from goldenthread.drawing.layout.branches import BranchSearch
from goldenthread.drawing.layout.chains import Layers
from goldenthread.drawing.layout.clearing import clearances
from goldenthread.drawing.layout.kin import Kin
from goldenthread.drawing.layout.measures import Measures, Yardstick
from goldenthread.drawing.layout.order import Search
from goldenthread.drawing.layout.positions import NoPositions, positions_of
from goldenthread.drawing.layout.score import CROSSING, is_perfect, score_of
from goldenthread.drawing.layout.starts import Order, Walk, by_anchors, swept

SEED = 20
STRAIGHT_ABOVE_ALL = 40.0
STARTS = 12
AGREED = 5  # starts that come to the same least cost: more will hardly find a lesser one
TOO_MANY = 1_500  # people; beyond, a search would find little in any time a reader would wait
# Numbers compared in the search for one group, about 40 million a second: the least, how many more
# for each person beyond some, and the most.
BUDGET, BEYOND, MORE_EACH, MOST = 12_000_000, 60, 1_200_000, 300_000_000
MARGIN = 7.5  # how much better everybody in new places must score: two crossings and a half
EACH_START = 300_000  # numbers that the other work of a start is worth


def best_positions(kin: Kin, layers: Layers, yardstick: Yardstick) -> list[float]:
    """The x of each node in the drawing that scores best; of equals, the earlier start's."""
    if len(layers.node_of) > TOO_MANY:
        return _placed(kin, layers, _start(kin, layers, 0)[0], yardstick)[1]
    return _best(kin, layers, yardstick)[1]


def _best(kin: Kin, layers: Layers, yardstick: Yardstick) -> tuple[float, list[float]]:
    search = Search(kin, layers, _budget(layers))
    branches = BranchSearch(layers, search)
    best: tuple[float, list[float]] | None = None
    seen = set()
    least, agreeing = math.inf, 0
    for number in range(STARTS):
        order, random = _start(kin, layers, number)
        order = branches.improve(order, random)
        search.spend(EACH_START)
        key = tuple(map(tuple, order))
        cost = search.cost(order)
        agreeing = agreeing + 1 if cost == least else 1 if cost < least else agreeing
        least = min(least, cost)
        if key not in seen:
            seen.add(key)
            score, xs, measured = _placed(kin, layers, order, yardstick)
            score += search.conventions(order) / 100
            if best is None or score < best[0] - 1e-9:
                best = (score, xs)
            if is_perfect(measured):
                break
        if agreeing == AGREED or not search.has_budget:
            break
    assert best is not None
    return best


def anchored_positions(
    kin: Kin, layers: Layers, yardstick: Yardstick, anchors: Mapping[int, float]
) -> list[float]:
    """The x of each node where people of an earlier layout stay in order and near their old x.

    `anchors` holds the old x by node. Only who is new looks for the best place. Where everybody in
    new places is better by a wide margin, that is taken instead: else early choices freeze.
    """
    order = by_anchors(layers, anchors)
    if len(layers.node_of) > TOO_MANY:
        return _placed(kin, layers, order, yardstick, anchors)[1]
    new = {node for node in range(len(layers.row_of)) if node not in anchors}
    search = Search(kin, layers, _budget(layers))
    order = search.descend(order, Random(SEED), free=new)
    score, xs, measured = _placed(kin, layers, order, yardstick, anchors)
    if measured.crossings * CROSSING < MARGIN and not measured.through:
        return xs
    best, best_xs = _best(kin, layers, yardstick)
    return best_xs if best + MARGIN <= score + search.conventions(order) / 100 else xs


def _budget(layers: Layers) -> int:
    return min(MOST, BUDGET + MORE_EACH * max(0, len(layers.node_of) - BEYOND))


def _placed(
    kin: Kin,
    layers: Layers,
    order: Order,
    yardstick: Yardstick,
    anchors: Mapping[int, float] | None = None,
) -> tuple[float, list[float], Measures]:
    """The score, the x of each node and the measures of an order.

    Where a line ran through somebody: once more with lines kept straight above all else, and then
    with lines told to pass beside whoever they ran through.
    """
    xs = positions_of(layers, order, anchors=anchors)
    found = [_judged(layers, xs, yardstick)]
    if found[-1][2].through:
        xs = positions_of(layers, order, anchors=anchors, straight=STRAIGHT_ABOVE_ALL)
        found.append(_judged(layers, xs, yardstick))
    for _, sides, _ in found[::-1]:
        if not found[-1][2].through:
            break
        with suppress(NoPositions):
            clear = clearances(kin, layers, sides)
            xs = positions_of(
                layers, order, anchors=anchors, straight=STRAIGHT_ABOVE_ALL, clear=clear
            )
            found.append(_judged(layers, xs, yardstick))
    return min(found, key=lambda placed: placed[0])


def _judged(
    layers: Layers, xs: list[float], yardstick: Yardstick
) -> tuple[float, list[float], Measures]:
    spots = [((xs[n], layers.row_of[n]),) for n in range(len(layers.node_of))]
    measured = yardstick.judge(spots)
    score = score_of(measured, len(yardstick.unions), len(yardstick.people))
    return score, xs, measured


def _start(kin: Kin, layers: Layers, number: int) -> tuple[Order, Random]:
    random = Random(SEED + number)
    order = Walk(kin, layers, random, by_birth=number % 2 == 0, shuffle=number > 0).order()
    if number % 3 == 2:
        order = swept(layers, order, 6, middle=lambda places: sum(places) / len(places))
    return order, random
