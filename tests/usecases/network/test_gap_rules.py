"""The partnership's rules of what becomes a question, and which entries answer one."""

from __future__ import annotations

from importlib.resources import files
from uuid import uuid4

import pytest

from goldenthread.domain.network.gaps import GapKind
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.usecases._steps.gap_facts import (
    RulesNotUnderstood,
    curiosity_rules,
    rules_of,
)
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.record_claims import Newcomer, NewHousehold, record_claims
from tests.families.world import NOW, World, build_world

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


def enter(world: World, agency: str, who: str, **more) -> None:
    record_entry(world.actors[who], world.case, world.entry(agency, "x", **more), now=NOW)


def questions(world: World) -> set[tuple[GapKind, str]]:
    shown = read_network(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)
    names = {person.id: person.name for person in shown.network.people}
    return {(gap.kind, names[gap.about[0]]) for gap in shown.gaps}


@pytest.fixture
def world(record: str) -> World:
    """Ruth's friend Dan lives with her and the baby; Joe, seven, is her elder child."""
    world = build_world()
    dan = Newcomer(world.person("dan"), "friend", "Dan", "Moss", born=parse_edtf("1990"))
    joe = Newcomer(
        world.person("joe"), "sibling", "Joe", "Okafor", is_child=True, born=parse_edtf("2019")
    )
    home = NewHousehold(uuid4(), "Elm Row")
    since = parse_edtf("2026-03-02/..")
    claims = [
        ProposedClaim(uuid4(), "lives_at", "lives", person, household=home.id, happened=since)
        for person in (dan.id, joe.id, world.person("ruth"), world.person("ada"))
    ]
    entry = world.entry("health_visiting", "Dan lives there.", how_known="told")
    record_claims(
        world.actors["ama"], world.case, entry, claims, now=NOW, unknown=[dan, joe],
        households=[home],
    )  # fmt: skip
    return world


def test_an_adult_is_spoken_to_by_a_first_hand_contact_about_them(world: World):
    not_spoken = (GapKind.NOT_SPOKEN_TO, "Dan Moss")
    assert not_spoken in questions(world)

    enter(world, "health_visiting", "ama", kind="visit", about=("dan",), how_known="told")
    enter(world, "health_visiting", "ama", kind="no_access", about=("dan",))
    assert not_spoken in questions(world), "hearing of him and finding nobody in is not speaking"
    enter(world, "health_visiting", "ama", kind="visit", about=("dan", "ada"))
    assert not_spoken not in questions(world)


def test_what_another_agency_kept_to_itself_answers_no_question(world: World):
    before = questions(world)

    enter(world, "mental_health", "lund", kind="contact", about=("ruth",))

    assert questions(world) == before


def test_a_child_is_seen_alone_when_their_own_words_are_kept(world: World):
    alone = (GapKind.NOT_SEEN_ALONE, "Joe Okafor")
    assert alone in questions(world)
    assert (GapKind.NOT_SEEN_ALONE, "Ada Okafor") not in questions(world), (
        "a baby is not asked about"
    )

    enter(
        world, "health_visiting", "ama", kind="child_voice", about=("joe", "dan"), how_known="told",
        happened="2026-06-01",
    )  # fmt: skip

    assert alone not in questions(world)
