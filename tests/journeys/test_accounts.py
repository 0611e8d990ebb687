"""Joining an agency, and what somebody was typing when a limit of time came; nothing is lost."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from tests.journeys.accessible import broken_rules
from tests.journeys.conftest import Desk, signs_in
from tests.journeys.story import PEOPLE, of_family

ADMINISTRATOR = "accounts_social_care"
WORDS = "Half a sentence about the stair gate and"
CHOSEN = "three quiet green kettles"


def given_time_has_passed(desk: Desk, **by: dict[str, timedelta]) -> None:
    """Let moments that a session holds be longer ago."""
    name = settings.SESSION_COOKIE_NAME
    [key] = [one["value"] for one in desk.page.context.cookies() if one["name"] == name]
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    for part, ago in by.items():
        kept = session[part]
        if isinstance(kept, list):
            session[part] = [{**one, "at": one["at"] - ago.total_seconds()} for one in kept]
        else:
            session[part] = (datetime.fromisoformat(kept) - ago).isoformat()
    session.save()


def given_a_draft_is_begun(desk: Desk, words: str) -> None:
    desk.goes_to(of_family("add/"))
    desk.page.fill("#text", words)
    desk.page.locator("#text").blur()
    desk.page.locator("[data-autosave-status]", has_text="Saved").wait_for()


def test_somebody_joins_with_a_link_that_only_they_use(opens):
    desk, new = opens(), opens("phone")
    signs_in(desk, ADMINISTRATOR)
    desk.follows("Accounts")
    assert broken_rules(desk.page) == {}
    with desk.page.expect_navigation():
        desk.page.locator("main a[role=button]").click()
    assert broken_rules(desk.page) == {}
    desk.page.get_by_label("Name", exact=True).fill("Ida Penrose")
    desk.page.get_by_label("Post", exact=True).fill("Duty social worker")
    desk.page.get_by_label("Work email address").fill("ida.penrose@example.org")
    desk.presses("Add them and send the link")

    assert "Ida Penrose was added. A link was sent." in desk.text
    link = re.search(r"http\S+", mail.outbox[-1].body).group()
    assert broken_rules(desk.page) == {}
    new.goes_to(urlsplit(link).path)
    assert new.path == reverse("account_choose_password")
    assert broken_rules(new.page) == {}
    new.is_pictured("choose-password")
    new.page.get_by_label("Password", exact=True).fill(CHOSEN)
    new.page.get_by_label("The same password again").fill(CHOSEN)
    new.presses("Choose this password")
    assert "Your password is chosen" in new.text
    new.page.fill("input[name=login]", "ida.penrose@example.org")
    new.page.fill("input[name=password]", CHOSEN)
    new.presses("Sign in", exact=True)
    assert new.path == "/"

    new.may_answer.add(410)
    new.presses("Sign out")
    new.goes_to(urlsplit(link).path)
    assert "does not work any longer" in new.text
    assert broken_rules(new.page) == {}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_pages_of_one_account_are_accessible_and_fit(opens, size):
    desk = opens(size)
    signs_in(desk, ADMINISTRATOR)
    desk.goes_to(reverse("accounts"))
    desk.page.locator("tbody a").first.click()
    one = urlsplit(desk.page.url).path
    width = desk.page.viewport_size["width"]
    for path in (
        one, f"{one}change/", f"{one}move/", f"{one}leave/", f"{one}link/",
        reverse("confirm_posts"), reverse("handing_on"), reverse("usersessions_list"),
    ):  # fmt: skip
        desk.goes_to(path)
        assert broken_rules(desk.page) == {}, path
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize(
    "limit",
    [{"last_seen": timedelta(minutes=31)}, {"signed_in_at": timedelta(hours=12, minutes=1)}],
    ids=["idle", "absolute"],
)
def test_a_draft_survives_the_limits_of_a_session(opens, limit):
    words = f"{WORDS} {next(iter(limit))}"
    desk = opens()
    signs_in(desk, "hv_2")
    given_a_draft_is_begun(desk, words)
    given_time_has_passed(desk, **limit)

    desk.may_answer.add(401)
    desk.presses("Continue")
    assert "You were signed out before this was sent" in desk.text
    assert words in desk.page.locator("main textarea").first.input_value()
    signs_in(desk, "hv_2")
    desk.goes_to("/drafts/")
    assert words in desk.text


def test_a_draft_and_the_act_itself_survive_showing_again_that_it_is_you(opens):
    desk = opens()
    signs_in(desk, ADMINISTRATOR)
    desk.goes_to(reverse("accounts"))
    desk.follows(PEOPLE["sw_1"]["name"])
    desk.follows("Change their post")
    desk.page.get_by_label("Post", exact=True).fill("Business manager of the north team")
    desk.page.get_by_label("Account administrator").check()
    given_time_has_passed(desk, account_authentication_methods=timedelta(minutes=16))

    desk.presses("Save the change")
    assert "Show that it is you" in desk.text
    desk.page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    desk.presses("Continue")

    assert "The change is saved" in desk.text
    assert "Business manager of the north team" in desk.text


def test_a_draft_survives_a_step_up_in_the_same_session(opens):
    desk = opens()
    signs_in(desk, "hv_2")
    words = f"{WORDS} the step-up"
    given_a_draft_is_begun(desk, words)
    given_time_has_passed(desk, account_authentication_methods=timedelta(minutes=16))
    desk.goes_to(reverse("mfa_activate_totp"))
    assert "Show that it is you" in desk.text
    desk.page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    desk.presses("Continue")
    desk.goes_to("/drafts/")
    assert words in desk.text
