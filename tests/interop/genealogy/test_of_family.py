"""`goldenthread genogram --family`: what the account may see, drawn; whoever may not is refused."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.interop.genealogy.genogram import as_json, as_svg
from goldenthread.interop.genealogy.of_family import genogram_of_family
from goldenthread.records.audit.reading import events_of_case
from goldenthread.usecases.access.families import NotFoundHere
from goldenthread.usecases.network.record_claims import record_claims
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def test_a_family_of_the_record_is_drawn_as_its_reader_may_see_it(world: World):
    entry = world.entry("health_visiting", "Ruth is Ada's mother.")
    tie = ProposedClaim(uuid4(), "parent", "birth", world.person("ruth"), other=world.person("ada"))
    record_claims(world.actors["ama"], world.case, entry, [tie], now=NOW)

    drawn = genogram_of_family("GT-0001", email="ama@example.org")

    people = {one["id"]: one for one in json.loads(as_json(drawn.genogram))["people"]}
    ruth, ada = (people[str(world.person(name))] for name in ("ruth", "ada"))
    assert ruth["generation"] < ada["generation"]
    assert [one for one in people.values() if one.get("placeholder_for")]
    assert "Ruth" in as_svg(drawn.genogram)
    assert any(event.resource == "network" for event in events_of_case(world.case))


@pytest.mark.parametrize(
    ("family", "email"), [("GT-0001", "nobody@example.org"), ("GT-9999", "ama@example.org")]
)
def test_nobody_learns_of_a_family_that_is_not_theirs(world: World, family, email):
    with pytest.raises(NotFoundHere):
        genogram_of_family(family, email=email)
