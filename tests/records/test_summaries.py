"""The database keeps summaries as they were finished, and refuses bad ones and any change."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

KEPT = ["risk_summary", "risk_summarypart", "risk_summaryentry", "risk_summarygiven"]
DIGEST = "a" * 64


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    entry = world.entry("health_visiting", "Seen at home.", id=key("entry"))
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return world


def summary(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "agency_id": world.agency("health_visiting"),
        "pooled": False, "number": 1, "considered": 1, "newest_id": key("entry"),
        "as_of": NOW.isoformat(), "written_by_id": world.actors["ama"].account, **said,
    }  # fmt: skip


def part(of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "summary_id": of["id"], "heading": "building", "words": "Two visits.", **said
    }  # fmt: skip


def entry(of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "summary_id": of["id"], "statement_id": key("entry"), "position": 1,
        "digest": DIGEST, **said,
    }  # fmt: skip


def given(of: dict, world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "summary_id": of["id"], "agency_id": world.agency("gp"),
        "given_by_id": world.actors["ama"].account, **said,
    }  # fmt: skip


def insert(table: str, row: dict) -> None:
    names = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))


def refused(table: str, row: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        insert(table, row)


def test_a_version_has_a_number_of_its_own_in_one_sight(world):
    insert("risk_summary", summary(world))
    insert("risk_summary", summary(world, number=2))
    insert("risk_summary", summary(world, pooled=True))

    refused("risk_summary", summary(world), "summary_is_numbered_once")
    refused("risk_summary", summary(world, number=0), "summary_numbers_begin_with_one")


def test_a_version_names_the_newest_entry_it_considered(world):
    insert("risk_summary", summary(world, considered=0, newest_id=None))

    for said in ({"newest_id": None}, {"considered": 0}):
        refused(
            "risk_summary",
            summary(world, number=3, **said),
            "summary_names_the_newest_it_considered",
        )


def test_a_part_says_something_under_a_heading_once(world):
    one = summary(world)
    insert("risk_summary", one)
    insert("risk_summarypart", part(one))

    refused("risk_summarypart", part(one), "summary_part_is_said_once")
    refused("risk_summarypart", part(one, heading="score"), "summary_heading_is_known")
    refused("risk_summarypart", part(one, heading="harm", words=" \n"), "part_says_something")


def test_an_entry_is_rested_on_once_and_pinned(world):
    one = summary(world)
    insert("risk_summary", one)
    insert("risk_summaryentry", entry(one))

    refused("risk_summaryentry", entry(one), "summary_rests_on_an_entry_once")
    refused("risk_summaryentry", entry(one, digest="x"), "summary_digest_is_sha256")


def test_a_version_is_given_to_an_agency_once(world):
    one = summary(world)
    insert("risk_summary", one)
    insert("risk_summarygiven", given(one, world))

    refused("risk_summarygiven", given(one, world), "summary_is_given_once")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_nothing_of_a_summary_is_changed_or_deleted_by_anybody(world, table, alias):
    one = summary(world)
    insert("risk_summary", one)
    insert("risk_summarypart", part(one))
    insert("risk_summaryentry", entry(one))
    insert("risk_summarygiven", given(one, world))

    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with (
            pytest.raises(
                DatabaseError, match=r"refused|permission denied|must be owner|foreign key"
            ),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_when_it_was_finished_is_set_by_the_database_alone(world):
    insert("risk_summary", summary(world, recorded_at="2000-01-01T00:00Z"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(year FROM recorded_at) FROM risk_summary")
        assert cursor.fetchone()[0] > 2020
