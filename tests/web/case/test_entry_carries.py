"""An entry's page leads to what the entry carries, and that leads back; for its readers alone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from goldenthread.records.challenges.models import ChallengeStep
from goldenthread.records.decisions.models import Decision
from goldenthread.records.plans.models import PlanAnswer, PlanVersion
from goldenthread.usecases.plans.answer_plan import AnswerSaid, answer_plan
from tests.families.plans import signed_plan, telling
from tests.families.world import NOW, World, key
from tests.usecases.challenging import answer, decided, raised
from tests.usecases.decisions.deciding import deciding_world, signed
from tests.web.case.conftest import address

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def world(record: str) -> World:
    return deciding_world()


def leads_both_ways(page, world: World, who: str, statement: UUID, name: str, **where) -> None:
    there = address(world, name, **where)
    assert f'href="{there}"' in page(who, "entry", statement=statement)
    assert f'href="{address(world, "entry", statement=statement)}"' in page(who, name, **where)


def test_a_plan_and_an_answer_about_it(world: World, page):
    version = signed_plan(world, "health_visiting")
    right = AnswerSaid("still_right", "Nothing changed.", date(2026, 7, 1),
                       (telling(world, "health_visiting"),))  # fmt: skip
    answer_plan(world.actors["priya"], world.case, version, right, id=key("answer"), now=LATER)

    for who in ("priya", "ama", "grace"):
        for table in (PlanVersion, PlanAnswer):
            statement = table.objects.values_list("statement_id", flat=True).get()
            leads_both_ways(page, world, who, statement, "plan_version", version=version)


def test_whoever_was_told_of_an_answer_alone_is_not_led_to_the_plan(world: World, page):
    version = signed_plan(world)
    right = AnswerSaid("still_right", "Nothing changed.", date(2026, 7, 1),
                       (telling(world, "mental_health"),))  # fmt: skip
    answer_plan(world.actors["priya"], world.case, version, right, id=key("answer"), now=LATER)
    statement = PlanAnswer.objects.values_list("statement_id", flat=True).get()

    shown = page("lund", "entry", statement=statement)
    assert "Nothing changed." in shown
    assert str(version) not in shown and "it answers for" not in shown


def test_a_challenge_and_its_answer(world: World, page):
    challenge = raised(world)
    answer(world, challenge)

    for statement in ChallengeStep.objects.values_list("statement_id", flat=True):
        for who in ("priya", "ama", "grace"):
            leads_both_ways(page, world, who, statement, "challenge", challenge=challenge)


def test_a_decision(world: World, page):
    decision = signed(world).id
    statement = Decision.objects.values_list("statement_id", flat=True).get(id=decision)

    leads_both_ways(page, world, "priya", statement, "decision", decision=decision)


def test_an_entry_that_carries_nothing_leads_to_nothing(world: World, page):
    statement = decided(world)

    shown = page("ama", "entry", statement=statement)
    assert "Read the whole" not in shown and "Read this version" not in shown
