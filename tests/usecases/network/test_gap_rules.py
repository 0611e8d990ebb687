"""The partnership's rules of what becomes a question: shipped, editable, and refused in words."""

from __future__ import annotations

from importlib.resources import files

import pytest

from goldenthread.usecases.network.gap_facts import (
    RulesNotUnderstood,
    curiosity_rules,
    rules_of,
)

TEXT = (files("goldenthread.usecases.network") / "gap_rules.toml").read_text(encoding="utf-8")


def test_the_shipped_rules_are_read_and_each_number_has_its_words():
    rules = curiosity_rules()

    assert rules.thresholds.history_stops_after == 180
    assert "visit" in rules.spoken_to
    numbers = [line for line in TEXT.splitlines() if "=" in line and "kinds" not in line]
    before = [TEXT.splitlines()[TEXT.splitlines().index(line) - 1] for line in numbers]
    assert numbers
    assert all(line.startswith("#") for line in before)


def test_a_number_that_is_edited_counts():
    edited = TEXT.replace("history_stops_after = 180", "history_stops_after = 90")

    assert rules_of(edited).thresholds.history_stops_after == 90


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("history_stops_after = 180", "history_stops_after = 0"), "days.history_stops_after"),
        (("history_stops_after = 180", "history_stops_after = true"), "days.history_stops_after"),
        (("history_stops_after = 180", 'history_stops_after = "six months"'), "whole number"),
        (("not_seen_alone_after = 42", ""), "days.not_seen_alone_after"),
        (('"visit"', '"tea"'), "spoken_to.kinds"),
        (("[checks]", "[cheques]"), "checks.kinds"),
        (("[days]", "[days"), "not TOML"),
    ],
)
def test_a_slip_in_the_file_is_named(change: tuple[str, str], says: str):
    with pytest.raises(RulesNotUnderstood, match=says):
        rules_of(TEXT.replace(*change))
