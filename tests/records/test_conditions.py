"""One array of ids finds what Django's own list of ids finds."""

from __future__ import annotations

from uuid import UUID

import pytest

from goldenthread.records.people.models import StatementSubject
from goldenthread.records.shared.conditions import is_one_of
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, build_world


@pytest.fixture(scope="module")
def recorded(shared_record: str) -> list[UUID]:
    """Three entries about one person each."""
    world = build_world()
    entries = [world.entry("health_visiting", f"Entry {n}.", "2026-03-12") for n in range(3)]
    for entry in entries:
        record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return [entry.id for entry in entries]


@pytest.mark.parametrize("wanted", [0, 1, 3])
def test_the_rows_of_these_ids_and_no_others_are_found(recorded, wanted):
    ids = recorded[:wanted]

    found = StatementSubject.objects.using("owner").filter(is_one_of("statement", ids))

    assert set(found.values_list("statement_id", flat=True)) == set(ids)
    plainly = StatementSubject.objects.using("owner").filter(statement__in=ids)
    assert sorted(found.values_list("id")) == sorted(plainly.values_list("id"))


def test_an_id_that_nothing_has_finds_nothing(recorded):
    found = StatementSubject.objects.using("owner").filter(is_one_of("statement", [UUID(int=7)]))

    assert list(found) == []
