"""The pages of adults' needs: read, written in parts, agreed, used, and handed over."""

from __future__ import annotations

import html
import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from goldenthread.domain.needs.adjustment import SAFETY
from goldenthread.domain.needs.vocabulary import Agreement, Area, Delivered
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.records.needs.models import Adjustment, Delivery, Profile, ProfileAnswer
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.keep_draft import drafts_of
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.needs.was_it_used import Said, say_used
from tests.families.needs import READ_ALOUD, SUMMARY, agree, keep
from tests.families.world import NOW, World, build_world, key

BEGUN = re.compile('name="from" value="([^"]+)"')
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RUTH = key("person ruth")


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


@pytest.fixture
def client(world: World) -> Client:
    return signed_in("ama")


def at(world: World, name: str, **more: object) -> str:
    return reverse(name, kwargs={"case": world.case, **more})


def words(response) -> str:
    return html.unescape(response.content.decode())


class Form:
    """One version in hand, as its writer sends it."""

    def __init__(self, world: World, client: Client, draft: UUID) -> None:
        self.world, self.client, self.draft = world, client, draft

    def address(self, part: str) -> str:
        return at(self.world, "needs_part", adult=RUTH, draft=self.draft, part=part)

    def send(self, part: str, **typed: object):
        begun = BEGUN.findall(words(self.client.get(self.address(part))))
        return self.client.post(self.address(part), {"from": begun, **typed})

    def keep(self, **typed: object):
        return self.send("keep", **{"text": SUMMARY, "how_known": "told", **typed})


@pytest.fixture
def form(world: World, client: Client) -> Form:
    started = client.get(at(world, "needs_start", adult=RUTH))
    return Form(world, client, resolve(started.url).kwargs["draft"])


def test_every_adult_is_there_and_what_nobody_asked_is_a_question(world: World, client: Client):
    keep(world)
    page = words(client.get(at(world, "needs")))

    assert "Ruth Okafor" in page and "Ada settles with me in a minute." in page
    assert "Nobody has asked Ruth Okafor" in page
    assert SAFETY in page
    assert "“Tell me one thing at a time.”" in page


def test_an_agency_that_was_not_told_reads_nothing_of_it(world: World):
    keep(world)
    agree(world)

    page = words(signed_in("lund").get(at(world, "needs")))
    adult = words(signed_in("lund").get(at(world, "needs_adult", adult=RUTH)))

    assert "Your agency has written or been told nothing of what these adults need." in page
    for hidden in (SUMMARY, READ_ALOUD, "The words swim", "Ama Boateng</a>"):
        assert hidden not in page + adult


def test_each_part_goes_on_to_the_next_and_what_was_typed_stays(form: Form, world: World):
    sent = form.send("words", how_to_work_with_me="Ring first.", **{"strength-1-words": "I ask."})
    assert sent.url == form.address("area-reading")
    sent = form.send(
        "area-reading", answer="said", words="They swim.", voice="own", makes_hard=["reading"]
    )
    assert sent.url == form.address("area-memory")
    done = form.keep()

    assert done.url == at(world, "needs_adult", adult=RUTH)
    page = words(form.client.get(done.url))
    assert "“They swim.”" in page and "Hard because of this: reading" in page
    assert "“Ring first.”" in page and "“I ask.”" in page
    assert Profile.objects.count() == 1
    assert drafts_of(world.actors["ama"], now=NOW) == []
    assert form.client.get(form.address("words")).url == done.url


def test_what_is_amiss_is_said_where_it_is_and_nothing_is_lost(form: Form):
    wrong = form.send("area-night", answer="none", words="Sleeps well")

    assert wrong.status_code == 422
    assert "say on which day nothing was needed" in words(wrong)
    assert "Sleeps well" in words(wrong)
    kept = form.keep(text="")
    page = words(kept)
    assert kept.status_code == 422
    assert f"{form.address('area-night')}?check=1" in page
    assert "say on which day nothing was needed" in words(
        form.client.get(form.address("area-night") + "?check=1")
    )


def test_an_empty_sentence_is_refused_on_its_own_page(form: Form):
    form.send("words", how_to_work_with_me="Ring first.")

    refused = form.keep(text=" ")

    assert refused.status_code == 422
    assert "Say what happened, in a sentence or more." in words(refused)


def test_a_new_version_begins_from_what_stands(world: World, form: Form):
    keep(world)
    begun = words(form.client.get(form.address("area-reading")))
    assert "The words swim when the page is full." in begun

    form.send("words", how_to_work_with_me="Tell me one thing at a time. Then write it down.")
    assert form.keep().status_code == 302

    assert ProfileAnswer.objects.filter(words__startswith="The words swim").count() == 2
    page = words(form.client.get(at(world, "needs_adult", adult=RUTH)))
    assert "what changed" in page


def test_what_changed_is_read_part_by_part(world: World, client: Client):
    first = keep(world)
    second = keep(world, name="second", earlier=(first.id,), how_to_work_with_me="Ring first.")

    address = at(world, "needs_version", adult=RUTH, version=second.id)
    page = words(client.get(f"{address}?compare={first.id}"))

    assert "How to work with me" in page
    assert "Tell me one thing at a time." in page and "Ring first." in page
    assert "A later version stands now." in words(
        client.get(at(world, "needs_version", adult=RUTH, version=first.id))
    )


def test_two_people_at_once_are_shown_both_texts_and_lose_neither(world: World, form: Form):
    first = keep(world)
    form.send("words", how_to_work_with_me="Write large.")
    theirs = keep(world, name="theirs", earlier=(first.id,), how_to_work_with_me="Ring first.")

    met = form.keep()
    page = words(met)
    assert met.status_code == 409
    assert "Ring first." in page and "Write large." in page
    assert Profile.objects.count() == 2

    done = form.client.post(form.address("keep"), {"having_read": str(theirs.id), "go": "read"})

    assert done.url == at(world, "needs_adult", adult=RUTH)
    stands = words(form.client.get(done.url))
    assert "“Write large.”" in stands and "“Ring first.”" not in stands
    assert Profile.objects.count() == 3


def test_a_draft_is_carried_on_with_and_kept_as_it_is_typed(form: Form, world: World):
    saved = form.client.post(
        at(world, "needs_save", adult=RUTH, draft=form.draft, part="words"),
        {"how_to_work_with_me": "Ring fi"},
    )
    assert "saved" in saved.json()

    assert "Carry on with your draft" in words(
        form.client.get(at(world, "needs_adult", adult=RUTH))
    )
    assert "Ring fi" in words(form.client.get(form.address("words")))
    resumed = form.client.get(reverse("resume_draft", kwargs={"draft": form.draft}))
    assert resumed.url == at(world, "needs_draft", adult=RUTH, draft=form.draft)
    theirs = signed_in("lund").get(form.address("words"), follow=True)
    assert theirs.status_code == 200 and "Ring fi" not in words(theirs)


def test_a_draft_is_about_one_adult(form: Form, world: World):
    form.send("words", how_to_work_with_me="Ring first.")

    other = at(world, "needs_part", adult=key("person father"), draft=form.draft, part="words")

    shown = form.client.get(other)
    assert shown.status_code == 403
    assert "Ring first." in words(shown) and "GT-0001" not in words(shown)


def test_nobody_has_a_part_that_is_not_asked(form: Form):
    assert form.client.get(form.address("area-mood")).status_code == 404
    shown = form.client.get(at(form.world, "needs_draft", adult=RUTH, draft=form.draft))
    assert all(area.label in words(shown) for area in Area)


def agreed(world: World, client: Client, **typed: object):
    started = client.get(at(world, "adjustment_start", adult=RUTH))
    whole = {
        "what": READ_ALOUD, "settings": ["letters"], "helps_with": ["reading"],
        "agreed_by": "Ruth and Ama", "agreement": "not_asked", **typed,
    }  # fmt: skip
    return started.url, client.post(started.url, whole)


def test_an_adjustment_is_agreed_on_one_page_with_the_childs_safety_said(world, client):
    address, done = agreed(world, client)

    assert SAFETY in words(client.get(at(world, "adjustment_start", adult=RUTH), follow=True))
    assert done.url == at(world, "needs_adult", adult=RUTH)
    page = words(client.get(done.url))
    assert READ_ALOUD in page and "Used in: <strong>letters and forms</strong>" in page
    assert "Nobody else is told until Ruth Okafor says yes." in page
    assert client.get(address).url == done.url


def test_what_is_missing_is_said_beside_its_field(world, client):
    _, refused = agreed(world, client, what="", agreement="said_yes")

    page = words(refused)
    assert refused.status_code == 422
    assert "in words somebody can act on" in page
    assert "Say on which day they were asked." in page
    assert Adjustment.objects.count() == 0


def test_a_yes_given_later_tells_the_team(world, client):
    kept = agree(world)
    at_adult = {"adult": RUTH, "adjustment": kept.id}

    client.post(at(world, "adjustment_tell", **at_adult))
    assert READ_ALOUD not in words(signed_in("lund").get(at(world, "needs")))
    yes = {"agreement": "said_yes", "asked_on-day": 1, "asked_on-month": 5, "asked_on-year": 2026}
    client.post(at(world, "adjustment_agreement", **at_adult), yes)

    assert READ_ALOUD in words(signed_in("lund").get(at(world, "needs")))


def test_it_can_be_changed_and_ended_and_what_was_stays(world, client):
    kept = agree(world)
    start = at(world, "adjustment_start", adult=RUTH)

    form = client.get(f"{start}?instead={kept.id}", follow=True)
    assert READ_ALOUD in words(form)
    ending = client.get(f"{start}?instead={kept.id}&end=1")
    shown = client.get(ending.url).content.decode()
    assert "Why does it end?" in shown
    client.post(
        ending.url,
        {"instead_of": str(kept.id), "ended": "1", "what": "She has her glasses.",
         "agreed_by": "Ruth", "settings": ["letters"], "agreement": "not_asked"},
    )  # fmt: skip

    page = words(client.get(at(world, "needs_adult", adult=RUTH)))
    assert "Adjustments that hold no longer (2)" in page
    assert "No adjustment has been agreed that you can read." in page


def test_the_entry_that_carries_it_leads_to_it_for_whoever_may_read_it(world, client):
    version, told = keep(world), agree(world, agreement=Agreement.SAID_YES)

    entry = words(client.get(at(world, "entry", statement=version.statement)))
    assert at(world, "needs_version", adult=RUTH, version=version.id) in entry
    lund = signed_in("lund")
    shown = words(lund.get(at(world, "entry", statement=told.statement)))
    assert at(world, "needs_adult", adult=RUTH) in shown and "The adjustment it carries" in shown
    assert lund.get(at(world, "entry", statement=version.statement)).status_code == 404


@pytest.fixture
def visit(world: World) -> UUID:
    entry = world.entry("health_visiting", "Seen at home.", kind=Kind.VISIT, happened="2026-05-04")
    return record_entry(world.actors["ama"], world.case, entry, now=NOW).statement


def test_was_it_used_is_asked_from_the_entry_and_answered_in_one_press(world, client, visit):
    kept = agree(world)
    address = at(world, "was_it_used", statement=visit)
    assert address in words(client.get(at(world, "entry", statement=visit)))

    refused = client.post(address, {f"used-{kept.id}": "no"})
    assert "Say why it was not used this time." in words(refused)
    none = client.post(address, {})
    assert "Choose an answer" in words(none)
    done = client.post(address, {f"used-{kept.id}": "no", f"why-{kept.id}": "No printer."})

    assert done.url == at(world, "entry", statement=visit)
    page = words(client.get(at(world, "needs")))
    assert "Fenwick Health Visiting, visit" in page and "No printer." in page
    assert (
        "Ama Boateng" not in page.split("Adjustments that were not used")[1].split("</section>")[0]
    )


def test_it_is_asked_of_nobody_where_there_is_nothing_to_ask(world, client, visit):
    address = at(world, "was_it_used", statement=visit)

    assert client.get(address).status_code == 404
    assert address not in words(client.get(at(world, "entry", statement=visit)))


def test_another_agency_is_told_who_answers_for_a_contact(world, client, visit):
    kept = agree(world, agreement=Agreement.SAID_YES)
    address = at(world, "was_it_used", statement=visit)

    grace = signed_in("grace")
    assert "Fenwick Health Visiting made this contact" in words(grace.get(address))
    assert grace.post(address, {f"used-{kept.id}": "yes"}).status_code == 422
    assert signed_in("lund").get(address).status_code == 404
    assert Delivery.objects.count() == 0


def test_the_sheet_is_in_their_own_words_and_says_nothing_of_anybody_else(world, client, visit):
    keep(world)
    kept = agree(world)
    say_used(world.actors["ama"], world.case, visit, {kept.id: Said(Delivered.YES)}, now=NOW)

    page = words(client.get(at(world, "needs_sheet", adult=RUTH)))
    sheet = page.split("<main")[1].split("</main>")[0]

    assert "Tell me one thing at a time." in sheet and READ_ALOUD in sheet
    assert "The words swim when the page is full." in sheet
    for of_others in ("Ada", "neighbour", "Ama Boateng", "Fenwick"):
        assert of_others not in sheet.replace("Ada settles with me", "")


def test_a_number_of_looks_does_not_grow_with_the_adults_or_the_contacts(world, client, visit):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(at(world, "needs"))
        return len(seen)

    agree(world)
    keep(world)
    queries()
    before = queries()
    for number in range(4):
        agree(world, name=f"more {number}")
        entry = world.entry("health_visiting", f"Visit {number}.", kind=Kind.VISIT)
        record_entry(world.actors["ama"], world.case, entry, now=NOW)

    assert queries() == before
