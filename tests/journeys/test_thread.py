"""From a question with my name on it to what I record, and what that changed: few, quiet, said once."""

from __future__ import annotations

from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import of_family

LEFT = "Agreed and left: legal advice, checks, a clinic, a test"


def when_she_records_that_the_checks_were_made(desk: Desk) -> None:
    desk.goes_to(of_family("add/"))
    desk.page.fill("#text", "Police, probation and health answered the checks on Carl today.")
    for name in ("Theo", "Carl"):
        desk.page.locator(".gt-chip__label", has_text=name).first.click()
    desk.page.select_option("[name=kind]", "decision")
    desk.presses("Continue")
    desk.page.get_by_label("Today", exact=True).first.check()
    desk.page.locator("input[name=how_known][value=saw]").check()
    desk.presses("Continue")
    desk.presses("Add to the record")


def test_my_questions_stand_at_home_and_end_by_what_i_record(is_at_work):
    # Given a social worker whose family's history asks something of her
    desk = is_at_work("sw_3", "phone")
    desk.goes_to("/")
    mine = desk.page.locator("section[aria-labelledby=asked]")
    asked = mine.get_by_role("link", name=LEFT)
    before = asked.count()
    assert before >= 1
    desk.is_pictured("home-asked")
    # When she follows one, it stands before her in the family's picture
    with desk.page.expect_navigation():
        asked.first.click()
    assert "/picture/?question=agreed_and_left" in desk.path
    assert desk.page.locator(".gt-q--chosen").first.is_visible()

    when_she_records_that_the_checks_were_made(desk)

    # Then the page after saving says what that ended, and home asks it no longer
    changed = desk.page.locator("section[aria-labelledby=changed]")
    assert "No longer asked:" in changed.inner_text()
    assert "What was agreed on" in changed.inner_text()
    desk.is_pictured("saved-changed")
    assert broken_at_every_width(desk.page) == {}
    desk.goes_to("/")
    assert mine.get_by_role("link", name=LEFT).count() < before
    assert broken_at_every_width(desk.page) == {}


def test_nothing_is_said_of_what_another_agency_is_asked(is_at_work):
    desk = is_at_work("care_coordinator")

    desk.goes_to("/")

    assert LEFT not in desk.text
    assert "Questions with my name on them" in desk.text
