"""How a row stood is kept by the database itself, whoever changes it and however."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from goldenthread.records.audit.history_reading import differing
from goldenthread.records.audit.keeping_history import keep_histories
from goldenthread.records.grants import CORRECTED_IN_PLACE, HISTORY, WITH_HISTORY
from tests.families.world import World, build_world
from tests.looking import past_the_wall


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def superuser(postgres, world: World, record: str) -> Iterator[psycopg.Connection]:
    address = postgres.url("gt_admin").replace("/goldenthread?", f"/{record}?", 1)
    with psycopg.connect(address, autocommit=True) as one:
        yield one


def kept_again() -> list[str]:
    with transaction.atomic(using="owner"):
        return keep_histories(connections["owner"], WITH_HISTORY)


def unlike(table: str) -> list[tuple]:
    return [(one.stands, one.done, one.columns) for one in differing(table, WITH_HISTORY[table])]


def test_every_row_has_the_history_it_stands_by(world: World):
    for table in WITH_HISTORY:
        assert unlike(table) == [], table


def test_a_history_that_is_kept_is_left_alone(world: World):
    assert kept_again() == []


def test_what_is_not_kept_is_said_to_be_work_in_hand():
    """Each table left out is named in the decision with why."""
    from pathlib import Path

    said = next(Path("docs/decisions").glob("0036-*.md")).read_text()
    for table in set(CORRECTED_IN_PLACE) - set(WITH_HISTORY):
        assert f"`{table}`" in said, table


def test_many_rows_of_one_statement_wait_as_one_note(superuser):
    superuser.execute("DELETE FROM audit_waiting")
    with past_the_wall(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET description = 'somebody'")
        changed = cursor.rowcount
    assert changed > 2
    assert superuser.execute(
        "SELECT recorded_table, cardinality(recorded_rows) FROM audit_waiting"
    ).fetchall() == [(HISTORY, changed)]


def test_what_changes_nothing_that_is_kept_leaves_no_history(superuser):
    before = superuser.execute("SELECT count(*) FROM audit_rowhistory").fetchone()
    with past_the_wall(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_case SET entries_filed = entries_filed + 1")
        cursor.execute("UPDATE shared_account SET password = 'x', last_login = now()")
        cursor.execute("UPDATE people_person SET given_name = given_name")

    assert superuser.execute("SELECT count(*) FROM audit_rowhistory").fetchone() == before


def test_no_secret_is_ever_kept(superuser):
    superuser.execute("UPDATE shared_account SET password = 'pass', email = 'b' || email")

    kept = superuser.execute(
        "SELECT DISTINCT jsonb_object_keys(stands) FROM audit_rowhistory"
        " WHERE changed_table = 'shared_account'"
    ).fetchall()
    assert {name for (name,) in kept} == {"id", "email", "is_active", "practitioner_id"}


def test_the_sealer_reads_no_password(world: World):
    with connections["sealer"].cursor() as cursor, pytest.raises(DatabaseError, match="denied"):
        cursor.execute("SELECT password FROM shared_account")


@pytest.mark.parametrize("alias", ["default", "reader"])
def test_nobody_of_the_service_reads_a_history(world: World, alias: str):
    with connections[alias].cursor() as cursor, pytest.raises(DatabaseError, match="denied"):
        cursor.execute("SELECT count(*) FROM audit_rowhistory")


FORGED = """
CREATE TEMPORARY TABLE {table} (id uuid);
CREATE TRIGGER forged AFTER INSERT ON {table} REFERENCING NEW TABLE AS {rows}
FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""


@pytest.mark.parametrize(
    ("function", "rows"),
    [
        ("gt_keep_history", "new_rows"),
        ("gt_note_recorded_by_id", "added"),
        ("gt_keep_words", "added"),
    ],
)
def test_the_web_role_can_put_no_trigger_of_its_own_on_what_keeps(
    world: World, function: str, rows: str
):
    """A table of its own by the same name would else write whatever it liked into the history."""
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="denied for function"):
        cursor.execute(FORGED.format(table="people_person", rows=rows, function=function))


def test_no_trigger_that_runs_as_the_owner_is_anybody_elses(world: World):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT proname, has_function_privilege('gt_app', oid, 'EXECUTE') FROM pg_proc"
            " WHERE prosecdef AND prorettype = 'trigger'::regtype"
        )
        found = dict(cursor.fetchall())
    assert len(found) > 5 and not any(found.values())


def test_the_web_role_can_put_nothing_into_a_history(world: World):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="denied for table"):
        cursor.execute(
            "INSERT INTO audit_rowhistory (id, changed_table, changed_row, done, stands,"
            " database_role, in_migration) VALUES (gen_random_uuid(), 'people_person',"
            " gen_random_uuid(), 'added', '{}', 'gt_app', false)"
        )


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET done = done", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_even_the_owner_changes_no_history(world: World, statement: str):
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(statement.format(HISTORY))


def test_a_new_column_takes_up_nothing_that_was_changed_behind_the_history(superuser):
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "UPDATE shared_agency SET name = 'Forged'"
        " WHERE id = (SELECT min(id::text)::uuid FROM shared_agency)"
    )
    superuser.execute(
        "INSERT INTO shared_agency (id, kind, name, phone, version)"
        " SELECT gen_random_uuid(), kind, 'Planted', '', 1 FROM shared_agency LIMIT 1"
    )
    superuser.execute("SET session_replication_role = origin")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE shared_agency ADD COLUMN town text NOT NULL DEFAULT 'Fenwick'")
    assert len(unlike("shared_agency")) > 2

    assert kept_again() == ["shared_agency"]
    assert sorted(unlike("shared_agency"), key=str) == [
        (True, "found", ("name",)),
        (True, None, ("id", "kind", "name", "phone", "town", "version")),
    ]


def test_a_column_that_a_migration_takes_away_leaves_every_history_fitting(superuser):
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE shared_agency DROP COLUMN phone")

    assert kept_again() == ["shared_agency"] and unlike("shared_agency") == []


def test_a_trigger_that_was_switched_off_is_put_on_and_what_came_meanwhile_stays_named(superuser):
    superuser.execute("ALTER TABLE shared_agency DISABLE TRIGGER keep_history_of_update")
    superuser.execute("UPDATE shared_agency SET phone = '1'")
    number = len(unlike("shared_agency"))
    assert number > 2

    assert kept_again() == ["shared_agency"]
    assert unlike("shared_agency") == [(True, "added", ("phone",))] * number


def test_a_history_is_begun_with_what_is_there(superuser):
    """As a service that was there before its histories were kept."""
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("DELETE FROM audit_rowhistory WHERE changed_table = 'people_person'")
    for one in ("insert", "update", "delete"):
        superuser.execute(f"DROP TRIGGER keep_history_of_{one} ON people_person")

    assert kept_again() == ["people_person"] and unlike("people_person") == []
    kept = superuser.execute(
        "SELECT DISTINCT done, in_migration FROM audit_rowhistory"
        " WHERE changed_table = 'people_person'"
    ).fetchall()
    assert kept == [("found", True)]


def test_a_table_whose_rows_have_no_id_is_refused(record: str):
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE numbered (number bigint PRIMARY KEY)")

    with (
        pytest.raises(LookupError, match="numbered cannot be kept"),
        transaction.atomic(using="owner"),
    ):
        keep_histories(connections["owner"], {"numbered": ()})
