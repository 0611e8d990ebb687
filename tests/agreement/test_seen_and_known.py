"""Two ways, one answer: the queries behind the pages and the rules of the domain must agree."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.domain.access.decision import Action, EntryHolders, FamilyTies, decide
from goldenthread.domain.chronology.history import Entry, known_by
from goldenthread.domain.provenance.awareness import Awareness, Viewpoint
from goldenthread.records.access.reading import all_filed, ties_to, visible_to
from goldenthread.records.chronology.reading import known_to, load_history
from goldenthread.records.provenance import models
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

AGENCIES = ["social_care", "health_visiting", "police", "mental_health", "gp"]


@pytest.fixture(scope="module")
def world(shared_record: str) -> World:
    """Forty entries by three agencies, told to agencies drawn at random on days drawn at random."""
    world = build_world()
    chance = random.Random(20260610)
    speakers = {"priya": "social_care", "ama": "health_visiting", "lund": "mental_health"}
    for number in range(40):
        who = chance.choice(sorted(speakers))
        agency = speakers[who]
        day = date(2026, 1, 1) + timedelta(days=chance.randint(0, 150))
        others = [a for a in AGENCIES if a != agency]
        told = {
            other: (day + timedelta(days=chance.randint(0, 20))).isoformat()
            for other in chance.sample(others, chance.randint(0, 2))
            if day + timedelta(days=20) < NOW.date()
        }
        entry = world.entry(agency, f"Entry {number}.", day.isoformat(), told=told)
        record_entry(world.actors[who], world.case, entry, now=NOW)
    return world


def entries_of(world: World) -> list[Entry]:
    """Everything on the family, put together without the code under test."""
    chair = world.actors["grace"]
    loaded = load_history(world.case, chair, FamilyTies("chair", True), Viewpoint(NOW), now=NOW)
    rows = models.Awareness.objects.values_list(
        "statement_id", "agency_id", "known_from", "level", "recorded_at"
    )
    held = [Awareness(*row) for row in rows]
    return [
        Entry(e.statement, tuple(a for a in held if a.statement == e.statement.id))
        for e in loaded.entries
    ]


@pytest.mark.parametrize("agency", [None, *AGENCIES])
@pytest.mark.parametrize("day", [5, 40, 80, 120, 160])
def test_the_query_and_the_rule_agree_on_what_was_known(world: World, agency, day):
    as_of = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    view = Viewpoint(as_of, world.agency(agency) if agency else None)

    by_query = set(known_to(world.case, view).values_list("id", flat=True))
    by_rule = {e.statement.id for e in known_by(entries_of(world), view)}

    assert by_query == by_rule


@pytest.mark.parametrize("who", ["priya", "grace", "sam", "ama", "lund", "tom", "admin"])
def test_the_query_and_the_policy_agree_on_what_may_be_seen(world: World, who: str):
    actor = world.actors[who]
    ties = ties_to(world.case, actor, now=NOW)

    by_query = set(visible_to(world.case, actor, ties, now=NOW).values_list("id", flat=True))
    by_policy = set()
    for entry in entries_of(world):
        known_to_now = frozenset(a.agency for a in entry.awareness if a.known_from <= NOW)
        holders = EntryHolders(entry.statement.agency, known_to_now)
        may_open = decide(actor, Action.VIEW_FAMILY, ties).is_allowed
        if may_open and decide(actor, Action.VIEW_ENTRY, ties, holders).is_allowed:
            by_policy.add(entry.statement.id)

    assert by_query == by_policy
    assert all_filed(world.case).count() == 40


@pytest.mark.parametrize("who", ["priya", "ama", "lund", "sam"])
def test_every_entry_is_either_shown_or_masked(world: World, who: str):
    history = read_history(world.actors[who], world.case, Viewpoint(NOW), now=NOW)

    shown, masked = {e.id for e in history.entries}, {m.id for m in history.masked}
    assert not shown & masked
    assert len(shown | masked) == 40
    assert masked, "a world in which nothing is masked shows nothing"


def test_a_planted_leak_would_be_seen(world: World):
    """The comparison itself bites: a policy that forgot the dates of telling gives another set."""
    forgetful = {
        e.statement.id
        for e in entries_of(world)
        if any(a.agency == world.agency("police") for a in e.awareness)
    }
    early = Viewpoint(datetime(2026, 2, 1, tzinfo=UTC), world.agency("police"))

    assert set(known_to(world.case, early).values_list("id", flat=True)) != forgetful
    assert key("case") == world.case
