"""One man in two families of the demonstration: who is told that, of what, and who is told nothing.

Every account that can sign in opens the pages of both families over the families as they are loaded.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.domain.access.decision import Action
from goldenthread.interop.demo.loader import key, load
from goldenthread.interop.demo.story import read_partnership, read_story, read_toml
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.shared.models import Account

pytestmark = pytest.mark.slow

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RUDLAND, WETHERILL = key("case", "GT-DEMO-001"), key("case", "GT-DEMO-002")
CARL_OF = {RUDLAND: key("person", "mothers_partner"), WETHERILL: key("person", "carl_beddoes")}
PAGES = ("family", "history", "network")
ACCOUNTS = {p["key"]: p for p in read_partnership()["practitioner"] if p["demo_account"]}
# What would give the other family away. Agencies do not: every page may list the partnership's.
OF_RUDLAND = ("Rudland", "GT-DEMO-001", "Gemma", "Tannery", "Theo")
OF_WETHERILL = ("Wetherill", "GT-DEMO-002", "Beddoes", "Capstan", "Poppy", "Finn")
NETWORK = reverse("network", kwargs={"case": RUDLAND})
TOLD = "Is also in another family’s record."

OF_BOTH = {"ds_hockley"}
# On the Rudlands' team, in an agency that knows of Carl; the chair sees everything.
KNOW_OF_CARL = {"sw_3", "midwife", "hv_2", "dsl", "probation_officer", "chair"}
# On the same team; nothing that they wrote or were told names him.
DO_NOT = {"gp_doctor_1", "care_coordinator"}
PHILIP, OWEN = "dsl_elsewhere", "aldersea_worker"
# Leads on restricted records in Owen's agency, and sees of these families what he sees.
LEAD = "aldersea_lead"
# Has a conflict of interest with the Wetherills: for him there is no such family.
IN_CONFLICT = "aldersea_duty"
# May break the glass; of no team, in an agency of the second family's.
ON_DUTY = "aldersea_emergency"
# Reviews who broke the glass, and opens no family.
GOVERNANCE = "caldicott"
# Keeps the patterns for the whole partnership, and opens no family.
MANAGER = "partnership_manager"
# Look after the accounts of two agencies, and open no family.
ADMINISTRATORS = ("accounts_health_visiting", "accounts_social_care")


@pytest.fixture(scope="module")
def loaded(shared_record) -> None:
    """Both families, brought in as the demonstration brings them in."""
    load(say=lambda words: None)


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key("account", who)), backend=BACKEND)
    return client


def words_of(client: Client, path: str, **query: object) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def panel(client: Client, case) -> str:
    return words_of(client, reverse("network", kwargs={"case": case}), person=CARL_OF[case])


def everything(client: Client, case) -> str:
    """The reader's own list, and each page of one family."""
    pages = [words_of(client, reverse(name, kwargs={"case": case})) for name in PAGES]
    return " ".join([words_of(client, "/"), panel(client, case), *pages])


def beyond(client: Client, case):
    """The page of other families that he leads to."""
    return client.get(reverse("network_beyond", kwargs={"case": case, "person": CARL_OF[case]}))


def is_closed_to(client: Client, case) -> bool:
    return all(
        client.get(reverse(name, kwargs={"case": case})).status_code == 404 for name in PAGES
    )


def test_every_account_is_in_exactly_one_of_the_tables():
    placed = [*OF_BOTH, *KNOW_OF_CARL, *DO_NOT, PHILIP, OWEN, LEAD, MANAGER, *ADMINISTRATORS]
    placed += [IN_CONFLICT, ON_DUTY, GOVERNANCE]
    assert sorted(placed) == sorted(ACCOUNTS)
    for who in DO_NOT:
        agency = ACCOUNTS[who]["agency"]
        for row in read_story():
            assert (
                agency not in (row.agency, *row.shared_with) or "mothers_partner" not in row.people
            )


@pytest.mark.parametrize("who", sorted(KNOW_OF_CARL))
def test_whoever_knows_of_him_is_told_that_there_is_a_record_and_whom_to_ring(loaded, who):
    client = signed_in(who)

    said = panel(client, RUDLAND)

    assert f"Carl Beddowes {TOLD}" in words_of(client, NETWORK)
    assert TOLD in said
    assert re.search(
        r"Ring Owen Pascoe, Aldersea Council Children.{1,5}s Services, 01632 960227", said
    )


@pytest.mark.parametrize("who", sorted(KNOW_OF_CARL | DO_NOT))
def test_nobody_of_the_rudlands_team_reads_anything_of_the_other_record(loaded, who):
    client = signed_in(who)

    read = everything(client, RUDLAND) + beyond(client, RUDLAND).content.decode()

    assert [words for words in OF_WETHERILL if words in read] == []
    assert is_closed_to(client, WETHERILL)


@pytest.mark.parametrize("who", sorted(DO_NOT))
def test_whoever_does_not_know_of_him_is_told_nothing_of_him(loaded, who):
    client = signed_in(who)

    read = everything(client, RUDLAND)

    assert "another family’s record" not in read
    assert "Beddowes" not in read
    assert "Owen Pascoe" not in read
    assert beyond(client, RUDLAND).status_code == 404


def test_the_other_familys_worker_is_told_the_same_of_theirs(loaded):
    client = signed_in(OWEN)

    said = panel(client, WETHERILL)

    assert TOLD in said
    assert re.search(
        r"Ring Ruth Lindley, Skelderdale Council Children.{1,5}s Services, 01632 960202", said
    )
    assert [words for words in OF_RUDLAND if words in everything(client, WETHERILL)] == []
    assert is_closed_to(client, RUDLAND)


def test_for_whoever_is_in_conflict_there_is_neither_family(loaded):
    client = signed_in(IN_CONFLICT)

    read = words_of(client, "/")

    assert [words for words in OF_RUDLAND + OF_WETHERILL if words in read] == []
    assert is_closed_to(client, RUDLAND) and is_closed_to(client, WETHERILL)


@pytest.mark.parametrize("who", [MANAGER, GOVERNANCE, *ADMINISTRATORS])
def test_managers_and_administrators_open_neither_family_and_read_nothing_of_them(loaded, who):
    client = signed_in(who)

    read = words_of(client, "/") + words_of(client, reverse("handing_on"))
    read += words_of(client, reverse("unanswered")) if who == MANAGER else ""
    read += words_of(client, reverse("accounts")) if who in ADMINISTRATORS else ""

    assert [words for words in OF_RUDLAND + OF_WETHERILL if words in read] == []
    assert is_closed_to(client, RUDLAND) and is_closed_to(client, WETHERILL)


def test_philip_has_his_own_family_and_no_sign_of_another(loaded):
    client = signed_in(PHILIP)

    read = everything(client, WETHERILL)

    assert "Poppy" in words_of(client, "/")
    assert [words for words in (*OF_RUDLAND, "Beddo", "another family’s") if words in read] == []
    assert is_closed_to(client, RUDLAND)
    assert beyond(client, WETHERILL).status_code == 404


def test_whoever_works_with_both_is_led_from_one_to_the_other(loaded):
    client = signed_in("ds_hockley")

    assert "GT-DEMO-002" in beyond(client, RUDLAND).content.decode()
    assert "Family GT-DEMO-002" in panel(client, RUDLAND)
    assert "Family GT-DEMO-001" in panel(client, WETHERILL)
    assert not is_closed_to(client, RUDLAND)
    assert not is_closed_to(client, WETHERILL)


def test_the_judgement_and_each_step_from_one_record_to_the_other_are_audited(loaded):
    panel(signed_in("sw_3"), RUDLAND)

    by = {case: events_of_case(case) for case in (RUDLAND, WETHERILL)}

    for events in by.values():
        judged = [e for e in events if e.action == Action.LINK_PEOPLE]
        assert {e.practitioner for e in judged} == {key("practitioner", "ds_hockley")}
    steps = [e for e in by[WETHERILL] if e.practitioner == key("practitioner", "sw_3")]
    assert steps
    assert {(e.action, e.outcome) for e in steps} <= {
        (Action.FOLLOW_LINK, "mask"), (Action.VIEW_FAMILY, "deny"), (Action.VIEW_FAMILY, "mask"),
    }  # fmt: skip


def test_he_goes_by_the_name_that_each_record_knows(loaded):
    names = {
        family: next(
            one["family_name"]
            for one in read_toml("family.toml", family)["person"]
            if key("person", one["key"]) == CARL_OF[case]
        )
        for family, case in (("rudland", RUDLAND), ("wetherill", WETHERILL))
    }
    assert f"Carl {names['rudland']}" in panel(signed_in("ds_hockley"), RUDLAND)
    assert f"Carl {names['wetherill']}" in panel(signed_in("ds_hockley"), WETHERILL)
