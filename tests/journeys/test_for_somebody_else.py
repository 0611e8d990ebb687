"""Ruth takes papers for somebody else: she is told what is left out, and what is not made at all.

Every page is tried with axe at three widths.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.accessible import broken_at_every_width
from tests.journeys.story import CASE, PEOPLE, ROWS


def told_to(agency: str) -> tuple[set[str], set[str]]:
    """Of what children's services wrote: the words of rows that this agency was told, and not."""
    told, untold = set(), set()
    for row in ROWS.values():
        if row.agency == "children_social_care":
            (told if agency in row.shared_with else untold).add(row.what)
    return told, untold


def test_the_school_is_given_what_it_was_told(is_at_work):
    # Given Ruth, who is allocated to the family
    desk = is_at_work("sw_3")
    desk.goes_to(f"/families/{CASE}/history/")
    # When she asks for the history for somebody else, and says nothing
    desk.follows("For somebody else")
    assert "Say who will have the document." in desk.text
    assert broken_at_every_width(desk.page) == {}
    desk.is_pictured("for-whom")
    desk.may_answer.add(422)
    desk.presses("Go on to the document")
    assert "Say for whom it is." in desk.text
    assert broken_at_every_width(desk.page) == {}
    desk.is_pictured("for-whom-unsaid")
    # And then Karen, of the school, as a CSV
    desk.page.get_by_label("Karen Ogden").check()
    desk.page.get_by_label("CSV file").check()
    desk.presses("Go on to the document")
    # Then she is told how many entries are left out, and why, and where to share them
    assert "The chronology as CSV, for Karen Ogden, Kelderby Bank Primary School" in desk.text
    assert "Kelderby Bank Primary School has not been told" in desk.text
    assert desk.page.get_by_role("link", name="share with them first").count() == 1
    assert broken_at_every_width(desk.page) == {}
    desk.is_pictured("before-it-leaves")
    # And what she takes says for whom it is, and holds what the school was told
    with desk.page.expect_download() as taken:
        desk.page.get_by_role("button", name="Take the document").click()
    assert taken.value.suggested_filename.endswith("-by-ruth-lindley-for-karen-ogden.csv")
    said = Path(taken.value.path()).read_text(encoding="utf-8-sig")
    own = desk.page.request.get(f"{desk.service.address}/families/{CASE}/history.csv").text()
    told, untold = told_to("school")
    plain = {words for words in told | untold if '"' not in words}
    assert {words for words in plain & untold if words in said} == set()
    assert {words for words in plain if words in own} > {words for words in plain if words in said}
    assert any(words in said for words in plain & told)


def test_a_decision_is_given_whole_or_not_at_all(is_at_work):
    # Given Ruth, before a decision
    desk = is_at_work("sw_3")
    desk.goes_to(f"/families/{CASE}/decisions/")
    links = desk.page.locator("main a").evaluate_all("all => all.map(a => a.pathname)")
    decision = re.compile(f"/families/{CASE}/decisions/[0-9a-f-]{{36}}/$")
    desk.goes_to(next(one for one in links if decision.fullmatch(one)))
    # When she asks for it on paper for a court
    desk.follows("For somebody else")
    desk.page.fill("#words", "Family Court, Fenwick")
    desk.may_answer.add(409)
    desk.presses("Go on to the document")
    # Then it is not made, and she is told whom to ask
    assert "This document is not made" in desk.text
    assert "given whole or not at all" in desk.text
    assert PEOPLE["chair"]["name"] in desk.text
    assert broken_at_every_width(desk.page) == {}
    desk.is_pictured("not-made")
    # And for herself it is as it was
    desk.follows("Make it for somebody else")
    desk.page.get_by_label("Myself").check()
    desk.presses("Go on to the document")
    assert desk.page.title().startswith("Decision, on paper")
    assert "For Ruth Lindley, Skelderdale Council Children's Services" in desk.page.content()
