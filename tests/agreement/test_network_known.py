"""Two ways, one answer: the network a viewpoint knew, by the queries and by the rules."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.access.decision import Action, EntryHolders, decide
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.awareness import Awareness, Viewpoint, is_known
from goldenthread.records.access.reading import ties_to
from goldenthread.records.network.models import Claim
from goldenthread.records.people.models import StatementSubject
from goldenthread.records.provenance import models
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.network.record_claims import Unknown, record_claims
from tests.families.world import NOW, World, build_world

AGENCIES = ["social_care", "health_visiting", "police", "mental_health", "gp"]
SPEAKERS = {"priya": "social_care", "ama": "health_visiting", "lund": "mental_health"}


@pytest.fixture(scope="module")
def world(shared_record: str) -> World:
    """Thirty entries with claims, told to agencies drawn at random; half bring somebody new."""
    world = build_world()
    chance = random.Random(20260610)
    known = [world.person("ruth"), world.person("ada"), world.person("father")]
    for number in range(30):
        who = chance.choice(sorted(SPEAKERS))
        day = date(2026, 1, 1) + timedelta(days=chance.randint(0, 120))
        others = [a for a in AGENCIES if a != SPEAKERS[who]]
        told = {
            other: (day + timedelta(days=chance.randint(0, 30))).isoformat()
            for other in chance.sample(others, chance.randint(0, 2))
        }
        new = [Unknown(uuid4(), f"Man number {number}")] if chance.random() < 0.5 else []
        other = new[0].id if new else known[2]
        claims = [ProposedClaim(uuid4(), "couple", "brief", known[0], other=other)]
        entry = world.entry(SPEAKERS[who], f"{number}", day.isoformat(), told=told, about=("ruth",))
        record_claims(world.actors[who], world.case, entry, claims, now=NOW, unknown=new)
    return world


def awareness_by_statement() -> dict:
    rows = models.Awareness.objects.values_list("statement_id", "agency_id", "known_from")
    found: dict = {}
    for row in rows:
        found.setdefault(row[0], []).append(Awareness(*row))
    return found


@pytest.mark.parametrize("agency", [None, *AGENCIES])
@pytest.mark.parametrize("day", [10, 60, 100, 150])
def test_the_query_and_the_rule_agree_on_what_a_viewpoint_knew(world: World, agency, day: int):
    as_of = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    view = Viewpoint(as_of, world.agency(agency) if agency else None)

    shown = read_network(world.actors["grace"], world.case, view, now=NOW)

    held = awareness_by_statement()
    known = {statement for statement, rows in held.items() if is_known(rows, view)}
    claims = Claim.objects.filter(statement__in=known)
    assert shown.known_claims == {str(id) for id in claims.values_list("id", flat=True)}
    named = StatementSubject.objects.filter(statement__in=known).values_list("person", flat=True)
    unnamed = set() if agency else {str(world.person("ada"))}  # no entry of this world is about her
    assert shown.known_people == {str(id) for id in named} | unnamed


@pytest.mark.parametrize("who", ["priya", "grace", "sam", "ama", "lund"])
def test_the_query_and_the_policy_agree_on_what_a_reader_is_shown(world: World, who: str):
    actor = world.actors[who]
    ties = ties_to(world.case, actor, now=NOW)
    held = awareness_by_statement()

    shown = read_network(actor, world.case, Viewpoint(NOW), now=NOW)

    allowed = set()
    for statement, agency in models.Statement.objects.values_list("id", "agency_id"):
        knows = frozenset(a.agency for a in held[statement] if a.known_from <= NOW)
        if decide(actor, Action.VIEW_ENTRY, ties, EntryHolders(agency, knows)).is_allowed:
            allowed.add(statement)
    claims = Claim.objects.filter(statement__in=allowed)
    assert {c.id for c in shown.network.claims} == {
        str(id) for id in claims.values_list("id", flat=True)
    }
    opened_with = {world.person(name) for name in ("ruth", "ada", "father")}
    named = set(claims.values_list("other_id", flat=True)) | opened_with
    assert {p.id for p in shown.network.people} == {str(id) for id in named}
    assert {m.person for m in shown.family.members} == named
    if who != "grace":
        assert len(allowed) < 30, "a world in which nothing is masked shows nothing"


def test_no_viewpoint_changes_what_is_laid_out(world: World):
    ama = world.actors["ama"]
    views = [Viewpoint(NOW)] + [
        Viewpoint(NOW - timedelta(days=days), world.agency(agency))
        for days in (20, 90)
        for agency in AGENCIES
    ]

    shown = [read_network(ama, world.case, view, now=NOW) for view in views]

    assert len({repr(one.laid_out) for one in shown}) == 1
    assert len({repr(one.network) for one in shown}) == 1
    assert len({one.known_claims for one in shown}) > 3, "the viewpoints must differ"
