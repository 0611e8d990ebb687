"""A health visitor tells the social worker; she reads it, acknowledges it, and it comes back."""

from __future__ import annotations

import pytest
from django.core import mail

from goldenthread.records.provenance.models import Statement
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import canary, of_family

ROW = "HV-016"  # what the health visitor alone holds, of 12 November
WILL_DO = "I will see Theo with Gemma on Thursday, at home."


def given_the_entry_of(row: str) -> str:
    """The address of an entry's page, by the row it was brought in from."""
    found = Statement.objects.using("owner").get(reference=row)
    return of_family(f"entries/{found.id}/")


def when_she_tells(desk: Desk, entry: str, whom: str, in_person: str) -> None:
    desk.goes_to(entry)
    desk.follows("Share this with another agency, or say why not")
    desk.page.locator(".gt-chip__label", has_text=whom).first.click()
    desk.page.get_by_text("When, how and on what basis").click()
    desk.page.locator(".gt-chip__label", has_text=in_person).first.click()
    desk.page.fill("#why-told", "So that he is seen this week.")
    desk.page.select_option("#basis", "public_task")
    desk.page.fill("#subject-told", "Gemma knows that I would.")
    desk.is_pictured("share")
    desk.presses("Save")


def test_what_is_told_is_read_acknowledged_and_comes_back(is_at_work):
    entry, words = given_the_entry_of(ROW), canary(ROW)
    teller = is_at_work("hv_2")
    mail.outbox.clear()
    when_she_tells(teller, entry, "Skelderdale Council Children", "Ruth Lindley")
    assert "can read it here, and is asked to" in teller.text
    assert "They have not opened it." in teller.text
    (notice,) = mail.outbox
    assert notice.to == ["ruth.lindley@childrens-services.example.org"]
    assert words not in notice.body and "Rudland" not in f"{notice.subject} {notice.body}"

    reader = is_at_work("sw_3", "phone")
    reader.goes_to("/")
    assert "You have been told something about a family you work with" in reader.text
    assert words not in reader.text
    reader.is_pictured("home-told")
    reader.page.locator(f"a[href='{entry}receive/']").click()
    reader.page.wait_for_url("**/receive/")
    assert words in reader.page.content()
    assert "told Ruth Lindley in person" in reader.text
    reader.is_pictured("receive")
    reader.page.fill("#will-do", WILL_DO)
    reader.presses("I have read this")
    assert "You have acknowledged this." in reader.text

    teller.goes_to(of_family("sharing/"))
    assert "Acknowledged by Ruth Lindley" in teller.text
    assert WILL_DO in teller.text
    teller.is_pictured("sharing-teller")
    reader.goes_to("/")
    assert reader.page.locator(f"a[href='{entry}receive/']").count() == 0


def test_whoever_was_not_told_finds_nothing_of_it(is_at_work):
    """The school is of the team and was told nothing of this entry."""
    entry, words = given_the_entry_of(ROW), canary(ROW)
    desk = is_at_work("dsl")
    for path in ("/", of_family(), of_family("sharing/")):
        desk.goes_to(path)
        assert words not in desk.page.content()
        assert entry not in desk.page.content()
    desk.may_answer.add(404)
    assert desk.goes_to(f"{entry}receive/").status == 404


def test_a_decision_not_to_tell_waits_with_its_reason_where_it_was_made(is_at_work):
    desk = is_at_work("care_coordinator")
    desk.goes_to("/")
    assert "Look again at a decision not to share" in desk.text
    desk.goes_to(of_family("sharing/"))
    assert "Gemma asked that it stay with us" in desk.text
    desk.is_pictured("sharing-not-told")

    other = is_at_work("sw_3")
    other.goes_to(of_family("sharing/"))
    assert "Gemma asked that it stay with us" not in other.text


def test_the_family_page_says_how_the_plan_stands_and_why_it_was_last_decided_so(is_at_work):
    desk = is_at_work("hv_2")
    desk.goes_to(of_family())
    assert "The safety plan: Needs review because" in desk.text
    since, newcomer = desk.text.split("If you are new to this family", 1)
    assert "Affects what you are responsible for" in since
    assert "Because" in since
    assert "The last decision, and why" in newcomer
    assert "Why:" in newcomer


@pytest.mark.parametrize("path", ["/", of_family(), of_family("sharing/")])
@pytest.mark.parametrize("who", ["sw_3", "hv_2", "chair"])
def test_the_pages_of_sharing_break_no_rule(is_at_work, who: str, path: str):
    desk = is_at_work(who)
    assert desk.goes_to(path).status == 200
    assert broken_at_every_width(desk.page) == {}


def test_receiving_and_sharing_break_no_rule(is_at_work):
    entry = given_the_entry_of("HV-015")
    desk = is_at_work("sw_3")
    for path in (f"{entry}receive/", f"{entry}share/", entry):
        assert desk.goes_to(path).status == 200
        assert broken_at_every_width(desk.page) == {}, path
