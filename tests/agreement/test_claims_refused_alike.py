"""Two ways, one answer: a claim the rules let through is one the database keeps, and no other."""

from __future__ import annotations

import random
from uuid import uuid4

import pytest
from django.db.utils import IntegrityError

from goldenthread.domain.network.proposing import CannotBeClaimed, ProposedClaim, check_claims
from goldenthread.domain.network.vocabulary import NATURES, ClaimKind, HarmStatus
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import not_known, parse_edtf
from goldenthread.records.audit.store import Event
from goldenthread.records.network import store
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.network.record_claims import NewHousehold, add_household
from tests.families.world import NOW, World, build_world, key
from tests.looking import past_the_wall

TRIES = 600


@pytest.fixture(scope="module")
def world(shared_record: str) -> World:
    world = build_world()
    ama = world.actors["ama"]
    record_entry(ama, world.case, world.entry("health_visiting", "x", id=key("entry")), now=NOW)
    add_household(ama, world.case, NewHousehold(key("home"), "Nan’s"), now=NOW)
    return world


def any_claim(world: World, chance: random.Random) -> ProposedClaim:
    """A claim that is right more often than chance would have it, and wrong in every way at times."""
    kind = chance.choice([*ClaimKind, "rumour"] if chance.random() < 0.1 else [*ClaimKind])
    kinds = NATURES.get(kind) or chance.choice([*NATURES.values()])
    if chance.random() < 0.1:
        kinds = chance.choice([*NATURES.values()])
    person = world.person("ruth")
    names_other = (kind not in ("lives_at", "involvement", "need")) ^ (chance.random() < 0.1)
    at_home = (kind == "lives_at") ^ (chance.random() < 0.1)
    with_agency = (kind == "involvement") ^ (chance.random() < 0.1)
    has_status = (kind == "harm") ^ (chance.random() < 0.1)
    weekdays = chance.random() < 0.2
    return ProposedClaim(
        id=uuid4(),
        kind=kind,
        nature=chance.choice([*kinds]),
        person=person,
        other=chance.choice([world.person("ada"), person]) if names_other else None,
        household=key("home") if at_home else None,
        agency=world.agency("gp") if with_agency else None,
        happened=chance.choice([not_known(), parse_edtf("2026-03/.."), parse_edtf("2025")]),
        polarity=chance.choice([*Polarity, "perhaps"]),
        status=chance.choice([*HarmStatus, "surely"]) if has_status else "",
        days=tuple(chance.sample(range(9), 2)) if weekdays else (),
        nights=tuple(chance.sample(range(1, 8), 2)) if weekdays else (),
        words=chance.choice(["", "Other"]),
    )


def by_rule(claim: ProposedClaim) -> bool:
    try:
        check_claims([claim], today=NOW.date())
    except CannotBeClaimed:
        return False
    return True


def by_database(world: World, claim: ProposedClaim) -> bool:
    ama = world.actors["ama"]
    event = Event(ama.account, ama.practitioner, ama.agency, "test", "allow", "test")
    try:
        with past_the_wall():
            store.append_claims(key("entry"), [claim], recorded_by=ama.account, event=event)
    except IntegrityError:
        return False
    return True


def test_the_rules_and_the_constraints_agree_on_every_claim(world: World):
    chance = random.Random(20261126)
    claims = [any_claim(world, chance) for _ in range(TRIES)]

    answers = [(by_rule(claim), by_database(world, claim), claim) for claim in claims]

    assert [claim for rule, database, claim in answers if rule != database] == []
    kept = [claim.kind for rule, _, claim in answers if rule]
    assert set(kept) == {str(kind) for kind in ClaimKind}, "every kind must be kept at least once"
    assert len(kept) < TRIES * 0.9, "a test in which nothing is refused shows nothing"
