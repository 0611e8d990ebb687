"""A session that is over ends; nothing typed is lost; asking how long is left lengthens nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from goldenthread.web.account import idle
from goldenthread.web.account.sessions import place_in_words
from goldenthread.web.kit import clock
from tests.web.account.conftest import PASSWORD, audited, try_sign_in


@pytest.fixture
def pass_time(monkeypatch):
    """Move the clock of the ring forward: `pass_time(minutes=29)`."""
    moved = {"by": timedelta(0)}

    def onward(**by: int) -> None:
        moved["by"] += timedelta(**by)

    monkeypatch.setattr(idle, "now", lambda: clock.now() + moved["by"])
    return onward


def test_a_session_lasts_while_it_is_used(person, pass_time):
    ama = person("ama")
    ama.sign_in()
    for _ in range(4):
        assert ama.client.get("/").status_code == 200
        pass_time(minutes=29)


def test_half_an_hour_without_a_request_ends_it(person, pass_time):
    ama = person("ama")
    ama.sign_in()
    ama.client.get("/")
    pass_time(minutes=31)
    answer = ama.client.get(reverse("account"))
    assert answer.url == f"{reverse('account_login')}?next={reverse('account')}"
    page = ama.client.get(answer.url).content.decode()
    assert "You were signed out because this device was not used" in page
    assert ama.sign_in(next=reverse("account")).url == reverse("account")
    assert "You were signed out" not in ama.client.get(reverse("account")).content.decode()


def test_twelve_hours_end_it_however_much_it_is_used(person, pass_time):
    ama = person("ama")
    ama.sign_in()
    statuses = []
    for _ in range(32):
        statuses.append(ama.client.get("/").status_code)
        pass_time(minutes=25)
    assert statuses[:28] == [200] * 28
    assert 302 in statuses[28:30]


def test_what_is_sent_after_the_end_is_shown_back_and_not_saved(person, pass_time, world):
    ama = person("ama")
    ama.sign_in()
    ama.client.get("/")
    pass_time(minutes=31)
    words = "Mother was tired; baby fed well.\nI will ring on Friday."
    answer = ama.client.post(
        reverse("account_change_password"), {"text": words, "password1": "never shown back"}
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert words in page
    assert "never shown back" not in page
    assert "Sign in again in a new tab" in page
    assert ama.client.get("/").status_code == 302


def test_asking_how_long_is_left_does_not_lengthen_it(person, pass_time):
    ama = person("ama")
    ama.sign_in()
    ama.client.get("/")
    pass_time(minutes=26)
    left = ama.client.get(reverse("session_left")).json()["seconds"]
    assert 3 * 60 < left <= 4 * 60
    pass_time(minutes=5)
    assert ama.client.get("/").status_code == 302


def test_staying_signed_in_lengthens_it(person, pass_time):
    ama = person("ama")
    ama.sign_in()
    ama.client.get("/")
    pass_time(minutes=26)
    assert ama.client.post(reverse("session_left")).json()["seconds"] > 29 * 60
    pass_time(minutes=20)
    assert ama.client.get("/").status_code == 200


FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"


def elsewhere(ama, **where):
    """The same account, signed in from another browser."""
    other = Client(headers={"user-agent": FIREFOX}, **where)
    try_sign_in(other, ama.email, PASSWORD)
    other.get("/")
    return other


def other_session(ama) -> str:
    """The id of a session of theirs that is not this one."""
    page = ama.client.get(reverse("usersessions_list")).content.decode()
    return re.search(r'name="session" value="(\d+)"', page).group(1)


def test_sessions_are_said_with_browser_time_and_place_and_without_an_address(person):
    ama = person("ama")
    ama.sign_in()
    elsewhere(ama, REMOTE_ADDR="192.0.2.7")
    page = ama.client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox on Windows" in page
    assert "from where you are now" in page
    assert "Last used" in page
    assert "192.0.2.7" not in page and "127.0.0.1" not in page


def test_one_session_is_ended_and_no_other(person):
    ama = person("ama")
    ama.sign_in()
    ama.client.get("/")
    first = elsewhere(ama)
    one = other_session(ama)
    second = elsewhere(ama)
    said = ama.client.post(reverse("usersessions_list"), {"session": one}, follow=True)
    assert "That session is ended." in said.content.decode()
    assert first.get("/").status_code == 302
    assert (second.get("/").status_code, ama.client.get("/").status_code) == (200, 200)
    assert audited("change_sign_in")[-1].detail == {"what": "session_ended"}


@pytest.mark.parametrize("made_up", ["0", "999999", "x", "-1", "1 or 1=1"])
def test_a_session_of_somebody_else_is_answered_like_none(person, made_up):
    ama, tom = person("ama"), person("tom")
    ama.sign_in()
    tom.sign_in()
    tom.client.get("/")
    theirs = str(UserSession.objects.get(user=tom.account).pk)
    answers = [
        ama.client.post(reverse("usersessions_list"), {"session": one}) for one in (theirs, made_up)
    ]
    assert [one.status_code for one in answers] == [404, 404]
    assert tom.client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("address", "present", "said"),
    [
        ("192.0.2.7", "192.0.2.7", "from where you are now"),
        ("192.0.2.7", "192.0.9.1", "from the network you are on now"),
        ("10.1.2.3", "192.0.9.1", "from inside an agency’s network"),
        ("8.8.8.8", "192.0.9.1", "from another network"),
        ("2001:db8::1", "2001:db8:ffff::2", "from the network you are on now"),
        ("2a00:1450::1", "192.0.9.1", "from another network"),
        ("", "192.0.9.1", "from another network"),
    ],
)
def test_a_place_in_coarse_words(address, present, said):
    assert place_in_words(address, present) == said
