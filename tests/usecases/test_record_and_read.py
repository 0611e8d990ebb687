"""Recording an entry and reading it back from each practitioner's side."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.records.audit.reading import events_of_case
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def test_an_entry_is_read_in_full_by_its_agency_and_masked_for_the_untold(world: World):
    entry = world.entry("mental_health", "Ruth says she has stopped her tablets.", how_known="told")

    record_entry(world.actors["lund"], world.case, entry, now=NOW)

    own = read_history(world.actors["lund"], world.case, Viewpoint(NOW), now=NOW)
    other = read_history(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)
    assert [e.statement.text for e in own.entries] == [entry.text]
    assert other.entries == ()
    assert [m.id for m in other.masked] == [entry.id]


def test_an_agency_that_was_told_knows_from_the_day_it_was_told(world: World):
    entry = world.entry(
        "health_visiting", "Baby asleep in a bouncer.", told={"social_care": "2026-03-20"}
    )
    record_entry(world.actors["ama"], world.case, entry, now=NOW)

    def seen(day: datetime) -> int:
        view = Viewpoint(end_of_day(day.date()), world.agency("social_care"))
        return len(read_history(world.actors["priya"], world.case, view, now=NOW).entries)

    assert seen(datetime(2026, 3, 19, tzinfo=UTC)) == 0
    assert seen(datetime(2026, 3, 20, tzinfo=UTC)) == 1


def test_recording_the_same_entry_twice_keeps_one(world: World):
    entry = world.entry("health_visiting", "Seen at home.")

    first = record_entry(world.actors["ama"], world.case, entry, now=NOW)
    second = record_entry(world.actors["ama"], world.case, entry, now=NOW)

    assert not first.already
    assert second.already
    assert second.recorded_at == first.recorded_at
    history = read_history(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)
    assert len(history.entries) == 1


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_a_stranger_to_the_family_is_refused_as_if_it_did_not_exist(world: World, who: str):
    with pytest.raises(NotFoundHere) as refused:
        read_history(world.actors[who], world.case, Viewpoint(NOW), now=NOW)
    with pytest.raises(NotFoundHere) as missing:
        read_history(world.actors[who], uuid4(), Viewpoint(NOW), now=NOW)

    assert refused.value.reason == missing.value.reason
    latest = events_of_case(world.case)[0]
    assert (latest.outcome, latest.practitioner) == ("deny", world.actors[who].practitioner)


def test_every_reading_leaves_an_audit_row(world: World):
    read_history(world.actors["sam"], world.case, Viewpoint(NOW), now=NOW)

    latest = events_of_case(world.case)[0]
    assert latest.action == "view_family"
    assert latest.rule == "same-agency"
    assert latest.account == world.actors["sam"].account
