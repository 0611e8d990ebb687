"""A family is found by its reference however that is spelt, and looked up, not looked through."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from goldenthread.domain.people.references import reference_key
from goldenthread.records.people.models import Case
from goldenthread.records.people.reading import case_by_reference
from tests.families.world import World, build_world, open_another_family
from tests.looking import past_the_wall


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.mark.parametrize("typed", [" gt-0001 ", "Gt–0001", "GT - 0001", "GT\u20110001", "GT-0001"])
def test_it_is_found_however_it_is_typed(world: World, typed: str):
    with past_the_wall():
        assert case_by_reference(typed) == world.case


@pytest.mark.parametrize("typed", ["", "  ", "GT-0002", "GT0001", "%", "GT-000_"])
def test_what_is_another_is_not(world: World, typed: str):
    with past_the_wall():
        assert case_by_reference(typed) is None


def test_the_database_says_of_a_kept_reference_what_the_domain_says_of_a_typed_one(world: World):
    for name in ("Ash", "b–C", " d e ", "É-ÜÇ"):
        open_another_family(world, name)
    with past_the_wall():
        rows = list(Case.objects.values_list("reference", "reference_key"))
        assert len(rows) == 5
        assert all(key == reference_key(reference) for reference, key in rows)
        assert case_by_reference("gt-B-c") is not None


def test_of_two_that_differ_in_spelling_alone_the_whole_reference_is_needed(world: World):
    small, large = open_another_family(world, "ash"), open_another_family(world, "ASH")
    with past_the_wall():
        assert case_by_reference("GT-ash") == small and case_by_reference("GT-ASH") == large
        assert case_by_reference("gt-Ash") is None


def test_behind_the_second_wall_an_index_answers(world: World):
    query = "EXPLAIN SELECT id FROM people_case WHERE reference_key = 'gt-0001'"
    with past_the_wall(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(query)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: ((reference_key)::text = 'gt-0001'::text)" in plan
