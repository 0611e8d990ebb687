"""The pages of a broken glass: what they say, take and refuse, and to whom they are there."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.access.models import GlassAnswer, GlassBreak, GlassReview
from goldenthread.records.shared.models import Account
from tests.families import glass
from tests.families.world import World, key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return glass.build_glass(sam="named_member")


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


def main_of(answer) -> str:
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def sent(**other: str) -> dict[str, str]:
    typed = glass.asked()
    return {
        "id": str(uuid4()), "reference": typed.reference, "reason": typed.reason,
        "basis": typed.basis, "words": typed.words, **other,
    }  # fmt: skip


def test_everything_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(world: World):
    page = signed_in("dora").post(
        reverse("break_glass"), {"reference": "GT-77", "words": "<b>Too short"}
    )
    said = main_of(page)
    assert page.status_code == 422
    for part in ("reason", "words", "basis"):
        assert f'href="#{part}"' in said and f'id="{part}-error"' in said
        assert f'id="{part}"' in said
    assert 'value="GT-77"' in said and "&lt;b&gt;Too short" in said


def test_it_is_open_under_a_banner_on_every_page_until_it_is_closed(world: World):
    dora = signed_in("dora")
    answer = dora.post(reverse("break_glass"), sent(), follow=True)
    at = {"case": world.case}
    assert "The record is open for you to read until" in main_of(answer)
    for name in ("family", "history", "network", "picture", "plan", "needs", "decisions", "sharing",
                 "challenges", "publications", "who_may_open", "who_has_looked", "family_access", "team",
                 "same_events"):  # fmt: skip
        page = dora.get(reverse(name, kwargs=at))
        assert page.status_code == 200, name
        body = page.content.decode()
        assert "You broke the glass." in body and reverse("glass_end", kwargs=at) in body, name
    assert (
        "You broke the glass."
        not in signed_in("sam").get(reverse("family", kwargs=at)).content.decode()
    )
    assert reverse("family", kwargs=at) in main_of(dora.get(reverse("break_glass")))

    shut = dora.post(reverse("glass_end", kwargs=at), follow=True)
    assert "The glass is whole again" in shut.content.decode()
    assert dora.get(reverse("family", kwargs=at)).status_code == 404
    assert dora.get(reverse("glass_end", kwargs=at)).status_code == 405


def test_a_write_is_refused_in_words_and_what_was_typed_is_shown_back(world: World):
    at, sam, dora = {"case": world.case}, signed_in("sam"), signed_in("dora")
    dora.post(reverse("break_glass"), sent())
    page = dora.post(
        reverse("family_seal", kwargs=at), {"kind": "high_risk", "reason": "I saw him at the door."}
    )
    assert page.status_code == 403
    assert "You can only read this record now" in main_of(page)
    assert "I saw him at the door." in main_of(page)
    assert sam.get(reverse("add_entry", kwargs=at), follow=True).status_code == 200


def test_posts_without_it_are_told_whom_to_ring_and_others_find_no_page(world: World):
    said = main_of(signed_in("priya").get(reverse("break_glass")))
    assert "Your post is not one of those that may" in said and "<textarea" not in said
    assert signed_in("priya").post(reverse("break_glass"), sent()).status_code == 404
    for who in ("admin", "mina", "ivy"):
        assert signed_in(who).get(reverse("break_glass")).status_code == 404
    for who in ("priya", "dora", "admin", "mina", "grace"):
        for at in (
            reverse("broken_glass"),
            reverse("glass_review", kwargs={"broken": uuid4()}),
            reverse("glass_agree", kwargs={"ask": uuid4()}),
        ):
            assert signed_in(who).get(at).status_code == 404
    assert not GlassBreak.objects.exists()


def test_a_second_time_is_asked_for_agreed_to_and_opened_from_pages(world: World):
    dora, vera = signed_in("dora"), signed_in("vera")
    dora.post(reverse("break_glass"), sent())
    dora.post(reverse("glass_end", kwargs={"case": world.case}))
    again = dora.post(reverse("break_glass"), sent())
    assert again.status_code == 422 and "Choose who is asked to agree" in main_of(again)
    who = str(key("practitioner vera"))
    asked = dora.post(reverse("break_glass"), sent(second=who), follow=True)
    assert "Vera Stone is asked to agree" in main_of(asked)
    home = main_of(vera.get("/"))
    (at,) = re.findall(r'href="(/broken-glass/asked/[^"]+)"', home)
    page = main_of(vera.get(at))
    assert glass.WORDS in page and "GT-0001" not in page and "Okafor" not in page
    short = vera.post(at, {"agrees": "", "reason": " "})
    assert short.status_code == 422 and "Choose whether you agree" in main_of(short)
    vera.post(at, {"agrees": "yes", "reason": "I rang him."})
    assert GlassAnswer.objects.get().agrees
    (ask,) = re.findall(r'name="ask" value="([^"]+)"', main_of(dora.get(reverse("break_glass"))))
    opened = dora.post(reverse("break_glass"), {"ask": ask, "id": str(uuid4())}, follow=True)
    assert "The record is open for you to read until" in main_of(opened)
    assert GlassBreak.objects.count() == 2


def test_a_review_is_due_on_the_first_page_and_is_kept_with_its_reason(world: World):
    signed_in("dora").post(reverse("break_glass"), sent())
    vera = signed_in("vera")
    home = main_of(vera.get("/"))
    assert "Review why Dora Quick broke the glass" in home and "3 working days after" in home
    at = reverse("glass_review", kwargs={"broken": GlassBreak.objects.get().id})
    assert at in home
    short = vera.post(at, {"outcome": "justified", "reason": " "})
    assert short.status_code == 422 and 'id="reason-error"' in main_of(short)
    kept = vera.post(at, {"outcome": "cannot_say", "reason": "He is away."}, follow=True)
    assert "What you found is kept" in main_of(kept)
    assert GlassReview.objects.get().reason == "He is away."
    late = vera.post(at, {"outcome": "justified", "reason": "After all."})
    assert late.status_code == 422 and "has reviewed this already" in main_of(late)
    assert "broke the glass" not in main_of(vera.get("/"))


def test_asking_is_limited_whether_or_not_there_is_such_a_family(world: World):
    dora = signed_in("dora")
    answers = [
        dora.post(reverse("break_glass"), sent(reference=f"GT-9{number}")).status_code
        for number in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_whoever_may_break_it_is_shown_the_way_where_nothing_is_found(world: World):
    missing = reverse("family", kwargs={"case": uuid4()})
    dora = signed_in("dora")
    assert reverse("break_glass") in main_of(dora.get(missing))
    assert reverse("break_glass") not in main_of(signed_in("priya").get(missing))
