"""Answering, sharing and judging an entry in the browser."""

from __future__ import annotations

import html
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.chronology.models import SignificanceJudgement
from goldenthread.records.provenance.models import ShareEvent, Statement, StatementLink
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.keep_draft import drafts_of, entry_of_draft
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.web.kit.clock import now
from tests.families.world import NOW, World


def words(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def entry(world: World):
    """Health visiting saw it on about 3 March; social care was told."""
    entry = world.entry(
        "health_visiting",
        "Seen on Tuesday.\nShe was cheerful.",
        "about 3 March 2026",
        known="2026-03-04",
        told={"social_care": "2026-03-20"},
        concerns=("strength",),
        impact="Settled.",
        how_known="told",
        informant="Her aunt",
    )
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return entry


def at(name: str, world: World, entry, **more) -> str:
    return reverse(name, kwargs={"case": world.case, "statement": entry.id, **more})


def answer(**change):
    return {
        "screen": "answer",
        "text": "Seen on Wednesday.",
        "reason": "I looked at my diary.",
        "how_known": "saw",
        "people": [],
        "when": "same",
        **change,
    }


def test_ones_own_entry_can_be_answered_five_ways_anothers_three(as_, world: World, entry):
    own = words(as_("ama").get(at("answer_entry", world, entry)))
    other = words(as_("priya").get(at("answer_entry", world, entry)))

    assert own.count('name="answer"') == 5
    assert other.count('name="answer"') == 3
    assert "Only Fenwick Health Visiting can correct or withdraw its entry." in other


def test_choosing_leads_to_a_form_and_not_choosing_says_so(as_, world: World, entry):
    client, address = as_("ama"), at("answer_entry", world, entry)

    assert "/corrects/" in client.get(address, {"answer": "corrects", "asked": 1}).url
    nothing = client.get(address, {"asked": 1})
    assert nothing.status_code == 422
    assert words(nothing).count("Choose one.") == 2


def test_a_correction_starts_from_every_value_of_the_earlier_entry(as_, world: World, entry):
    address = at("answer_form", world, entry, draft=uuid4(), kind="corrects")
    client = as_("ama")

    page = words(client.get(address))
    assert "Seen on Tuesday.\nShe was cheerful.</textarea>" in page
    assert "Settled.</textarea>" in page
    assert 'value="Her aunt"' in page
    assert "As in the earlier entry: about 3 March 2026" in page
    for checked in (str(world.person("ruth")), str(world.person("ada")), "strength"):
        assert f'value="{checked}" checked' in page
    assert 'value="observation" selected' in page


def test_a_correction_is_kept_and_says_who_still_has_the_earlier_one(as_, world: World, entry):
    client, draft = as_("ama"), uuid4()
    address = at("answer_form", world, entry, draft=draft, kind="corrects")
    sent = answer(people=[str(world.person("ada"))], kind="visit", concerns="strength")

    response = client.post(address, sent)

    assert response.url == at("answer_saved", world, entry, draft=draft)
    row = Statement.objects.get(id=entry_of_draft(world.actors["ama"], draft))
    assert (row.text, row.happened, row.kind) == ("Seen on Wednesday.", "2026-03-03~", "visit")
    link = StatementLink.objects.get(target=entry.id)
    assert (link.kind, link.reason) == ("corrects", "I looked at my diary.")
    page = words(client.get(response.url))
    assert "marked as corrected" in page
    assert "Still has only the earlier entry:</strong> Fenwick Children's Services" in page
    again = client.post(address, sent)
    assert again.url.endswith("?again=1")
    assert Statement.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("corrects", {"reason": " "}, "Say why"),
        ("corrects", {"text": ""}, "Say what happened"),
        ("corrects", {"people": []}, "Say who this is about."),
        ("withdraws", {"reason": ""}, "Say why"),
        ("disputes", {"text": "", "reason": ""}, "Say what happened"),
        ("disputes", {"how_known": ""}, "Say how you know it"),
        ("disputes", {"when": "other", "happened-day": "31"}, "Enter the year"),
        ("clarifies", {"text": "x\x00y"}, "cannot be kept"),
    ],
)
def test_an_answer_that_lacks_something_says_what_and_keeps_the_rest(
    as_, world: World, entry, kind: str, change: dict, sentence: str
):
    client, draft = as_("ama"), uuid4()
    address = at("answer_form", world, entry, draft=draft, kind=kind)
    sent = answer(people=[str(world.person("ada"))]) | {"reason": "My diary"} | change

    response = client.post(address, sent)

    assert response.status_code == 422
    assert words(response).count(sentence) == 2
    assert Statement.objects.count() == 1
    assert len(drafts_of(world.actors["ama"], now=now())) == 1
    resumed = client.get(reverse("resume_draft", args=[draft]))
    assert resumed.url == address


def test_a_withdrawal_asks_one_question(as_, world: World, entry):
    client = as_("ama")
    address = at("answer_form", world, entry, draft=uuid4(), kind="withdraws")

    assert 'name="text"' not in words(client.get(address))
    sent = answer(reason="It is about another family.", people=[str(world.person("ada"))])
    del sent["text"]
    assert client.post(address, sent).status_code == 302
    assert StatementLink.objects.get().reason == "It is about another family."


def test_a_withdrawn_entry_is_not_offered_to_be_withdrawn_again(as_, world: World, entry):
    page = at("entry", world, entry)
    assert "Withdraw it" in words(as_("ama").get(page))
    answer_entry(
        world.actors["ama"], world.case, entry.id, LinkKind.WITHDRAWS,
        world.entry("health_visiting", "That was another child."), reason="A slip.", now=NOW,
    )  # fmt: skip

    withdrawn = words(as_("ama").get(page))

    assert "Withdraw it" not in withdrawn
    assert "Correct it" not in withdrawn
    assert "Explain it" in withdrawn


@pytest.mark.parametrize("kind", ["corrects", "withdraws"])
def test_another_agency_that_sends_a_correction_is_refused_in_words(
    as_, world: World, entry, kind: str
):
    address = at("answer_form", world, entry, draft=uuid4(), kind=kind)

    response = as_("priya").post(address, answer(people=[str(world.person("ada"))]))

    assert response.status_code == 422
    assert "You can dispute it." in words(response)
    assert not StatementLink.objects.exists()


@pytest.mark.parametrize("name", ["answer_entry", "share_entry"])
@pytest.mark.parametrize("who", ["lund", "tom", "admin"])
def test_an_entry_one_cannot_read_has_no_pages(as_, world: World, entry, name: str, who: str):
    client = as_(who)

    assert client.get(at(name, world, entry)).status_code == 404
    form = at("answer_form", world, entry, draft=uuid4(), kind="disputes")
    assert client.get(form).status_code == 404
    assert client.post(at("judge", world, entry), {"significance": "key"}).status_code == 404


def test_an_unknown_kind_of_answer_does_not_exist(as_, world: World, entry):
    address = at("answer_form", world, entry, draft=uuid4(), kind="same_event")

    assert as_("ama").get(address).status_code == 404


def test_sharing_records_a_telling_once(as_, world: World, entry):
    client, address = as_("priya"), at("share_entry", world, entry)
    sent = {"told": str(world.agency("mental_health")), "told_when": "today", "channel": "By phone"}

    response = client.post(address, sent)
    again = client.post(address, sent)

    assert response.url == at("entry", world, entry)
    assert [str(m) for m in get_messages(response.wsgi_request)] == [
        "Saved. Harbour Adult Mental Health can read it here, and is asked to."
    ]
    assert "already" in [str(m) for m in get_messages(again.wsgi_request)][-1]
    rows = ShareEvent.objects.filter(to_agency=world.agency("mental_health"))
    assert [row.from_agency_id for row in rows] == [world.agency("social_care")]
    page = words(client.get(address))
    assert "Harbour Adult Mental Health, since" in page
    assert f'name="told" value="{world.agency("mental_health")}"' not in page


def test_whoever_was_told_in_person_is_kept_beside_their_agency(as_, world: World, entry):
    person = str(world.actors["lund"].practitioner)
    sent = {"in_person": person, "why_told": "To plan the visit.", "basis": "public_task"}

    response = as_("priya").post(at("share_entry", world, entry), sent)

    assert response.status_code == 302
    (row,) = ShareEvent.objects.filter(to_agency=world.agency("mental_health"))
    assert (str(row.to_person_id), row.reason) == (person, "To plan the visit.")
    assert row.receipt_asked


def test_an_agency_that_can_open_nothing_is_said_to_be_so(as_, world: World, entry):
    client, address = as_("priya"), at("share_entry", world, entry)
    assert "Nobody there can open this family’s record" in words(client.get(address))

    response = client.post(address, {"told_beyond": str(world.agency("police"))})

    (said,) = [str(m) for m in get_messages(response.wsgi_request)]
    assert said == (
        "Saved. Fenwick Police is not on this family’s team and cannot open its record: "
        "make sure they have it from you."
    )
    assert not ShareEvent.objects.get(to_agency=world.agency("police")).receipt_asked


def test_nobody_off_the_team_can_be_chosen_as_told_in_person(as_, world: World, entry):
    sent = {"in_person": str(world.actors["tom"].practitioner)}
    response = as_("priya").post(at("share_entry", world, entry), sent)
    assert response.status_code == 422
    assert "Choose people from the list." in words(response)
    assert not ShareEvent.objects.filter(to_agency=world.agency("police")).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose at least one agency."),
        ({"not_telling": "mental_health", "not_reason": "Wait."}, "looked at again"),
        (
            {"told": "mental_health", "told_when": "other", "told_on-year": "2025"},
            "did not know this yet",
        ),
    ],
)
def test_a_telling_that_cannot_be_so_comes_back_with_its_sentence(
    as_, world: World, entry, fields: dict, sentence: str
):
    sent = {
        name: str(world.agency(value)) if name in ("told", "not_telling") else value
        for name, value in fields.items()
    }
    response = as_("priya").post(at("share_entry", world, entry), sent)

    assert response.status_code == 422
    assert sentence in words(response)
    for value in fields.values():
        assert value == "mental_health" or value in words(response)


def test_a_chair_whose_agency_was_not_told_is_shown_whom_to_ask(as_, world: World):
    alone = world.entry("mental_health", "Stopped her tablets.")
    record_entry(world.actors["lund"], world.case, alone, now=NOW)

    page = words(as_("grace").get(at("share_entry", world, alone)))

    assert "not yours to pass on. Ask Harbour Adult Mental Health" in page
    assert 'name="told"' not in page


@pytest.mark.parametrize("significance", ["routine", "significant", "key"])
def test_a_judgement_is_kept_and_leads_back(as_, world: World, entry, significance: str):
    back = reverse("family", kwargs={"case": world.case})

    response = as_("priya").post(
        at("judge", world, entry), {"significance": significance, "reason": "Why", "back": back}
    )

    assert response.url == back
    row = SignificanceJudgement.objects.get()
    assert (row.significance, row.reason) == (significance, "Why")


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_judgement_never_leads_elsewhere(as_, world: World, entry, back: str):
    response = as_("priya").post(at("judge", world, entry), {"significance": "x", "back": back})

    assert response.url == at("entry", world, entry)
    assert not SignificanceJudgement.objects.exists()
