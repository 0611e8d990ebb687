"""The steps of a challenge: answered, taken further, settled with an effect, and praised."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.challenges.course import State, StepKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.challenges.answer_challenge import (
    NotAllowedNow,
    NotWhoAnswers,
    SaysNothing,
    StepOutOfTime,
)
from goldenthread.usecases.challenges.praise_challenge import praise_challenge
from goldenthread.usecases.challenges.waiting import Part, challenges_waiting
from tests.families.world import NOW, World, build_world, open_another_family
from tests.usecases.challenging import answer, further, raised, read, settled

TODAY = day_of(NOW)  # Wednesday 10 June 2026


@pytest.fixture
def world(record: str) -> World:
    return build_world(tom="named_member")


def test_an_answer_is_told_to_all_who_know_of_it_and_says_what_changed(world):
    id = raised(world, tell=(world.agency("police"),))
    answer(world, id, now=NOW + timedelta(days=20))
    later = NOW + timedelta(days=21)

    for who in ("ama", "tom", "priya", "grace"):
        seen = read(world, id, who, later).seen
        assert seen.course.state is State.ANSWERED
        last = seen.steps[-1]
        assert (last.words, last.effect, last.by_name) == (
            "We will visit at eight.", "A visit on Friday.", "Priya Nair",
        )  # fmt: skip
        assert (seen.clock.is_running, seen.clock.answered, seen.clock.late_by) == (
            False, date(2026, 6, 30), 4,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["ama", "tom"])
def test_only_who_decided_answers(world, who):
    id = raised(world, tell=(world.agency("police"),))

    with pytest.raises(NotWhoAnswers, match="Fenwick Children's Services answers"):
        answer(world, id, who)
    with pytest.raises(NotWhoAnswers, match="Say who of"):
        answer(world, id, given_by=world.actors["tom"].practitioner)


@pytest.mark.parametrize(
    ("more", "part"),
    [({"words": " "}, "words"), ({"effect": ""}, "effect"), ({"outcome": "x"}, "outcome")],
)
def test_an_answer_without_its_parts_says_which(world, more, part):
    id = raised(world)
    with pytest.raises(SaysNothing) as refused:
        answer(world, id, **more)
    assert refused.value.part == part


def test_days_are_in_order(world):
    id = raised(world, raised_on=date(2026, 6, 8))

    for on in (date(2026, 6, 7), TODAY + timedelta(days=1)):
        with pytest.raises(StepOutOfTime):
            answer(world, id, on=on)
    answer(world, id, on=date(2026, 6, 8))


def test_taken_further_the_next_stage_has_its_own_clock(world):
    id = raised(world)
    further(world, id, now=NOW + timedelta(days=16))

    seen = read(world, id, now=NOW + timedelta(days=16)).seen
    assert (seen.course.stage, seen.steps[-1].stage_name) == (2, "Managers")
    assert seen.clock.due.start == date(2026, 6, 26)
    assert seen.course.state is State.WAITING


def test_stages_are_passed_over_only_at_immediate_risk(world):
    id = raised(world)

    with pytest.raises(NotAllowedNow, match="passed over only"):
        further(world, id, to_stage=4)
    further(world, id, to_stage=4, immediate_risk=True)
    assert read(world, id).seen.course.stage == 4
    with pytest.raises(NotAllowedNow, match="later stage"):
        further(world, id, to_stage=2)


@pytest.mark.parametrize("how", [StepKind.ACCEPTED, StepKind.RESOLVED, StepKind.WITHDRAWN])
def test_settled_it_says_how_and_stays_as_it_is(world, how):
    id = raised(world)
    answer(world, id)
    settled(world, id, how)

    seen = read(world, id, "priya").seen
    assert (seen.course.state, seen.course.last.kind) == (State.SETTLED, how)
    for attempt in (
        lambda: answer(world, id),
        lambda: further(world, id),
        lambda: settled(world, id),
    ):
        with pytest.raises(NotAllowedNow, match="settled"):
            attempt()


def test_only_the_agency_that_raised_it_settles_it_or_goes_on(world):
    id = raised(world)
    answer(world, id)

    for attempt in (lambda: settled(world, id, who="priya"), lambda: further(world, id, "priya")):
        with pytest.raises(NotAllowedNow, match="Only the agency that raised it"):
            attempt()


def test_overdue_is_an_item_for_who_raised_it_and_for_who_answers(world):
    id = raised(world)
    late = NOW + timedelta(days=30)

    for who, part in (("ama", Part.RAISED), ("priya", Part.ANSWERS)):
        (item,) = challenges_waiting(world.actors[who], now=late)
        assert (item.seen.row.id, item.part, item.seen.clock.is_overdue) == (id, part, True)
        assert item.due == date(2026, 6, 24)
    assert challenges_waiting(world.actors["sam"], now=late) == []  # not of the team
    answer(world, id, now=late)
    assert challenges_waiting(world.actors["priya"], now=late) == []
    (item,) = challenges_waiting(world.actors["ama"], now=late)
    assert item.due is None and item.seen.course.state is State.ANSWERED


class There(World):
    """Another family of the world, whose people have ids of its own."""

    def person(self, name: str) -> UUID:
        return uuid5(self.case, name)


def test_the_list_costs_the_same_for_one_family_and_for_many(world):
    def queries(found: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(challenges_waiting(world.actors["priya"], now=NOW)) == found
        return len(captured)

    raised(world)
    few = queries(1)
    for name in ("North", "South", "East"):
        raised(There(open_another_family(world, name), world.actors))

    assert queries(4) == few


def test_praise_is_in_somebodys_name_and_about_the_challenge(world):
    id = raised(world)
    praise_challenge(
        world.actors["priya"], world.case, id, "This challenge changed when we visit.", id=uuid4(), now=NOW
    )  # fmt: skip

    (one,) = read(world, id).praise
    assert (one.name, one.agency_name, one.on) == (
        "Priya Nair",
        "Fenwick Children's Services",
        TODAY,
    )
    with pytest.raises(SaysNothing):
        praise_challenge(world.actors["priya"], world.case, id, " ", id=uuid4(), now=NOW)
