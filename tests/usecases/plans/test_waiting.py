"""The plans that wait for somebody, over all their families: as each plan's own page says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.plans.plan import Assumption, PlannedAction, WhatIf, Who
from goldenthread.domain.plans.vocabulary import (
    AssumptionNature,
    CurrencyState,
    Part,
    Situation,
    Trigger,
)
from goldenthread.domain.provenance.statement import Subject
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.plans.answer_plan import AnswerSaid, answer_plan
from goldenthread.usecases.plans.read_plan import read_plan
from goldenthread.usecases.plans.waiting import plans_waiting
from goldenthread.usecases.plans.write_plan import sign_plan
from tests.families.plans import LATER, SIGNED, okafor_plan, signed_plan, signing, telling, who
from tests.families.world import World, build_world, key, open_another_family

SOON = date(2026, 6, 20)


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def waiting(world: World, who: str = "priya", now=LATER):
    return plans_waiting(world.actors[who], now=now)


def moved_in(world: World, by: str = "priya", agency: str = "social_care", **more):
    """Somebody moved in, as one agency came to know it."""
    entry = world.entry(
        agency, "A man stayed the night.", "2026-06-14", kind="household_change", **more
    )
    record_entry(world.actors[by], world.case, entry, now=LATER)
    return entry.id


def test_nothing_waits_for_anybody_where_nothing_questions_the_plan(world: World):
    signed_plan(world, "health_visiting")

    assert [waiting(world, who) for who in ("priya", "ama", "grace", "sam")] == [[], [], [], []]


def test_a_plan_that_needs_review_waits_for_whoever_looks_after_it_and_for_nobody_else(world):
    signed_plan(world, "health_visiting")
    moved_in(world, told={"health_visiting": "2026-06-15", "mental_health": "2026-06-15"})

    (one,) = waiting(world)
    assert one.case.id == world.case
    assert one.reason and one.reason.trigger is Trigger.HOUSEHOLD
    assert one.on == one.seen.currency.since + timedelta(days=2)
    assert [waiting(world, who) for who in ("ama", "grace", "lund", "sam", "tom", "admin")] == [
        []
    ] * 6


def test_what_its_owner_was_not_told_of_does_not_ask_them(world: World):
    signed_plan(world, "health_visiting")
    moved_in(world, "ama", "health_visiting")

    assert waiting(world) == []
    assert read_plan(world.actors["ama"], world.case, now=LATER).seen.currency.state == (
        CurrencyState.STALE
    )
    assert waiting(world, "ama") == []


def test_an_answer_ends_it_and_the_day_it_sets_stands_here_when_it_comes_near(world: World):
    version = signed_plan(world)
    moved_in(world)
    right = AnswerSaid("still_right", "He has gone.", review_on=date(2026, 8, 1))
    answer_plan(world.actors["priya"], world.case, version, right, id=key("answer"), now=LATER)

    assert waiting(world) == []
    near = LATER.replace(month=7, day=20)
    (one,) = waiting(world, now=near)
    assert (one.reason, one.on) == (None, date(2026, 8, 1))


def test_a_plan_that_was_withdrawn_waits_for_nobody(world: World):
    version = signed_plan(world)
    moved_in(world)
    gone = AnswerSaid("withdrawn", "The family moved away.")
    answer_plan(world.actors["priya"], world.case, version, gone, id=key("answer"), now=LATER)

    assert waiting(world) == []


def test_a_day_for_review_that_passed_is_a_reason(world: World):
    signed_plan(world, plan=okafor_plan(review_on=SOON))
    (before,) = waiting(world, now=SIGNED)
    (after,) = waiting(world, now=SIGNED.replace(day=25))

    assert (before.reason, before.on) == (None, SOON)
    assert after.reason and after.reason.trigger is Trigger.REVIEW_PASSED


def test_whoever_signed_for_a_chair_is_asked_by_everything_in_the_record(world: World):
    signed_plan(world, by="grace", owner=key("practitioner grace"))
    moved_in(world, "ama", "health_visiting")

    (one,) = waiting(world, "grace")
    assert one.reason and one.reason.trigger is Trigger.HOUSEHOLD
    assert waiting(world) == []


def test_the_list_says_what_each_plan_page_says(world: World):
    others = [_with_plan(world, name) for name in ("North", "South")]
    signed_plan(world)
    moved_in(world)
    _man_there(world, others[0])

    found = {one.case.id: one for one in waiting(world)}

    assert set(found) == {world.case, others[0]}
    for case, one in found.items():
        page = read_plan(world.actors["priya"], case, now=LATER)
        assert page.seen.currency == one.seen.currency
        assert page.seen.version == one.seen.version


def test_reading_it_is_audited_and_costs_the_same_for_one_family_and_for_many(world: World):
    signed_plan(world)
    moved_in(world)
    few = _queries(world)
    for name in ("North", "South", "East", "West"):
        _man_there(world, _with_plan(world, name))
    for _ in range(5):
        moved_in(world)

    assert _queries(world) == few
    event = AuditEvent.objects.using("reader").filter(action="list_plans").latest("recorded_at")
    assert event.detail == {"plans": 5}


def _queries(world: World) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert waiting(world)
    return len(captured)


def _with_plan(world: World, name: str):
    """Another family of Priya's, with a plan of its own about the mother and baby there."""
    case = open_another_family(world, name)
    ruth, ada = uuid5(case, "ruth"), uuid5(case, "ada")
    plan = okafor_plan(
        actions=(PlannedAction("a1", "Puts her down on her back", Who(ruth), tuple(Part)),),
        what_ifs=(WhatIf("w1", Situation.CARER_UNWELL, ruth, "", "Comes at once", who("ama")),),
        assumptions=(
            Assumption("s1", AssumptionNature.LIVES_HERE, "Only they live here", (ruth, ada)),
        ),
    )
    said = signing(tellings=(telling(world, "health_visiting"),))
    sign_plan(world.actors["priya"], case, key(f"draft {name}"), plan, said, now=SIGNED)
    return case


def _man_there(world: World, case) -> None:
    """Somebody moved in with that other family."""
    entry = replace(
        world.entry(
            "social_care", "A man stayed.", "2026-06-14", kind="household_change", about=()
        ),
        subjects=(Subject(uuid5(case, "ruth")),),
    )
    record_entry(world.actors["priya"], case, entry, now=LATER)
