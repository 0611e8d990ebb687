"""Taking a whole record away, and letting a held document leave, ask again who somebody is: once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.domain.addresses.output_kinds import CARRIES_WHOLE, OUTPUTS
from goldenthread.records.shared.models import Account
from tests.families import addresses as safe
from tests.families.answers import words_of
from tests.families.browsers import shown_too_long_ago
from tests.families.world import World, key
from tests.web.account.conftest import PASSWORD
from tests.web.addresses.test_documents import ask
from tests.web.addresses.test_pages import at, signed_in, tell_all, trail

REAUTHENTICATE = reverse("account_reauthenticate")
WITHIN = {"who": key("person ruth"), "pack": key("pack"), "publication": key("publication")}


@pytest.fixture
def world(record) -> World:
    world = safe.build_with_dean(tom="named_member")
    for who in ("priya", "grace"):
        account = Account.objects.get(id=key(f"account {who}"))
        account.set_password(PASSWORD)
        account.save()
    return world


def a_while_after(who: str) -> Client:
    client = signed_in(who)
    shown_too_long_ago(client)
    return client


def place(kind) -> str:
    needed = {"pack": ("pack", "who"), "publication": ("publication",)}
    within = {one: WITHIN[one] for one in needed.get(kind.address.partition("_")[0], ())}
    asked = "&".join(f"{name}={value}" for name, value in kind.asked)
    return f"{at(kind.address, **within)}{'?' if asked else ''}{asked}"


@pytest.mark.parametrize(
    "kind", [one for one in OUTPUTS if one.key in CARRIES_WHOLE], ids=lambda one: one.key
)
def test_what_carries_a_whole_record_off_asks_again(world, kind):
    """Before anything is looked up: so of a family that is not there alike."""
    answer = a_while_after("priya").get(place(kind))
    assert answer.status_code == 302 and answer.url.startswith(f"{REAUTHENTICATE}?next=")
    stranger = a_while_after("tom").get(reverse("history_csv", kwargs={"case": key("nowhere")}))
    assert stranger.status_code == 302 and stranger.url.startswith(REAUTHENTICATE)


@pytest.mark.parametrize("said", ["somebody-else", str(key("ask")), "no id"])
def test_whom_it_is_for_said_of_a_family_that_is_not_theirs_is_answered_as_of_none(world, said):
    mina = signed_in("mina")
    tried = [
        mina.get(reverse(name, kwargs={"case": case}), {"for": said}, follow=True)
        for case in (world.case, key("nowhere"))
        for name in ("history_pdf", "network_pdf")
    ]
    assert [one.status_code for one in tried] == [404] * 4


def test_the_list_of_what_asks_is_of_kinds_there_are():
    assert {one.key for one in OUTPUTS if one.address} >= CARRIES_WHOLE
    assert {"history_pdf", "history_xlsx", "history_csv", "pack_pdf", "pack_text"} <= CARRIES_WHOLE


def test_once_it_was_shown_every_paper_is_given_and_a_drawing_never_asks(world):
    client = a_while_after("priya")
    assert client.get(at("network_csv")).status_code == 200
    assert client.get(at("history")).status_code == 200
    asked = client.get(f"{at('history_csv')}?kind=visit")
    shown = client.post(
        asked.url, {"password": PASSWORD, "next": f"{at('history_csv')}?kind=visit"}
    )
    assert shown.url == f"{at('history_csv')}?kind=visit", "it goes on to what was asked for"
    for name in ("history_csv", "history_xlsx", "history_csv"):
        assert "Content-Disposition" in client.get(at(name)).headers, name


def test_to_let_a_held_document_leave_is_asked_again_and_to_hold_it_is_not(world):
    safe.keep(world)
    tell_all(world)
    ask(signed_in("priya"), at("history_csv"), words="Family Court, Fenwick")
    decide = at("document_decide", ask=key(f"ask {at('history_csv')}  Family Court, Fenwick"))
    grace = a_while_after("grace")

    asked = grace.post(decide, {"leaves": "yes", "reason": "The court ordered it."})

    assert asked.status_code == 302 and asked.url.startswith(REAUTHENTICATE)
    assert (
        trail("decide_document") == [] or trail("decide_document")[-1].detail.get("leaves") is None
    )
    done = grace.post(asked.url, {"password": PASSWORD, "next": decide}, follow=True)
    assert "Decided." in words_of(done), "what was sent is taken up by itself"
    assert trail("decide_document")[-1].detail["leaves"] is True


def test_a_document_is_kept_back_without_being_asked_again(world):
    safe.keep(world)
    tell_all(world)
    ask(signed_in("priya"), at("history_csv"), words="Family Court, Fenwick")
    decide = at("document_decide", ask=key(f"ask {at('history_csv')}  Family Court, Fenwick"))
    a_while_after("grace").post(decide, {"leaves": "no", "reason": "It must not."})
    assert trail("decide_document")[-1].detail["leaves"] is False
