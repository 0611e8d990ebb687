"""The database keeps what became of questions and what was answered, and refuses to change it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from tests.families.world import World, build_world

APPENDED = ["risk_questionchange", "risk_changetakenback", "risk_questionanswer"]
ENTRY, OTHER = uuid4(), uuid4()
DIGEST = "a" * 64


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def change(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "agency_id": None, "number": 1,
        "pattern": "not_seen", "version": 1, "subject": "", "state": "raised",
        "on": "2026-03-01", "question": "Who has seen Ada?", "asked_of": "lead practitioner",
        "because": [ENTRY, OTHER], "evidence": [ENTRY], "about": ["child"], "rules": DIGEST,
        **said,
    }  # fmt: skip


def answer(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "agency_id": world.agency("health_visiting"),
        "pooled": False, "pattern": "not_seen", "version": 1, "subject": "",
        "question": "Who has seen Ada?", "asked_of": "lead practitioner",
        "because": [ENTRY, OTHER], "evidence": [ENTRY], "about": ["child"],
        "what_we_make_of_it": "She was seen on Monday.", "what_we_will_do": "", "by_when": None,
        "who_agrees": [], "answered_by_id": world.actors["ama"].account,
        "answered_at": "2026-03-02T10:00Z", **said,
    }  # fmt: skip


def watermark(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "agency_id": None, "statements": 1, "links": 0,
        "awareness": 1, "answers": 0, "through": "2026-03-01", "rules": DIGEST, **said,
    }  # fmt: skip


def now(world: World, **said: object) -> dict:
    kept = {
        name: value
        for name, value in change(world).items()
        if name not in ("number", "rules", "on")
    }
    return kept | {"since": "2026-03-01", "times": 1, **said}


def kept_day(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "agency_id": None, "on": "2026-03-01",
        "rules": DIGEST, "basis": DIGEST, "stood": "{}", **said,
    }  # fmt: skip


def insert(table: str, row: Mapping[str, object]) -> UUID:
    """Insert past every rule of ours, as the web role could: only the database stands in the way."""
    names = ", ".join(f'"{name}"' for name in row)
    kinds = {"because": "uuid[]", "evidence": "uuid[]", "who_agrees": "uuid[]", "about": "text[]"}
    marks = ", ".join(f"%s::{kinds[name]}" if name in kinds else "%s" for name in row)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    return row["id"]


@pytest.mark.parametrize(
    ("table", "row", "said", "constraint"),
    [
        ("risk_questionchange", change, {"state": "forgotten"}, "question_state_is_known"),
        ("risk_questionchange", change, {"question": ""}, "question_asks_something"),
        ("risk_questionchange", change, {"evidence": [uuid4()]}, "question_evidence_is_among"),
        ("risk_questionchange", change, {"rules": "1"}, "question_rules_are_sha256"),
        ("risk_questionanswer", answer, {"what_we_make_of_it": ""}, "answer_gives_reasons"),
        ("risk_questionanswer", answer, {"what_we_make_of_it": " \n\t"}, "answer_gives_reasons"),
        ("risk_questionanswer", answer, {"by_when": "2026-04-01"}, "date_is_of_something_to_do"),
        ("risk_questionanswer", answer, {"question": ""}, "answer_holds_the_question"),
        ("risk_questionanswer", answer, {"evidence": [uuid4()]}, "answer_evidence_is_among"),
        ("risk_questionnow", now, {"state": "forgotten"}, "question_now_state_is_known"),
        ("risk_considered", watermark, {"rules": "1"}, "considered_rules_are_sha256"),
        ("risk_considered", watermark, {"statements": -1}, "statements_check"),
    ],
)
def test_what_lacks_a_part_is_refused(world: World, table, row, said: dict, constraint: str):
    insert(table, row(world, id=uuid4()))
    with pytest.raises(IntegrityError, match=constraint):
        insert(table, row(world, id=uuid4(), **({"agency_id": world.agency("gp")} | said)))


def test_each_scope_counts_its_changes_and_has_one_watermark(world: World):
    insert("risk_questionchange", change(world))
    insert("risk_questionchange", change(world, agency_id=world.agency("gp")))
    insert("risk_considered", watermark(world))
    insert("risk_considered", watermark(world, agency_id=world.agency("gp")))
    insert("risk_questionnow", now(world))
    insert("risk_questionnow", now(world, agency_id=world.agency("gp")))

    with pytest.raises(IntegrityError, match="question_change_number_is_single"):
        insert("risk_questionchange", change(world))
    with pytest.raises(IntegrityError, match="question_stands_once"):
        insert("risk_questionnow", now(world))
    insert("risk_keptday", kept_day(world))
    insert("risk_keptday", kept_day(world, agency_id=world.agency("gp")))
    with pytest.raises(IntegrityError, match="kept_day_is_kept_once"):
        insert("risk_keptday", kept_day(world))
    with pytest.raises(IntegrityError, match="considered_once_for_each_scope"):
        insert("risk_considered", watermark(world))


def test_a_change_is_taken_back_once(world: World):
    taken = insert("risk_questionchange", change(world))
    insert("risk_changetakenback", {"id": uuid4(), "change_id": taken})

    with pytest.raises(IntegrityError, match="change_id"):
        insert("risk_changetakenback", {"id": uuid4(), "change_id": taken})


@pytest.mark.parametrize(("table", "row"), [("risk_questionnow", now), ("risk_keptday", kept_day)])
def test_what_was_only_worked_out_can_be_thrown_away(world: World, table: str, row):
    insert(table, row(world))

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        assert cursor.rowcount == 1


def rows_of_every_table(world: World) -> None:
    taken = insert("risk_questionchange", change(world, recorded_at="2001-01-01"))
    row = {"id": uuid4(), "change_id": taken, "recorded_at": "2001-01-01"}
    insert("risk_changetakenback", row)
    insert("risk_questionanswer", answer(world, recorded_at="2001-01-01"))
    insert("risk_considered", watermark(world, recorded_at="2001-01-01"))


@pytest.mark.parametrize("table", APPENDED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_even_the_owner_may_not_change_what_was_kept(world: World, table: str, statement: str):
    rows_of_every_table(world)

    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("table", [*APPENDED, "risk_considered"])
def test_the_web_role_may_not_take_anything_away(world: World, table: str):
    rows_of_every_table(world)

    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
    ):
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", [*APPENDED, "risk_considered"])
def test_the_database_dates_the_row_and_takes_no_other_date(world: World, table: str):
    rows_of_every_table(world)

    with connection.cursor() as cursor:
        if table == "risk_considered":
            cursor.execute("UPDATE risk_considered SET recorded_at = '2001-01-01'")
        cursor.execute(f"SELECT min(recorded_at) FROM {table}")
        assert cursor.fetchone()[0].year > 2001
