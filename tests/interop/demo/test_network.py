"""What the demonstration's entries say of who is who: complete, and no more than its entries."""

from __future__ import annotations

import pytest

from goldenthread.domain.network.proposing import check_claims
from goldenthread.interop.demo import loader
from goldenthread.interop.demo.network import _claims
from goldenthread.interop.demo.story import families, read_partnership, read_story, read_toml

NETWORKS = {family: read_toml("network.toml", family) for family in families()}
STORY = {(family, row.id): row for family in families() for row in read_story(family)}
PEOPLE = {
    family: {person["key"] for person in loader.story(family)["person"]} for family in families()
}
AGENCIES = {agency["key"] for agency in read_partnership()["agency"]}
ENTRIES = [(family, entry) for family, told in NETWORKS.items() for entry in told["entry"]]


@pytest.mark.parametrize(
    ("family", "entry"),
    ENTRIES,
    ids=[entry["id"] for _, entry in ENTRIES],
)
def test_each_claim_belongs_to_an_entry_and_can_be_made(family, entry):
    row = STORY[family, entry["id"]]
    claims = _claims(entry, loader.key)
    check_claims(claims, today=loader.now().date())
    for said in entry["claims"]:
        assert {said["person"], said.get("other", said["person"])} <= PEOPLE[family]
        assert said.get("agency", row.agency) in AGENCIES
        in_words = "grandm" in f"{row.what} {row.impact}".lower() or "Janet" in row.what
        in_words = in_words and said["person"] == "maternal_grandmother"
        assert said["person"] in row.people or said.get("other") in row.people or in_words


@pytest.mark.parametrize("family", families())
def test_every_household_is_lived_in_and_every_home_named_is_there(family):
    named = {
        claim["household"]
        for e in NETWORKS[family]["entry"]
        for claim in e["claims"]
        if "household" in claim
    }
    assert named == {home["key"] for home in NETWORKS[family]["household"]}


def test_no_entry_names_a_partner_before_its_agency_could():
    """Probation's note of July says that he is single: it must not name Gemma."""
    july = next(e for e in NETWORKS["rudland"]["entry"] if e["id"] == "PRO-005")
    assert all("mother" not in claim.values() for claim in july["claims"])
