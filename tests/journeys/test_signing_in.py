"""Who comes in, who does not, and that all of it can be done from a keyboard."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse

from tests.journeys.accessible import broken_rules
from tests.journeys.conftest import Desk, signs_in
from tests.journeys.story import PEOPLE, of_family

STRANGER = next(key for key, one in PEOPLE.items() if one["agency"] == "school_elsewhere")


def test_sign_in_page_of_a_demonstration_lists_whom_to_be(opens):
    desk = opens()
    desk.goes_to(reverse("account_login"))

    for someone in PEOPLE.values():
        assert (someone["email"] in desk.text) == someone["demo_account"]


def test_account_is_locked_after_five_wrong_passwords_even_for_the_right_one(opens):
    desk = opens()
    desk.may_answer.add(429)
    for _ in range(5):
        signs_in(desk, "gp_doctor_1", "not the password at all")
    signs_in(desk, "gp_doctor_1")

    assert "15 minutes" in desk.text
    desk.is_pictured("locked")
    assert broken_rules(desk.page) == {}
    assert desk.goes_to("/").url.startswith(f"{desk.service.address}{reverse('account_login')}")


def test_signing_out_ends_the_session_for_every_page(opens):
    desk = opens()
    signs_in(desk, "ds_hockley")
    desk.goes_to(of_family("history/"))

    desk.presses("Sign out")
    desk.goes_to(of_family("history/"))

    assert reverse("account_login") in desk.page.url
    assert "Rudland" not in desk.page.content()


def test_practitioner_of_no_agency_around_the_family_gets_the_one_page_that_tells_nothing(
    is_at_work,
):
    desk = is_at_work(STRANGER)
    desk.may_answer.add(404)
    desk.goes_to("/")
    assert "Wetherill family" in desk.text, "his own family, and no other"
    assert "Rudland" not in desk.text
    nowhere = desk.goes_to(f"/families/{uuid4()}/")
    none_there = nowhere.text()
    assert nowhere.status == 404
    desk.is_pictured("not-found")
    assert broken_rules(desk.page) == {}

    for path in ("", "history/", "same-events/", "who/", "add/", "imports/", "history.pdf"):
        answer = desk.goes_to(of_family(path))
        assert answer.status == 404, path
        assert "Rudland" not in answer.text()
        assert len(answer.text()) == len(none_there), path


def tabs_to(desk: Desk, *words: str, most: int = 60) -> None:
    """Press Tab until what has the focus begins with these words; each stop must be seen."""
    for _ in range(most):
        desk.page.keyboard.press("Tab")
        name, is_seen = desk.page.evaluate(
            """() => { const at = document.activeElement, look = getComputedStyle(at)
              const label = at.labels && at.labels[0] ? at.labels[0].innerText : ''
              return [(at.getAttribute('aria-label') || label || (at === document.body ? '' : at.innerText) || '').trim(),
                at === document.body || look.outlineStyle !== 'none' || look.boxShadow !== 'none' ||
                look.backgroundColor === 'rgb(255, 221, 0)'] }"""
        )
        assert is_seen, f"the focus on “{name}” cannot be seen"
        if name.startswith(words):
            return
    raise AssertionError(f"Tab never came to “{words[0]}”")


def test_whole_way_from_signing_in_to_an_entry_needs_no_mouse(opens):
    desk = opens()
    desk.goes_to(reverse("account_login"))
    tabs_to(desk, "Email", "E-mail")
    desk.page.keyboard.type(PEOPLE["probation_officer"]["email"])
    tabs_to(desk, "Password")
    desk.page.keyboard.type("thread of gold 2026")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")

    for words in ("Rudland family", "History", "Court order"):
        tabs_to(desk, words)
        with desk.page.expect_navigation():
            desk.page.keyboard.press("Enter")

    assert "/entries/" in desk.path
    assert "Who knows this" in desk.text
