"""A family's people are shown to whom they are known: the list is as much a disclosure as an entry.

Adult mental health hears of Dean, whom nobody else has heard of.
"""

from __future__ import annotations

import pytest

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.access.models import TeamMember
from goldenthread.usecases._steps.place_unknown import Newcomer
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.chronology.family_around import family_around
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from tests.families.world import NOW, World, build_world

DEAN = "Dean Marlow"


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def entry(world: World):
    """Dr Lund's entry, with which Dean came into the record."""
    dean = Newcomer(world.person("dean"), "mother's partner", "Dean", "Marlow")
    entry = world.entry("mental_health", "Ruth came with Dean.", about=("ruth", "dean"))
    record_entry(world.actors["lund"], world.case, entry, now=NOW, unknown=[dean])
    return entry


def names(world: World, who: str) -> set[str]:
    around = family_around(world.actors[who], world.case, now=NOW)
    history = read_history(
        world.actors[who], world.case, Viewpoint(end_of_day(NOW.date())), now=NOW
    )
    listed = {member.name for member in around.family.members}
    assert listed == {member.name for member in history.family.members}
    return listed


def finds(world: World, who: str, words: str) -> bool:
    return bool(families_of(world.actors[who], now=NOW, words=words))


def test_only_the_agency_that_heard_of_somebody_sees_them(world: World, entry):
    assert DEAN in names(world, "lund")
    assert DEAN not in names(world, "ama") | names(world, "priya")


def test_those_the_record_was_opened_with_are_seen_by_all(world: World, entry):
    assert {"Ruth Okafor", "Ada Okafor"} <= names(world, "ama") & names(world, "priya")


def test_a_search_does_not_find_a_family_by_somebody_the_reader_was_told_nothing_of(
    world: World, entry
):
    assert finds(world, "lund", "marlow")
    assert not finds(world, "ama", "marlow")
    assert finds(world, "ama", "ruth okafor"), "other names find it as before"
    assert not finds(world, "lund", "marlow zebra")


def test_being_told_the_entry_shows_them(world: World, entry):
    telling = Telling(
        world.agency("health_visiting"), told=parse_edtf("2026-06-09"), lawful_basis="public_task"
    )
    share_entry(world.actors["lund"], world.case, entry.id, [telling], now=NOW)
    assert DEAN in names(world, "ama")
    assert finds(world, "ama", "dean")
    assert DEAN not in names(world, "priya")


def test_a_chair_sees_everybody(world: World, entry):
    assert TeamMember.objects.filter(role="chair").exists()
    assert DEAN in names(world, "grace")


def test_a_filter_on_somebody_unseen_says_nothing_of_them(world: World, entry):
    from goldenthread.usecases.chronology.read_history import Sought

    sought = Sought(people=frozenset({world.person("dean")}))
    view = Viewpoint(end_of_day(NOW.date()))
    found = read_history(world.actors["ama"], world.case, view, now=NOW, sought=sought)
    assert found.entries == ()
    assert found.masked == ()
