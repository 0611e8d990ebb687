"""What the adults need: read at a glance, written down with them, agreed, used and handed over.

The demonstration family. The plan rests on Janet's nights; what she can hear is in her own words.
"""

from __future__ import annotations

import re

import pytest

from goldenthread.interop.demo.loader import key
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import of_family

JANET, NATHAN, GEMMA = (
    key("person", name) for name in ("maternal_grandmother", "father", "mother")
)


def test_a_new_social_worker_reads_how_to_work_with_each_adult(is_at_work):
    # Given the worker who took the family over in August
    desk = is_at_work("sw_3")
    # When she opens what the adults need, from the family's pages
    desk.goes_to(of_family())
    desk.follows("Adults’ needs")
    desk.is_pictured("needs")
    # Then what to do, what each is good at and what each needs stand there in their own words
    assert "Come round to my right side." in desk.text
    assert "I turn up. I was early today." in desk.text
    assert "Ring the house phone and let it ring." in desk.text
    # And what was not used is a plain list by agency, which names no worker
    listed = " ".join(
        desk.page.locator("section", has_text="that were not used").inner_text().split()
    )
    assert "Skelderdale Council Children's Services, visit" in listed
    assert "The house number is not on our system." in listed
    assert not re.search("Ruth Lindley|Samuel Addo|Bethan Rees", listed)
    # And that nobody has asked Carl is said without blaming anybody
    unread = desk.page.locator("section", has_text="Not asked yet").inner_text()
    assert "Carl Beddowes" in unread and "not a failing" in unread


def test_one_adult_with_what_was_used_and_what_is_still_to_ask(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family(f"needs/{JANET}/"))
    desk.is_pictured("needs-adult")

    assert "never lowers the child’s safety" in desk.text
    assert "No: Visit, Wednesday 23 September 2026" in desk.text
    assert "Nothing is agreed yet that helps Janet with lifting and carrying" in desk.text
    assert "because their agency wrote it or was told it" in desk.text


def test_police_know_what_to_do_and_not_why(is_at_work):
    desk = is_at_work("ds_hockley")
    desk.goes_to(of_family("needs/"))

    assert "Letters short, one point at a time, and a text the day before." in desk.text
    for why in ("ADHD", "half an hour", "I can’t read four pages", "tablets"):
        assert why.casefold() not in desk.text.casefold()


@pytest.mark.parametrize(
    ("size", "adult"), [("desk", "mothers_partner"), ("phone", "father_of_siblings")]
)
def test_what_an_adult_says_is_written_down_part_by_part(is_at_work, size, adult):
    # Given a health visitor beside somebody whom nobody had asked anything
    desk = is_at_work("hv_2", size)
    desk.goes_to(of_family(f"needs/{key('person', adult)}/"))
    desk.presses("Write down what they say")
    desk.is_pictured("needs-parts")
    # When she writes his words, one area, and goes on
    desk.follows("How to work with")
    desk.page.get_by_label("How should people work with").fill("Tell me before it gets loud.")
    desk.page.get_by_label("Strength 1", exact=True).fill("I walk out before I shout.")
    desk.presses("All parts")
    desk.follows("Noise, light, touch and busy places")
    desk.is_pictured("needs-area")
    desk.page.get_by_label("There is something to know").check()
    desk.page.get_by_label("What did they say?").fill("The crying goes right through me.")
    desk.page.get_by_text("Being in a noisy or crowded place").click()
    desk.presses("All parts")
    assert "There is something to know" in desk.text
    desk.presses("Go on to keep it")
    desk.is_pictured("needs-keep")
    # And she sees who will read it before she keeps it
    assert "Skelderdale Health Visiting Service, because it wrote it" in desk.text
    assert "Margaret Alderson, who chairs the conference" in desk.text
    desk.page.get_by_label("What does this version say").fill("What noise does.")
    desk.presses("Keep this version")
    # Then it stands, in his words
    assert "“The crying goes right through me.”" in desk.text
    assert "Hard because of this: being in a noisy or crowded place" in desk.text


def test_an_adjustment_is_agreed_used_at_a_contact_and_said_so(is_at_work):
    # Given the health visitor, who agrees with Gemma what would help
    desk = is_at_work("hv_2")
    desk.goes_to(of_family(f"needs/{GEMMA}/"))
    desk.follows("Agree an adjustment")
    desk.is_pictured("needs-adjustment")
    assert "never lowers the child’s safety" in desk.text
    desk.page.get_by_label("What is done differently?").fill("Come after nine.")
    desk.page.locator("label", has_text="Visits").click()
    desk.page.get_by_label("Who agreed it?").fill("Gemma and Bethan Rees")
    desk.page.get_by_label("Day").first.fill("1")
    desk.page.get_by_label("Month").first.fill("11")
    desk.page.get_by_label("Year").first.fill("2026")
    desk.presses("Keep it")
    assert "Nobody else is told until Gemma Rudland says yes." in desk.text
    # When she opens her visit of 12 November and says that it was used
    desk.follows("Say whether it was used: Visit, Thursday 12 November 2026")
    desk.is_pictured("needs-used")
    part = desk.page.locator("fieldset", has_text="Come after nine.")
    part.get_by_label("Yes, it was used").check()
    desk.presses("Keep")
    # Then it is kept, and stands beside the adjustment
    assert "Kept." in desk.text
    desk.goes_to(of_family(f"needs/{GEMMA}/"))
    assert "Yes, it was used: Visit, Thursday 12 November 2026" in desk.text


def test_the_sheet_for_an_adult_says_nothing_of_anybody_else(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family(f"needs/{NATHAN}/sheet/"))
    desk.is_pictured("needs-sheet")

    sheet = desk.page.locator(".govuk-grid-column-two-thirds").inner_text()
    assert "Say it straight. One thing at a time." in sheet
    assert not re.search("Gemma|Theo|Samuel|Council|ADHD", sheet)


PAGES = {
    "family": "needs/",
    "adult": f"needs/{JANET}/",
    "sheet": f"needs/{JANET}/sheet/",
    "parts": f"needs/{JANET}/write/",
    "adjustment": f"needs/{JANET}/adjustments/new/",
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_that_a_program_can_check(is_at_work, name):
    desk = is_at_work("sw_3")
    assert desk.goes_to(of_family(PAGES[name])).status == 200

    assert broken_at_every_width(desk.page) == {}


@pytest.mark.parametrize(
    "part", ["words", "area-night", "about", "keep", f"child-{key('person', 'child')}"]
)
def test_no_part_of_the_form_breaks_a_rule(is_at_work, part):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family(f"needs/{JANET}/write/"))
    assert desk.goes_to(f"{desk.path}{part}/").status == 200

    assert broken_at_every_width(desk.page) == {}


def test_a_version_and_what_was_used_break_no_rule(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family(f"needs/{JANET}/"))
    versions = desk.page.locator("#versions ~ ol a")
    desk.goes_to(versions.first.get_attribute("href"))
    assert broken_at_every_width(desk.page) == {}
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.goes_to(of_family(f"needs/{JANET}/"))
    used(desk)
    assert broken_at_every_width(desk.page) == {}


def used(desk: Desk) -> None:
    """Open the form of a contact of the reader's own agency."""
    desk.page.locator("a", has_text="Visit, Wednesday 23 September 2026").first.click()
    desk.page.wait_for_load_state()
    desk.follows("Say whether the adjustments were used")
