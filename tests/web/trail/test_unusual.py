"""The pages of unusual access and of staff who may be in a record: what they say, take and refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.interop.clock import now as the_present
from goldenthread.records.access.models import StaffMatchAnswer, UnusualLook, UnusualLookAnswer
from goldenthread.records.shared.models import Account
from goldenthread.usecases.access.match_staff import match_everybody
from goldenthread.usecases.audit import make_unusual
from goldenthread.usecases.people import set_up
from tests.families import restricted, unusual
from tests.families.world import World, key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/unusual-access/"


@pytest.fixture
def world(record: str, monkeypatch) -> World:
    """The small world, in which a single day without a part is listed."""
    figures = replace(make_unusual.unusual_figures(), days_without_a_part=1)
    monkeypatch.setattr(make_unusual, "unusual_figures", lambda: figures)
    return restricted.build_restricted()


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


def main_of(answer) -> str:
    text = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", text)


def listed(world: World, who: str = "sam", agency: str = "social_care") -> UnusualLook:
    signed_in(who).get(reverse("family", kwargs={"case": world.case}))
    unusual.list_now(world, agency)
    return UnusualLook.objects.get()


def test_a_lead_reads_the_week_and_answers_a_line(world: World):
    line, rosa = listed(world), signed_in("rosa")
    page = main_of(rosa.get(PAGE))
    assert "1 line, 1 without an answer" in page
    assert "may have a good reason: ask" in page
    assert "Sam Reed" in page and "Duty social worker" in page
    assert "Is neither allocated nor a named member: GT-0001" in page
    assert "Okafor" not in page  # a reference is enough
    assert re.search(r'href="/families/[^"]+/looked/\?person=', page)

    sent = {"look": str(line.id), "answer": "explained", "reason": "", "id": str(key("form"))}
    without = rosa.post(PAGE, sent | {"week": unusual.this_week().isoformat()})
    assert without.status_code == 422
    said = main_of(without)
    assert "Say what you asked and heard" in said
    assert re.search(r'value="explained" checked', said)
    for _ in range(2):
        done = rosa.post(PAGE, sent | {"reason": "He was on duty."}, follow=True)
    assert "He was on duty." in main_of(done) and "Asked, and explained" in main_of(done)
    assert "without an answer" not in main_of(done)
    assert UnusualLookAnswer.objects.count() == 1


def test_home_says_what_waits_for_a_lead_until_it_is_answered(world: World):
    line, rosa = listed(world), signed_in("rosa")
    due = main_of(rosa.get("/"))
    assert "Ask about unusual access</a>, 1 line of the week of" in due
    assert f"/unusual-access/?week={unusual.this_week().isoformat()}" in due
    assert "unusual access" not in main_of(signed_in("sam").get("/"))

    rosa.post(PAGE, {"look": str(line.id), "answer": "not_known", "reason": "He is away."})

    assert "Ask about unusual access" not in main_of(rosa.get("/"))


def test_weeks_before_are_kept_and_one_that_was_not_listed_is_not_there(world: World):
    listed(world)
    unusual.list_again(world, "social_care")
    rosa, before = signed_in("rosa"), unusual.this_week() - timedelta(days=7)

    assert "Other weeks" in main_of(rosa.get(PAGE))
    earlier = main_of(rosa.get(PAGE, {"week": before.isoformat()}))
    assert "Nothing of this week is listed." in earlier
    for week in (before - timedelta(days=7), "never", "2026-99-99"):
        assert rosa.get(PAGE, {"week": str(week)}).status_code == 404


def test_before_the_first_list_it_says_when_one_is_made(world: World):
    page = main_of(signed_in("rosa").get(PAGE))
    assert "No list was made yet." in page
    assert "Families opened in one night" in page  # the rules stand there with their sources


@pytest.mark.parametrize("who", ["priya", "sam", "grace", "admin", "mina", "tom", "ben"])
def test_for_anybody_else_it_is_not_there(world: World, who: str):
    line = listed(world)
    sent = {"look": str(line.id), "answer": "explained", "reason": "x"}
    client = signed_in(who)
    nobodys = {**sent, "look": str(key("no such line"))}

    if who != "ben":
        assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, sent).status_code == 404
    assert client.post(PAGE, nobodys).status_code == 404
    assert client.post(PAGE, {**sent, "look": "x"}).status_code == 404
    assert "Sam Reed" not in client.get(PAGE).content.decode().split("<main")[1]


def a_namesake(world: World) -> Client:
    one = set_up.NewPractitioner(
        id=key("practitioner ruth"), agency=world.agency("social_care"), name="Ruth Okafor",
        role="Family support worker", account=key("account ruth"), email="ruth@example.org",
    )  # fmt: skip
    set_up.set_up_agencies(world.actors["admin"], [], [one])
    match_everybody(now=the_present())
    return signed_in("ruth")


def test_a_namesake_finds_no_family_and_a_lead_answers(world: World):
    ruth, rosa = a_namesake(world), signed_in("rosa")
    theirs = ruth.get(reverse("family", kwargs={"case": world.case}))
    nobodys = ruth.get(reverse("family", kwargs={"case": key("no such family")}))
    assert theirs.status_code == nobodys.status_code == 404
    assert main_of(theirs) == main_of(nobodys)
    assert "Okafor family" not in ruth.get("/").content.decode()
    assert "Say whether a colleague is in a family’s record" in main_of(rosa.get("/"))

    where = reverse("restricted_records")
    page = main_of(rosa.get(where))
    assert "Ruth Okafor, mother" in page and "this record is closed to them" in page
    match = re.search(r'name="match" value="([^"]+)"', page).group(1)
    sent = {"go": "match", "match": match, "answer": "released", "reason": " "}
    without = rosa.post(where, sent)
    assert without.status_code == 422 and "Say how you know." in main_of(without)
    assert re.search(r'value="released" checked', main_of(without))
    done = rosa.post(where, sent | {"reason": "A namesake: she is from Leeds."}, follow=True)
    assert "Saved. What was closed to them for this is open again." in main_of(done)
    assert StaffMatchAnswer.objects.count() == 1
    assert ruth.get(reverse("family", kwargs={"case": world.case})).status_code == 200


def test_an_administrator_is_shown_nothing_of_a_match(world: World):
    admin = signed_in("admin")
    pages = (reverse("accounts"), "/", reverse("account_holder", kwargs={
        "practitioner": key("practitioner sam")}), reverse("add_holder"))  # fmt: skip
    before = {one: re.sub(r'value="[^"]*"', "", main_of(admin.get(one))) for one in pages}
    one = set_up.NewMember(key("x sam"), "uncle", "Sam", "Reed")
    set_up.open_family(
        world.actors["admin"],
        set_up.NewFamily(
            key("case x"), "GT-X", "Reed", unusual.this_week(), "", (one,),
            (set_up.NewTeamMember(key("t x"), key("practitioner priya"), "allocated",
                                  unusual.this_week()),),
        ),
    )  # fmt: skip
    assert match_everybody(now=the_present()) == 1

    assert {one: re.sub(r'value="[^"]*"', "", main_of(admin.get(one))) for one in pages} == before
