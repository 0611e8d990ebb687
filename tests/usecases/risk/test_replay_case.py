"""A family lived through again: as its chair, or as one agency alone, may see it; never more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from goldenthread.records.audit.reading import events_of_case
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.risk.replay_case import ReplayOfCase, replay_case
from tests.families.world import World, build_world

LATER = datetime(2026, 6, 30, 12, tzinfo=UTC)
PATTERN = "new_adult_without_checks"


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def recorded(world: World, who: str, agency: str, text: str, happened: str, **more) -> UUID:
    entry = world.entry(agency, text, happened, known=happened, **more)
    record_entry(world.actors[who], world.case, entry, now=LATER)
    return entry.id


@pytest.fixture
def history(world: World) -> dict[str, UUID]:
    """Social care is working with the family; health visiting hears of a new partner, untold."""
    told = {"concerns": ("neglect",)}
    return {
        "referral": recorded(
            world, "priya", "social_care", "Referred by the school.", "2026-03-03",
            kind="referral", **told,
        ),
        "partner": recorded(
            world, "ama", "health_visiting", "The father has moved back in.", "2026-03-20",
            kind="new_partner", about=("ruth", "ada", "father"),
            told={"social_care": "2026-05-01"},
        ),
    }  # fmt: skip


def lived(world: World, who: str, **more) -> ReplayOfCase:
    return replay_case(world.actors[who], world.case, now=LATER, **more)


def of(found: ReplayOfCase, pattern: str = PATTERN):
    return [one for one in found.replayed.differences if one.asking.raised.pattern == pattern]


def test_a_chair_sees_all_agencies_beside_the_lead_agency(world: World, history):
    found = lived(world, "grace")

    assert found.is_pooled
    assert found.agency.id == world.agency("social_care")
    (one,) = of(found)
    assert one.together.on == date(2026, 4, 3)
    assert one.alone.on == date(2026, 5, 15)
    assert one.days_earlier == 42
    (missing,) = one.not_told
    assert (missing.entry, missing.told_on) == (str(history["partner"]), date(2026, 5, 1))
    assert one.would_be_asked


def test_a_chair_chooses_the_agency_beside(world: World, history):
    found = lived(world, "grace", agency=world.agency("health_visiting"))

    assert found.agency.id == world.agency("health_visiting")
    (one,) = of(found)
    assert one.alone is None


def test_an_agency_that_has_nothing_to_do_with_the_family_cannot_be_chosen(world: World, history):
    found = lived(world, "grace", agency=world.agency("gp"))

    assert found.agency.id == world.agency("social_care")
    assert world.agency("gp") not in {one.id for one in found.choices}


def test_a_member_sees_their_own_agency_alone_whatever_they_ask_for(world: World, history):
    found = lived(world, "priya", agency=world.agency("health_visiting"))

    assert not found.is_pooled
    assert [one.id for one in found.choices] == [world.agency("social_care")]
    assert found.agency.id == world.agency("social_care")


def test_a_member_sees_what_being_told_at_once_would_have_changed(world: World, history):
    (one,) = of(lived(world, "priya"))

    assert (one.together.on, one.alone.on) == (date(2026, 4, 3), date(2026, 5, 15))
    assert one.would_be_asked


def test_what_was_never_told_is_nowhere_in_what_a_member_is_given(world: World, history):
    hidden = recorded(
        world, "lund", "mental_health", "She has stopped her tablets.", "2026-04-01",
        kind="health_contact", concerns=("parental_mental_health",), about=("ruth",),
    )  # fmt: skip

    for who in ("priya", "ama"):
        found = lived(world, who)
        assert str(hidden) not in found.entries
        assert str(hidden) not in found.replayed.facts
        assert str(hidden) not in repr(found.replayed.differences)
    assert str(hidden) in lived(world, "grace").entries


def test_with_and_without_what_others_hold_a_member_is_given_the_same(world: World, history):
    before = lived(world, "priya").replayed
    recorded(
        world, "lund", "mental_health", "Dean stays with them.", "2026-03-21",
        kind="new_partner", concerns=("unsafe_adult",), about=("ruth", "father"),
    )  # fmt: skip

    after = lived(world, "priya").replayed

    assert (after.differences, after.days) == (before.differences, before.days)


def test_every_look_is_audited_without_content(world: World, history):
    lived(world, "grace")

    event = events_of_case(world.case)[0]
    assert event.detail["opened"] == "replay"
    assert event.detail["entries"] == 2
    assert "moved back" not in str(event.detail)


@pytest.mark.parametrize("who", ["tom", "admin", "mina"])
def test_whoever_may_not_open_the_family_is_told_there_is_none(world: World, history, who):
    with pytest.raises(NotFoundHere):
        lived(world, who)


def test_it_stops_when_there_is_no_more_time_and_says_where(world: World, history):
    found = lived(world, "grace", is_over=lambda: True)

    assert found.replayed.stopped_on == date(2026, 3, 3)
    assert all(one.asking.on <= date(2026, 3, 3) for one in found.replayed.differences)


def test_a_family_nobody_recorded_anything_of_asks_nothing(world: World):
    found = lived(world, "grace")

    assert found.replayed.differences == ()
    assert found.replayed.days == ()
