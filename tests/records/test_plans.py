"""The database keeps plans as they were signed, and refuses bad ones and any change."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.domain.plans.document import document_of
from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

KEPT = [
    "plans_plan", "plans_planversion", "plans_plananswer", "plans_plansignature",
    "plans_plancopy", "plans_plancopyend", "plans_planreminder",
]  # fmt: skip
TOMORROW = "2999-01-01T00:00:00Z"


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    for name in ("change", "answer", "other"):
        entry = world.entry("social_care", name, id=key(f"entry {name}"))
        record_entry(world.actors["priya"], world.case, entry, now=NOW)
    return world


def insert(table: str, row: dict) -> dict:
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))
    return row


def refused(table: str, row: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        insert(table, row)


def plan(world: World) -> dict:
    return {"id": uuid4(), "case_id": world.case, "agency_id": world.agency("social_care")}


def version(world: World, of: dict, **said) -> dict:
    return {
        "id": uuid4(), "plan_id": of["id"], "statement_id": key("entry change"),
        "agency_id": world.agency("social_care"), "owner_id": world.actors["priya"].practitioner,
        "signed_by_id": world.actors["priya"].account, "signed_at": NOW.isoformat(),
        "document": json.dumps(document_of(SafetyPlan())), "considered": [key("entry other")],
        "digest": "a" * 64, **said,
    }  # fmt: skip


def answer(world: World, of: dict, **said) -> dict:
    return {
        "id": uuid4(), "version_id": of["id"], "outcome": "still_right", "review_on": NOW.date(),
        "statement_id": key("entry answer"), "considered": [],
        "answered_by_id": world.actors["priya"].account, "answered_at": NOW.isoformat(), **said,
    }  # fmt: skip


def signature(world: World, of: dict, **said) -> dict:
    return {
        "id": uuid4(), "version_id": of["id"], "person_id": world.person("ruth"),
        "agreement": "agrees", "doable": "yes", "words": "", "given_on": NOW.date(),
        "recorded_by_id": world.actors["priya"].account, **said,
    }  # fmt: skip


def copy(world: World, of: dict, **said) -> dict:
    return {
        "id": uuid4(), "version_id": of["id"], "person_id": world.person("ruth"), "form": "paper",
        "given_on": NOW.date(), "given_by_id": world.actors["priya"].account, **said,
    }  # fmt: skip


def end(world: World, of: dict, **said) -> dict:
    return {
        "id": uuid4(), "copy_id": of["id"], "outcome": "returned", "ended_on": NOW.date(),
        "recorded_by_id": world.actors["priya"].account, **said,
    }  # fmt: skip


def reminder(world: World, of: dict, **said) -> dict:
    return {
        "id": uuid4(), "version_id": of["id"], "what": "needs_review", "because": ["household"],
        "practitioner_id": world.actors["priya"].practitioner, **said,
    }  # fmt: skip


def test_a_reminder_says_of_what_and_why(world):
    made = insert("plans_planversion", version(world, insert("plans_plan", plan(world))))
    refused("plans_planreminder", reminder(world, made, what="hurry"), "reminder_is_known")
    refused("plans_planreminder", reminder(world, made, because=[]), "reminder_has_a_reason")
    kept = insert("plans_planreminder", reminder(world, made))
    refused("plans_planreminder", reminder(world, made, id=kept["id"]), "planreminder_pkey")


def test_a_version_is_refused_that_could_not_be_trusted(world):
    one = insert("plans_plan", plan(world))
    refused("plans_planversion", version(world, one, digest="x"), "digest_is_sha256")
    refused("plans_planversion", version(world, one, signed_at=TOMORROW), "not_of_the_future")
    refused("plans_planversion", version(world, one, document="{}"), "says_its_parts")
    own = uuid4()
    refused("plans_planversion", version(world, one, id=own, written_from_id=own), "from_itself")
    refused(
        "plans_planversion", version(world, one, decision_id=key("entry change")), "its_decision"
    )
    insert("plans_planversion", version(world, one))
    refused("plans_planversion", version(world, one), "statement_id")  # one entry carries one


def test_an_answer_says_until_when(world):
    made = insert("plans_planversion", version(world, insert("plans_plan", plan(world))))
    for said in ({"review_on": None}, {"outcome": "withdrawn"}, {"outcome": "changed"}):
        refused("plans_plananswer", answer(world, made, **said), "says_until_when")
    refused("plans_plananswer", answer(world, made, answered_at=TOMORROW), "not_of_the_future")
    insert("plans_plananswer", answer(world, made))


def test_signatures_and_copies_are_of_one_person(world):
    made = insert("plans_planversion", version(world, insert("plans_plan", plan(world))))
    priya = world.actors["priya"].practitioner
    for either in ({"person_id": None}, {"practitioner_id": priya}):
        refused("plans_plansignature", signature(world, made, **either), "is_of_somebody")
        refused("plans_plancopy", copy(world, made, **either), "is_for_somebody")
    refused("plans_plansignature", signature(world, made, agreement="maybe"), "agreement_is_known")
    refused("plans_plansignature", signature(world, made, doable="maybe"), "doable_is_known")
    refused("plans_plancopy", copy(world, made, form="pigeon"), "form_is_known")
    given = insert("plans_plancopy", copy(world, made, person_id=None, practitioner_id=priya))
    refused("plans_plancopyend", end(world, given, outcome="eaten"), "outcome_is_known")
    insert("plans_plancopyend", end(world, given))
    refused("plans_plancopyend", end(world, given), "copy_id")  # once


def test_nothing_kept_can_be_changed_and_the_database_dates_it(world):
    made = insert("plans_planversion", version(world, insert("plans_plan", plan(world))))
    insert("plans_plananswer", answer(world, made))
    insert("plans_plansignature", signature(world, made))
    insert("plans_planreminder", reminder(world, made))
    insert("plans_plancopyend", end(world, insert("plans_plancopy", copy(world, made))))
    for table in KEPT:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT recorded_at FROM {table}")
            assert NOW + timedelta(days=1) < cursor.fetchone()[0]
        for change in (
            f"UPDATE {table} SET id = id",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ):
            for using in ("default", "owner"):
                with (
                    pytest.raises(DatabaseError),
                    transaction.atomic(using=using),
                    connections[using].cursor() as cursor,
                ):
                    cursor.execute(change)
