"""Whoever is to answer for a plan is reminded, once each time; nothing of it travels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import override_settings

from goldenthread.domain.access.decision import Outcome
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.jobs import clock
from goldenthread.jobs.plans import remind_every_morning
from goldenthread.jobs.worker import run_waiting_jobs
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.plans.models import PlanReminder
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.plans.answer_plan import AnswerSaid, answer_plan
from goldenthread.usecases.plans.remind import remind_of_plan
from tests.families.plans import LATER, okafor_plan, signed_plan, telling
from tests.families.world import World, build_world, key

AFTER = LATER + timedelta(days=3)  # the day for an answer has passed
WORDS = ("okafor", "gt-0001", "ruth", "ada", "plan", "man", "priya", "household", "case")


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    mail.outbox.clear()
    return world


def moved_in(world: World, by: str = "priya", agency: str = "social_care", now=LATER, **more):
    on = now.date().isoformat()
    entry = world.entry(agency, "A man moved in.", on, known=on, kind="household_change", **more)
    record_entry(world.actors[by], world.case, entry, now=now)
    return entry.id


def sent() -> list[str]:
    """To whom notices of a plan went, in order."""
    return [one.to[0] for one in mail.outbox if "waits for your answer" in one.subject]


def test_who_answers_for_it_is_reminded_once_however_often_a_job_comes(world: World):
    signed_plan(world, "health_visiting")
    moved_in(world)

    assert [remind_of_plan(world.case, now=LATER) for _ in range(3)] == [1, 0, 0]
    assert sent() == ["priya@example.org"]
    assert PlanReminder.objects.count() == 1


def test_more_that_questions_it_while_it_waits_reminds_nobody_again(world: World):
    signed_plan(world)
    moved_in(world)
    remind_of_plan(world.case, now=LATER)
    moved_in(world, now=LATER + timedelta(hours=2))

    assert remind_of_plan(world.case, now=LATER + timedelta(hours=3)) == 0


def test_once_more_when_the_day_has_passed_and_then_never_again(world: World):
    signed_plan(world)
    moved_in(world)
    remind_of_plan(world.case, now=LATER)

    assert remind_of_plan(world.case, now=LATER + timedelta(days=2)) == 0
    assert remind_of_plan(world.case, now=AFTER) == 1
    assert remind_of_plan(world.case, now=AFTER + timedelta(days=30)) == 0
    assert [one.subject for one in mail.outbox] == [
        "Something waits for your answer", "Something still waits for your answer",
    ]  # fmt: skip


def test_an_answer_ends_it_and_what_comes_after_reminds_anew(world: World):
    version = signed_plan(world)
    moved_in(world)
    remind_of_plan(world.case, now=LATER)
    right = AnswerSaid("still_right", "He has gone.", date(2026, 8, 1))
    answer_plan(world.actors["priya"], world.case, version, right, id=key("a"), now=LATER)

    assert remind_of_plan(world.case, now=AFTER) == 0
    moved_in(world, now=AFTER)
    assert remind_of_plan(world.case, now=AFTER) == 1
    assert sent() == ["priya@example.org"] * 2


def test_what_was_withdrawn_reminds_nobody_and_something_new_does(world: World):
    signed_plan(world)
    first = moved_in(world)
    remind_of_plan(world.case, now=LATER)
    _withdraw(world, first)
    assert remind_of_plan(world.case, now=AFTER) == 0

    moved_in(world, now=AFTER)
    assert remind_of_plan(world.case, now=AFTER) == 1


def _withdraw(world: World, entry) -> None:
    said = world.entry("social_care", "It was another house.", "2026-06-15")
    answer_entry(
        world.actors["priya"], world.case, entry, LinkKind.WITHDRAWS, said,
        reason="Wrong house", now=LATER,
    )  # fmt: skip


def test_whoever_was_not_told_is_not_reminded_until_they_are(world: World):
    signed_plan(world, "health_visiting")
    entry = moved_in(world, "ama", "health_visiting")
    assert remind_of_plan(world.case, now=LATER) == 0

    share_entry(
        world.actors["ama"], world.case, entry, [telling(world, "social_care", LATER)], now=LATER
    )
    assert remind_of_plan(world.case, now=LATER) == 1
    assert sent() == ["priya@example.org"]


def test_the_day_of_a_review_that_passed_is_found_in_the_morning(world: World):
    signed_plan(world, plan=okafor_plan(review_on=date(2026, 6, 20)))
    assert remind_of_plan(world.case, now=LATER) == 0

    remind_every_morning(0)  # today is long after it
    remind_every_morning(0)
    assert [one.subject for one in mail.outbox] == ["Something still waits for your answer"]


def test_a_recording_asks_for_the_job(world: World):
    signed_plan(world, plan=okafor_plan(review_on=clock.today() + timedelta(days=20)))
    run_waiting_jobs()
    assert mail.outbox == []

    moved_in(world, now=clock.now())
    assert mail.outbox == []
    run_waiting_jobs()
    assert sent() == ["priya@example.org"]


@override_settings(SIGN_IN_ADDRESS="https://goldenthread.example/account/login/")
def test_a_reminder_says_nothing_of_what_it_is_about(world: World):
    signed_plan(world)
    moved_in(world)
    remind_of_plan(world.case, now=LATER)
    remind_of_plan(world.case, now=AFTER)

    for one in mail.outbox:
        said = f"{one.subject}\n{one.body}\n{one.extra_headers}".casefold()
        assert "https://goldenthread.example/account/login/" in said
        assert [word for word in WORDS if f" {word}" in said] == []
        assert str(world.case) not in said


def test_it_is_in_the_trail_as_the_service_and_not_as_whoever_is_asked(world: World):
    signed_plan(world)
    moved_in(world)
    remind_of_plan(world.case, now=LATER)

    (event,) = AuditEvent.objects.using("reader").filter(action="remind_of_plan")
    assert (event.case, event.practitioner) == (world.case, world.actors["priya"].practitioner)
    assert event.account != world.actors["priya"].account
    assert (event.outcome, event.detail) == (Outcome.ALLOW, {"reminded_of": "needs_review"})


@override_settings(EMAIL_BACKEND="tests.families.no_mail.Broken")
def test_a_mail_service_that_is_down_takes_nothing_back(world: World, caplog):
    signed_plan(world)
    moved_in(world)

    assert remind_of_plan(world.case, now=LATER) == 1
    assert PlanReminder.objects.count() == 1
    assert "ConnectionRefusedError" in caplog.text and "priya" not in caplog.text
