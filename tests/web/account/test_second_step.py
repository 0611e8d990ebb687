"""The second step: required, set up with a real code, asked for, and never lost by accident."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.web.account import adapter
from goldenthread.web.account.second_step import SecondStep
from tests.web.account.conftest import PASSWORD, audited, code_of

required = override_settings(REQUIRE_SECOND_STEP=True)


def set_up_app(who) -> str:
    """Set up an app as a person does; returns its secret."""
    who.client.get(reverse("mfa_activate_totp"))
    secret = who.client.session["mfa.totp.secret"]
    answer = who.client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


@required
def test_an_account_without_a_second_step_reaches_no_family(person, world):
    ama = person("ama")
    ama.sign_in()
    pages = ["/", reverse("family", kwargs={"case": world.case})]
    pages.append(reverse("history", kwargs={"case": world.case}))
    for page in pages:
        answer = ama.client.get(page)
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index")), page
    assert "Set up a second step" in ama.client.get(reverse("mfa_index")).content.decode()
    assert ama.client.get(reverse("account")).status_code == 200
    assert ama.client.get(reverse("accessibility")).status_code == 200


@required
def test_setting_up_an_app_opens_the_record_and_gives_codes_once(person):
    ama = person("ama")
    ama.sign_in()
    set_up_app(ama)
    first = ama.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert first.count("<li><code>") == 10
    assert "<li><code>" not in ama.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert ama.client.get("/").status_code == 200


def test_codes_asked_for_without_a_second_step_are_refused_in_words(person):
    ama = person("ama")
    ama.sign_in()
    answer = ama.client.post(reverse("mfa_generate_recovery_codes"))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in said and "Set up an app or a passkey first." in said
    assert 'href="#main-content"' in said, (
        "the form is a button alone: there is no field to lead to"
    )


def test_a_demonstration_needs_no_second_step(person):
    ama = person("ama")
    ama.sign_in()
    assert ama.client.get("/").status_code == 200


@required
def test_signing_in_asks_for_the_code_and_takes_the_right_one(person):
    ama = person("ama")
    ama.sign_in()
    secret = set_up_app(ama)
    ama.client.post(reverse("account_logout"))
    asked = ama.sign_in(next="/?page=left")
    assert asked.url == reverse("mfa_authenticate")
    assert ama.client.get("/").status_code == 302, "the password alone opens nothing"
    wrong = ama.client.post(asked.url, {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    right = ama.client.post(asked.url, {"code": code_of(secret, 1)})
    assert (right.status_code, right.url) == (302, "/?page=left")
    assert ama.client.get("/").status_code == 200
    assert [row.outcome for row in audited("sign_in_second_step")] == ["deny"]
    assert audited("sign_in")[-1].detail == {"methods": ["password", "totp"]}


@required
def test_a_code_is_taken_only_once(person):
    ama = person("ama")
    ama.sign_in()
    secret = set_up_app(ama)
    ama.client.post(reverse("account_logout"))
    code = code_of(secret, 1)
    ama.sign_in()
    assert ama.client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    ama.client.post(reverse("account_logout"))
    ama.sign_in()
    assert (
        "not right" in ama.client.post(reverse("mfa_authenticate"), {"code": code}).content.decode()
    )


@required
def test_a_recovery_code_signs_in_once(person):
    ama = person("ama")
    ama.sign_in()
    set_up_app(ama)
    page = ama.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = page.split("<li><code>", 1)[1].split("<", 1)[0]
    for expected in (302, 200):
        ama.client.post(reverse("account_logout"))
        ama.sign_in()
        answer = ama.client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == expected


@required
def test_guessing_codes_is_stopped(person):
    ama = person("ama")
    ama.sign_in()
    secret = set_up_app(ama)
    ama.client.post(reverse("account_logout"))
    ama.sign_in()
    for _ in range(5):
        ama.client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = ama.client.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)})
    assert answer.status_code != 302


@required
def test_the_only_second_step_cannot_be_removed(person):
    ama = person("ama")
    ama.sign_in()
    set_up_app(ama)
    page = ama.client.post(reverse("mfa_deactivate_totp"))
    assert "This is the only second step" in page.content.decode()
    assert ama.client.get("/").status_code == 200


def test_where_it_is_not_required_the_app_can_be_removed(person):
    ama = person("ama")
    ama.sign_in()
    set_up_app(ama)
    ama.client.post(reverse("mfa_deactivate_totp"))
    assert "Not set up" in ama.client.get(reverse("account")).content.decode()


def test_the_secret_is_enciphered_where_it_is_kept(person):
    from allauth.mfa.models import Authenticator

    ama = person("ama")
    ama.sign_in()
    secret = set_up_app(ama)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert SecondStep().decrypt(kept) == secret


def test_what_is_enciphered_cannot_be_altered_and_is_never_the_same_twice():
    adapter, secret = SecondStep(), "JBSWY3DPEHPK3PXP"
    once, again = adapter.encrypt(secret), adapter.encrypt(secret)
    assert once != again
    assert adapter.decrypt(once) == adapter.decrypt(again) == secret
    sealed = base64.urlsafe_b64decode(once)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(InvalidTag):
            adapter.decrypt(base64.urlsafe_b64encode(bytes(altered)).decode())


def test_a_changed_key_still_opens_what_the_one_before_closed():
    adapter = SecondStep()
    closed = adapter.encrypt("JBSWY3DPEHPK3PXP")
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another key altogether", SECRET_KEY_FALLBACKS=[old]):
        assert adapter.decrypt(closed) == "JBSWY3DPEHPK3PXP"
        newer = adapter.encrypt("JBSWY3DPEHPK3PXP")
    with override_settings(SECRET_KEY="another key altogether", SECRET_KEY_FALLBACKS=[]):
        assert adapter.decrypt(newer) == "JBSWY3DPEHPK3PXP"
        with pytest.raises(InvalidTag):
            adapter.decrypt(closed)


def test_the_square_code_is_a_picture_for_its_owner_alone(person):
    ama = person("ama")
    ama.sign_in()
    ama.client.get(reverse("mfa_activate_totp"))
    picture = ama.client.get(reverse("pending_code"))
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store, private"
    assert b"<path" in picture.content
    assert Client().get(reverse("pending_code")).status_code == 302
    tom = person("tom")
    tom.sign_in()
    assert tom.client.get(reverse("pending_code")).status_code == 404


def test_changing_how_one_signs_in_asks_again_after_a_while(person, monkeypatch):
    import time

    ama = person("ama")
    ama.sign_in()
    later = time.time() + 16 * 60
    monkeypatch.setattr("time.time", lambda: later)
    monkeypatch.setattr(adapter, "now", lambda: datetime.fromtimestamp(later, UTC))
    asked = ama.client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    page = ama.client.get(asked.url).content.decode()
    assert "Show that it is you" in page
    wrong = ama.client.post(asked.url, {"password": "wrong"})
    assert "That is not your password" in wrong.content.decode()
    right = ama.client.post(asked.url, {"password": PASSWORD})
    assert right.url == reverse("mfa_activate_totp")
    assert ama.client.get(right.url).status_code == 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mfa_index", "Set up a second step"),
        ("mfa_add_webauthn", "Adding a passkey needs JavaScript"),
        ("mfa_list_webauthn", "You have no passkeys"),
        ("mfa_activate_totp", "Point the app at this square"),
        ("account_change_password", "You may paste it"),
        ("usersessions_list", "Where you are signed in"),
        ("account", "How you sign in"),
    ],
)
def test_each_page_is_ours_and_holds_no_inline_script(person, name, words):
    ama = person("ama")
    ama.sign_in()
    page = ama.client.get(reverse(name)).content.decode()
    assert words in page
    assert "gt-footer" in page
    for script in page.split("<script")[1:]:
        assert "src=" in script.split(">", 1)[0]
    assert " style=" not in page
    assert "data:" not in page


def test_a_passkey_challenge_is_given_to_somebody_not_signed_in(record):
    answer = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"
