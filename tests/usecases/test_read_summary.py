"""A family at one glance: nothing the reader may not see, one look audited, few queries."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.audit.reading import events_of_case
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.read_summary import NotFoundHere, read_summary
from goldenthread.usecases.network.read_network import read_network
from tests.families.network import FLAT, claim, record_network, record_police, say
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return record_police(record_network(build_world(tom="named_member")))


@pytest.mark.parametrize("who", ["priya", "ama", "lund", "tom", "grace"])
def test_it_holds_what_the_history_and_the_network_hold_for_the_same_reader(world: World, who):
    actor, view = world.actors[who], Viewpoint(NOW)

    summary = read_summary(actor, world.case, now=NOW)

    history = read_history(actor, world.case, view, now=NOW)
    network = read_network(actor, world.case, view, now=NOW)
    assert [e.id for e in summary.history.entries] == [e.id for e in history.entries]
    assert summary.network == network.seen
    assert summary.questions == network.questions


def test_one_look_is_one_row_of_the_audit_trail(world: World):
    before = len(events_of_case(world.case))

    read_summary(world.actors["ama"], world.case, now=NOW)

    events = events_of_case(world.case)
    assert len(events) == before + 1
    assert events[0].action == "view_family"


def test_somebody_who_may_not_open_the_family_is_told_there_is_none(world: World):
    with pytest.raises(NotFoundHere):
        read_summary(world.actors["admin"], world.case, now=NOW)
    with pytest.raises(NotFoundHere):
        read_summary(world.actors["ama"], uuid4(), now=NOW)


@pytest.mark.parametrize("lived", [False, True])
def test_the_number_of_queries_does_not_grow_with_the_family(world: World, lived: bool):
    actor = world.actors["priya"]

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            if lived:
                read_history(actor, world.case, Viewpoint(NOW), now=NOW, lived=True)
            else:
                read_summary(actor, world.case, now=NOW)
        return len(caught)

    queries()
    few = queries()
    for number in range(1, 9):
        more = claim(
            world,
            "lives_at",
            "stays",
            "sam",
            "",
            f"2026-0{number % 5 + 1}-0{number}",
            household=FLAT,
        )
        say(world, "social_care", f"Sam stayed, {number}.", [more], known="2026-06-01")

    assert queries() == few


def test_homes_and_care_of_a_history_are_those_the_viewpoint_knew(world: World):
    def known(who: str, view: Viewpoint) -> set[str]:
        history = read_history(world.actors[who], world.case, view, now=NOW, lived=True)
        return {one.id for one in history.lived.claims}

    def of_network(who: str, view: Viewpoint) -> set[str]:
        shown = read_network(world.actors[who], world.case, view, now=NOW)
        return {c.id for c in shown.seen.claims if c.kind in ("lives_at", "cares_for")}

    then = NOW.replace(month=4, day=1)
    for who in ("priya", "ama", "lund", "tom", "grace"):
        for view in (Viewpoint(NOW), Viewpoint(then), Viewpoint(NOW, world.agency("police"))):
            assert known(who, view) == of_network(who, view)
    assert known("priya", Viewpoint(NOW)) > known("priya", Viewpoint(then))
    plain = read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW)
    assert plain.lived is None


@pytest.mark.parametrize("answers", [["disputes"], ["disputes", "withdraws"], ["corrects"]])
def test_homes_stand_in_a_history_as_they_stand_in_the_network(world: World, answers: list[str]):
    """A correction or dispute that was itself withdrawn no longer counts, in both alike."""
    actor = world.actors["priya"]
    stay = claim(world, "lives_at", "stays", "sam", "", "2026-03-02/..", household=FLAT)
    target = say(world, "social_care", "Sam stays.", [stay], known="2026-06-01")
    for kind in answers:
        answer = world.entry("social_care", f"Said again: {kind}.", about=("ruth",))
        answer_entry(actor, world.case, target, LinkKind(kind), answer, reason="Seen.", now=NOW)
        target = answer.id

    history = read_history(actor, world.case, Viewpoint(NOW), now=NOW, lived=True)
    network = read_network(actor, world.case, Viewpoint(NOW), now=NOW)

    def standing(claims) -> str:
        return next(one.source.standing for one in claims if one.id == str(stay.id))

    expected = {"disputes": "disputed", "withdraws": "stands", "corrects": "corrected"}
    assert standing(history.lived.claims) == standing(network.seen.claims) == expected[answers[-1]]
