"""The database itself refuses to change what was recorded, whoever asks."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.records.grants import (
    APPEND_ONLY,
    OWNERS_ALONE,
    WRITE_ONLY,
    apply_grants,
    privileges_of,
)
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world

# Its first column, which is its key or a part of it.
KEY_OF = {one._meta.db_table: one._meta.concrete_fields[0].column for one in apps.get_models()}


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    entry = world.entry("health_visiting", "Seen at home.", told={"social_care": "2026-03-20"})
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return world


def test_every_table_is_classified(record: str):
    tables = connection.introspection.table_names()

    assert [table for table in tables if privileges_of(table) is None] == []


def test_an_unclassified_table_stops_the_grants(record: str):
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("CREATE TABLE nobody_said (id int)")

    with pytest.raises(LookupError, match="nobody_said"):
        apply_grants(owner)


@pytest.mark.parametrize("table", [*APPEND_ONLY, *WRITE_ONLY])
@pytest.mark.parametrize(
    "statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"]
)
def test_the_web_role_may_not_change_the_record(postgres, record: str, table: str, statement: str):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(statement.format(table, KEY_OF.get(table, "id")))


@pytest.mark.parametrize("table", OWNERS_ALONE)
@pytest.mark.parametrize(
    "statement",
    ["SELECT FROM {}", "INSERT INTO {} DEFAULT VALUES", "UPDATE {} SET sort_on = sort_on",
     "DELETE FROM {}"],
)  # fmt: skip
def test_what_search_looks_in_is_nobodys_to_touch(record: str, table: str, statement: str):
    for alias in ("default", "reader", "sealer"):
        with (
            connections[alias].cursor() as cursor,
            pytest.raises(DatabaseError, match=r"denied|read-only"),
        ):
            cursor.execute(statement.format(table))


@pytest.mark.parametrize("table", ["provenance_statement", "people_filing", "audit_auditevent"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_even_the_owner_is_refused_by_the_trigger(world: World, table: str, statement: str):
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(statement.format(table))


def test_what_is_filed_is_what_search_looks_in(world: World):
    kept = "SELECT filing_id, case_id, statement_id, sort_on, narrative FROM people_filedwords"
    filed = (
        "SELECT f.id, f.case_id, s.id, s.sort_on, s.narrative FROM people_filing f "
        "JOIN provenance_statement s ON s.id = f.statement_id"
    )
    with connections["owner"].cursor() as cursor:
        found = []
        for asked in (kept, filed):
            cursor.execute(f"{asked} ORDER BY 1")
            found.append(cursor.fetchall())

    assert found[0] == found[1]
    assert [row[4] for row in found[0]] == ["'home':3 'seen':1"]


def test_the_owner_may_not_empty_a_table(world: World):
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute("TRUNCATE provenance_statement CASCADE")


def test_a_backdated_recorded_at_is_overwritten(world: World):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO provenance_statementlink (id, source_id, target_id, kind, reason,"
            " recorded_by_id, recorded_at) SELECT gen_random_uuid(), s.id, t.id, 'disputes', '',"
            " s.recorded_by_id, '2001-01-01' FROM provenance_statement s, provenance_statement t"
            " WHERE false"
        )
        cursor.execute(
            "INSERT INTO audit_auditevent (id, account, practitioner, agency, action, outcome,"
            " rule, resource, detail, recorded_at) VALUES (gen_random_uuid(), gen_random_uuid(),"
            " gen_random_uuid(), gen_random_uuid(), 'x', 'allow', 'x', '', '{}', '2001-01-01')"
        )
    with connections["reader"].cursor() as cursor:
        cursor.execute("SELECT min(recorded_at) FROM audit_auditevent")
        assert cursor.fetchone()[0].year > 2001


def test_the_web_role_may_not_read_the_audit_trail(record: str):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("SELECT count(*) FROM audit_auditevent")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"how_known": "guessed"}, "statement_how_known_is_known"),
        ({"kind": "rumour"}, "statement_kind_is_known"),
        ({"concerns": ["weather"]}, "statement_concerns_are_known"),
        ({"text": ""}, "statement_says_something"),
        ({"how_known": "inferred"}, "statement_inferred_gives_reasoning"),
        ({"happened_from_min": "2026-03-15"}, "statement_begins_before_it_ends"),
        ({"digest": "short"}, "statement_digest_is_sha256"),
        ({"known_basis": "perhaps"}, "statement_known_basis_is_known"),
    ],
)
def test_a_bad_statement_is_refused(world: World, change: dict, constraint: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM provenance_statement LIMIT 1")
        names = [c.name for c in cursor.description if c.name not in ("narrative", "id")]
        picked = ", ".join("%s" if n in change else n for n in names)
        with pytest.raises(IntegrityError, match=constraint):
            cursor.execute(
                f"INSERT INTO provenance_statement (id, {', '.join(names)})"
                f" SELECT gen_random_uuid(), {picked} FROM provenance_statement LIMIT 1",
                [change[n] for n in names if n in change],
            )


def test_not_sharing_must_say_why_and_until_when(world: World):
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="says_why_and_until"):
        cursor.execute(
            "INSERT INTO provenance_shareevent (id, statement_id, from_agency_id, to_agency_id,"
            " shared, told, told_at, told_basis, channel, lawful_basis, fidelity, reason,"
            " subject_told, receipt_asked, recorded_by_id) SELECT gen_random_uuid(), statement_id,"
            " from_agency_id, to_agency_id, false, '', now(), 'day', '', 'not_recorded', 'verbatim',"
            " '', '', false, recorded_by_id FROM provenance_shareevent LIMIT 1"
        )


def test_a_case_worker_is_on_a_team_once_at_a_time(world: World):
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="once_at_a_time"):
        cursor.execute(
            "INSERT INTO access_teammember (id, case_id, practitioner_id, role, from_on, version)"
            " SELECT gen_random_uuid(), case_id, practitioner_id, 'allocated', '2026-01-01', 1"
            " FROM access_teammember LIMIT 1"
        )


def test_the_web_role_owns_nothing(postgres, record: str):
    with psycopg.connect(postgres.url("gt_admin").replace("/goldenthread?", f"/{record}?")) as c:
        owned = c.execute(
            "SELECT relname FROM pg_class WHERE relowner = 'gt_app'::regrole"
        ).fetchall()
    assert owned == []
