"""What a family's graph is: unions, unknown parents, second ties; the order of input is nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from tests.domain.network.families import claim, network, networks, parent, person, source

JO, SAM, LEE, KIT = (
    person("jo", "woman"),
    person("sam", "man"),
    person("lee", "man"),
    person("kit", "woman"),
)
ANN, BOB, CAZ = (
    person("ann", "woman", "2015"),
    person("bob", "man", "2018"),
    person("caz", "", "2024"),
)


def said(people, claims):
    """A graph in words: who with whom has whom, and how; then the second ties."""
    graph = graph_of(network(people, claims))
    unions = [
        " + ".join("?" if p.startswith("unknown-of:") else p for p in u.partners)
        + (" = " if u.children else "")
        + ", ".join(
            d.child if d.nature == "birth" else f"{d.child} ({d.nature})" for d in u.children
        )
        for u in graph.unions
    ]
    links = [f"{'+'.join(x.parents)} -{x.nature}- {x.child}" for x in graph.extra]
    return unions, links


WHOLE = [JO, SAM, LEE, KIT, ANN, BOB, CAZ]
TABLE = [
    ("both birth parents", [parent("jo", "ann"), parent("sam", "ann")], ["jo + sam = ann"], []),
    ("one birth parent has an unknown other", [parent("jo", "ann")], ["jo + ? = ann"], []),
    (
        "children of one recorded parent share the unknown, eldest first",
        [parent("jo", "bob"), parent("jo", "ann")],
        ["jo + ? = ann, bob"],
        [],
    ),
    (
        "half-brothers and sisters have another unknown each",
        [parent("jo", "ann"), parent("jo", "bob"), claim("sibling", "half", "bob", "ann")],
        ["jo + ? = ann", "jo + ? = bob"],
        [],
    ),
    (
        "different fathers are different unions",
        [parent("jo", "ann"), parent("sam", "ann"), parent("jo", "bob"), parent("lee", "bob")],
        ["jo + lee = bob", "jo + sam = ann"],
        [],
    ),
    (
        "adopters are the union of a child without recorded birth parents",
        [parent("kit", "ann", "adoptive"), parent("lee", "ann", "adoptive")],
        ["kit + lee = ann (adoptive)"],
        [],
    ),
    ("a lone adopter is one", [parent("kit", "ann", "adoptive")], ["kit = ann (adoptive)"], []),
    (
        "adopters beside birth parents are a further link",
        [parent("jo", "ann"), parent("kit", "ann", "adoptive"), parent("lee", "ann", "adoptive")],
        ["kit + lee", "jo + ? = ann"],
        ["kit+lee -adoptive- ann"],
    ),
    (
        "a kinship carer is a further link",
        [parent("jo", "ann"), parent("sam", "ann"), parent("kit", "ann", "kinship")],
        ["jo + sam = ann"],
        ["kit -kinship- ann"],
    ),
    (
        "successive foster carers are not a couple; the first known is hung from",
        [parent("kit", "ann", "foster", id="1"), parent("lee", "ann", "foster", id="2")],
        ["kit = ann (foster)"],
        ["lee -foster- ann"],
    ),
    (
        "somebody said to be the father leaves the father unknown",
        [parent("jo", "ann"), parent("lee", "ann", "alleged")],
        ["jo + ? = ann"],
        ["lee -alleged- ann"],
    ),
    (
        "a parent of a kind not known takes the empty place, unsurely",
        [parent("jo", "ann"), parent("lee", "ann", "not_known")],
        ["jo + lee = ann (not_known)"],
        [],
    ),
    (
        "two fathers of one birth: the first known is kept",
        [parent("jo", "ann"), parent("sam", "ann", id="1"), parent("lee", "ann", id="2")],
        ["jo + sam = ann"],
        ["lee -alleged- ann"],
    ),
    (
        "two mothers who are a couple are both parents",
        [parent("jo", "ann"), parent("kit", "ann"), claim("couple", "married", "jo", "kit")],
        ["jo + kit = ann"],
        [],
    ),
    (
        "a couple without children is a union",
        [claim("couple", "separated", "jo", "sam")],
        ["jo + sam"],
        [],
    ),
    (
        "never a couple, no child: no union",
        [claim("couple", "never_together", "jo", "sam")],
        [],
        [],
    ),
    (
        "a full sister hangs from the same union",
        [parent("jo", "ann"), parent("sam", "ann"), claim("sibling", "full", "bob", "ann")],
        ["jo + sam = ann, bob"],
        [],
    ),
    (
        "twins share the father recorded for one of them",
        [
            parent("jo", "ann"),
            parent("sam", "ann"),
            parent("jo", "bob"),
            claim("sibling", "twin", "bob", "ann"),
        ],
        ["jo + sam = ann, bob"],
        [],
    ),
    (
        "a half-brother without parents of his own hangs there unsurely",
        [parent("jo", "ann"), parent("sam", "ann"), claim("sibling", "half", "bob", "ann")],
        ["jo + sam = ann, bob (not_known)"],
        [],
    ),
    (
        "twins of whom no parent is recorded stand under two unknown people",
        [claim("sibling", "twin", "bob", "ann")],
        ["? + ? = ann, bob"],
        [],
    ),
    ("a step-brother adds nothing", [claim("sibling", "step", "bob", "ann")], [], []),
    (
        "nobody becomes their own ancestor through a claim of sisters",
        [parent("jo", "ann"), parent("sam", "ann"), claim("sibling", "full", "jo", "ann")],
        ["jo + sam = ann"],
        [],
    ),
    ("a circle of one is left out", [parent("ann", "ann")], [], []),
    ("somebody the network does not hold is not invented", [parent("nobody", "ann")], [], []),
]


@pytest.mark.parametrize(
    ("claims", "unions", "links"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_a_family_becomes_these_unions_and_links(claims, unions, links):
    found_unions, found_links = said(WHOLE, claims)
    assert sorted(found_unions) == sorted(unions)
    assert found_links == links


PUT_RIGHT = pytest.mark.parametrize("standing", [Standing.CORRECTED, Standing.WITHDRAWN])


@PUT_RIGHT
def test_what_was_corrected_or_withdrawn_keeps_a_line_and_makes_nobody_a_parent(standing):
    gone = parent("lee", "ann", source=source(standing=standing))

    assert said(WHOLE, [parent("jo", "ann"), gone]) == (["jo + ? = ann"], ["lee -birth- ann"])
    assert said(WHOLE, [gone]) == ([], ["lee -birth- ann"])


@PUT_RIGHT
def test_what_was_put_right_adds_no_second_line_between_the_same_two(standing):
    gone = parent("jo", "ann", source=source(standing=standing), id="earlier")
    couple = claim("couple", "married", "sam", "jo", source=source(standing=standing))

    assert said(WHOLE, [parent("jo", "ann"), gone]) == (["jo + ? = ann"], [])
    assert said(WHOLE, [parent("jo", "ann", "kinship"), gone]) == (["jo = ann (kinship)"], [])
    assert said(WHOLE, [couple]) == (["jo + sam"], [])
    assert said(WHOLE, [couple, couple]) == (["jo + sam"], [])


@PUT_RIGHT
def test_a_parent_and_child_written_the_wrong_way_round_keep_both_lines(standing):
    gone = parent("ann", "jo", source=source(standing=standing))

    assert said(WHOLE, [parent("jo", "ann"), gone]) == (["jo + ? = ann"], ["ann -birth- jo"])


@pytest.mark.parametrize(
    "polarity", [Polarity.DENIES, Polarity.ASKED_NO_ANSWER, Polarity.NOT_KNOWN]
)
def test_what_is_denied_or_not_known_shapes_nothing(polarity):
    denied = parent("lee", "ann", polarity=polarity)
    assert said(WHOLE, [parent("jo", "ann"), denied]) == (["jo + ? = ann"], [])


def test_a_disputed_father_stands_in_his_place_on_an_unsure_line():
    disputed = parent("lee", "ann", source=source(standing=Standing.DISPUTED))
    assert said(WHOLE, [parent("jo", "ann"), disputed]) == (["jo + lee = ann (alleged)"], [])
    # and gives it up to one nobody disputes, though that was known later
    assert said(WHOLE, [parent("jo", "ann"), disputed, parent("sam", "ann", id="z")]) == (
        ["jo + sam = ann"],
        ["lee -alleged- ann"],
    )


def test_a_father_recorded_as_not_identified_is_the_unknown_parent():
    unknown = person("father", "man", is_identified=False)
    graph = graph_of(network([JO, ANN, unknown], [parent("jo", "ann"), parent("father", "ann")]))
    assert [one.id for one in graph.people] == ["ann", "father", "jo"]
    assert graph.unions[0].partners == ("father", "jo")


def test_the_unknown_parent_names_the_union_that_needs_it():
    graph = graph_of(network([JO, ANN], [parent("jo", "ann")]))
    (unknown,) = [one for one in graph.people if one.placeholder_for]
    assert unknown.id == f"unknown-of:{graph.unions[0].id}"
    assert unknown.placeholder_for == graph.unions[0].id
    assert unknown.gender == "man" and unknown.born is None


def test_friends_stand_aside_and_a_friend_who_is_kin_does_not():
    friend, cousin = person("fay"), person("cy")
    claims = [
        claim("network", "friend", "fay"),
        claim("network", "wider_family", "cy"),
        parent("jo", "cy"),
        parent("jo", "ann"),
    ]
    graph = graph_of(network([friend, cousin, JO, ANN], claims))
    assert [one.id for one in graph.people if one.aside] == ["fay"]


def test_partners_have_an_order_of_time():
    claims = [
        claim("couple", "married", "jo", "sam", "2014-05/2018"),
        claim("couple", "separated", "jo", "sam", "2013"),
        claim("couple", "together", "jo", "lee", "2025-07-01/.."),
        parent("jo", "bob"),
        parent("kit", "bob", "adoptive"),
    ]
    began = {u.partners: u.began for u in graph_of(network(WHOLE, claims)).unions}
    assert began[("jo", "sam")] == pytest.approx(2014.33, abs=0.01)
    assert began[("jo", "lee")] == pytest.approx(2025.5, abs=0.01)
    assert 2018.0 in began.values()  # known only by the birth of its first child


def test_twins_stand_side_by_side_among_brothers_and_sisters_of_unknown_age():
    people = [JO, SAM, *(person(k) for k in "abcd")]
    claims = [
        *(parent(p, c) for p in ("jo", "sam") for c in "abcd"),
        claim("sibling", "twin", "d", "a"),
    ]
    (union,) = graph_of(network(people, claims)).unions
    assert [d.child for d in union.children] == ["a", "d", "b", "c"]


def test_ids_with_a_plus_sign_do_not_run_together():
    people = [person("a+b"), person("c"), person("a"), person("b+c")]
    claims = [claim("couple", "married", "a+b", "c"), claim("couple", "married", "a", "b+c")]
    assert len(graph_of(network(people, claims)).unions) == 2


@settings(max_examples=300, deadline=None)
@given(family=networks(), dice=st.randoms(use_true_random=False))
def test_the_order_of_people_and_claims_changes_nothing(family, dice):
    people, claims = list(family.people), list(family.claims)
    dice.shuffle(people)
    dice.shuffle(claims)
    shuffled = replace(family, people=tuple(people), claims=tuple(claims))
    assert graph_of(shuffled) == graph_of(family)


@settings(max_examples=300, deadline=None)
@given(family=networks())
def test_everybody_is_kept_once_and_every_line_ends_at_somebody(family):
    graph = graph_of(family)
    ids = [one.id for one in graph.people]
    assert len(ids) == len(set(ids))
    assert {i for i in ids if not i.startswith("unknown-of:")} == {p.id for p in family.people}
    hung = [d.child for u in graph.unions for d in u.children]
    assert len(hung) == len(set(hung))
    named = {p for u in graph.unions for p in u.partners} | set(hung)
    named |= {p for x in graph.extra for p in (*x.parents, x.child)}
    assert named <= set(ids)
    for union in graph.unions:
        assert 1 <= len(set(union.partners)) == len(union.partners) <= 2
        assert not set(union.partners) & {d.child for d in union.children}
    needed = {one.placeholder_for for one in graph.people if one.placeholder_for}
    assert needed <= {union.id for union in graph.unions if union.children}
    assert len({u.id for u in graph.unions}) == len(graph.unions)
    assert len({x.id for x in graph.extra}) == len(graph.extra)
