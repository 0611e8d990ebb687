"""The database keeps decisions as they were signed, and refuses bad ones and any change."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.records.decisions.moments import moment_of
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

KEPT = [
    "decisions_decision", "decisions_decisionpart", "decisions_decisionoption",
    "decisions_decisionparty", "decisions_decisionpin", "decisions_decisionmusttell",
    "decisions_readertest",
]  # fmt: skip
DIGEST = "a" * 64


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    for name in ("entry", "second", "third"):
        said = world.entry("health_visiting", f"Decided: {name}.", id=key(name))
        record_entry(world.actors["ama"], world.case, said, now=NOW)
    return world


def decision(world: World, **said: object) -> dict:
    id = said.pop("id", None) or uuid4()
    return {
        "id": id, "case_id": world.case, "statement_id": key("entry"), "first_id": id,
        "after_id": None, "number": 1, "why_again": "", "decided_at": NOW.isoformat(),
        "time_is_known": True, "setting": "conference", "question": "A plan?",
        "rationale": "Because.", "threshold": "", "met": "", "asked": "",
        "signed_by_id": world.actors["ama"].account, "digest": DIGEST, **said,
    }  # fmt: skip


def later(world: World, of: dict, **said: object) -> dict:
    more = {"first_id": of["id"], "after_id": of["id"], "number": 2, "why_again": "Put right."}
    return decision(world, **{"statement_id": key("second"), **more, **said})


def of(one: dict, **said: object) -> dict:
    return {"id": uuid4(), "decision_id": one["id"], **said}


def option(one: dict, **said: object) -> dict:
    return of(one, **{"position": 1, "words": "A plan", "why": "", "taken": True, **said})


def party(one: dict, **said: object) -> dict:
    base = {
        "position": 1, "part": "decided", "practitioner_id": None, "name": "Nan", "role": "",
        "agency_id": None, "view": "agrees", "said": "", "note": "", "sure": "not_said",
        "missing": "",
    }  # fmt: skip
    return of(one, **{**base, **said})


def pin(one: dict, **said: object) -> dict:
    base = {
        "statement_id": key("third"), "position": 1, "use": "relied_on", "why": "",
        "digest": DIGEST,
    }  # fmt: skip
    return of(one, **{**base, **said})


def must_tell(one: dict, world: World, **said: object) -> dict:
    return of(one, **{"agency_id": world.agency("gp"), "how": "with_this", "why": "", **said})


def understood(one: dict, world: World, **said: object) -> dict:
    base = {
        "reader_id": world.actors["priya"].account, "risk": "x", "reason": "y",
        "understood": True, "because": "",
    }  # fmt: skip
    return of(one, **{**base, **said})


def insert(table: str, row: dict) -> None:
    names = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))


def refused(table: str, row: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        insert(table, row)


@pytest.fixture
def kept(world) -> dict:
    one = decision(world)
    insert("decisions_decision", one)
    return one


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"rationale": " \n"}, "decision_gives_its_reasons"),
        ({"question": ""}, "decision_asks_something"),
        ({"setting": "corridor"}, "decision_setting_is_known"),
        ({"threshold": "score"}, "decision_words_are_known"),
        ({"digest": "x"}, "decision_digest_is_sha256"),
        ({"decided_at": "2099-01-01T00:00Z"}, "decision_is_not_of_the_future"),
        ({"number": 2}, "decision_version_follows_one_and_says_why"),
        ({"why_again": "No."}, "decision_version_follows_one_and_says_why"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(world, said, constraint):
    refused("decisions_decision", decision(world, **said), constraint)


def test_a_version_follows_one_version_and_one_alone(world, kept):
    refused(
        "decisions_decision",
        later(world, kept, why_again=""),
        "decision_version_follows_one_and_says_why",
    )
    insert("decisions_decision", later(world, kept))

    refused(
        "decisions_decision",
        later(world, kept, statement_id=key("third"), number=3),
        "after_id",
    )
    refused("decisions_decision", decision(world), "statement_id")


def test_parts_and_options_say_something(world, kept):
    part = of(kept, heading="risk", words="He shouts.")
    insert("decisions_decisionpart", part)
    insert("decisions_decisionoption", option(kept))

    refused("decisions_decisionpart", {**part, "id": uuid4()}, "decision_part_is_said_once")
    refused("decisions_decisionpart", of(kept, heading="score", words="7"), "heading_is_known")
    refused("decisions_decisionpart", of(kept, heading="plan", words=" "), "says_something")
    refused("decisions_decisionoption", option(kept), "decision_option_has_one_place")
    refused("decisions_decisionoption", option(kept, position=2, words=""), "says_something")


def test_whoever_had_a_part_is_named_and_dissent_says_what(world, kept):
    ama = {
        "practitioner_id": key("practitioner ama"), "name": "",
        "agency_id": world.agency("health_visiting"),
    }  # fmt: skip
    insert("decisions_decisionparty", party(kept, **ama))

    refused("decisions_decisionparty", party(kept), "decision_party_has_one_place")
    refused("decisions_decisionparty", party(kept, position=2, **ama), "has_one_part")
    refused("decisions_decisionparty", party(kept, position=2, name=" "), "party_is_named")
    refused("decisions_decisionparty", party(kept, position=2, part="led"), "in_it_is_known")
    refused("decisions_decisionparty", party(kept, position=2, view="dissents"), "says_what")
    refused("decisions_decisionparty", party(kept, position=2, sure="90 %"), "sureness_is_known")


def test_an_entry_is_pinned_once_and_set_aside_only_with_a_reason(world, kept):
    insert("decisions_decisionpin", pin(kept))

    refused("decisions_decisionpin", pin(kept), "decision_pins_an_entry_once")
    other = {"statement_id": key("second")}
    refused("decisions_decisionpin", pin(kept, **other, digest="x"), "pin_digest_is_sha256")
    refused("decisions_decisionpin", pin(kept, **other, use="liked"), "pin_use_is_known")
    refused("decisions_decisionpin", pin(kept, **other, use="set_aside"), "without_a_reason")


def test_an_agency_is_not_told_only_with_a_reason(world, kept):
    insert("decisions_decisionmusttell", must_tell(kept, world))

    refused("decisions_decisionmusttell", must_tell(kept, world), "concerns_an_agency_once")
    police = {"agency_id": world.agency("police")}
    refused("decisions_decisionmusttell", must_tell(kept, world, **police, how="not"), "says_why")
    refused(
        "decisions_decisionmusttell", must_tell(kept, world, **police, how="x", why="x"), "is_known"
    )


def test_a_reader_restates_or_says_what_is_not_understood(world, kept):
    insert("decisions_readertest", understood(kept, world))

    for said, constraint in (
        ({"risk": ""}, "restates_what_was_understood"),
        ({"understood": False}, "says_what_is_not_understood"),
        ({"because": "Which man?"}, "says_what_is_not_understood"),
    ):
        refused("decisions_readertest", understood(kept, world, **said), constraint)


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_nothing_of_a_decision_is_changed_or_deleted_by_anybody(world, kept, table, alias):
    insert("decisions_decisionpart", of(kept, heading="risk", words="He shouts."))
    insert("decisions_decisionoption", option(kept))
    insert("decisions_decisionparty", party(kept))
    insert("decisions_decisionpin", pin(kept))
    insert("decisions_decisionmusttell", must_tell(kept, world))
    insert("decisions_readertest", understood(kept, world))

    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with (
            pytest.raises(
                DatabaseError, match=r"refused|permission denied|must be owner|foreign key"
            ),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_when_it_was_recorded_is_set_by_the_database_alone(world):
    insert("decisions_decision", decision(world, recorded_at="2000-01-01T00:00Z"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(year FROM recorded_at) FROM decisions_decision")
        assert cursor.fetchone()[0] > 2020


def test_the_moment_says_who_decided_and_who_was_there(world, kept):
    ama = {
        "practitioner_id": key("practitioner ama"), "name": "",
        "agency_id": world.agency("health_visiting"),
    }  # fmt: skip
    insert("decisions_decisionparty", party(kept, **ama))
    insert(
        "decisions_decisionparty",
        party(kept, position=2, part="present", agency_id=world.agency("gp")),
    )
    insert(
        "decisions_decisionparty",
        party(kept, position=3, part="absent", agency_id=world.agency("police")),
    )

    moment = moment_of(world.case, kept["id"])

    assert moment.decided_at == NOW and moment.statement == key("entry")
    assert moment.deciders == moment.room == {key("practitioner ama")}
    assert moment.deciding_agencies == {world.agency("health_visiting")}
    assert moment.agencies_in_the_room == {world.agency("health_visiting"), world.agency("gp")}
    assert moment_of(uuid4(), kept["id"]) is None
