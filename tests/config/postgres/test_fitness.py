"""A server that would lose a child's name, or a role that no access rule holds, is refused."""

from __future__ import annotations

import psycopg
import pytest

from goldenthread.config.postgres import assert_fit_for_use, running_server
from goldenthread.config.postgres.refusals import AddressMissing, UnfitForUse

from .conftest import must_not_start


@pytest.fixture
def admin(throwaway):
    with psycopg.connect(throwaway.url("gt_admin"), autocommit=True) as connection:
        yield connection


def test_our_own_server_and_the_web_role_are_fit(throwaway):
    assert_fit_for_use(throwaway.url("gt_app"))
    assert_fit_for_use(throwaway.url("gt_read"))


@pytest.mark.parametrize(
    ("role", "reason"), [("gt_admin", "superuser"), ("gt_backup", "row-level security")]
)
def test_a_role_that_no_rule_holds_is_refused(throwaway, role, reason):
    with pytest.raises(UnfitForUse, match=reason):
        assert_fit_for_use(throwaway.url(role))


def test_a_role_that_owns_a_table_or_is_a_member_of_its_owner_is_refused(throwaway, admin):
    admin.execute("CREATE TABLE statement (text text)")
    admin.execute("ALTER TABLE statement OWNER TO gt_owner")
    assert_fit_for_use(throwaway.url("gt_app"))
    admin.execute("GRANT gt_owner TO gt_app")
    try:
        with pytest.raises(UnfitForUse, match=r"gt_app owns public\.statement"):
            assert_fit_for_use(throwaway.url("gt_app"))
    finally:
        admin.execute("REVOKE gt_owner FROM gt_app")
        admin.execute("DROP TABLE statement")


def test_a_database_that_drops_letters_outside_english_is_refused(throwaway, admin):
    admin.execute("CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")
    url = throwaway.url("gt_admin").replace("/goldenthread?", "/plain?")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    with pytest.raises(UnfitForUse, match="a child named Мария could never be found"):
        assert_fit_for_use(throwaway.url("gt_app").replace("/goldenthread?", "/plain?"))


def test_a_database_without_name_search_is_refused(throwaway, admin):
    with pytest.raises(UnfitForUse, match="pg_trgm"):
        assert_fit_for_use(throwaway.url("gt_app").replace("/goldenthread?", "/template1?"))


def test_a_server_that_cannot_be_reached_is_said_plainly_without_the_password(tmp_path):
    with pytest.raises(UnfitForUse, match="cannot be reached") as refused:
        assert_fit_for_use(f"postgresql://gt_app:hushhush@/goldenthread?host={tmp_path}")
    assert "hushhush" not in str(refused.value)


def test_a_server_of_the_operators_own_is_used_and_nothing_is_started(
    throwaway, home, said, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", throwaway.url("gt_app"))
    monkeypatch.setenv("DATABASE_OWNER_URL", throwaway.url("gt_owner"))
    with running_server(home, say=said.append) as server:
        assert server.major == throwaway.major
        assert server.url("gt_app") == throwaway.url("gt_app")
        assert server.url("gt_owner") == throwaway.url("gt_owner")
        with pytest.raises(AddressMissing, match="DATABASE_READ_URL"):
            server.url("gt_read")
    assert "named by DATABASE_URL" in said[0]
    assert not home.exists()


def test_an_operators_superuser_address_is_refused(throwaway, home, said, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", throwaway.url("gt_admin"))
    must_not_start(home, said, UnfitForUse, match="superuser")
