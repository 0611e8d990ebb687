"""The pages of what restricts a record: what they say, take and refuse, and to whom they are there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.access.models import Conflict, Seal, StatementLabel, Withholding
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families import restricted
from tests.families.world import NOW, World, key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return restricted.build_restricted()


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


def main_of(answer) -> str:
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def an_entry(world: World) -> dict[str, object]:
    made = world.entry(
        "social_care", "He shouts.", asserted_by=world.actors["priya"].practitioner,
        told={"health_visiting": "2026-03-15"},
    )  # fmt: skip
    record_entry(world.actors["priya"], world.case, made, now=NOW)
    return {"case": world.case, "statement": made.id}


def test_an_entry_is_labelled_sealed_and_withheld_from_its_page(world: World):
    at, priya = an_entry(world), signed_in("priya")
    page = main_of(priya.get(reverse("entry_access", kwargs=at)))
    assert "Your agency made this entry." in page and "own-agency-entry" in page

    without = priya.post(reverse("entry_label", kwargs=at), {"label": "csa", "reason": " "})
    assert without.status_code == 422 and "Say why" in main_of(without)
    sent = {"label": "csa", "reason": "It is hers.", "id": str(key("form"))}
    for _ in range(2):
        priya.post(reverse("entry_label", kwargs=at), sent)
    assert StatementLabel.objects.count() == 1
    page = main_of(priya.get(reverse("entry_access", kwargs=at)))
    assert "Child sexual abuse" in page and "they are not cleared to read it" in page

    ama = str(world.actors["ama"].practitioner)
    told = {"person": ama, "reason": "x"}
    unfit = priya.post(reverse("entry_withhold", kwargs=at), {**told, "until": "whenever"})
    assert unfit.status_code == 422 and Withholding.objects.count() == 0
    priya.post(reverse("entry_withhold", kwargs=at), told)
    assert Withholding.objects.count() == 1
    priya.post(reverse("entry_seal", kwargs=at), {"kind": "high_risk", "reason": "x"})
    seal = Seal.objects.get()
    assert seal.statement_id == at["statement"]
    where = reverse("seal_review", kwargs={"case": world.case, "seal": seal.id})
    priya.post(where, {"go": "lift", "reason": "Over.", "statement": str(at["statement"])})
    assert "To be reviewed by" not in main_of(priya.get(reverse("entry_access", kwargs=at)))


def test_a_masked_entry_says_whom_to_ask_and_never_why(world: World):
    at = an_entry(world)
    signed_in("priya").post(reverse("entry_label", kwargs=at), {"label": "csa", "reason": "x"})
    page = main_of(signed_in("ama").get(reverse("history", kwargs={"case": world.case})))
    assert "This entry is restricted." in page
    assert "He shouts" not in page and "sexual" not in page.casefold()
    assert signed_in("ama").get(reverse("entry_access", kwargs=at)).status_code == 404


def test_a_sealed_record_says_so_to_those_it_names_and_is_not_there_for_others(world: World):
    at = {"case": world.case}
    priya = signed_in("priya")
    alone = priya.post(reverse("family_seal", kwargs=at), {"kind": "high_risk", "reason": "x"})
    assert alone.status_code == 422 and "at least two people" in main_of(alone)
    grace = str(world.actors["grace"].practitioner)
    priya.post(
        reverse("family_seal", kwargs=at), {"kind": "high_risk", "reason": "x", "named": [grace]}
    )
    said = priya.get(reverse("family", kwargs=at)).content.decode()
    assert "Restricted: only named people" in said
    assert signed_in("ama").get(reverse("family", kwargs=at)).status_code == 404


def test_the_list_of_a_seal_and_who_answers_for_it_change_from_its_page(world: World):
    at, priya = {"case": world.case}, signed_in("priya")
    grace, sam = (str(world.actors[who].practitioner) for who in ("grace", "sam"))
    sent = {"kind": "high_risk", "reason": "x", "named": [grace, sam]}
    priya.post(reverse("family_seal", kwargs=at), sent)
    where = reverse("seal_change", kwargs={**at, "seal": Seal.objects.get().id})
    for wrong in ({"person": ""}, {"person": sam, "reason": " "}, {"person": sam, "on": "soon"}):
        short = priya.post(where, {"go": "end", "reason": "x", **wrong})
        assert short.status_code == 422 and "There is a problem" in main_of(short)
    said = main_of(priya.post(where, {"go": "hand", "person": grace, "reason": "x"}, follow=True))
    assert "They answer for it from now on" in said and "Grace Obi answers for it" in said
    ended = {"go": "end", "person": sam, "on": "3 March 2099", "reason": "He moves."}
    assert "Sam Reed, until 3 March 2099" in main_of(priya.post(where, ended, follow=True))
    assert signed_in("ama").post(where, ended).status_code == 404


def test_a_lead_reads_of_withheld_records_and_of_seals_in_counts(world: World):
    restricted.withhold(world, "rosa", person="lund")
    restricted.seal(world, "priya", "grace", "rosa")
    page = main_of(signed_in("rosa").get(reverse("restricted_records")))
    assert "is withheld from <strong>Dr Inga Lund</strong>" in page
    assert "Sealed now" in page and "nobody who is named can sign in" not in page


def test_a_conflict_is_declared_without_being_told_of_a_record(world: World):
    client, where = signed_in("sam"), reverse("own_conflict")
    said = [
        main_of(client.post(where, {"family": family, "reason": "My aunt."}, follow=True))
        for family in ("GT-0001", "GT-9999")
    ]
    lasting = [re.sub(r'value="[^"]*"', "", one) for one in said]
    assert lasting[0] == lasting[1]
    assert Conflict.objects.count() == 2
    assert client.post(where, {"family": "", "reason": "x"}).status_code == 422
    assert client.get(reverse("family", kwargs={"case": world.case})).status_code == 404


def test_only_a_lead_looks_after_restricted_records(world: World):
    where = reverse("restricted_records")
    assert signed_in("priya").get(where).status_code == 404
    rosa = signed_in("rosa")
    sam = str(world.actors["sam"].practitioner)
    rosa.post(where, {"go": "clear", "person": sam, "label": "csa", "reason": "His work."})
    assert "Sam Reed" in main_of(rosa.get(where))
    refused = rosa.post(where, {"go": "clear", "person": sam, "label": "none", "reason": "x"})
    assert refused.status_code == 422


def test_everybody_reads_what_each_label_does(world: World):
    page = main_of(signed_in("tom").get(reverse("labels")))
    assert "Protected source" in page and "90 days" in page
