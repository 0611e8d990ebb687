"""At night: somebody on duty opens a record in an emergency, and somebody else reviews it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from goldenthread.interop.demo.story import read_toml
from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from tests.journeys.accessible import broken_at_every_width, broken_rules
from tests.journeys.conftest import Desk
from tests.journeys.story import FAMILY, of_family

pytestmark = pytest.mark.timeout(900)
REFERENCE = FAMILY["case"]["reference"]
OTHERS = {one["key"]: one for one in read_toml("family.toml", "wetherill")["practitioner"]}
CALDICOTT = next(one for one in FAMILY["practitioner"] if one["key"] == "caldicott")
WORDS = "A neighbour heard a child scream; nobody opens the door."


def signs_in(desk: Desk, email: str) -> None:
    desk.goes_to(reverse("account_login"))
    desk.page.fill("input[name=login]", email)
    desk.page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    with desk.page.expect_navigation():
        desk.page.locator("input[name=password]").press("Enter")


def test_a_record_is_opened_in_an_emergency_read_closed_and_reviewed(opens):
    duty, lead, governance = opens(), opens("phone"), opens()
    # Given somebody on duty who has no tie to the family
    signs_in(duty, OTHERS["aldersea_emergency"]["email"])
    duty.may_answer.add(404)
    duty.goes_to(of_family())
    assert "nothing here that you can open" in duty.text
    duty.goes_to("/")
    duty.follows("Break the glass")
    assert broken_at_every_width(duty.page) == {}
    # When they say too little, everything that is missing is said at once and nothing is lost
    duty.may_answer.add(422)
    duty.page.fill("#reference", REFERENCE)
    duty.page.fill("#words", "Too short")
    duty.presses("Break the glass")
    for said in ("Choose the reason.", "Choose the legal basis.", "at least 20 characters"):
        assert said in duty.text
    assert duty.page.input_value("#reference") == REFERENCE
    assert broken_rules(duty.page) == {}
    duty.is_pictured("break-the-glass-problems")
    # And then say it well
    duty.page.fill("#words", WORDS)
    duty.page.get_by_label("A child may be in danger now").check()
    duty.page.get_by_label(re.compile("vital interests")).check()
    duty.presses("Break the glass")
    # Then they read the record, under a banner, on every page of it
    assert REFERENCE not in duty.page.url
    for page in (
        "",
        "history/",
        "network/",
        "picture/",
        "plan/",
        "needs/",
        "decisions/",
        "sharing/",
    ):
        duty.goes_to(of_family(page))
        assert "You broke the glass." in duty.page.inner_text("body"), page
        assert "Add what I know" not in duty.page.inner_text("body")
    duty.goes_to(of_family())
    assert broken_at_every_width(duty.page) == {}
    duty.is_pictured("glass-banner")
    duty.may_answer.add(403)
    duty.goes_to(of_family("add/"))
    assert "You can only read this record now" in duty.text
    assert broken_rules(duty.page) == {}
    # And the family's allocated worker, the lead and governance were told, and nothing of it
    sent = [one for one in mail.outbox if "in an emergency" in one.subject]
    assert {OTHERS["aldersea_lead"]["email"], CALDICOTT["email"]} <= {one.to[0] for one in sent}
    assert not any(REFERENCE in one.body for one in sent)
    # When they close it, it is shut
    duty.goes_to(of_family())
    duty.presses("Close it now")
    duty.goes_to(of_family())
    assert "nothing here that you can open" in duty.text
    # Then their lead reviews it, and governance sees that
    signs_in(lead, OTHERS["aldersea_lead"]["email"])
    lead.goes_to("/")
    lead.follows("Review why Ruben Achterberg broke the glass")
    assert WORDS in lead.text and broken_at_every_width(lead.page) == {}
    lead.is_pictured("glass-review")
    lead.page.get_by_label("It was justified").check()
    lead.page.fill("#reason", "He could not have known sooner.")
    lead.presses("Keep the review")
    assert "What you found is kept" in lead.text
    signs_in(governance, CALDICOTT["email"])
    governance.goes_to(reverse("broken_glass"))
    assert "It was justified" in governance.text and "fewer than 5" in governance.text
    assert broken_at_every_width(governance.page) == {}
    governance.is_pictured("broken-glass")
