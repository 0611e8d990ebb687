"""Signing in and out as a person does it, and what the trail keeps of it."""

from __future__ import annotations

import math
import string

from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from tests.web.account.conftest import PASSWORD, WRONG, audited, try_sign_in


def test_signing_in_returns_to_the_page_that_was_left(person, world):
    ama = person("ama")
    wanted = reverse("family", kwargs={"case": world.case})
    turned_away = ama.client.get(wanted)
    assert turned_away.status_code == 302
    form = ama.client.get(turned_away.url)
    assert f'name="next" value="{wanted}"' in form.content.decode()
    answer = ama.sign_in(next=wanted)
    assert (answer.status_code, answer.url) == (302, wanted)
    assert ama.client.get(wanted).status_code == 200


def test_next_never_leads_to_another_site(person):
    ama = person("ama")
    assert ama.sign_in(next="https://elsewhere.example/").url == "/"


def test_sign_in_is_written_down_with_how_and_by_whom(person, world):
    person("ama").sign_in()
    [row] = audited("sign_in")
    assert (row.account, row.outcome) == (world.actors["ama"].account, "allow")
    assert row.detail == {"methods": ["password"]}


def test_a_wrong_password_says_the_same_for_any_address(person):
    ama = person("ama")
    known = try_sign_in(Client(), ama.email, WRONG).content.decode()
    unknown = try_sign_in(Client(), "nobody@example.org", WRONG).content.decode()
    assert "The email address or the password is not right" in known
    assert "<title>Error: Sign in" in known
    assert "There is a problem" in known

    def plain(page: str, email: str) -> list[str]:
        return [line for line in page.replace(email, "").splitlines() if "csrf" not in line]

    assert plain(known, ama.email) == plain(unknown, "nobody@example.org")


def test_an_empty_form_says_what_to_enter(person):
    ama = person("ama")
    empty = try_sign_in(Client(), "", "").content.decode()
    assert "Enter your email address." in empty
    assert "Enter your password." in empty
    ama.sign_in()
    changed = ama.client.post(reverse("account_change_password"), {}).content.decode()
    for words in ("the password you use now", "a new password", "the new password again"):
        assert f"Enter {words}." in changed
    assert "This field is required" not in empty + changed


def test_a_failure_for_an_unknown_address_keeps_no_address(person):
    from axes.models import AccessAttempt

    try_sign_in(Client(), "Nobody.Known@example.org", WRONG)
    [row] = audited("sign_in")
    assert (row.outcome, row.account.int) == ("deny", 0)
    kept = [
        str(value) for one in AuditEvent.objects.using("reader").values() for value in one.values()
    ]
    kept += [str(value) for one in AccessAttempt.objects.values() for value in one.values()]
    assert AccessAttempt.objects.count() == 1
    assert not [value for value in kept if "nobody.known" in value.lower()]


def test_five_wrong_passwords_pause_a_known_address(person):
    ama = person("ama")
    answers = [ama.sign_in(WRONG) for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 200, 429]
    assert "paused for 15 minutes" in answers[-1].content.decode()
    assert ama.sign_in(PASSWORD).status_code == 429, "the right password does not open it"
    assert ama.client.get("/").status_code == 302


def test_five_wrong_passwords_pause_an_unknown_address_alike(person):
    ama = person("ama")
    known = [ama.sign_in(WRONG) for _ in range(6)]
    client = Client()
    unknown = [try_sign_in(client, "nobody@example.org", WRONG) for _ in range(6)]
    assert [one.status_code for one in known] == [one.status_code for one in unknown]
    assert known[-1].content == unknown[-1].content
    assert person("tom").sign_in().status_code == 302, "nobody else is paused"


def test_changing_browser_or_spelling_does_not_restart_the_count(person):
    ama = person("ama")
    for number in range(4):
        try_sign_in(Client(headers={"user-agent": f"Browser {number}"}), ama.email.upper(), WRONG)
    assert ama.sign_in(WRONG).status_code == 429


def test_a_right_password_starts_the_count_again(person):
    ama = person("ama")
    for _ in range(4):
        ama.sign_in(WRONG)
    assert ama.sign_in().status_code == 302
    ama.client.post(reverse("account_logout"))
    assert [ama.sign_in(WRONG).status_code for _ in range(4)] == [200] * 4


def test_the_pause_ends_after_fifteen_minutes(person):
    from datetime import timedelta

    from axes.models import AccessAttempt
    from django.db.models import F

    ama = person("ama")
    for _ in range(5):
        ama.sign_in(WRONG)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    assert ama.sign_in().status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    assert ama.sign_in().status_code == 302


def test_signing_out_is_a_button_and_makes_the_browser_forget(person):
    ama = person("ama")
    ama.sign_in()
    asked = ama.client.get(reverse("account_logout"))
    assert "Do you want to sign out?" in asked.content.decode()
    assert ama.client.get("/").status_code == 200, "asking signs nobody out"
    answer = ama.client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "You are signed out" in ama.client.get(answer.url).content.decode()
    assert ama.client.get("/").status_code == 302
    assert len(audited("sign_out")) == 1


def test_a_closed_account_cannot_sign_in_and_is_told_plainly(person):
    ama = person("ama")
    ama.account.is_active = False
    ama.account.save()
    answer = ama.client.post(
        reverse("account_login"), {"login": ama.email, "password": PASSWORD}, follow=True
    )
    assert "This account is closed" in answer.content.decode()
    assert ama.client.get("/").status_code == 302


def test_closing_an_account_ends_its_open_session(person):
    ama = person("ama")
    ama.sign_in()
    ama.account.is_active = False
    ama.account.save()
    assert ama.client.get("/").status_code == 302


def test_nobody_makes_their_own_account(record):
    client = Client()
    page = client.get(reverse("account_signup"))
    assert "Accounts are given by your agency" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert try_sign_in(client, "new@example.org", PASSWORD).status_code == 200


def test_the_demonstration_lists_its_accounts_and_fills_the_form(person):
    ama = person("ama")
    with override_settings(DEMONSTRATION=True):
        page = ama.client.get(reverse("account_login")).content.decode()
        assert ama.email in page
        assert DEMONSTRATION_PASSWORD in page
        filled = ama.client.get(reverse("account_login"), {"as": str(ama.account.id)}).content
        assert f'value="{ama.email}"'.encode() in filled
        assert f'value="{DEMONSTRATION_PASSWORD}"'.encode() in filled


def test_outside_a_demonstration_no_account_is_listed(person):
    ama = person("ama")
    page = ama.client.get(reverse("account_login"), {"as": str(ama.account.id)}).content.decode()
    assert ama.email not in page
    assert DEMONSTRATION_PASSWORD not in page


def test_a_changed_password_works_and_a_short_one_is_refused(person):
    ama = person("ama")
    ama.sign_in()
    address = reverse("account_change_password")
    new = "eleven brass kettles singing"
    short = ama.client.post(
        address, {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    )
    assert "at least 12 characters" in short.content.decode()
    done = ama.client.post(
        address, {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True
    )
    assert "Your password has been changed" in done.content.decode()
    ama.client.post(reverse("account_logout"))
    assert ama.sign_in(new).status_code == 302
    assert [row.detail for row in audited("change_sign_in")] == [{"what": "password_changed"}]


def test_other_sessions_can_be_ended(person):
    ama = person("ama")
    ama.sign_in()
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    try_sign_in(elsewhere, ama.email, PASSWORD)
    elsewhere.get("/")
    page = ama.client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox on Windows" in page
    ama.client.post(reverse("usersessions_list"))
    assert elsewhere.get("/").status_code == 302
    assert ama.client.get("/").status_code == 200


def test_a_session_begins_anew_when_somebody_signs_in(person):
    ama = person("ama")
    ama.client.get(reverse("account_login"))
    ama.client.session.save()
    before = ama.client.cookies.get("sessionid")
    fixed = before.value if before else "f" * 32
    ama.client.cookies["sessionid"] = fixed
    ama.sign_in()
    after = ama.client.cookies["sessionid"].value
    assert after != fixed, "a key that somebody was given beforehand opens nothing"
    stranger = Client()
    stranger.cookies["sessionid"] = fixed
    assert stranger.get("/").status_code == 302
    ama.client.post(reverse("account_logout"))
    stranger.cookies["sessionid"] = after
    assert stranger.get("/").status_code == 302, "nor one that was signed out"


def test_every_session_has_a_key_of_its_own_that_cannot_be_guessed(person):
    ama = person("ama")
    keys = set()
    for _ in range(6):
        browser = Client()
        try_sign_in(browser, ama.email, PASSWORD)
        keys.add(browser.cookies["sessionid"].value)
    assert len(keys) == 6
    letters = string.ascii_lowercase + string.digits
    assert all(set(key) <= set(letters) for key in keys)
    assert min(map(len, keys)) * math.log2(len(letters)) >= 128


def test_changing_the_password_makes_the_other_sessions_worth_nothing(person):
    ama = person("ama")
    ama.sign_in()
    elsewhere = Client()
    try_sign_in(elsewhere, ama.email, PASSWORD)
    assert elsewhere.get("/").status_code == 200
    new = "eleven brass kettles singing"
    ama.client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert elsewhere.get("/").status_code == 302
    assert ama.client.get("/").status_code == 200
