"""Whatever the family, nobody is lost, doubled, overlapped, run through or level with a parent.

Families are made up by the hundred; `GOLDENTHREAD_FAMILIES=5000` asks for more of them.
"""

from __future__ import annotations

import os
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.graph import (
    Descent,
    ExtraLink,
    FamilyGraph,
    GraphPerson,
    Union,
)
from goldenthread.drawing.laid_out import GLYPH, PITCH, LineKind
from goldenthread.drawing.layout import lay_out
from goldenthread.drawing.layout.measures import measure, movement, spots_of
from goldenthread.drawing.layout.own_lines import measure_lines
from tests.drawing.kinship import shuffled

EXAMPLES = int(os.environ.get("GOLDENTHREAD_FAMILIES", "80"))
thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NATURES = ["birth", "birth", "birth", "adoptive", "foster", "kinship", "alleged"]


@st.composite
def families(draw: st.DrawFn, most: int = 16) -> FamilyGraph:
    """A family with younger children than parents and partners under forty years apart.

    The rest is left to chance: who is whose partner, how often, and who is related to whom.
    """
    count = draw(st.integers(1, most))
    ids = [f"p{n:02}" for n in range(count)]
    age = {key: draw(st.integers(0, 4)) * 25 + draw(st.integers(0, 9)) for key in ids}
    people = [
        GraphPerson(
            key,
            born=1900.0 + age[key] if draw(st.booleans()) else None,
            gender=draw(st.sampled_from(["man", "woman", "", "non_binary"])),
            aside=draw(st.integers(0, 15)) == 0,
        )
        for key in ids
    ]
    unions: list[Union] = []
    free = set(ids)
    for number in range(draw(st.integers(0, max(1, 2 * count // 3)))):
        one = draw(st.sampled_from(ids))
        near = [other for other in ids if other != one and abs(age[other] - age[one]) <= 40]
        partners = [one, draw(st.sampled_from(near))] if near and draw(st.booleans()) else [one]
        later = sorted(c for c in free if all(age[c] > age[p] + 12 for p in partners))
        children = draw(st.lists(st.sampled_from(later), max_size=4, unique=True)) if later else []
        free -= set(children)
        began = draw(st.none() | st.floats(1920, 2020))
        descents = tuple(Descent(c, draw(st.sampled_from(NATURES))) for c in children)
        unions.append(Union(f"u{number:02}", tuple(partners), descents, began))
    extra = []
    for number in range(draw(st.integers(0, 2))):
        parents = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
        child = draw(st.sampled_from(ids))
        if child not in parents:
            nature = draw(st.sampled_from(["adoptive", "foster", "kinship", "alleged"]))
            extra.append(ExtraLink(f"x{number}", tuple(parents), child, nature))
    return FamilyGraph(tuple(people), tuple(unions), tuple(extra))


@thorough
@given(families())
def test_everybody_has_one_glyph_and_nobody_overlaps(graph):
    laid_out = lay_out(graph)

    assert sorted(p.id for p in laid_out.people) == sorted(p.id for p in graph.people)
    for one in laid_out.people:
        assert GLYPH / 2 <= one.x <= laid_out.width - GLYPH / 2
        assert GLYPH / 2 <= one.y <= laid_out.height - GLYPH / 2
    by_place = sorted((p.y, p.x) for p in laid_out.people)
    for (y, x), (other_y, other_x) in pairwise(by_place):
        assert y != other_y or other_x - x >= PITCH - 0.15


@thorough
@given(families())
def test_children_stand_below_their_parents(graph):
    laid_out = lay_out(graph)
    row = {p.id: p.generation for p in laid_out.people if not p.aside}

    for union in graph.unions:
        for child in union.children:
            for parent in union.partners:
                if parent in row and child.child in row:
                    assert row[child.child] > row[parent]


@thorough
@given(families())
def test_lines_are_level_or_upright_and_keep_clear_of_people_and_of_each_other(graph):
    laid_out = lay_out(graph)

    for line in laid_out.lines:
        for (x, y), (to_x, to_y) in pairwise(line.points):
            assert (x == to_x) != (y == to_y), line
            assert 0 <= x <= laid_out.width
            assert 0 <= y <= laid_out.height
    own = measure_lines(laid_out)
    assert own.through == 0
    assert own.laid_over == 0
    assert len(laid_out.bridges) == own.crossings


@thorough
@given(families())
def test_every_union_child_and_extra_link_is_drawn(graph):
    laid_out = lay_out(graph)
    aside = {p.id for p in graph.people if p.aside}
    brackets = {line.union for line in laid_out.lines if line.kind == LineKind.UNION}
    descents = {
        (line.union, line.people[-1]) for line in laid_out.lines if line.kind != LineKind.UNION
    }

    for union in graph.unions:
        partners = set(union.partners) - aside
        children = {d.child for d in union.children} - aside
        if len(partners) == 2:
            assert union.id in brackets
        if len(partners) + len(children) > 1:
            assert {(union.id, child) for child in children} <= descents
    for link in graph.extra:
        if link.child not in aside and set(link.parents) - aside:
            assert (link.id, link.child) in descents


@thorough
@given(families(), st.integers(0, 1000))
def test_the_order_of_the_records_changes_nothing(graph, seed):
    assert lay_out(shuffled(graph, seed)) == lay_out(graph)


@thorough
@given(families())
def test_no_line_of_the_canonical_router_runs_through_somebody(graph):
    found = measure(graph, spots_of(lay_out(graph)))

    assert (found.missing, found.duplicates, found.overlaps, found.generation_violations) == (
        0,
        0,
        0,
        0,
    )
    assert found.through == 0


@thorough
@given(families(most=12), st.data())
def test_a_new_child_moves_the_others_little(graph, data):
    unions = [u for u in graph.unions if u.children]
    assume(unions)
    union = data.draw(st.sampled_from(unions))
    grown = FamilyGraph(
        (*graph.people, GraphPerson("new")),
        tuple(
            Union(u.id, u.partners, (*u.children, Descent("new")), u.began) if u == union else u
            for u in graph.unions
        ),
        graph.extra,
    )
    before = lay_out(graph)

    after = lay_out(grown, anchors={p.id: p.x for p in before.people})

    # Friends and lodgers fill columns at the side from the top: a new row of family moves those.
    family = {p.id for p in before.people if not p.aside}
    old, new = (
        {p.id: (p.x / PITCH, 0) for p in one.people if p.id in family} for one in (before, after)
    )
    assert movement(old, new).mean <= 1.0
