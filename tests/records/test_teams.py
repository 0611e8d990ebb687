"""What the database refuses of places on a team and of the steps about them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.utils import DatabaseError

from goldenthread.records.access.models import TeamMember, TeamStep
from goldenthread.records.access.reading import team_agencies
from tests.families import teams
from tests.families.world import World, key
from tests.looking import past_the_wall

FIRST, OVER = date(2026, 6, 10), date(2026, 6, 13)


@pytest.fixture
def world(record: str) -> World:
    return teams.build_team()


def a_place(world: World, **other) -> dict[str, object]:
    return {
        "id": uuid4(), "case_id": world.case, "practitioner_id": key("practitioner tom"),
        "role": "core_group", "from_on": FIRST, "to_on": OVER, **other,
    }  # fmt: skip


def a_step(world: World, **other) -> dict[str, object]:
    return {
        "id": uuid4(), "member_id": key("team ama"), "step": "ended", "to_on": OVER,
        "reason": teams.WHY, "taken_by_id": world.actors["priya"].account, **other,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["core_group", "strategy_meeting", "review_panel"])
def test_what_is_for_a_term_has_an_end(world: World, role: str):
    with pytest.raises(IntegrityError, match="team_role_for_a_term_has_an_end"), past_the_wall():
        TeamMember.objects.create(**a_place(world, role=role, to_on=None))
    with past_the_wall():
        TeamMember.objects.create(**a_place(world, role=role))


def test_no_place_ends_before_it_begins_nor_is_of_an_unknown_sort(world: World):
    early = "team_membership_ends_no_earlier_than_it_begins"
    with pytest.raises(IntegrityError, match=early), past_the_wall():
        TeamMember.objects.create(**a_place(world, to_on=date(2026, 6, 9)))
    with pytest.raises(IntegrityError, match="team_role_is_known"), past_the_wall():
        TeamMember.objects.create(**a_place(world, role="godparent"))
    held = "team_membership_is_held_once_at_a_time"
    with past_the_wall():
        TeamMember.objects.create(**a_place(world))
    with pytest.raises(IntegrityError, match=held), past_the_wall():
        TeamMember.objects.create(**a_place(world, from_on=date(2026, 6, 12)))


def test_a_place_that_never_held_counts_nowhere(world: World):
    with past_the_wall():
        TeamMember.objects.create(**a_place(world, to_on=FIRST))
        assert world.agency("police") not in team_agencies(world.case)
        TeamMember.objects.create(**a_place(world))  # it stands in nobody's way
        assert world.agency("police") in team_agencies(world.case)


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"step": "asked"}, "team_step_is_known"),
        ({"to_on": None}, "team_step_of_an_end_says_when"),
        ({"reason": " \n"}, "team_step_has_a_reason"),
    ],
)
def test_a_step_is_whole(world: World, other, rule):
    with pytest.raises(IntegrityError, match=rule), past_the_wall():
        TeamStep.objects.create(**a_step(world, **other))


def test_somebody_is_put_on_it_once_by_one_place(world: World):
    with past_the_wall():
        TeamStep.objects.create(**a_step(world, step="joined", to_on=None))
    with pytest.raises(IntegrityError, match="team_member_joins_once"), past_the_wall():
        TeamStep.objects.create(**a_step(world, step="joined", to_on=None))


@pytest.mark.parametrize("change", ["UPDATE access_teamstep SET reason = 'x'",
                                    "DELETE FROM access_teamstep"])  # fmt: skip
def test_a_step_is_never_changed(world: World, change: str):
    with past_the_wall():
        TeamStep.objects.create(**a_step(world))
    with pytest.raises(DatabaseError), past_the_wall(), connection.cursor() as cursor:
        cursor.execute(change)
