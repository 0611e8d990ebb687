"""The second wall: the database shows the web role no row that no family was opened for."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

from goldenthread.domain.access.decision import Action, decide
from goldenthread.domain.shared.instants import start_of_day
from goldenthread.records.access.reading import ties_to
from goldenthread.records.grants import OWNERS_ALONE
from goldenthread.records.people.models import Case
from goldenthread.records.shared import wall
from goldenthread.records.walls import TRAIL, is_of_a_family, put_up_walls
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world

TODAY = NOW.date()
# Functions that see past the wall, each read again by somebody before it is added here.
SEE_PAST_THE_WALL = {
    "find_entries",
    "find_families",
    "gt_keep_history",
    "gt_keep_words",
    "gt_note_recorded_by_case_id",
    "gt_note_recorded_by_id",
    "gt_note_recorded_by_address_id",
    "gt_note_recorded_by_ask_id",
    "gt_note_recorded_by_hold_id",
    "gt_note_recorded_by_asked_id",
    "gt_note_recorded_by_check_made_id",
    "gt_note_recorded_by_redaction_id",
    "wall_admits",
    "wall_is_filed",
}


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    entry = world.entry("health_visiting", "Seen at home.", told={"social_care": "2026-03-20"})
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return world


def tables() -> list[str]:
    with connections["owner"].cursor() as cursor:
        return connection.introspection.table_names(cursor)


def walled() -> list[str]:
    return [table for table in tables() if is_of_a_family(table)]


def rows(table: str, alias: str = "default") -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def asked(statement: str, *values: object) -> list[tuple]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_of_every_table_it_is_said_whether_it_is_of_a_family(record: str):
    assert len(walled()) > 60


def test_a_table_of_which_nobody_has_said_it_stops_the_migration(record: str):
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("CREATE TABLE nobody_said (id int)")

    with pytest.raises(LookupError, match="nobody_said"), transaction.atomic(using="owner"):
        put_up_walls(owner)


def test_the_catalogue_has_every_table_of_a_family_walled_and_forced(record: str):
    states = dict(
        asked(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    )
    policies = {
        (table, command)
        for table, command, roles in asked("SELECT tablename, cmd, roles FROM pg_policies")
        if "gt_app" in roles
    }

    for table in walled():
        assert states[table], table
        assert (table, "INSERT") in policies, table
        for command in () if table == TRAIL else ("SELECT", "UPDATE", "DELETE"):
            assert (table, command) in policies, (table, command)


def policies() -> dict[tuple[str, str], int]:
    found = asked(
        "SELECT c.relname, p.polname, p.oid::int FROM pg_policy p "
        "JOIN pg_class c ON c.oid = p.polrelid"
    )
    return {(table, name): oid for table, name, oid in found}


def put_up_again() -> None:
    with transaction.atomic(using="owner"):
        put_up_walls(connections["owner"])


def test_a_wall_that_stands_is_left_alone_so_that_nobody_waits_for_it(record: str):
    before = policies()

    put_up_again()

    assert policies() == before


@pytest.mark.parametrize(
    "harm",
    [
        "DROP POLICY wall_seen ON people_case",
        "CREATE POLICY let_by ON people_case USING (true)",
        "ALTER TABLE people_case NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE people_case DISABLE ROW LEVEL SECURITY",
    ],
)
def test_a_wall_with_a_part_missing_is_put_up_again(record: str, harm: str):
    before = policies()
    with connections["owner"].cursor() as cursor:
        cursor.execute(harm)

    put_up_again()

    assert set(policies()) == set(before)
    state = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = %s"
    assert asked(state, "people_case") == [(True,)]


def test_no_policy_of_the_web_role_lets_everything_by(record: str):
    found = asked(
        "SELECT tablename, policyname, qual, with_check FROM pg_policies "
        "WHERE ('gt_app' = ANY(roles) OR 'public' = ANY(roles)) "
        "AND 'true' IN (qual, with_check)"
    )

    assert [table for table, *_ in found] == [TRAIL]


def test_the_web_role_owns_nothing_and_is_held_by_the_wall(record: str):
    assert asked("SELECT rolname FROM pg_roles WHERE rolname = 'gt_app' AND rolbypassrls") == []
    assert (
        asked(
            "SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
            "WHERE r.rolname = 'gt_app'"
        )
        == []
    )


def test_every_view_asks_as_whoever_reads_it(record: str):
    views = asked(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('v', 'm') "
        "AND NOT COALESCE(reloptions, '{}') @> '{security_invoker=true}'"
    )

    assert views == []


def test_no_function_sees_past_the_wall_but_those_that_were_read(record: str):
    found = asked(
        "SELECT DISTINCT proname FROM pg_proc WHERE prosecdef "
        "AND pronamespace = 'public'::regnamespace"
    )

    assert {name for (name,) in found} <= SEE_PAST_THE_WALL


def test_a_query_that_no_family_was_opened_for_finds_nothing(world: World):
    readable = [table for table in walled() if table not in (TRAIL, *OWNERS_ALONE)]
    filled = [table for table in readable if rows(table, "owner")]

    assert {"people_case", "provenance_statement", "people_person", "people_filing"} <= set(filled)
    assert [table for table in filled if rows(table)] == []


def test_one_opened_for_a_family_finds_that_family_alone(world: World):
    other = uuid4()
    Case.objects.using("owner").create(
        id=other, reference="GT-9999", family_label="Ash", folded="ash", opened_on=TODAY
    )

    with transaction.atomic():
        wall.open_for(world.actors["ama"], world.case, on=TODAY)
        assert rows("people_case") == 1
        assert rows("provenance_statement") == rows("provenance_statement", "owner") > 0
        wall.open_for(world.actors["ama"], other, on=TODAY)
        assert rows("people_case") == 1
        assert rows("provenance_statement") == rows("people_casemember") == 0


def test_a_row_for_a_family_that_was_not_opened_is_refused(world: World):
    other = uuid4()
    statement = asked("SELECT id FROM provenance_statement LIMIT 1")[0][0]

    with transaction.atomic(), connection.cursor() as cursor:
        wall.open_for(world.actors["ama"], world.case, on=TODAY)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO people_filing (id, case_id, statement_id, number) "
                "VALUES (%s, %s, %s, 99)",
                [uuid4(), other, statement],
            )


def test_nothing_is_left_for_whoever_has_the_connection_next(world: World):
    with transaction.atomic():
        wall.open_beyond_one_family()
        assert rows("people_case") == 1

    assert rows("people_case") == 0


def test_what_a_transaction_is_for_is_not_said_outside_one(world: World):
    with pytest.raises(wall.WallNeedsTransaction):
        wall.open_for(world.actors["ama"], world.case, on=TODAY)


def test_ones_own_families_are_those_the_database_would_open(world: World):
    for name, actor in world.actors.items():
        with transaction.atomic():
            would = wall.open_for(actor, world.case, on=TODAY)
            wall.open_for_own(actor, on=TODAY)
            assert rows("people_case") == int(would), name
            assert (rows("provenance_statement") > 0) is would, name


@pytest.mark.parametrize("days", [-4000, 0, 4000])
def test_the_database_and_the_table_of_rules_open_to_the_same_people(world: World, days: int):
    on: date = TODAY + timedelta(days=days)
    for name, actor in world.actors.items():
        with transaction.atomic():
            would = wall.open_for(actor, world.case, on=on)
            ties = ties_to(world.case, actor, now=start_of_day(on))
            decided = decide(actor, Action.VIEW_FAMILY, ties)
        assert would is decided.is_allowed, (name, decided.rule)


def test_reading_one_statement_costs_no_look_at_every_filing(world: World):
    with transaction.atomic():
        wall.open_for(world.actors["ama"], world.case, on=TODAY)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan TO off")
            cursor.execute("EXPLAIN SELECT * FROM provenance_statement")
            plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "SubPlan" in plan
    assert "hashed SubPlan" not in plan
