"""Invented histories, lived through day by day: what must be asked, by when, and what must not.

Each history is a CSV in the canonical columns, as any agency could bring it, with its expectations
in a TOML beside it. Harm builds up in different ways in some; in others nothing should be asked.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from goldenthread.interop.replay import command

FOLDER = Path(__file__).parent / "histories"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
ALWAYS, NEVER = date.min, date.max


@cache
def expectations(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def replayed(name, viewpoint="pooled"):
    read = command.read_file(FOLDER / f"{name}.csv")
    assert read.sentences == (), "a history of ours has no row that cannot be used"
    found = [json.loads(line) for line in command.lines(read, command.viewpoint_of(viewpoint))]
    return [{**one, "on": date.fromisoformat(one["on"])} for one in found]


def fits(event, wanted):
    same = all(event[part] == wanted[part] for part in ("type", "pattern") if part in wanted)
    return same and set(wanted.get("because", ())) <= set(event["because"])


def raised(name, wanted):
    events = replayed(name, wanted.get("viewpoint", "pooled"))
    return [one for one in events if one["event"] == "raised" and fits(one, wanted)]


def cases(part):
    return [
        pytest.param(name, wanted, id=f"{name}-{place}")
        for name in NAMES
        for place, wanted in enumerate(expectations(name).get(part, ()))
    ]


def test_there_are_histories_of_harm_and_quiet_ones():
    quiet = [name for name in NAMES if not expectations(name).get("expected")]

    assert len(NAMES) >= 12
    assert len(quiet) >= 4
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize(("name", "wanted"), cases("expected"))
def test_asked_in_time_and_not_before(name, wanted):
    days = [one["on"] for one in raised(name, wanted)]

    assert any(wanted.get("from", ALWAYS) <= day <= wanted["by"] for day in days), days


@pytest.mark.parametrize(("name", "wanted"), cases("expected_cleared"))
def test_no_longer_asked_once_it_is_settled(name, wanted):
    events = [one for one in replayed(name) if fits(one, wanted)]

    assert events[-1]["event"] == "cleared"
    assert events[-1]["on"] <= wanted["by"]


@pytest.mark.parametrize(("name", "wanted"), cases("forbidden"))
def test_not_asked_where_there_is_nothing_to_ask(name, wanted):
    first, last = wanted.get("from", ALWAYS), wanted.get("until", NEVER)
    asked = [one for one in raised(name, wanted) if first <= one["on"] <= last]

    assert wanted.get("any") or "type" in wanted or "pattern" in wanted
    assert asked == []


@pytest.mark.parametrize("name", NAMES)
def test_few_questions_in_any_month(name):
    months = Counter(one["on"].strftime("%Y-%m") for one in raised(name, {}))

    assert max(months.values(), default=0) <= expectations(name)["at_most_in_a_month"], months


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_plain_and_names_who_is_asked(name):
    for one in raised(name, {}):
        assert ": " in one["question"]
        assert one["question"].endswith("?")
        assert one["because"]
        assert not set(one["question"]) & set("{}")
        assert "score" not in one["question"]
