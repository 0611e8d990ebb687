"""A session that is over ends; nothing typed is lost; asking how long is left lengthens nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.web.account import idle
from goldenthread.web.kit import clock


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
