"""Somebody in two families' records: seen by members of the team, said by them, and no more."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from goldenthread.usecases.people import set_up
from tests.families.world import key
from tests.web.network.conftest import address, signed_in
from tests.web.network.test_page import words


@pytest.fixture
def other(world):
    """A second family of Priya's, with somebody who may be Dean."""
    member = set_up.NewMember(key("person deano"), "father", "Dean", "Carter")
    team = set_up.NewTeamMember(uuid4(), key("practitioner priya"), "allocated", date(2024, 1, 1))
    family = set_up.NewFamily(
        id=key("case marsh"), reference="GT-0002", family_label="Marsh family",
        opened_on=date(2024, 1, 1), legal_status="", members=(member,), team=(team,),
    )  # fmt: skip
    set_up.open_family(world.actors["priya"], family)
    return family.id


def page_of(world, name="dean") -> str:
    return address(world, "network_beyond", person=world.person(name))


def test_two_people_are_judged_to_be_one_and_nothing_is_merged(world, other):
    client = signed_in(world, "priya")
    assert "No other family is known" in words(client.get(page_of(world)).content.decode())

    given = {
        "family": other,
        "other": key("person deano"),
        "verdict": "same",
        "reason": "Same DOB.",
    }
    page = client.post(page_of(world), given, follow=True).content.decode()

    assert "Is also in another family’s record." in words(page)
    assert "Family GT-0002" in words(page)
    panel = client.get(address(world), {"person": world.person("dean")}).content.decode()
    assert "In another family" in words(panel)


@pytest.mark.parametrize("missing", ["other", "verdict", "reason"])
def test_what_is_missing_of_a_judgement_is_said(world, other, missing):
    given = {
        "family": other,
        "other": key("person deano"),
        "verdict": "same",
        "reason": "Same DOB.",
    }

    answer = signed_in(world, "priya").post(page_of(world), {**given, missing: ""})

    assert answer.status_code == 422
    assert "There is a problem" in words(answer.content.decode())


def test_a_colleague_who_is_not_of_the_team_cannot_follow_a_link(world, other):
    assert signed_in(world, "sam").get(page_of(world)).status_code == 404
    panel = signed_in(world, "sam").get(address(world), {"person": world.person("dean")})
    assert "In other families" not in words(panel.content.decode())
