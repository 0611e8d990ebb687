"""The numbers a partnership may set: all of them, within what each may be, and nothing else."""

from __future__ import annotations

import pytest

from goldenthread.domain.risk.refusals import ImpossibleThreshold, UnknownPart
from goldenthread.domain.risk.thresholds import LAPSES, settings_of, thresholds_of
from goldenthread.usecases._steps.shipped import shipped, shipped_patterns, shipped_with

KEYS = [one.key for one in shipped_patterns()]


@pytest.mark.parametrize("key", KEYS)
def test_a_pattern_with_its_own_numbers_is_the_pattern_that_ships(key):
    ships = shipped(key)

    assert shipped_with(key, settings_of(ships), ships.version) == ships


@pytest.mark.parametrize("key", KEYS)
def test_every_number_can_be_set_and_nothing_else_changes(key):
    ships = shipped(key)
    for one in thresholds_of(ships):
        other = one.value + 1 if one.value < one.most else one.value - 1
        try:
            then = shipped_with(key, {**settings_of(ships), one.part: other}, 2)
        except ImpossibleThreshold:
            continue  # this number cannot move by itself; the reader said so
        assert settings_of(then) == {**settings_of(ships), one.part: other}
        assert (then.question, then.asked_of, then.guidance) == (
            ships.question, ships.asked_of, ships.guidance,
        )  # fmt: skip
        assert list(then.filters()) == list(ships.filters())


@pytest.mark.parametrize("key", KEYS)
def test_its_own_number_is_one_it_may_be(key):
    for one in thresholds_of(shipped(key)):
        assert one.least <= one.value <= one.most, one.part


def test_a_number_a_pattern_has_not_is_refused_by_name():
    with pytest.raises(UnknownPart, match="no number “at_least” to set"):
        shipped_with("new_adult_without_checks", {"at_least": 3}, 2)


def test_a_time_after_which_services_left_is_set_within_its_episode():
    ships = shipped("new_adult_without_checks")

    then = shipped_with(ships.key, {**settings_of(ships), LAPSES: 90}, 2)

    assert then.only_while.lapses == 90
    assert then.only_while.opens == ships.only_while.opens


def test_a_key_nobody_ships_is_no_pattern():
    with pytest.raises(LookupError):
        shipped_with("no_such_pattern", {}, 2)
