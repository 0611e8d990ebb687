"""What a family's history adds up to: seen at a glance, traced in one step, answered in two.

The demonstration family. On 23 October 2026, three weeks before its story ends, nobody had put the
agencies' facts beside each other; on the Picture page they stand so.
"""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2

from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import of_family

BEFORE_THE_END = "picture/?on=2026-10-23"
BUILDING = "concerns_from_several_agencies"


def question(desk: Desk, key: str):
    """One question of the page, its sort unfolded."""
    one = desk.page.locator(f"#q-{key}")
    sort = desk.page.locator("details.gt-sort", has=one)
    if sort.count() and sort.get_attribute("open") is None:
        sort.locator("summary").first.click()
    return one


def test_weeks_before_the_end_it_says_what_is_building_and_from_whose_facts(is_at_work):
    # Given the conference chair, who sees what every agency put in the record, three weeks before
    desk = is_at_work("chair")
    # When she opens the Picture
    desk.goes_to(of_family(BEFORE_THE_END))
    desk.is_pictured("picture-before-the-end")
    # Then what is building up is the first thing beside the lanes, with whose facts it is
    first = desk.page.locator("details.gt-sort").first
    assert first.get_attribute("open") is not None
    said = " ".join(first.inner_text().split())
    assert "Something is building up" in said
    assert "each recorded a concern since" in said
    for agency in ("GP practice", "Probation", "School", "Health visiting"):
        assert agency in said
    assert "Ruth Lindley" in said
    # And both are in sight together, without scrolling
    lanes = desk.page.locator(".gt-picture__scroll").bounding_box()
    assert lanes["y"] < 900
    assert first.bounding_box()["y"] < 900
    # And what holds stands beside it
    assert "turned up for the children" in desk.text


def test_a_question_is_traced_to_its_entries_in_one_step(is_at_work):
    # Given a social worker with a question open
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("picture/"))
    one = desk.page.locator("details.gt-sort[open] .gt-q").first
    # When she presses "because of"
    one.locator("summary", has_text="Because of").click()
    # Then its entries stand there, each a link to where it is in the history
    links = one.locator(".gt-q__entries a")
    assert links.count() >= 1
    target = links.first.get_attribute("href")
    with desk.page.expect_navigation():
        links.first.click()
    row = desk.page.locator(f"[id='{target.split('#')[1]}']")
    assert row.is_visible()
    assert 0 <= row.bounding_box()["y"] < 900


def test_and_answered_in_two(is_at_work):
    # Given the same question
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("picture/"))
    one = desk.page.locator("details.gt-sort[open] .gt-q").first
    words = one.locator(".gt-q__title").inner_text()
    before = desk.page.locator("#open-title").inner_text()
    # When she presses Answer, says what she makes of it, and records it
    with desk.page.expect_navigation():
        one.get_by_role("button", name=re.compile("^Answer")).click()
    assert desk.page.locator("h1").inner_text() == words
    desk.page.get_by_label("What do you make of it?").fill("Spoken about with Bethan Rees today.")
    desk.page.get_by_label("What will you do?").fill("Bethan talks to Paula about safe sleep.")
    for box, value in (("Day", "1"), ("Month", "12"), ("Year", "2031")):
        desk.page.get_by_label(box, exact=True).fill(value)
    desk.page.get_by_label("Bethan Rees").check()
    desk.is_pictured("picture-answer")
    assert broken_at_every_width(desk.page) == {}
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.presses("Record this answer")
    # Then the page says what happened, and the question stands answered with its reasons
    assert "Your answer is recorded." in desk.text
    assert desk.page.locator("#open-title").inner_text() != before
    settled = desk.page.locator("section", has=desk.page.locator("#settled-title"))
    # (the address leads to the question itself, which opens what it is folded in)
    assert settled.locator("details").first.get_attribute("open") is not None
    assert words in settled.inner_text()
    assert "Bethan talks to Paula about safe sleep. (by 1 December 2031)" in settled.inner_text()


def test_choosing_a_question_frames_its_entries_without_scripts(is_at_work):
    # Given a browser without scripts
    desk = is_at_work("chair", java_script_enabled=False)
    desk.goes_to(of_family("picture/?on=2026-10-23"))
    # When the chair asks to see a question in the lanes
    with desk.page.expect_navigation():
        question(desk, BUILDING).get_by_role("link", name=re.compile("^Show in the lanes")).click()
    # Then its entries are framed and joined, the question stands over them, and it can be undone
    plot = desk.page.locator(".gt-picture__plot")
    assert plot.locator("[data-sign=thread]").count() >= 3
    assert "Framed, and joined by the thread" in desk.text
    assert desk.page.locator("tr.gt-counts__chosen").count() >= 4
    desk.is_pictured("picture-framed")
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name="Take the frames away").first.click()
    assert desk.page.locator(".gt-picture__plot [data-sign=thread]").count() == 0


def test_a_mark_is_reached_and_opened_by_keyboard(is_at_work):
    # Given the lanes of three months
    desk = is_at_work("hv_2")
    desk.goes_to(of_family("picture/"))
    desk.follows("Three months")
    # When somebody moves to a mark and presses Enter
    mark = desk.page.locator(".gt-picture__plot a.gt-entry").last
    name = mark.get_attribute("aria-label")
    mark.focus()
    caption = desk.page.locator("[data-lanes-caption]").inner_text()
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    # Then its sentence was said, and its entry is open
    assert caption == name
    assert "/entries/" in desk.path


def test_on_a_phone_the_questions_come_first_and_the_lanes_open_at_their_end(is_at_work):
    # Given a phone
    desk = is_at_work("hv_2", "phone")
    # When the page is opened
    desk.goes_to(of_family("picture/"))
    desk.is_pictured("picture-phone")
    # Then questions come before the drawing, which is within the page and shows the newest time
    asked = desk.page.locator("#open-title").bounding_box()
    region = desk.page.locator(".gt-picture__scroll")
    assert asked["y"] < region.bounding_box()["y"]
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360
    seen = region.evaluate(
        """at => ({ left: at.getBoundingClientRect().right,
                   plot: at.querySelector('.gt-picture__plot').getBoundingClientRect().right })"""
    )
    assert abs(seen["left"] - seen["plot"]) < 4
    # And its names stay in sight
    names = desk.page.locator(".gt-picture__names").bounding_box()
    assert names["x"] >= 0


def test_the_page_and_its_states_break_no_rule(is_at_work):
    for who, path in (
        ("chair", f"picture/?question={BUILDING}"),
        ("ds_hockley", "picture/?lane=domestic_abuse"),
    ):
        desk = is_at_work(who)
        desk.goes_to(of_family(path))
        assert broken_at_every_width(desk.page) == {}, path


def test_the_printed_page_has_the_lanes_at_full_size(is_at_work):
    # Given the picture before the end
    desk = is_at_work("chair")
    desk.goes_to(of_family(BEFORE_THE_END))
    # When it is printed with no settings
    paper = pypdfium2.PdfDocument(BytesIO(desk.page.pdf(prefer_css_page_size=True)))
    texts = [paper[n].get_textpage().get_text_bounded() for n in range(len(paper))]
    # Then every lane is there, in words no smaller than 9 pt, and the table after it
    desk.page.emulate_media(media="print")
    desk.page.set_viewport_size({"width": 1030, "height": 700})
    shown = desk.page.evaluate(
        """() => [...document.querySelectorAll('.gt-picture__page svg')].map(svg => {
             const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
             const sizes = [...svg.querySelectorAll('text')].map(t => +t.getAttribute('font-size'))
             return scale * Math.min(...sizes) })"""
    )
    assert len(shown) >= 2
    assert min(shown) >= 12
    whole = " ".join(" ".join(texts).split())
    for lane in ("Neglect", "Domestic abuse", "Unsafe adult", "Strengths, what", "Maisie Tasker"):
        assert lane in whole
    assert "The same as a table" in whole
    paper.close()


def test_a_summary_is_written_kept_finished_and_given(is_at_work):
    # Given a health visitor who begins a summary
    desk = is_at_work("hv_2")
    desk.goes_to(of_family("picture/"))
    desk.follows("Write a summary")
    assert broken_at_every_width(desk.page) == {}
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    # When she types, leaves, and comes back
    desk.page.get_by_label("What is building up").fill("Visits without a reply since August.")
    desk.page.locator("[data-autosave-status]", has_text="Saved").wait_for()
    desk.goes_to(of_family("picture/"))
    desk.follows("Carry on with your draft")
    # Then her words are there, and she finishes it
    area = desk.page.get_by_label("What is building up")
    assert area.input_value() == "Visits without a reply since August."
    desk.is_pictured("picture-summary-form")
    desk.presses("Finish this version")
    assert "The version is finished and in the record." in desk.text
    assert "Visits without a reply since August." in desk.text
    assert broken_at_every_width(desk.page) == {}
    # And the conference chair reads it, while the school does not know of it
    chair = is_at_work("chair")
    chair.goes_to(of_family("picture/"))
    assert "Visits without a reply since August." in chair.text
    school = is_at_work("dsl")
    school.goes_to(of_family("picture/"))
    assert "Visits without a reply since August." not in school.text
    assert "Nobody has written one that you can read." in school.text
