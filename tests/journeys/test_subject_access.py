"""Jo asks what is kept about her: one worker prepares the answer, his lead checks it, it leaves.

The second family of the demonstration. Every page is tried with axe at three widths.
"""

from __future__ import annotations

import pypdfium2

from goldenthread.interop.demo.loader import key
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk

WETHERILL = key("case", "GT-DEMO-002")
AT = f"/families/{WETHERILL}/subject-access/"


def starts(desk: Desk) -> None:
    desk.goes_to(AT)
    desk.page.get_by_label("Who asked").select_option(label="Jo Wetherill, mother")
    desk.page.get_by_label("About whom").select_option(label="Jo Wetherill, mother")
    for part, value in (("Day", "20"), ("Month", "11"), ("Year", "2026")):
        desk.page.get_by_label(part, exact=True).fill(value)
    desk.page.get_by_label("How you know that it is they").fill("Known to me.")
    desk.presses("Start the answer")


def test_jo_is_answered_by_two_people(is_at_work):
    # Given Owen, who works with the family, and his lead, Hilary
    owen = is_at_work("aldersea_worker")
    assert "Requests for what is kept" in owen_menu(owen)
    starts(owen)
    pack = owen.path
    # Then he sees by when, what waits for him, and what is pointed out to him
    assert "Due by 20 December 2026" in owen.text
    assert "Another agency wrote it." in owen.text
    assert broken_at_every_width(owen.page) == {}
    owen.is_pictured("subject-access-pack")
    # When he leaves out what others wrote, and withholds a name of somebody else
    owen.presses("Leave out all that wait only because another agency wrote them")
    owen.page.locator("#inside a").first.click()
    assert owen.page.locator("mark", has_text="Carl Beddoes").count() >= 1
    assert broken_at_every_width(owen.page) == {}
    owen.page.get_by_label("Carl Beddoes A name of").first.check()
    owen.page.get_by_label("Why", exact=True).select_option(label="Somebody else’s information")
    owen.presses("Withhold them")
    assert "[withheld: third party]" in owen.text
    owen.is_pictured("subject-access-entry")
    for _ in range(len(waiting(owen, pack))):
        owen.page.locator("#waiting a").first.click()
        owen.page.get_by_role("radio", name="It is left out").check()
        owen.page.get_by_label("If it is left out, why").select_option(label="Serious harm")
        owen.presses("Decide")
        owen.goes_to(pack)
    # And asks somebody else to check it
    owen.follows("See it as it would leave")
    owen.presses("Ask somebody else to check it")
    assert "You check it" not in owen.text
    # Then Hilary reads it as it would leave, and agrees
    hilary = is_at_work("aldersea_lead")
    hilary.goes_to(f"{pack}check/")
    assert "by her former partner [withheld: third party]" in hilary.text
    assert broken_at_every_width(hilary.page) == {}
    hilary.is_pictured("subject-access-check")
    hilary.presses("Agree that it leaves like this")
    # And Owen releases it and takes it out: what he withheld is in no part of the paper
    owen.goes_to(f"{pack}check/")
    owen.presses("Release it as it was agreed")
    address = owen.page.get_by_role("link", name="as a PDF").get_attribute("href")
    paper = owen.page.request.get(f"{owen.service.address}{address}")
    said = [p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(paper.body())]
    assert all("For Jo Wetherill. By Owen Pascoe" in one for one in said)
    assert "[withheld: third party]" in " ".join(said[0].split())


def owen_menu(desk: Desk) -> str:
    desk.goes_to(f"/families/{WETHERILL}/")
    return desk.page.content()


def waiting(desk: Desk, pack: str) -> list:
    desk.goes_to(pack)
    return desk.page.locator("#waiting a").all()


def test_on_a_phone_nothing_runs_off_the_page(is_at_work):
    desk = is_at_work("aldersea_worker", "phone")
    desk.goes_to(AT)
    assert broken_at_every_width(desk.page) == {}
    desk.is_pictured("subject-access-list")


def test_somebody_of_another_agency_finds_no_request(is_at_work):
    desk = is_at_work("dsl_elsewhere")
    desk.goes_to(AT)
    assert "No request is open or answered here." in desk.text
