"""Lays a family out: rows, chains, orders from several starts, positions, the choice, the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldenthread.domain.network.graph import FamilyGraph
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.drawing.laid_out import PITCH, ROW_PITCH, LaidOut, Line, Placed
from goldenthread.drawing.layout.bridges import bridges_of
from goldenthread.drawing.layout.chains import Layers, layers_of
from goldenthread.drawing.layout.choosing import TOO_MANY, Task, anchored_placement, best_placement
from goldenthread.drawing.layout.groups import Group, Standing, side_by_side
from goldenthread.drawing.layout.kin import Kin, kin_of
from goldenthread.drawing.layout.measures import Yardstick, spots_of
from goldenthread.drawing.layout.notes import LARGE, notes_of
from goldenthread.drawing.layout.programme import SOLVER
from goldenthread.drawing.layout.routing import Router, centre_of
from goldenthread.drawing.layout.rows import rows_of

VERSION = "1"  # raise it whenever the same family could come out differently
MOST_PEOPLE = 6_000  # laid out in some seconds; nobody could read more
EDGE = 20.0  # pixels between the outermost line and the edge
ASIDE = 1.5  # pitches from the family to the column of those who are not family


class TooManyPeople(Refusal):
    """More people than one drawing can hold; `count` is how many there are."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"This family has {count:,} people; one drawing holds {MOST_PEOPLE:,} at most. "
            f"Choose a part of the family."
        )


def lay_out(graph: FamilyGraph, *, anchors: Mapping[str, float] | None = None) -> LaidOut:
    """Where everybody stands and how every line runs, in pixels.

    `anchors` are the x of an earlier layout by person: when a new fact is added, people stay near
    them. Raises OwnAncestor where descent goes in a circle, TooManyPeople beyond any use.
    """
    if len(graph.people) > MOST_PEOPLE:
        raise TooManyPeople(len(graph.people))
    kin = kin_of(graph)
    rows = rows_of(kin)
    before = anchors or {}
    old = {n: before[p.id] / PITCH for n, p in enumerate(kin.people) if p.id in before}
    groups = []
    for people in kin.components():
        layers = layers_of(kin, people, rows)
        groups.append(Group(layers, _xs(graph, kin, layers, old), min(rows[p] for p in people)))
    standing = side_by_side(kin, groups, old)
    lines = Router(kin, standing).lines(_natures(graph))
    laid_out = _on_a_sheet(_placed(graph, kin, standing), lines)
    return replace(laid_out, notes=_notes(graph, laid_out))


def _notes(graph: FamilyGraph, laid_out: LaidOut) -> tuple[str, ...]:
    if len(graph.people) > TOO_MANY:
        return (LARGE,)
    return notes_of(Yardstick(graph).measure(spots_of(laid_out)))


def _on_a_sheet(people: Sequence[Placed], lines: Sequence[Line]) -> LaidOut:
    """The drawing with room for everybody and every line; lines round the outside need more."""
    least = min((x - EDGE for line in lines for x, _ in line.points), default=0.0)
    shift = round(max(0.0, -least), 2)
    lines = [
        replace(line, points=tuple((round(x + shift, 2), y) for x, y in line.points))
        for line in lines
    ]
    people = [replace(one, x=round(one.x + shift, 2)) for one in people]
    points = [point for line in lines for point in line.points]
    rights = [one.x + PITCH / 2 for one in people] + [x + EDGE for x, _ in points]
    bottoms = [one.y + ROW_PITCH / 2 for one in people] + [y + EDGE for _, y in points]
    return LaidOut(
        people=tuple(people),
        lines=tuple(lines),
        width=max(rights, default=PITCH),
        height=max(bottoms, default=ROW_PITCH),
        version=f"goldenthread {VERSION}, HiGHS {SOLVER}",
        bridges=bridges_of(lines),
    )


def _xs(graph: FamilyGraph, kin: Kin, layers: Layers, old: Mapping[int, float]) -> list[float]:
    """The x of each node of one group, in pitches from its left."""
    if len(layers.row_of) == 1:
        return [0.0]
    members = {kin.people[p].id for p in layers.node_of}
    part = FamilyGraph(
        tuple(p for p in graph.people if p.id in members),
        tuple(u for u in graph.unions if members & {*u.partners, *(d.child for d in u.children)}),
    )
    task = Task(kin, layers, Yardstick(part))
    anchors = {node: old[person] for person, node in layers.node_of.items() if person in old}
    return (anchored_placement(task, anchors) if anchors else best_placement(task)).xs


def _natures(graph: FamilyGraph) -> dict[tuple[str, str], str]:
    found = {(u.id, d.child): d.nature for u in graph.unions for d in u.children}
    found.update(((link.id, link.child), link.nature) for link in graph.extra)
    return found


def _placed(graph: FamilyGraph, kin: Kin, standing: Standing) -> tuple[Placed, ...]:
    found = []
    for number, person in enumerate(kin.people):
        node = standing.node_of[number]
        row = standing.row_of[node]
        x = round(standing.xs[node] * PITCH, 2)
        found.append(Placed(person.id, x, centre_of(row), row, person.placeholder_for))
    right = max((one.x for one in found), default=-PITCH)
    deep = max((one.generation for one in found), default=0) + 1
    aside = sorted((p for p in graph.people if p.aside), key=lambda p: p.id)
    for number, person in enumerate(aside):
        x = right + ASIDE * PITCH + PITCH * (number // deep)
        row = number % deep
        found.append(Placed(person.id, x, centre_of(row), row, person.placeholder_for, aside=True))
    return tuple(found)
