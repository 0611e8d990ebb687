"""The policy and its query forms agree in worlds with restrictions drawn at random.

The expectation is put together here from what was done, in the order the policy gives, without any
of the code under test: the rules, the predicates and the queries are all held to it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from goldenthread.domain.access.decision import Action, EntryHolders, decide
from goldenthread.domain.access.glass import CannotBreak
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.models import TeamMember
from goldenthread.records.access.reading import (
    cases_of,
    known_of,
    standing,
    ties_to,
    visible_filings,
    visible_to,
    who_can_open,
)
from goldenthread.records.search import entries_found, families_found
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access import break_glass
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.search_entries import entries_with
from tests.families import glass, restricted, teams
from tests.families.world import NOW, World, key

WHO = ("priya", "grace", "sam", "rosa", "ama", "ben", "lund", "tom", "admin", "dora", "vera")
ON_TEAM = ("priya", "grace", "ama", "lund")
# What a named member reads whoever has one of these reads, on their days.
PARTS = ("core_group", "strategy_meeting", "review_panel")
SPEAKERS = {"priya": "social_care", "ama": "health_visiting", "lund": "mental_health"}
# What is done to the entries, each in turn.
KINDS = ("masks", "hides", "taken off", "both", "seal", "person", "agency", "")
MASKING, HIDING = ("csa", "parent_health"), ("police_live", "adoption")
# Masks too, and is none of those that a broken glass opens.
FOR_NO_EMERGENCY = "legal_privilege"


@dataclass
class Told:
    """One entry as it was recorded, and what was done to it since."""

    id: UUID
    author: str
    agency: str
    told: set[str]
    labels: set[str] = field(default_factory=set)
    named: set[str] | None = None
    from_person: set[str] = field(default_factory=set)
    from_agency: set[str] = field(default_factory=set)


@dataclass
class Drawn:
    """A world, its entries, and who is cleared for what, in conflict or named on the family."""

    world: World
    entries: list[Told]
    cleared: dict[str, set[str]]
    conflicts: set[str]
    family_named: set[str] | None
    withheld: set[str]
    broke: set[str] = field(default_factory=set)


def drawn(seed: int) -> Drawn:
    """Entries and restrictions drawn at random, through the verbs a practitioner uses."""
    chance, world = random.Random(seed), restricted.build_restricted()
    _settle_the_team(world, PARTS[seed % len(PARTS)])
    entries = [_entry(world, chance, number) for number in range(12)]
    cleared: dict[str, set[str]] = {}
    for _ in range(5):
        who = chance.choice(["priya", "grace", "sam", "ama"])
        name = chance.choice((*MASKING, *HIDING))
        restricted.clear(world, "ben" if who == "ama" else "rosa", who, name)
        cleared.setdefault(who, set()).add(name)
    for number, one in enumerate(entries):
        _restrict(world, chance, one, KINDS[number % len(KINDS)])
    advice = _entry(world, random.Random(seed), 0)
    restricted.label(world, advice.author, advice.id, FOR_NO_EMERGENCY)
    advice.labels.add(FOR_NO_EMERGENCY)
    case = Drawn(world, [*entries, advice], cleared, set(), None, set())
    if seed % 3 == 1:
        case.family_named = {"priya", "grace", *chance.sample(["sam", "ama", "lund"], 1)}
        restricted.seal(world, "priya", *case.family_named)
    if seed % 3 == 2:
        whom = chance.choice(["sam", "lund", "ben"])
        restricted.withhold(world, "priya", person=whom)
        case.withheld.add(whom)
    if seed % 2:
        case.conflicts.add(chance.choice(["sam", "grace", "ama"]))
        for who in case.conflicts:
            restricted.conflict(world, who)
    _break_the_glass(case)
    return case


def _settle_the_team(world: World, part: str) -> None:
    """Dr Lund's place is another today, and his last day; Tom's was over, and begins tomorrow."""
    today = day_of(NOW)
    teams.end(world, "priya", key("team lund"))
    teams.join(world, "priya", "lund", part, last=f"{today:%d %B %Y}")
    over = {"from_on": today - timedelta(days=9), "to_on": today}
    TeamMember.objects.create(
        id=uuid4(), case_id=world.case, practitioner_id=key("practitioner tom"), role=part, **over
    )
    tomorrow = today + timedelta(days=1)
    teams.join(world, "priya", "tom", "named_member", first=f"{tomorrow:%d %B %Y}")


def _break_the_glass(case: Drawn) -> None:
    """Dora breaks it where that is possible; Vera too, and closes it at once."""
    glass.add_posts(case.world)
    if case.family_named is not None:
        for who in ("dora", "vera"):
            with pytest.raises(CannotBreak):
                glass.broke(case.world, who)
        return
    for who in ("dora", "vera"):
        glass.broke(case.world, who)
    break_glass.end_glass(case.world.actors["vera"], case.world.case, now=NOW)
    case.broke.add("dora")


def _entry(world: World, chance: random.Random, number: int) -> Told:
    sealed = KINDS[number % len(KINDS)] == "seal"
    who = "priya" if sealed else chance.choice(sorted(SPEAKERS))
    agency = SPEAKERS[who]
    others = [name for name in SPEAKERS.values() if name != agency]
    told = set(chance.sample(others, chance.randint(0, 2)))
    entry = world.entry(
        agency, f"Entry {number}.", "2026-03-14", told=dict.fromkeys(told, "2026-03-16"),
        id=uuid4(), asserted_by=world.actors[who].practitioner,
    )  # fmt: skip
    record_entry(world.actors[who], world.case, entry, now=NOW)
    return Told(entry.id, who, agency, told)


def _restrict(world: World, chance: random.Random, one: Told, what: str) -> None:
    if what in ("masks", "both"):
        one.labels.add(chance.choice(MASKING))
    if what in ("hides", "both"):
        one.labels.add(chance.choice(HIDING))
    for name in sorted(one.labels):
        # Each keeps the entry from its writer's colleagues at most: the writer goes on labelling.
        restricted.label(world, one.author, one.id, name)
    if what == "taken off":
        restricted.label(world, one.author, one.id, "adoption")
        restricted.unlabel(world, one.author, one.id, "adoption")
    if what == "seal":
        one.named = {"priya", *chance.sample(["grace", "sam", "ama"], 1)}
        restricted.seal(world, "priya", *one.named, statement=one.id)
    if what == "person":
        whom = chance.choice([who for who in ("sam", "ama", "ben") if who != one.author])
        restricted.withhold(world, one.author, statement=one.id, person=whom)
        one.from_person.add(whom)
    if what == "agency":
        agency = chance.choice([name for name in SPEAKERS.values() if name != one.agency])
        restricted.withhold(world, one.author, statement=one.id, agency=agency)
        one.from_agency.add(agency)


AGENCY = {who: "social_care" for who in ("priya", "grace", "sam", "rosa", "admin")} | {
    "ama": "health_visiting", "ben": "health_visiting", "lund": "mental_health", "tom": "police",
    "dora": "police", "vera": "police",
}  # fmt: skip


def opens(case: Drawn, who: str) -> bool:
    """Whether the family exists for somebody, by what was done."""
    if who in case.conflicts or who in case.withheld or who in ("tom", "admin"):
        return False
    if who in ("dora", "vera"):
        return who in case.broke
    return case.family_named is None or who in case.family_named


def state(case: Drawn, who: str, one: Told) -> str:
    """What somebody is shown of one entry, in the order of the policy."""
    agency, cleared = AGENCY[who], case.cleared.get(who, set())
    lacks = set() if who == one.author else one.labels - cleared
    if who in case.broke:
        lacks = lacks - set(MASKING)
    if not opens(case, who):
        return "hidden"
    if one.named is not None and who not in one.named:
        return "hidden"
    if who in one.from_person or agency in one.from_agency:
        return "hidden"
    if lacks & set(HIDING):
        return "hidden"
    reads_all = who == "grace" or who in case.broke
    if not reads_all and agency != one.agency and agency not in one.told:
        return "masked"
    return "masked" if lacks & {*MASKING, FOR_NO_EMERGENCY} else "full"


SEEDS = range(9)


@pytest.fixture(scope="module", params=SEEDS)
def case(request, postgres):
    """A world of its own for each seed."""
    from tests.conftest import PRISTINE, cloned

    for _ in cloned(postgres, PRISTINE):
        yield drawn(request.param)


def test_each_reader_is_shown_what_the_policy_says(case: Drawn):
    for who in WHO:
        actor = case.world.actors[who]
        ties = ties_to(case.world.case, actor, now=NOW)
        full = set(visible_to(case.world.case, actor, ties, now=NOW).values_list("id", flat=True))
        there = set(known_of(case.world.case, actor, ties).values_list("id", flat=True))
        wanted = {name: set() for name in ("full", "masked", "hidden")}
        for one in case.entries:
            wanted[state(case, who, one)].add(one.id)
        assert full == wanted["full"], who
        assert there == wanted["full"] | wanted["masked"], who


def test_the_rules_say_the_same_one_by_one(case: Drawn):
    outcome = {"full": "allow", "masked": "mask", "hidden": "deny"}
    for who in WHO:
        actor, world = case.world.actors[who], case.world
        ties = ties_to(world.case, actor, now=NOW)
        for one in case.entries:
            holders = EntryHolders(
                world.agency(one.agency),
                frozenset(map(world.agency, one.told)),
                ties.restrictions.entries.get(one.id),
            )
            decision = decide(actor, Action.VIEW_ENTRY, ties, holders)
            assert decision.outcome == outcome[state(case, who, one)], (who, decision.rule)


def test_lists_and_pages_say_the_same(case: Drawn):
    world = case.world
    can_open = {name for name, _, _ in who_can_open(world.case, on=day_of(NOW))}
    for who in WHO:
        actor = world.actors[who]
        pairs = cases_of(actor, on=day_of(NOW))
        # What somebody broke the glass of is in no list over families.
        listed = opens(case, who) and who not in case.broke
        assert bool(pairs) == listed, who
        ties = standing([(row.id, role) for row, role in pairs], actor, on=day_of(NOW))
        filings = visible_filings(ties, actor, now=NOW).values_list("statement_id", flat=True)
        wanted = {one.id for one in case.entries if state(case, who, one) == "full"}
        assert set(filings) == (wanted if listed else set()), who
        assert (_name(who) in can_open) == listed, who
        if not opens(case, who):
            with pytest.raises(NotFoundHere):
                read_history(actor, world.case, Viewpoint(NOW), now=NOW)
            continue
        history = read_history(actor, world.case, Viewpoint(NOW), now=NOW)
        assert {entry.id for entry in history.entries} == wanted
        masked = {one.id for one in case.entries if state(case, who, one) == "masked"}
        assert {entry.id for entry in history.masked} == masked


def test_a_search_finds_what_may_be_read_and_no_more(case: Drawn):
    """Also of what the database finds by itself, before the rules are asked again."""
    world = case.world
    for who in WHO:
        actor = world.actors[who]
        in_list = opens(case, who) and who not in case.broke
        assert bool(families_of(actor, now=NOW, words="okafor ruth")) == in_list, who
        on_team = in_list and who in ON_TEAM
        wanted = {one.id for one in case.entries if on_team and state(case, who, one) == "full"}
        found = entries_with(actor, "entries", now=NOW)
        assert {one.statement for one in found.entries} == wanted, who
        held = {
            one.id for one in case.entries
            if on_team and (who == "grace" or AGENCY[who] in {one.agency, *one.told})
        }  # fmt: skip
        with transaction.atomic():
            wall.open_for_own(actor, on=day_of(NOW))
            assert families_found(["okafor"]) == ([world.case] if in_list else []), who
            pairs = entries_found("entries", at=NOW, most=100)
        assert {id for _, id in pairs} == held, who


def test_numbers_have_no_gap_that_tells(case: Drawn):
    """What is hidden leaves no missing number behind."""
    for who in ("priya", "grace", "sam", "ama", "lund", "dora"):
        if not opens(case, who):
            continue
        history = read_history(case.world.actors[who], case.world.case, Viewpoint(NOW), now=NOW)
        there = sum(state(case, who, one) != "hidden" for one in case.entries)
        assert all(1 <= entry.number <= there for entry in history.entries)
        assert len({entry.number for entry in history.entries}) == len(history.entries)


def _name(who: str) -> str:
    from tests.families.world import PEOPLE

    if who in glass.POSTS:
        return glass.POSTS[who][1]
    return PEOPLE[who][1] if who in PEOPLE else restricted.LEADS[who][1]
