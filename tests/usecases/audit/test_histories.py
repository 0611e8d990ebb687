"""What is corrected in place, after the database's own superuser has been at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connections

from goldenthread.domain.audit.findings import Kind
from goldenthread.usecases.audit.verify import Verified, verify
from tests.conftest import PRISTINE, cloned, seal
from tests.families.sealing import KEY, sealed
from tests.families.world import NOW, build_world

TEMPLATE = "sealed_histories"


@pytest.fixture(scope="module")
def template(postgres) -> str:
    """A world's people, teams and accounts, sealed; to be copied for each way of tampering."""
    for name in cloned(postgres, PRISTINE):
        build_world()
        sealed(now=NOW)
        connections.close_all()
        seal(postgres, name, TEMPLATE)
    return TEMPLATE


@pytest.fixture
def superuser(postgres, template: str) -> Iterator[psycopg.Connection]:
    """A copy, and the database's superuser; triggers are on until a test says otherwise."""
    for name in cloned(postgres, template):
        address = postgres.url("gt_admin").replace("/goldenthread?", f"/{name}?", 1)
        with psycopg.connect(address, autocommit=True) as one:
            yield one


@pytest.fixture
def behind(superuser: psycopg.Connection) -> psycopg.Connection:
    superuser.execute("SET session_replication_role = replica")
    return superuser


def found(**more) -> Verified:
    return verify(KEY.verifier, **more)


def only_finding():
    checked = found()
    (one,) = checked.findings
    assert not checked.holds
    return one


def test_an_untouched_world_holds(superuser):
    checked = found()

    assert checked.holds and checked.findings == ()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("people_person", "given_name", "'Somebody'"),
        ("people_person", "born_from", "'2001-01-01'"),
        ("people_case", "reference", "'X-1'"),
        ("people_case", "folded", "'hidden'"),
        ("people_casemember", "role", "'father'"),
        ("access_teammember", "role", "'named_member'"),
        ("access_teammember", "from_on", "'2001-01-01'"),
        ("shared_agency", "name", "'Another'"),
        ("shared_practitioner", "remit", "'partnership_manager'"),
        ("shared_account", "email", "'thief@elsewhere.example'"),
        ("shared_account", "is_active", "NOT is_active"),
    ],
)
def test_a_row_altered_behind_its_history_is_named_with_its_column(
    behind, table: str, column: str, value: str
):
    ((row,),) = behind.execute(
        f"UPDATE {table} SET {column} = {value}"
        f" WHERE id = (SELECT min(id::text)::uuid FROM {table}) RETURNING id"
    ).fetchall()

    one = only_finding()
    assert (one.kind, one.table, one.row) == (Kind.ALTERED, table, str(row))
    assert str(row) in one.sentence and f", in {column}" in one.sentence
    assert value.strip("'") not in one.sentence


def test_rows_removed_behind_their_history_are_each_named(behind):
    rows = behind.execute("DELETE FROM people_casemember RETURNING id").fetchall()

    checked = found()
    assert {(one.kind, one.row) for one in checked.findings} == {
        (Kind.REMOVED, str(id)) for (id,) in rows
    }


def a_grant(superuser) -> str:
    """Put somebody on a family's team who is on none."""
    ((row,),) = superuser.execute(
        "INSERT INTO access_teammember (id, case_id, practitioner_id, role, from_on, version)"
        " SELECT gen_random_uuid(), c.id, p.id, 'named_member', '2026-01-01', 1"
        " FROM people_case c, shared_practitioner p WHERE NOT EXISTS (SELECT FROM access_teammember"
        " t WHERE t.practitioner_id = p.id) LIMIT 1 RETURNING id"
    ).fetchall()
    return str(row)


def test_a_grant_put_in_behind_the_history_is_named(behind):
    row = a_grant(behind)

    one = only_finding()
    assert (one.kind, one.table, one.row) == (Kind.INSERTED, "access_teammember", row)


def test_a_removed_row_that_was_put_back_behind_the_history_is_named(superuser):
    row = a_grant(superuser)
    superuser.execute("DELETE FROM access_teammember WHERE id = %s", [row])
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "INSERT INTO access_teammember SELECT (jsonb_populate_record(NULL::access_teammember,"
        " stands)).* FROM audit_rowhistory WHERE changed_row = %s LIMIT 1",
        [row],
    )

    named = [one for one in found().findings if one.kind is Kind.INSERTED]
    assert [one.row for one in named] == [row] and "says that it was removed" in named[0].sentence


def test_a_history_made_to_fit_is_itself_found(behind):
    behind.execute("UPDATE people_person SET given_name = 'X', folded = 'x'")
    behind.execute(
        "UPDATE audit_rowhistory h SET stands = to_jsonb(p) FROM people_person p"
        " WHERE h.changed_row = p.id"
    )

    checked = found()
    assert {(one.kind, one.table) for one in checked.findings} == {
        (Kind.ALTERED, "audit_rowhistory")
    }


def test_a_history_taken_away_is_found_with_the_row_it_leaves_bare(behind):
    ((history, row),) = behind.execute(
        "DELETE FROM audit_rowhistory WHERE id = (SELECT id FROM audit_rowhistory"
        " WHERE changed_table = 'shared_account' LIMIT 1) RETURNING id, changed_row"
    ).fetchall()

    assert {(one.kind, one.row) for one in found().findings} == {
        (Kind.REMOVED, str(history)), (Kind.INSERTED, str(row)),
    }  # fmt: skip


@pytest.mark.parametrize("done", ["added", "changed", "removed"])
def test_what_another_role_changes_in_the_open_waits_for_a_person_to_accept_it(
    superuser, done: str
):
    if done == "added":
        a_grant(superuser)
    elif done == "changed":
        superuser.execute(
            "UPDATE access_teammember SET from_on = '2025-01-01'"
            " WHERE id = (SELECT min(id::text)::uuid FROM access_teammember)"
        )
    else:
        superuser.execute(
            "DELETE FROM access_teammember"
            " WHERE id = (SELECT min(id::text)::uuid FROM access_teammember)"
        )
    sealed(now=NOW + timedelta(seconds=5))

    checked = found()
    (one,) = checked.findings
    assert one.kind is Kind.BY_HAND and not checked.holds and checked.faults == ()
    assert f"was {done} on " in one.sentence and "role gt_admin" in one.sentence
    assert found(accepted=[one.place]).holds


def test_what_the_service_changes_is_no_finding_and_says_by_whose_account(superuser):
    from uuid import UUID

    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT set_config('gt.reach', 'all', true)")
        cursor.execute("SELECT set_config('gt.account', %s, true)", [str(UUID(int=7))])
        cursor.execute("UPDATE people_person SET known_as = 'Ada' WHERE known_as <> 'Ada'")
        assert cursor.rowcount
        cursor.execute("COMMIT")
    sealed(now=NOW + timedelta(seconds=5))

    assert found().findings == ()
    kept = superuser.execute(
        "SELECT DISTINCT account, database_role, done FROM audit_rowhistory WHERE done = 'changed'"
    ).fetchall()
    assert kept == [(UUID(int=7), "gt_app", "changed")]


def test_a_history_that_is_gone_whole_is_said_and_the_rest_is_checked(behind):
    behind.execute("DROP TABLE audit_rowhistory")

    checked = found()
    assert not checked.holds
    assert any("is not there, so that nothing shows" in one.sentence for one in checked.findings)
    assert {one.kind for one in checked.findings} == {Kind.REMOVED}
