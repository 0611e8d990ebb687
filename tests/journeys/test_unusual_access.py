"""A lead asks about the week's unusual access, and says whether a colleague is in a family's record."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.audit.unusual import week_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop.clock import now
from goldenthread.interop.demo.loader import key
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases.access.demonstration import DEMONSTRATION_PASSWORD
from goldenthread.usecases.access.match_staff import match_everybody
from goldenthread.usecases.audit.make_unusual import list_week
from goldenthread.usecases.audit.who_has_looked import Asked, who_has_looked
from goldenthread.usecases.people import set_up
from tests.journeys.accessible import broken_rules
from tests.journeys.conftest import Desk

WETHERILL: UUID = key("case", "GT-DEMO-002")
COUNCIL: UUID = key("agency", "aldersea_social_care")
LEAD = "hilary.maddock@aldersea-council.example.org"
JOANNE = Actor(uuid4(), uuid4(), COUNCIL)
EMAIL = "joanne.wetherill@aldersea-council.example.org"


def signs_in(desk: Desk, email: str) -> None:
    desk.goes_to(reverse("account_login"))
    desk.page.fill("input[name=login]", email)
    desk.page.fill("input[name=password]", DEMONSTRATION_PASSWORD)
    with desk.page.expect_navigation():
        desk.page.locator("input[name=password]").press("Enter")


@pytest.fixture(scope="module")
def listed(service) -> None:
    """A new duty worker with the mother's name looked at the family; the week was listed."""
    by = Actor(key("account", "aldersea_worker"), key("practitioner", "aldersea_worker"), COUNCIL)
    one = set_up.NewPractitioner(
        id=JOANNE.practitioner, agency=COUNCIL, name="Joanne Wetherill", role="Duty social worker",
        account=JOANNE.account, email=EMAIL, password=DEMONSTRATION_PASSWORD,
    )  # fmt: skip
    set_up.set_up_agencies(by, [], [one])
    who_has_looked(JOANNE, WETHERILL, Asked(), now=now())
    council = agencies()[COUNCIL]
    this = week_of(day_of(now()))
    list_week(council, this - timedelta(days=7), id=uuid4(), now=now())
    list_week(council, this, id=uuid4(), now=now())
    match_everybody(now=now())


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_pages_are_accessible_and_fit(opens, listed, size):
    desk = opens(size)
    signs_in(desk, LEAD)
    for name in ("unusual_access", "restricted_records"):
        desk.goes_to(reverse(name))
        for summary in desk.page.locator("main summary").all():
            summary.click()
        assert broken_rules(desk.page) == {}
        desk.is_pictured(f"{name}-open")
        width = desk.page.evaluate("document.documentElement.scrollWidth")
        assert width <= desk.page.viewport_size["width"]


def test_a_lead_asks_answers_and_finds_out_who_it_is(opens, listed):
    hilary, joanne = opens(), opens("phone")
    hilary.may_answer.add(422)
    signs_in(hilary, LEAD)
    hilary.is_pictured("home-of-a-lead")
    hilary.follows("Ask about unusual access")
    assert "may have a good reason: ask" in hilary.text
    assert "Joanne Wetherill, Duty social worker" in hilary.text
    assert "Has the surname of somebody in this family: GT-DEMO-002" in hilary.text
    hilary.page.get_by_text("Say what came of it").first.click()
    hilary.presses("Keep the answer")
    assert "Choose what became of it." in hilary.text
    assert broken_rules(hilary.page) == {}
    hilary.is_pictured("unusual-access-refused")
    hilary.page.get_by_label("Asked, and explained").first.check()
    hilary.page.get_by_label("What you asked and heard").first.fill("She was asked to ring Owen.")
    hilary.presses("Keep the answer")
    assert "The answer stands beside the line." in hilary.text
    assert "Asked, and explained: She was asked to ring Owen." in hilary.text

    joanne.may_answer.add(404)
    signs_in(joanne, EMAIL)
    assert "Wetherill family" not in joanne.text
    joanne.goes_to(reverse("family", kwargs={"case": WETHERILL}))
    there_is_none = joanne.text
    joanne.goes_to(reverse("family", kwargs={"case": uuid4()}))
    assert joanne.text == there_is_none

    hilary.goes_to("/")
    hilary.follows("Say whether a colleague is in a family’s record")
    assert "may be, or be related to, Jo Wetherill, mother in GT-DEMO-002" in hilary.text
    hilary.page.get_by_text("Answer for Joanne Wetherill").click()
    hilary.page.get_by_label("It is neither them nor a relative").check()
    hilary.page.locator("details[open]").get_by_label("Why").fill("A namesake, from Penzance.")
    hilary.presses("Keep the answer")
    assert "What was closed to them for this is open again." in hilary.text
    joanne.goes_to("/")
    assert "Wetherill family" in joanne.text
