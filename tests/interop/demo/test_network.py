"""What the demonstration's entries say of who is who: complete, and no more than its entries."""

from __future__ import annotations

import pytest

from goldenthread.domain.network.proposing import check_claims
from goldenthread.interop.demo import loader
from goldenthread.interop.demo.network import _claims, read_toml
from goldenthread.interop.demo.story import read_story

STORY = {row.id: row for row in read_story()}
NETWORK = read_toml()
PEOPLE = {person["key"] for person in loader.story()["person"]}
AGENCIES = {agency["key"] for agency in loader.story()["agency"]}


@pytest.mark.parametrize("entry", NETWORK["entry"], ids=lambda entry: entry["id"])
def test_each_claim_belongs_to_an_entry_and_can_be_made(entry):
    row = STORY[entry["id"]]
    claims = _claims(entry, loader.key)
    check_claims(claims, today=loader.now().date())
    for said in entry["claims"]:
        assert {said["person"], said.get("other", said["person"])} <= PEOPLE
        assert said.get("agency", row.agency) in AGENCIES
        in_words = "grandm" in f"{row.what} {row.impact}".lower() or "Janet" in row.what
        in_words = in_words and said["person"] == "maternal_grandmother"
        assert said["person"] in row.people or said.get("other") in row.people or in_words


def test_every_household_is_lived_in_and_every_home_named_is_there():
    named = {
        claim["household"]
        for e in NETWORK["entry"]
        for claim in e["claims"]
        if "household" in claim
    }
    assert named == {home["key"] for home in NETWORK["household"]}


def test_no_entry_names_a_partner_before_its_agency_could():
    """Probation's note of July says that he is single: it must not name Gemma."""
    july = next(e for e in NETWORK["entry"] if e["id"] == "PRO-005")
    assert all("mother" not in claim.values() for claim in july["claims"])
