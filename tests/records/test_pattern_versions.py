"""The database keeps every version of a pattern a partnership set, and refuses to change one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.records.risk.models import PatternVersion
from tests.families.world import World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def version(world: World, **said: object) -> PatternVersion:
    row = {
        "id": uuid4(), "pattern": "not_seen", "version": 2, "on_shipped": 1,
        "settings": {"grace": 7}, "holds_from": datetime.now(UTC), "reason": "Ours is a week.",
        "set_by_id": world.actors["mina"].account, **said,
    }  # fmt: skip
    return PatternVersion.objects.create(**row)


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"reason": "  \n "}, "pattern_version_gives_a_reason"),
        ({"settings": {}}, "pattern_version_sets_something"),
        ({"pattern": ""}, "pattern_version_sets_something"),
        ({"version": 1}, "pattern_version_is_later_than_what_ships"),
        (
            {"holds_from": datetime.now(UTC) - timedelta(days=2)},
            "pattern_version_is_not_backdated",
        ),
    ],
)
def test_a_bad_version_is_refused_by_a_named_constraint(world: World, said, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        version(world, **said)


def test_a_number_is_given_once(world: World):
    version(world)

    with pytest.raises(IntegrityError, match="pattern_version_is_numbered_once"):
        version(world)


def test_the_database_dates_it(world: World):
    one = version(world, recorded_at=datetime(2020, 1, 1, tzinfo=UTC))

    one.refresh_from_db()
    assert one.recorded_at.year > 2020


@pytest.mark.parametrize(
    "said", ["UPDATE risk_patternversion SET reason = 'x'", "DELETE FROM risk_patternversion"]
)
def test_nothing_changes_or_takes_away_a_version(world: World, said):
    version(world)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(said)

    assert PatternVersion.objects.count() == 1
