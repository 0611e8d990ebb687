"""The policy file of breaking the glass, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.utils import DatabaseError

from goldenthread.domain.access.glass import LONGEST, GlassRulesNotUnderstood
from goldenthread.records.access.glass_rules import glass_rules, read_glass_rules
from goldenthread.records.access.models import (
    GlassAnswer,
    GlassAsk,
    GlassBreak,
    GlassEnd,
    GlassReview,
)
from goldenthread.records.shared import wall
from tests.families import glass, restricted
from tests.families.world import NOW, World
from tests.looking import past_the_wall

FILE = (files("goldenthread.records.access") / "glass_rules.toml").read_text("utf-8")


@pytest.fixture
def world(record: str) -> World:
    return glass.build_glass()


def a_break(world: World, who: str = "dora", **other) -> dict[str, object]:
    actor = world.actors[who]
    return {
        "id": uuid4(), "case_id": world.case, "practitioner_id": actor.practitioner,
        "agency_id": actor.agency, "remit": actor.remit, "reason": "child_in_danger",
        "basis": "vital_interests", "words": glass.WORDS, "opened_at": NOW,
        "until": NOW + timedelta(hours=3), "alone_until": NOW + timedelta(days=28),
        "broken_by_id": actor.account, **other,
    }  # fmt: skip


def refused(name: str, model, row: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=name), past_the_wall():
        model.objects.create(**row)


def kept(model, **row):
    with past_the_wall():
        return model.objects.create(**row)


def test_the_shipped_policy_is_three_hours_and_says_where_each_figure_is_from():
    rules = glass_rules()
    assert rules.lasts == timedelta(hours=3)
    assert (rules.review_within_working_days, rules.escalates_after_days) == (3, 7)
    assert rules.sources and all(rules.reasons.values()) and all(rules.bases.values())


@pytest.mark.parametrize(
    ("was", "instead", "says"),
    [
        ("hours = 3", "hours = 9", "hours"),
        ("hours = 3", 'hours = "3"', "hours"),
        ("hours = 3", "hours = true", "hours"),
        ('"emergency_duty", ', '"administrator", ', "remits"),
        ('"emergency_duty", ', '"everybody", ', "remits"),
        ('"csa", ', '"adoption", ', "labels"),
        ('"csa", ', '"source_protected", ', "labels"),
        ('"csa", ', '"police_live", ', "labels"),
        ('court = "A court or the police need an answer today"', 'court = " "', "reason"),
        ("escalates_after_days = 7", "", "escalates_after_days"),
    ],
)
def test_a_policy_that_opens_more_than_it_may_is_refused(was: str, instead: str, says: str):
    assert was in FILE
    with pytest.raises(GlassRulesNotUnderstood, match=says):
        read_glass_rules(FILE.replace(was, instead))


def test_no_row_lasts_longer_than_any_policy_may_say(world: World):
    refused(
        "glass_is_broken_for_a_few_hours", GlassBreak,
        a_break(world, until=NOW + LONGEST + timedelta(seconds=1)),
    )  # fmt: skip
    refused("glass_is_broken_for_a_few_hours", GlassBreak, a_break(world, until=NOW))


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("words", "Nineteen letters ok", "glass_says_why_at_length"),
        ("words", " " * 30, "glass_says_why_at_length"),
        ("reason", " ", "glass_has_a_reason"),
        ("basis", "", "glass_has_a_legal_basis"),
        ("alone_until", NOW + timedelta(hours=2), "glass_is_not_broken_on_and_on"),
    ],
)
def test_no_row_is_without_its_reasons(world: World, field: str, value, name: str):
    refused(name, GlassBreak, a_break(world, **{field: value}))


def test_nobody_breaks_it_again_alone_within_the_days(world: World):
    kept(GlassBreak, **a_break(world))
    later = NOW + timedelta(days=27)
    again = {"opened_at": later, "until": later + timedelta(hours=1),
             "alone_until": later + timedelta(days=28)}  # fmt: skip
    refused("glass_is_broken_alone_once_at_a_time", GlassBreak, a_break(world, **again))
    ask = kept(GlassAsk, **an_ask(world))
    answer = kept(GlassAnswer, **an_answer(world, ask.id))
    kept(GlassBreak, **a_break(world, **again, answer_id=answer.id))
    kept(GlassBreak, **a_break(world, "rosa", **again))


def an_ask(world: World, **other) -> dict[str, object]:
    dora, vera = world.actors["dora"], world.actors["vera"]
    return {
        "id": uuid4(), "case_id": world.case, "practitioner_id": dora.practitioner,
        "agency_id": dora.agency, "second_id": vera.practitioner, "reason": "court",
        "basis": "public_task", "words": glass.WORDS, "asked_at": NOW, "asked_by_id": dora.account,
        **other,
    }  # fmt: skip


def an_answer(world: World, ask, **other) -> dict[str, object]:
    dora, vera = world.actors["dora"], world.actors["vera"]
    return {
        "id": uuid4(), "ask_id": ask, "practitioner_id": vera.practitioner,
        "asker_id": dora.practitioner, "agrees": True, "reason": "Yes.", "answered_at": NOW,
        "answered_by_id": vera.account, **other,
    }  # fmt: skip


def test_nobody_asks_or_answers_themselves(world: World):
    dora = world.actors["dora"]
    refused("glass_is_asked_of_somebody_else", GlassAsk, an_ask(world, second_id=dora.practitioner))
    refused("glass_ask_says_why_at_length", GlassAsk, an_ask(world, words="Please."))
    ask = kept(GlassAsk, **an_ask(world))
    refused(
        "nobody_agrees_to_their_own_glass", GlassAnswer,
        an_answer(world, ask.id, practitioner_id=dora.practitioner),
    )  # fmt: skip
    refused("glass_answer_has_a_reason", GlassAnswer, an_answer(world, ask.id, reason=" "))


def test_nobody_reviews_their_own_and_none_is_reviewed_twice(world: World):
    made = kept(GlassBreak, **a_break(world))
    dora, vera = world.actors["dora"], world.actors["vera"]

    def review(**other) -> dict[str, object]:
        return {
            "id": uuid4(), "broken_id": made.id, "practitioner_id": vera.practitioner,
            "breaker_id": dora.practitioner, "outcome": "justified", "reason": "Yes.",
            "reviewed_at": NOW, "reviewed_by_id": vera.account, **other,
        }  # fmt: skip

    refused(
        "nobody_reviews_their_own_glass", GlassReview, review(practitioner_id=dora.practitioner)
    )
    refused("glass_review_outcome_is_known", GlassReview, review(outcome="fine"))
    refused("glass_review_has_a_reason", GlassReview, review(reason="  "))
    kept(GlassReview, **review())
    refused("broken_id", GlassReview, review())


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_even_the_owner_changes_no_break(world: World, statement: str):
    kept(GlassBreak, **a_break(world))
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(statement.format("access_glassbreak"))


def test_the_second_wall_lets_the_breaker_in_for_that_day_until_it_is_closed(world: World):
    def lets_in(who: str, days: int = 0) -> bool:
        with transaction.atomic():
            on = NOW.date() + timedelta(days=days)
            return wall.open_for(world.actors[who], world.case, on=on)

    assert not lets_in("dora")
    made = kept(GlassBreak, **a_break(world))
    assert lets_in("dora") and not lets_in("vera") and not lets_in("tom")
    assert not lets_in("dora", 1) and not lets_in("dora", -1)
    restricted.seal(world, "priya", "grace")
    assert not lets_in("dora")
    dora = world.actors["dora"]
    kept(GlassEnd, id=uuid4(), broken_id=made.id, ended_at=NOW, ended_by_id=dora.account)
    assert not lets_in("dora")
