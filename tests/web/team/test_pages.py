"""The pages of a family's team: what they say, take and refuse, and to whom they are there."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.access.models import TeamMember, TeamStep
from goldenthread.records.shared.models import Account
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words
from tests.families import restricted, teams
from tests.families.browsers import shown_too_long_ago
from tests.families.world import World, key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = timedelta(days=1)
TOM, POLICE = str(key("practitioner tom")), str(key("agency police"))


@pytest.fixture
def world(record: str) -> World:
    return teams.build_team()


def signed_in(who: str, *, shown: bool = True) -> Client:
    """Somebody at their browser, who has just shown that it is they or, not so, a while ago."""
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    if not shown:
        shown_too_long_ago(client)
    return client


def main_of(answer) -> str:
    page = answer.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(page.split())


def at(world: World, name: str = "team_add", **more: object) -> str:
    return reverse(name, kwargs={"case": world.case, **more})


def typed(**other: str) -> dict[str, str]:
    last = day_in_words(clock.today() + 2 * DAY)
    return {
        "id": str(uuid4()), "agency": POLICE, "who": TOM, "role": "core_group", "from": "",
        "until": last, "why": teams.WHY, "go": "check", **other,
    }  # fmt: skip


def test_somebody_is_put_on_it_in_steps_and_the_page_says_who_did_it_and_why(world: World):
    priya, tom = signed_in("priya"), signed_in("tom")
    family = reverse("family", kwargs={"case": world.case})
    assert tom.get(family).status_code == 404
    assert "Fenwick Police" in main_of(priya.get(at(world)))
    form = main_of(priya.get(at(world), {"agency": POLICE}))
    assert "Tom Hale, Detective constable" in form and "Member of the core group" in form

    sent = typed()
    check = main_of(priya.post(at(world), sent))
    last = day_in_words(clock.today() + 2 * DAY)
    for said in (
        "Check before you open this record to Tom Hale",
        f"can open this family’s record from today on. Their last day is {last}",
        "They read in full what Fenwick Police wrote or was told.",
        "everybody else of Fenwick Police who opens families’ records can open this one too. "
        "Nobody else there",
        "stays so for them",
    ):
        assert said in check, said
    assert not TeamStep.objects.exists() and tom.get(family).status_code == 404

    for _ in range(2):
        done = priya.post(at(world), {**sent, "go": "join"}, follow=True)
    page = main_of(done)
    assert f"Tom Hale is on the team from today to {last}." in page
    today = day_in_words(clock.today())
    assert f"Put on the team by Priya Nair, Fenwick Children&#39;s Services, on {today}" in page
    assert teams.WHY in page
    assert TeamStep.objects.count() == 1 and tom.get(family).status_code == 200
    assert "You are a member of this family&#39;s core group." in main_of(
        tom.get(reverse("family_access", kwargs={"case": world.case}))
    )
    assert f"From {today} to {last}" in main_of(
        tom.get(reverse("family_access", kwargs={"case": world.case}))
    )


def test_somebody_else_may_follow_for_the_same_days(world: World):
    sent = typed(go="another")
    answer = signed_in("priya").post(at(world), sent)
    assert answer.url.startswith(at(world)) and "role=core_group" in answer.url
    assert TOM not in answer.url and "strategy" not in answer.url
    form = main_of(signed_in("priya").get(answer.url))
    assert 'name="role" value="core_group"' in form and sent["until"] in form


def test_it_asks_who_is_there_before_it_opens_anything(world: World):
    answer = signed_in("priya", shown=False).post(at(world), typed(go="join"))
    assert answer.status_code == 302 and answer.url.startswith(reverse("account_reauthenticate"))
    assert not TeamStep.objects.exists()


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"who": ""}, "Choose who it is."),
        ({"who": "no id"}, "Choose who it is."),
        ({"who": str(uuid4())}, "Choose who it is."),
        ({"role": ""}, "Choose what they are on the team as."),
        ({"role": "godparent"}, "Choose what they are on the team as."),
        ({"until": ""}, "Give the last day"),
        ({"until": "whenever"}, "Give a whole day"),
        ({"from": "1 January 2020"}, "before somebody let them"),
        ({"why": "   "}, "Say why"),
        ({"why": "x" * 1_001}, "1,000 characters at most"),
        ({"role": "chair"}, "post is conference chair"),
        ({"who": str(key("practitioner ama"))}, "They have a place on the team"),
        ({"who": str(key("practitioner priya"))}, "Nobody puts themselves"),
    ],
)
def test_what_cannot_stand_is_said_where_it_is_and_nothing_is_lost(world: World, other, says):
    for go in ("check", "join"):
        answer = signed_in("priya").post(at(world), typed(go=go, **other))
        page = main_of(answer)
        assert answer.status_code == 422 and says in page
        assert "There is a problem" in page
        if "why" not in other:
            assert teams.WHY in page
    assert not TeamStep.objects.exists()


def test_whoever_is_kept_from_it_reads_like_whoever_has_no_account(world: World):
    priya, said = signed_in("priya"), []
    for keep_away in (lambda: restricted.conflict(world, "tom"), lambda: None):
        keep_away()
        said.append(main_of(priya.post(at(world), typed())))
    Account.objects.using("owner").filter(practitioner=key("practitioner tom")).update(
        is_active=False
    )
    said.append(main_of(priya.post(at(world), typed())))
    cut = {one.split("Why is not said here")[1][:120] for one in said}
    assert len(cut) == 1


def test_only_some_are_there_for_whoever_leads_an_agency(world: World):
    ben = signed_in("ben")
    form = main_of(ben.get(at(world)))
    assert "Ama Boateng" in form and "Fenwick Police" not in form
    refused = ben.post(at(world), typed())
    assert refused.status_code == 422 and "people of their own agency" in main_of(refused)
    team = main_of(ben.get(at(world, "team")))
    assert team.count("End this") == 1
    assert "Put somebody on the team" not in main_of(signed_in("ama").get(at(world, "team")))


@pytest.mark.parametrize("who", ["ama", "sam", "tom", "admin", "mina"])
def test_for_others_there_is_no_such_page(world: World, who: str):
    client = signed_in(who)
    one = at(world, "team_end", member=key("team lund"))
    for answer in (
        client.get(at(world)), client.post(at(world), typed(go="join")),
        client.get(one), client.post(one, {"when": "now", "why": "x", "go": "end"}),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert not TeamStep.objects.exists()
    assert TeamMember.objects.get(id=key("team lund")).to_on is None


def test_a_place_is_ended_after_a_check_and_stands_among_earlier_ones(world: World):
    priya = signed_in("priya")
    where = at(world, "team_end", member=key("team lund"))
    assert "End the place of Dr Inga Lund" in main_of(priya.get(where))
    asked = {"id": str(uuid4()), "when": "now", "why": "She moved.", "go": "check"}
    check = main_of(priya.post(where, asked))
    assert "for everybody of Harbour Adult Mental Health it is as if there were no such" in check
    assert TeamMember.objects.get(id=key("team lund")).to_on is None
    done = main_of(priya.post(where, {**asked, "go": "end"}, follow=True))
    assert "Dr Inga Lund is no longer on the team." in done
    assert "She moved." in done.split('id="before"')[1]
    lund = signed_in("lund")
    assert lund.get(reverse("family", kwargs={"case": world.case})).status_code == 404
    again = priya.post(where, {**asked, "id": str(uuid4()), "go": "end"})
    assert again.status_code == 422 and "over already" in main_of(again)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"when": ""}, "Choose when it ends."),
        ({"why": ""}, "Say why"),
        ({"when": "day", "last": ""}, "Give the last day"),
        ({"when": "day", "last": "soon"}, "Give a whole day"),
        ({"when": "day", "last": "1 January 2020"}, "Choose a day from today"),
        ({}, "Say who is allocated next."),
        ({"next": str(key("practitioner mina"))}, "Why is not said here"),
    ],
)
def test_an_end_that_cannot_be_is_said_where_it_is(world: World, other, says):
    where = at(world, "team_end", member=key("team priya"))
    sent = {"id": str(uuid4()), "when": "now", "last": "", "why": "She moves.", "next": ""}
    answer = signed_in("grace").post(where, {**sent, **other})
    assert answer.status_code == 422 and says in main_of(answer)
    assert TeamMember.objects.get(id=key("team priya")).to_on is None


def test_a_hand_over_is_checked_and_done_at_once(world: World):
    grace, sam = signed_in("grace"), str(key("practitioner sam"))
    where = at(world, "team_end", member=key("team priya"))
    assert "Sam Reed" in main_of(grace.get(where))
    sent = {"id": str(uuid4()), "when": "now", "why": "She moves.", "next": sam}
    check = main_of(grace.post(where, sent))
    assert "From today Sam Reed of Fenwick Children&#39;s Services is allocated." in check
    back = main_of(grace.post(where, {**sent, "go": "change"}))
    assert "She moves." in back and f'value="{sam}" selected' in back
    grace.post(where, {**sent, "go": "end"})
    assert TeamMember.objects.get(practitioner=sam).role == "allocated"
    assert "You are the allocated worker" in signed_in("sam").get("/").content.decode()


def test_the_team_is_linked_from_the_family_and_from_who_can_see_it(world: World):
    priya = signed_in("priya")
    for name in ("family", "who_may_open", "family_access"):
        page = priya.get(reverse(name, kwargs={"case": world.case})).content.decode()
        assert f'href="{at(world, "team")}"' in page.split("<main")[1], name
