"""Every page breaks no WCAG 2.2 AA rule that can be checked by a program, at three widths.

The seeded control, in the same run, shows that the check can fail.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.journeys.accessible import SEEDED, SEEDED_RULES, broken_at_every_width, broken_rules
from tests.journeys.conftest import PICTURES, Desk
from tests.journeys.story import of_family

SIGNED_OUT = {"sign-in": "account_login", "accessibility": "accessibility"}
OF_THE_READER = {
    "my-families": "families",
    "my-drafts": "drafts",
    "account": "account",
    "second-step": "mfa_index",
    "change-password": "account_change_password",
    "sessions": "usersessions_list",
}
OF_THE_FAMILY = {
    "family": "",
    "history": "history/",
    "lanes": "history/?form=lanes",
    "picture": "picture/",
    "summaries": "picture/summaries/",
    "summary-form": "picture/summaries/new/",
    "same-events": "same-events/",
    "who-may-open": "who/",
    "team": "team/",
    "team-add": "team/add/",
    "sharing": "sharing/",
    "imports": "imports/",
    "publications": "publications/",
    "publish": "publish/",
    "add-who": "add/",
}


def pictured(desk: Desk, name: str) -> None:
    if PICTURES:
        for width in (1280, 360):
            desk.page.set_viewport_size({"width": width, "height": 740})
            desk.is_pictured(name)


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_page_for_anybody_breaks_no_rule(opens, name):
    desk = opens()
    assert desk.goes_to(reverse(SIGNED_OUT[name])).status == 200

    assert broken_at_every_width(desk.page) == {}
    pictured(desk, name)


@pytest.mark.parametrize("name", OF_THE_READER)
def test_page_of_the_reader_breaks_no_rule(is_at_work, name):
    desk = is_at_work("sw_3")
    assert desk.goes_to(reverse(OF_THE_READER[name])).status == 200

    assert broken_at_every_width(desk.page) == {}
    pictured(desk, name)


@pytest.mark.parametrize("name", OF_THE_FAMILY)
def test_page_of_the_family_breaks_no_rule(is_at_work, name):
    desk = is_at_work("sw_3")
    assert desk.goes_to(of_family(OF_THE_FAMILY[name])).status == 200

    assert broken_at_every_width(desk.page) == {}
    pictured(desk, name)


def an_entry(desk: Desk) -> str:
    desk.goes_to(of_family("history/"))
    own = desk.page.locator("h3.gt-row__title", has_text="Children's Services")
    own = own if own.count() else desk.page.locator("h3.gt-row__title")
    return own.first.locator("a").get_attribute("href")


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("entry", ""),
        ("answer", "answer/"),
        ("correct", "answer/?asked=1&answer=corrects"),
        ("dispute", "answer/?asked=1&answer=disputes"),
        ("share", "share/"),
    ],
)
def test_page_of_an_entry_breaks_no_rule(is_at_work, name, rest):
    desk = is_at_work("sw_3")
    desk.goes_to(an_entry(desk) + rest)

    assert broken_at_every_width(desk.page) == {}
    pictured(desk, name)


def test_form_sent_empty_says_what_is_missing_and_breaks_no_rule(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("add/"))
    desk.presses("Continue")

    assert desk.page.locator(".govuk-error-summary").is_visible()
    assert desk.page.title().startswith("Error: ")
    assert broken_at_every_width(desk.page) == {}
    pictured(desk, "add-refused")


@pytest.mark.parametrize("path", ["/", "history/?form=lanes", "", "add/"])
def test_page_breaks_no_rule_in_forced_colours(is_at_work, path):
    desk = is_at_work("sw_3", forced_colors="active")
    desk.goes_to(path if path.startswith("/") else of_family(path))

    assert broken_rules(desk.page) == {}


def test_seeded_faults_are_all_found(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family())
    desk.page.evaluate(SEEDED)

    assert set(broken_rules(desk.page)) >= SEEDED_RULES
