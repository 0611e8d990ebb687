"""The best of several starts, each improved, placed and measured."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from statistics import fmean as mean
from statistics import median
from typing import Any

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
SHAKES = 16  # further searches from the cheapest order, shaken, where a family is large
AGREED = 5  # starts that come to the same least cost: more will hardly find a lesser one
TOO_MANY = 1_500  # people; beyond, a search would find little in any time a reader would wait
# Numbers compared in the search for one group, about 40 million a second: the least, how many more
# for each person beyond some, and the most.
BUDGET, BEYOND, MORE_EACH, MOST = 8_000_000, 60, 500_000, 300_000_000
EACH_START = 500_000  # numbers that the other work of a start is worth
MARGIN = 7.5  # how much better everybody in new places must score: two crossings and a half


@dataclass(frozen=True, slots=True)
class Placement:
    """An order with an x for each node, measured; the lower the score the better."""

    score: float
    xs: list[float]
    measured: Measures


@dataclass(frozen=True, slots=True)
class Task:
    """One group of people to be placed, and what it is measured with."""

    kin: Kin
    layers: Layers
    yardstick: Yardstick

    @property
    def is_large(self) -> bool:
        """Whether there are too many people for a search."""
        return len(self.layers.node_of) > TOO_MANY

    @property
    def budget(self) -> int:
        """How many numbers the search may compare: a bound that no clock has a part in."""
        return min(MOST, BUDGET + MORE_EACH * max(0, len(self.layers.node_of) - BEYOND))


def best_placement(task: Task) -> Placement:
    """The drawing that scores best; of equals, the earlier start's."""
    if task.is_large:
        return _placed(task, start_of(task, 0)[0])
    found = _Found(task)
    for number in range(STARTS):
        order, random = start_of(task, number)
        found.improve(order, random)
        if found.is_perfect or found.is_agreed or not found.search.has_budget:
            break
    random = Random(SEED)
    shakes = SHAKES if len(task.layers.node_of) > BEYOND else 0
    for _ in range(shakes):
        if found.is_perfect or not found.search.has_budget:
            break
        found.improve(found.branches.shaken(found.cheapest, random), random)
    return found.best


class _Found:
    """The drawings found so far for a task."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self.search = Search(task.kin, task.layers, task.budget)
        self.branches = BranchSearch(task.layers, self.search)
        self._placements: dict[tuple[tuple[int, ...], ...], Placement] = {}
        self._costs: list[int] = []
        self.cheapest: Order = []

    @property
    def best(self) -> Placement:
        """The one that scores best; of equals, the first found."""
        return min(self._placements.values(), key=lambda found: round(found.score, 6))

    @property
    def is_perfect(self) -> bool:
        """Whether one has no fault in what matters most."""
        return any(is_perfect(found.measured) for found in self._placements.values())

    @property
    def is_agreed(self) -> bool:
        """Whether enough starts came to the same least cost."""
        return self._costs.count(min(self._costs)) >= AGREED

    def improve(self, order: Order, random: Random) -> None:
        """Search on from an order, and place and measure what comes of it."""
        order = self.branches.improve(order, random)
        self.search.spend(EACH_START)
        cost = self.search.cost(order)
        if not self._costs or cost < min(self._costs):
            self.cheapest = order
        self._costs.append(cost)
        key = tuple(map(tuple, order))
        if key not in self._placements:
            more = self.search.conventions(order) / 100
            self._placements[key] = _placed(self._task, order, more=more)


def anchored_placement(task: Task, anchors: Mapping[int, float]) -> Placement:
    """The drawing in which people of an earlier one stay in order and near their old x.

    `anchors` holds the old x by node. Only who is new looks for the best place. Where everybody in
    new places is better by a wide margin, that is taken instead: else early choices freeze.
    """
    order = by_anchors(task.layers, anchors)
    if task.is_large:
        return _placed(task, order, anchors)
    new = {node for node in range(len(task.layers.row_of)) if node not in anchors}
    search = Search(task.kin, task.layers, task.budget)
    order = search.descend(order, Random(SEED), free=new)
    kept = _placed(task, order, anchors, more=search.conventions(order) / 100)
    if kept.measured.crossings * CROSSING < MARGIN and not kept.measured.through:
        return kept
    fresh = best_placement(task)
    return fresh if fresh.score + MARGIN <= kept.score else kept


def start_of(task: Task, number: int) -> tuple[Order, Random]:
    """An order to begin from, and the generator its search goes on with.

    The first is a walk by birth from the top; further ones shuffle the top families, every other
    one the children too; every third is swept by means or by medians.
    """
    random = Random(SEED + number)
    by_birth = number % 2 == 0
    order = Walk(task.kin, task.layers, random, by_birth=by_birth, shuffle=number > 0).order()
    if number % 3 == 2:
        order = swept(task.layers, order, middle=mean if by_birth else median)
    return order, random


def _placed(
    task: Task, order: Order, anchors: Mapping[int, float] | None = None, *, more: float = 0.0
) -> Placement:
    """An order placed and measured; `more` is what it scores beside its measures.

    Where a line ran through somebody: once more with lines kept straight above all else, and then
    with lines told to pass beside whoever they ran through.
    """

    def judged(**how: Any) -> Placement:
        xs = positions_of(task.layers, order, anchors=anchors, **how)
        spots = [((xs[n], task.layers.row_of[n]),) for n in range(len(task.layers.node_of))]
        measured = task.yardstick.judge(spots)
        unions, people = len(task.yardstick.unions), len(task.yardstick.people)
        return Placement(score_of(measured, unions, people) + more, xs, measured)

    found = [judged()]
    if found[-1].measured.through:
        found.append(judged(straight=STRAIGHT_ABOVE_ALL))
    for placement in found[::-1]:
        if not found[-1].measured.through:
            break
        clear = clearances(task.kin, task.layers, placement.xs)
        with suppress(NoPositions):
            found.append(judged(straight=STRAIGHT_ABOVE_ALL, clear=clear))
    return min(found, key=lambda placement: placement.score)
