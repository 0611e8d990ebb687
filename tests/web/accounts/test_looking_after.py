"""The pages of an agency's accounts, as an administrator and everybody else meets them."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.records.accounts.models import PostChange
from goldenthread.records.shared.models import Account, Practitioner
from goldenthread.web.accounts import choosing
from goldenthread.web.kit import clock
from tests.families.browsers import shown_too_long_ago
from tests.families.world import key
from tests.web.account.conftest import PASSWORD, try_sign_in
from tests.web.account.test_second_step import set_up_app

OF_ONE = (
    "account_holder", "change_post", "move_post", "end_post", "send_password_link", "bring_back",
)  # fmt: skip
NEW = "three quiet green kettles"
JOINS = {
    "name": "Ida Penrose", "post": "Duty social worker", "phone": "01632 960111",
    "email": "ida@example.org", "remit": "practitioner",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _mail():
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        yield


@pytest.fixture
def jo(person):
    """The administrator, signed in."""
    one = person("admin")
    one.sign_in()
    return one


def words(answer) -> str:
    """A page's words and tags, without its token against forged forms."""
    plain = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"\s+", " ", plain)


def at(name: str, who: str) -> str:
    return reverse(name, kwargs={"practitioner": key(f"practitioner {who}")})


def form_of(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of a form."""
    page = client.get(address).content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1)
        for name in ("form", "based_on")
    }


def send(client: Client, address: str, **fields: str):
    return client.post(address, {**form_of(client, address), **fields}, follow=True)


def test_the_list_names_everybody_of_the_agency_and_nobody_else(jo):
    page = words(jo.client.get(reverse("accounts")))
    for name in ("Priya Nair", "Sam Reed", "Grace Obi", "Jo Field"):
        assert name in page
    for name in ("Ama Boateng", "Tom Hale", "Okafor", "GT-0001"):
        assert name not in page
    assert 'href="/accounts/"' in page


@pytest.mark.parametrize("name", OF_ONE)
def test_somebody_of_another_agency_is_answered_like_nobody(jo, name):
    theirs, nobodys = (jo.client.get(at(name, who)) for who in ("tom", "never"))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert words(theirs) == words(nobodys)
    sent = [jo.client.post(at(name, who), {**JOINS, "based_on": "0"}) for who in ("tom", "never")]
    assert [one.status_code for one in sent] in ([404, 404], [405, 405])
    assert words(sent[0]) == words(sent[1])


@pytest.mark.parametrize("who", ["ama", "priya", "mina"])
def test_for_anybody_else_there_are_no_such_pages(person, who):
    one = person(who)
    one.sign_in()
    for address in (
        reverse("accounts"), reverse("add_holder"), reverse("confirm_posts"),
        *(at(name, "sam") for name in OF_ONE),
    ):  # fmt: skip
        answer = one.client.get(address)
        assert answer.status_code == 404, address
        assert "Sam Reed" not in words(answer)
    assert 'href="/accounts/"' not in words(one.client.get("/"))


def test_joining_from_the_invitation_to_the_first_page(jo):
    done = send(jo.client, reverse("add_holder"), **JOINS)
    assert "Ida Penrose was added. A link was sent." in words(done)
    link = re.search(r"http\S+/account/choose-password/\S+", mail.outbox[0].body).group()
    ida = Client()
    arrived = ida.get(urlsplit(link).path)
    assert arrived.url == reverse("account_choose_password"), "no secret stays in the address"
    assert "Choose your password" in words(ida.get(arrived.url))
    for typed, said in (
        ({"password1": "", "password2": ""}, "Enter a password."),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": NEW, "password2": NEW + "x"}, "Enter the same password again."),
    ):
        wrong = ida.post(arrived.url, typed)
        assert (wrong.status_code, said in words(wrong)) == (422, True)
    chosen = ida.post(arrived.url, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is chosen." in words(chosen)
    assert try_sign_in(ida, "ida@example.org", NEW).url == "/"
    other = Client()
    other.get(urlsplit(link).path)
    over = other.get(reverse("account_choose_password"))
    assert (over.status_code, "does not work any longer" in words(over)) == (410, True)


def test_a_link_to_choose_a_password_leaves_the_second_step_as_it_is(jo, person):
    sam = person("sam")
    sam.sign_in()
    set_up_app(sam)
    sam.client.post(reverse("account_logout"))
    send(jo.client, at("send_password_link", "sam"))
    link = re.search(r"http\S+/account/choose-password/\S+", mail.outbox[-1].body).group()
    browser = Client()
    arrived = browser.get(urlsplit(link).path)
    chosen = browser.post(arrived.url, {"password1": NEW, "password2": NEW})
    assert chosen.url == reverse("account_login"), "choosing one signs nobody in"
    asked = try_sign_in(browser, sam.email, NEW)
    assert asked.url == reverse("mfa_authenticate")
    assert browser.get("/").status_code == 302, "the new password alone opens nothing"


def test_a_link_nobody_sent_and_one_that_is_over_read_alike(jo, monkeypatch):
    send(jo.client, reverse("add_holder"), **JOINS)
    link = urlsplit(re.search(r"http\S+", mail.outbox[0].body).group()).path
    said = []
    true_now = clock.now
    monkeypatch.setattr(choosing.clock, "now", lambda: true_now() + timedelta(hours=73))
    for path in (link, "/account/choose-password/made-up/"):
        client = Client()
        client.get(path)
        said.append(client.get(reverse("account_choose_password")))
    assert [one.status_code for one in said] == [410, 410]
    assert words(said[0]) == words(said[1])


def test_a_slip_keeps_everything_that_was_typed(jo):
    answer = send(jo.client, reverse("add_holder"), **{**JOINS, "email": "not an address"})
    page = words(answer)
    assert answer.status_code == 422
    assert "There is a problem" in page
    for value in ("Ida Penrose", "Duty social worker", "01632 960111", "not an address"):
        assert f'value="{value}"' in page


def test_a_change_and_its_history(jo):
    done = send(
        jo.client, at("change_post", "sam"), name="Sam Reed", post="Senior social worker",
        phone="", remit="practitioner",
    )  # fmt: skip
    page = words(done)
    assert "The change is saved." in page
    assert "Details changed" in page
    assert "Senior social worker" in page


def test_fields_that_the_form_does_not_have_change_nothing(jo):
    send(
        jo.client, at("change_post", "sam"), name="Sam Reed", post="Social worker", phone="",
        remit="practitioner", agency=str(key("agency police")), is_active="", email="x@example.org",
        practitioner=str(key("practitioner priya")), id=str(key("practitioner priya")),
    )  # fmt: skip
    sam = Account.objects.select_related("practitioner").get(practitioner=key("practitioner sam"))
    assert (sam.email, sam.is_active) == ("sam@example.org", True)
    assert sam.practitioner.agency_id == key("agency social_care")
    assert Practitioner.objects.get(id=key("practitioner priya")).name == "Priya Nair"


def test_the_partnership_managers_remit_cannot_be_given(jo):
    answer = send(
        jo.client, at("change_post", "sam"), name="Sam Reed", post="x", phone="",
        remit="partnership_manager",
    )  # fmt: skip
    assert answer.status_code == 422
    assert Practitioner.objects.get(id=key("practitioner sam")).remit == "practitioner"


def test_ones_own_account_has_no_form(jo):
    page = words(jo.client.get(at("account_holder", "admin")))
    assert "Another administrator of your agency changes it." in page
    assert jo.client.get(at("change_post", "admin")).status_code == 404


def test_whoever_leaves_is_signed_out_at_their_next_request(jo, person):
    priya = person("priya")
    priya.sign_in()
    assert priya.client.get("/").status_code == 200
    done = send(jo.client, at("end_post", "priya"), on="", hand_to=str(key("practitioner sam")))
    assert "Their account ends from" in words(done)
    assert priya.client.get("/").url.startswith(reverse("account_login"))
    assert priya.sign_in(PASSWORD).status_code == 200, "and cannot sign in again"
    assert priya.client.get("/").status_code == 302


# ---- the second step again -----------------------------------------------------------------


def test_making_an_administrator_asks_again_and_then_takes_up_what_was_sent(jo):
    shown_too_long_ago(jo.client)
    address = at("change_post", "sam")
    sent = {**form_of(jo.client, address), "name": "Sam Reed-Okoro", "post": "Business manager",
            "phone": "01632 960333", "remit": "administrator"}  # fmt: skip
    asked = jo.client.post(address, sent)
    where = reverse("account_reauthenticate")
    assert asked.url == f"{where}?next={address.replace('/', '%2F')}"
    assert "Show that it is you" in words(jo.client.get(asked.url))
    assert Practitioner.objects.get(id=key("practitioner sam")).remit == "practitioner"
    wrong = jo.client.post(asked.url, {"password": "not it at all", "next": address})
    assert wrong.status_code == 200
    assert Practitioner.objects.get(id=key("practitioner sam")).remit == "practitioner"
    done = jo.client.post(asked.url, {"password": PASSWORD, "next": address}, follow=True)
    assert "The change is saved." in words(done)
    sam = Practitioner.objects.get(id=key("practitioner sam"))
    assert (sam.name, sam.remit, sam.phone) == ("Sam Reed-Okoro", "administrator", "01632 960333")


def test_a_plain_change_asks_nothing(jo):
    shown_too_long_ago(jo.client)
    done = send(
        jo.client, at("change_post", "sam"), name="Sam Reed", post="Senior", phone="",
        remit="practitioner",
    )  # fmt: skip
    assert "The change is saved." in words(done)
    assert PostChange.objects.count() == 1
