"""Each role may do its own work and no more; the web pages' role owns nothing."""

from __future__ import annotations

import psycopg
import pytest

from goldenthread.config.postgres import roles_sql, throwaway_server

ROLES = ("gt_owner", "gt_app", "gt_read", "gt_seal", "gt_backup", "gt_admin")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_logs_in_with_utc_and_no_jit(throwaway, role):
    with psycopg.connect(throwaway.url(role)) as connection:
        row = connection.execute(
            "SELECT current_user, current_database(), current_setting('timezone'),"
            " current_setting('jit')"
        ).fetchone()
    assert row == (role, "goldenthread", "UTC", "off")


def test_only_the_bootstrap_role_is_superuser_and_only_backup_passes_row_security(throwaway):
    with psycopg.connect(throwaway.url("gt_admin")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolreplication, rolcreaterole, rolcreatedb"
            " FROM pg_roles WHERE rolname LIKE 'gt\\_%'"
        ).fetchall()
    found = {name: attributes for name, *attributes in rows}
    assert found.pop("gt_admin") == [True] * 5
    assert found.pop("gt_backup") == [False, True, True, False, False]
    assert set(found) == {"gt_owner", "gt_app", "gt_read", "gt_seal"}
    assert all(attributes == [False] * 5 for attributes in found.values())


ROLES = ("gt_app", "gt_read", "gt_seal", "gt_backup")
MAKING = ("CREATE TABLE mine (x int)", "CREATE SCHEMA mine", "CREATE TEMP TABLE mine (x int)")


# The web role copies many rows beside a table before it inserts them: see records/copying.py.
@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (role, statement)
        for role in ROLES
        for statement in MAKING
        if (role, "TEMP" in statement) != ("gt_app", True)
    ],
)
def test_none_but_the_owner_may_make_anything(throwaway, role, statement):
    with psycopg.connect(throwaway.url(role)) as connection:
        connection.execute("SET default_transaction_read_only TO off")
        connection.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_owner_may_make_schemas_tables_and_the_extensions_we_use(throwaway):
    with psycopg.connect(throwaway.url("gt_owner")) as connection:
        for name in ("pg_trgm", "btree_gin", "btree_gist", "unaccent", "fuzzystrmatch"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        connection.execute("CREATE SCHEMA mine")
        connection.execute("CREATE TABLE mine.thing (x int)")
        connection.rollback()


def test_the_reader_starts_every_transaction_read_only(throwaway):
    with psycopg.connect(throwaway.url("gt_read")) as connection:
        row = connection.execute("SHOW transaction_read_only").fetchone()
    assert row == ("on",)


def test_a_wrong_password_is_refused_and_nothing_listens_on_a_network(throwaway):
    wrong = throwaway.url("gt_app").replace("postgresql://gt_app:", "postgresql://gt_app:x")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    with psycopg.connect(throwaway.url("gt_app")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_operators_sql_makes_the_same_roles_and_may_be_run_again():
    with (
        throwaway_server() as server,
        psycopg.connect(
            server.url("gt_admin").replace("/goldenthread?", "/postgres?"), autocommit=True
        ) as admin,
    ):
        before = attributes(admin)
        admin.execute("DROP DATABASE goldenthread")
        for role in ("gt_owner", "gt_app", "gt_read", "gt_seal", "gt_backup"):
            admin.execute(f"DROP ROLE {role}")
        # psql asks for each password at the keyboard; here nobody sits at it.
        text = "".join(
            line
            for line in roles_sql().splitlines(keepends=True)
            if not line.startswith("\\password")
        )
        for _ in range(2):
            told = server.run(
                *("psql", "-X", "-q", "-d", f"{server.url('gt_admin')}&dbname=postgres"),
                input=text,
            )
            assert told.returncode == 0
            assert "ERROR" not in told.stderr
        assert attributes(admin) == before
    assert text.count("PASSWORD") == 0


def attributes(admin: psycopg.Connection) -> list[tuple]:
    return admin.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolreplication, rolcanlogin, rolcreatedb"
        " FROM pg_roles WHERE rolname LIKE 'gt\\_%' ORDER BY 1"
    ).fetchall()
