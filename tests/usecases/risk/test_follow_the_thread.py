"""The fact first, what follows second: a fault costs nothing, and nothing is ever missed."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from goldenthread.domain.access.decision import Action
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.jobs import thread
from goldenthread.jobs.clock import now as the_present
from goldenthread.jobs.worker import run_waiting_jobs
from goldenthread.records.risk import kept_days, reading
from goldenthread.records.risk.models import ChangeTakenBack, KeptDay, QuestionChange
from goldenthread.records.shared import wall
from goldenthread.usecases._steps import consider as considering
from goldenthread.usecases._steps import follow_the_thread as following
from goldenthread.usecases._steps.consider import consider
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.risk.consider_families import (
    NotConsidered,
    consider_every_family,
    consider_family,
    considered_later,
)
from tests.families.world import NOW, World, build_world
from tests.looking import past_the_wall
from tests.usecases.risk.thread import AGAIN, LEFT, asked, bruise, keys, refer


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def faulty(monkeypatch):
    """A rule with a bug, whose complaint quotes what somebody wrote."""

    def follow(*args, **more):
        raise ValueError("Referred by the surgery.")

    with monkeypatch.context() as patched:
        patched.setattr(considering, "follow", follow)
        yield patched


def stored(world: World, agency: str | None = None) -> set[tuple[str, str]]:
    scope = None if agency is None else world.agency(agency)
    return {(row.pattern, row.state) for row in reading.questions_of(world.case, scope)}


def test_what_follows_is_worked_out_with_the_recording_for_its_agency_and_for_all(world: World):
    refer(world, told={"mental_health": "2026-03-11"})

    assert stored(world) == stored(world, "social_care") == {(LEFT, "raised")}
    assert reading.considered(world.case, world.agency("mental_health")) is None


def test_a_job_does_the_other_agencies_of_the_team(world: World):
    bruise(world, "2026-03-14", told={"social_care": "2026-03-14"})
    bruise(world, "2026-04-20", told={"social_care": "2026-04-20"})
    assert stored(world, "social_care") == set()

    run_waiting_jobs()

    assert {pattern for pattern, _ in stored(world, "social_care")} == {AGAIN}
    assert reading.considered(world.case, world.agency("mental_health")) is not None


def test_a_rule_with_a_bug_costs_no_entry_and_tells_no_word_of_it(world: World, faulty, caplog):
    with caplog.at_level(logging.ERROR):
        entry = refer(world)

    history = read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW)
    assert [one.id for one in history.entries] == [entry.id]
    assert stored(world) == set()
    assert "ValueError" in caplog.text
    assert "surgery" not in caplog.text
    seen = asked(world, "priya")
    assert (seen.not_yet_considered, seen.considered_on, seen.open) == (1, None, ())


def test_the_reader_of_a_stored_picture_is_told_what_it_lacks(world: World, monkeypatch):
    refer(world)
    with monkeypatch.context() as patched:
        patched.setattr(considering, "follow", lambda *args, **more: 1 / 0)
        refer(world, on="2026-05-02")

        seen = asked(world, "priya")

    assert keys(seen.open) == {LEFT}
    assert len(seen.open[0].because) == 1
    assert seen.not_yet_considered == 1
    assert asked(world, "priya").not_yet_considered == 0


def test_a_job_tries_again_what_failed(world: World, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(considering, "follow", lambda *args, **more: 1 / 0)
        refer(world)
        with pytest.raises(NotConsidered):
            consider_family(world.case, now=NOW)
    assert stored(world) == set()

    run_waiting_jobs()

    assert {pattern for pattern, _ in stored(world)} >= {LEFT}


def test_considering_twice_is_as_considering_once(world: World):
    refer(world)
    before = list(QuestionChange.objects.order_by("number").values())

    consider_family(world.case, now=NOW)
    consider_family(world.case, now=NOW)

    pooled = QuestionChange.objects.filter(agency=world.agency("social_care"))
    assert pooled.count() == 1
    assert [
        row for row in QuestionChange.objects.order_by("number").values() if row in before
    ] == before
    assert not ChangeTakenBack.objects.exists()


def test_what_was_recorded_late_takes_back_what_was_said_of_earlier_days(world: World):
    """A visit of March is recorded in June: the question was never to be put, and says so."""
    refer(world)
    assert stored(world) == {(LEFT, "raised")}

    from tests.usecases.risk.thread import record

    record(world, "priya", "social_care", "Seen at home.", "2026-03-12", kind="visit")

    assert stored(world) == set()
    assert reading.changes_of(world.case, None) == []
    assert QuestionChange.objects.filter(agency=None).count() == 1
    assert ChangeTakenBack.objects.count() == 2


def test_an_entry_whose_transaction_commits_late_is_not_missed(world: World):
    """It was begun and dated before another that was considered: the counts tell of it."""
    begun, committed = threading.Event(), threading.Event()
    entry = world.entry("health_visiting", "A bruise was seen.", "2026-04-20", kind="injury",
                        concerns=("physical",), about=("ada",), known="2026-04-20")  # fmt: skip

    def late() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', '20s', true)")
                wall.open_for(world.actors["ama"], world.case, on=day_of(NOW))
                with_permission(world, "ama", entry)
                begun.set()
                committed.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=late)
    first = bruise(world, "2026-03-14")
    writer.start()
    assert begun.wait(20)
    with past_the_wall():
        consider(world.case, world.agency("health_visiting"), now=NOW)
    assert stored(world, "health_visiting") == set()
    committed.set()
    writer.join()

    seen = asked(world, "ama")

    assert keys(seen.open) == {AGAIN}
    assert set(seen.open[0].because) == {first.id, entry.id}


def with_permission(world: World, who: str, entry) -> None:
    """Keep an entry in a transaction that somebody else ends."""
    from goldenthread.domain.access.decision import decide
    from goldenthread.records.access.reading import ties_to
    from goldenthread.records.people.reading import case
    from goldenthread.usecases._steps.permission import Permission

    actor = world.actors[who]
    ties = ties_to(world.case, actor, now=NOW)
    decision = decide(actor, Action.ADD_ENTRY, ties)
    keep_entry(
        Permission(actor, case(world.case), ties, decision, Action.ADD_ENTRY), entry, now=NOW
    )


def test_every_family_is_carried_through_a_new_day_with_progress(world: World):
    refer(world, on="2026-06-01")
    told = []

    carried = consider_every_family(
        now=NOW + timedelta(days=30), on_progress=lambda done, total: told.append((done, total))
    )

    assert (carried.families, carried.left) == (1, 0)
    assert told == [(1, 1)]
    assert stored(world) == {(LEFT, "raised")}
    assert reading.considered(world.case, None).through == day_of(NOW) + timedelta(days=30)


def test_a_family_that_fails_does_not_stop_the_others(world: World, monkeypatch):
    from tests.families.world import open_another_family

    open_another_family(world, "other")
    refer(world)
    whole = considering.follow

    def follow(patterns, history, *args, **more):
        if history.facts:
            raise ValueError("a bug")
        return whole(patterns, history, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(considering, "follow", follow)
        carried = consider_every_family(now=NOW + timedelta(days=1))

    assert (carried.families, carried.left) == (2, 1)


def test_other_patterns_are_noticed(world: World, monkeypatch):
    refer(world)
    fewer = tuple(one for one in considering.patterns_in_force(NOW) if one.key != LEFT)
    monkeypatch.setattr(considering, "patterns_in_force", lambda now: fewer)

    assert asked(world, "priya").open == ()


def test_it_goes_on_from_a_kept_day_and_keeps_few(world: World):
    refer(world)
    for day in range(1, 12):
        bruise(world, "2026-05-01", now=NOW + timedelta(days=day))

    kept = kept_days.days_of(
        world.case, None, before=day_of(NOW) + timedelta(days=30),
        rules=reading.considered(world.case, None).rules,
    )  # fmt: skip

    assert 3 <= len(kept) <= 6
    assert kept[0][0] == day_of(NOW) + timedelta(days=10)
    assert KeptDay.objects.filter(agency=None).count() == len(kept)


def test_what_is_too_long_to_wait_for_is_left_to_a_job_and_said(world: World, monkeypatch):
    monkeypatch.setattr(following, "NEW_AT_ONCE", 1)
    refer(world)
    refer(world, on="2026-05-02")
    seen = asked(world, "priya")
    assert keys(seen.open) == {LEFT}
    monkeypatch.setattr(following, "LONG_AT_ONCE", 1)
    refer(world, on="2026-05-20")

    seen = asked(world, "priya")
    assert seen.not_yet_considered == 1

    run_waiting_jobs()

    assert asked(world, "priya", now=the_present()).not_yet_considered == 0


def test_the_jobs_are_known_to_the_worker_and_do_it(world: World):
    refer(world, on="2026-06-01")

    thread.new_day(timestamp=0)

    assert reading.considered(world.case, None).through == day_of(the_present())


def test_a_family_considered_later_is_as_if_each_recording_had_been_followed(world: World):
    with considered_later(world.case):
        refer(world, told={"mental_health": "2026-03-11"})
        bruise(world, "2026-03-14", told={"social_care": "2026-03-14"})
        bruise(world, "2026-04-20", told={"social_care": "2026-04-20"})
        assert reading.considered(world.case, None) is None
        assert stored(world) == set()

    consider_family(world.case, now=NOW)

    assert {LEFT, AGAIN} <= {pattern for pattern, _ in stored(world)}
    assert {LEFT, AGAIN} <= {pattern for pattern, _ in stored(world, "social_care")}
    refer(world, "2026-05-01")  # and what comes after is followed at once, as ever
    assert reading.considered(world.case, None).statements == 4
