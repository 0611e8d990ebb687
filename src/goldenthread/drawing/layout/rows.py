"""Which generation everybody stands in: a linear programme over differences of rows.

A child stands below each parent, always. Partners level and siblings level are costs, not rules:
an uncle and his niece may be partners. Every constraint is a difference, so the best values are
whole numbers.
"""

from __future__ import annotations

from itertools import pairwise

from goldenthread.drawing.layout.kin import Family, Kin
from goldenthread.drawing.layout.programme import Programme

CHILD_CLOSE = 1.0  # each row between a parent and a child
# Heavy, so that longer lines alone never part a couple or brothers and sisters: those who still
# stand on two rows cannot be levelled without parting others.
PARTNERS_LEVEL = 40.0
SIBLINGS_LEVEL = 15.0
TIE_CLOSE = 0.01  # an extra link settles only what nothing else does
SETTLES = 0.0001


def rows_of(kin: Kin) -> list[int]:
    """The row of each person, 0 at the top."""
    if not kin.families:
        return [0] * len(kin.people)
    programme = Programme()
    for _ in kin.people:
        programme.variable(SETTLES, lower=0.0)
    for family in kin.families:
        _place(programme, family)
    for tie in kin.ties:
        for parent in tie.parents:
            programme.distance({tie.child: 1.0, parent: -1.0}, TIE_CLOSE, target=1.0)
    values = programme.solve()
    if values is None:
        raise ArithmeticError("rows without a circle of descent always have a solution")
    rows = [round(value) for value in values[: len(kin.people)]]
    top = min(rows)
    return [row - top for row in rows]


def _place(programme: Programme, family: Family) -> None:
    for child in family.children:
        for parent in family.partners:
            programme.at_least([(child, 1.0), (parent, -1.0)], 1.0)
            programme.cost(child, CHILD_CLOSE)
            programme.cost(parent, -CHILD_CLOSE)
    if len(family.partners) == 2:
        a, b = family.partners
        programme.distance({a: 1.0, b: -1.0}, PARTNERS_LEVEL)
    for elder, younger in pairwise(family.children):
        programme.distance({elder: 1.0, younger: -1.0}, SIBLINGS_LEVEL)
