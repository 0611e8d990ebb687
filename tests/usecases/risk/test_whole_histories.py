"""Whole histories for the sweep: to a chair alone, each family a look in the audit trail."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.interop.sweep import of_record
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.risk.set_pattern import Proposed, set_pattern
from goldenthread.usecases.risk.whole_histories import NoWholeHistories, whole_histories
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    built = build_world()
    entry = built.entry(
        "mental_health",
        "Ruth has a new partner, whom her sister is afraid of.",
        known="2026-03-14",
        kind="new_partner",
        concerns=("unsafe_adult",),
        about=("ruth",),
    )
    record_entry(built.actors["lund"], built.case, entry, now=NOW)
    return built


def test_a_chair_is_given_every_agencys_entries_and_it_is_audited(world: World):
    ((reference, facts),) = whole_histories(world.actors["grace"], now=NOW)

    assert "new_partner" in {fact.kind for fact in facts}
    (look,) = AuditEvent.objects.using("owner").filter(resource="sweep")
    assert (look.case, look.outcome) == (world.case, "allow")
    assert look.detail["entries"] == len(facts)
    assert reference not in json.dumps(look.detail)


@pytest.mark.parametrize("who", ["lund", "ama", "priya", "tom", "admin", "mina"])
def test_nobody_else_is_given_anything(world: World, who: str):
    with pytest.raises(NoWholeHistories):
        list(whole_histories(world.actors[who], now=NOW))
    assert not AuditEvent.objects.using("owner").filter(resource="sweep").exists()


def test_the_sweep_of_the_record_asks_what_the_history_gives_rise_to(world: World):
    out = io.StringIO()
    email = Account.objects.get(id=world.actors["grace"].account).email

    swept = of_record.sweep_record(email, out, engine="duckdb", on=NOW.date().isoformat())

    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert swept.families == 1 and swept.questions == len(found)
    assert "worrying_adult_without_checks" in {one["pattern"] for one in found}


def test_the_sweep_of_the_record_asks_by_the_numbers_the_partnership_has_set(world: World):
    now = datetime.now(UTC)  # the database dates a decision itself
    email = Account.objects.get(id=world.actors["grace"].account).email
    key = "worrying_adult_without_checks"

    def versions() -> set[int]:
        out = io.StringIO()
        of_record.sweep_record(email, out, engine="duckdb", on=NOW.date().isoformat())
        lines = map(json.loads, out.getvalue().splitlines())
        return {one["version"] for one in lines if one["pattern"] == key}

    assert versions() == {1}
    week = Proposed({"grace": "7"}, "Ours is a week.")
    set_pattern(world.actors["mina"], key, week, id=uuid4(), based_on=1, now=now)

    assert versions() == {2}


def test_an_account_nobody_has_is_refused_as_one_that_may_read_nothing(world: World):
    with pytest.raises(NoWholeHistories, match="No family's history may be read whole"):
        of_record.sweep_record("nobody@example.org", io.StringIO(), engine="duckdb", on="")
