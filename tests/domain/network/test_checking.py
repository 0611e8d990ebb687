"""What cannot be right is named with its people; the rest is kept, and nothing is raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.network.checking import check, sound
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.shared.partial_date import PartialDate
from tests.domain.network.families import claim, lives, network, networks, parent, person, source

JO, SAM, LEE = person("jo", "woman", "1998"), person("sam", "man", "1990"), person("lee", "man")
ANN = person("ann", "woman", "2018-03-04")
OLD = person("old", "woman", "1930", died="2001-05")
LATE = person("late", born="2001-12-01")
CY, DI = person("cy"), person("di")

TABLE = [
    # what is claimed, what is warned of, about whom, what is left out
    (
        "nothing wrong",
        [parent("jo", "ann"), parent("sam", "ann"), lives("jo", "Elm", "2020/..")],
        [],
    ),
    (
        "a relation to oneself",
        [claim("couple", "married", "jo", "jo", id="x")],
        [("with_oneself", ("jo",), ("x",))],
    ),
    ("a parent of oneself", [parent("jo", "jo", id="x")], [("with_oneself", ("jo",), ("x",))]),
    (
        "somebody who is not there",
        [parent("nobody", "ann", id="x")],
        [("nobody", ("ann",), ("x",))],
    ),
    (
        "a parent of nobody",
        [parent("jo", "", id="x")],
        [("nobody", ("jo",), ("x",))],
    ),
    (
        "a circle of two",
        [parent("cy", "di", id="1"), parent("di", "cy", id="2")],
        [("own_ancestor", ("cy", "di"), ("2",))],
    ),
    (
        "a circle of three: the last known is left out",
        [parent("di", "cy", id="9"), parent("cy", "lee", id="4"), parent("lee", "di", id="5")],
        [("own_ancestor", ("cy", "lee", "di"), ("9",))],
    ),
    (
        "a circle through adoption",
        [parent("cy", "di", "adoptive", id="1"), parent("di", "cy", "adoptive", id="2")],
        [("own_ancestor", ("cy", "di"), ("2",))],
    ),
    (
        "two births",
        [parent("jo", "ann"), parent("sam", "ann", id="1"), parent("lee", "ann", id="2")],
        [("born_twice", ("ann", "jo", "sam", "lee"), ())],
    ),
    (
        "older than the parent",
        [parent("ann", "jo", id="x")],
        [("older_than_parent", ("ann", "jo"), ())],
    ),
    ("hardly younger", [parent("sam", "jo", id="x")], [("close_in_age", ("sam", "jo"), ())]),
    ("a step-parent may be younger", [parent("jo", "sam", "step")], []),
    (
        "born long after a parent's death",
        [parent("old", "ann")],
        [("born_after_death", ("old", "ann"), ())],
    ),
    (
        "born after a father's death, within the pregnancy",
        [parent("old", "late")],
        [],
    ),
    (
        "over before a birth",
        [lives("ann", "Elm", "2001/2003")],
        [("over_before_birth", ("ann",), ())],
    ),
    (
        "help before a birth is none",
        [claim("involvement", "steady", "ann", when="2017-10/2018-01", agency="hv")],
        [],
    ),
    (
        "begun after a death",
        [lives("old", "Elm", "2003/..")],
        [("begins_after_death", ("old",), ())],
    ),
    ("begun in the month of death, perhaps before", [lives("old", "Elm", "2001-05/..")], []),
    (
        "a claim that was withdrawn warns of nothing",
        [parent("ann", "jo", source=source(standing=Standing.WITHDRAWN))],
        [],
    ),
]


@pytest.mark.parametrize(
    ("claims", "warned"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_each_thing_that_cannot_be_right_is_named(claims, warned):
    family = network([JO, SAM, LEE, ANN, OLD, CY, DI, LATE], claims, ["Elm"])
    rest, found = sound(family)
    assert [(w.kind, w.people, w.leaves_out) for w in found] == warned
    gone = {key for _, _, keys in warned for key in keys}
    assert [c.id for c in rest.claims] == [c.id for c in family.claims if c.id not in gone]
    assert rest.people == family.people


def test_a_circle_is_said_with_everybody_on_it():
    claims = [parent("di", "cy", id="9"), parent("cy", "lee", id="4"), parent("lee", "di", id="5")]
    (warning,) = check(network([CY, DI, LEE], claims))
    assert warning.sentence.startswith(
        "Cy as a parent of Lee, Lee as a parent of Di, and Di as a parent of Cy, are recorded"
    )
    assert warning.claims == ("4", "5", "9")


def test_leaving_one_claim_out_may_open_another_circle_and_that_is_found_too():
    # cy hangs from di by birth; without that, from di as a foster carer: a circle again
    claims = [
        parent("cy", "di", id="1"),
        parent("di", "cy", id="2"),
        parent("di", "cy", "foster", id="3"),
    ]
    rest, _ = sound(network([CY, DI], claims))
    assert {c.id for c in rest.claims} == {"1"}


def test_two_rows_of_one_id_and_a_death_before_birth_are_named():
    twice = network([ANN, replace(ANN, name="Anna"), person("x", born="2020", died="2019")])
    assert [(w.kind, w.people) for w in check(twice)] == [
        ("same_person_twice", ("ann",)),
        ("died_before_birth", ("x",)),
    ]
    assert [p.name for p in sound(twice)[0].people] == ["Ann", "X"]


def test_the_first_days_of_the_calendar_do_not_overflow():
    first = PartialDate("0001-01-01", date.min, date.min, date.min, date.min)
    one = replace(CY, born=first, expected_on=date.min)
    family = network([one, DI], [parent("di", "cy"), lives("cy", "Elm", "2001/2003")], ["Elm"])
    assert check(family) == ()
    assert network_at(family, date.min).person("cy").presence == "present"


def test_births_before_our_calendar_are_compared_too():
    people = [person("cy", birth_order=-40.0), person("di", birth_order=-69.0)]
    assert [w.kind for w in check(network(people, [parent("cy", "di")]))] == ["older_than_parent"]
    assert check(network(people, [parent("di", "cy")])) == ()


@settings(max_examples=150, deadline=None)
@given(family=networks())
def test_what_is_left_has_no_circle_and_has_lost_nobody(family):
    rest, warnings = sound(family)
    assert rest.people == family.people
    gone = {key for w in warnings for key in w.leaves_out}
    assert [c.id for c in rest.claims] == [c.id for c in family.claims if c.id not in gone]
    assert all(w.sentence.endswith(".") and set(w.leaves_out) <= set(w.claims) for w in warnings)
    above: dict[str, set[str]] = {}
    for union in graph_of(rest).unions:
        for descent in union.children:
            above.setdefault(descent.child, set()).update(union.partners)
    done: set[str] = set()
    while above:  # take away, again and again, those with nobody above them
        free = [one for one, parents in above.items() if not (parents - done) & set(above)]
        assert free, f"a circle is left: {above}"
        for one in free:
            done.add(one)
            del above[one]
    assert not [w for w in check(rest) if w.leaves_out]


@settings(max_examples=100, deadline=None)
@given(
    family=networks(kinds=("parent", "sibling", "couple")), dice=st.randoms(use_true_random=False)
)
def test_the_order_of_claims_changes_no_warning(family, dice):
    claims = list(family.claims)
    dice.shuffle(claims)
    assert check(replace(family, claims=tuple(claims))) == check(family)


def test_ten_thousand_people_in_one_line_and_in_one_circle():
    count = 10_000
    people = [person(f"p{n:05}") for n in range(count)]
    line = [parent(f"p{n:05}", f"p{n + 1:05}") for n in range(count - 1)]
    assert check(network(people, line[::-1])) == ()
    (warning,) = check(network(people, [*line, parent(f"p{count - 1:05}", "p00000")]))
    assert (warning.kind, len(warning.people)) == ("own_ancestor", count)
    assert len(graph_of(network(people, line)).unions) == count - 1
