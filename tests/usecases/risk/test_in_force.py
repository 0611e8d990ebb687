"""Which version of a pattern holds, also after the service ships another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.records.risk.versions import VersionRow
from goldenthread.usecases._steps import in_force
from goldenthread.usecases._steps.in_force import number_of, settings_in_force
from goldenthread.usecases.risk.shipped import shipped_patterns

KEY = "new_adult_without_checks"
NOW = datetime(2026, 11, 26, tzinfo=UTC)
SHIPS = next(one for one in shipped_patterns() if one.key == KEY)


def row(version: int, *, on_shipped: int = 1, **settings: int) -> VersionRow:
    return VersionRow(
        uuid4(), KEY, version, on_shipped, settings or {"grace": 7}, NOW, "Ours.", NOW, "", ""
    )  # fmt: skip


def test_of_the_versions_that_hold_the_last_number_counts():
    found = settings_in_force([row(2, grace=7), row(3, grace=9)])

    assert found == ((KEY, 3, (("grace", 9),)),)


def test_a_later_shipped_pattern_never_takes_a_number_that_was_decided(monkeypatch):
    monkeypatch.setattr(in_force, "shipped", lambda key: replace(SHIPS, version=4))

    assert number_of(row(2, on_shipped=1)) == 5
    assert number_of(row(6, on_shipped=4)) == 6


def test_numbers_the_shipped_pattern_can_no_longer_take_leave_it_as_it_ships():
    held = in_force._as_set((("new_adult_without_checks", 2, (("at_least", 3),)),))

    assert next(one for one in held if one.key == KEY) == SHIPS


@pytest.mark.parametrize("settings", [(), ((KEY, 2, (("grace", 7),)),)])
def test_every_shipped_pattern_is_there_once(settings):
    held = in_force._as_set(settings)

    assert [one.key for one in held] == [one.key for one in shipped_patterns()]
