"""Would it have been seen? A chair, a member, a partnership manager and a file of a past case."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import reverse

from tests.journeys.accessible import broken_at_every_width
from tests.journeys.story import canary, of_family, rows_hidden_from

HISTORIES = Path(__file__).resolve().parents[1] / "spec" / "histories"
KEY = "new_adult_without_checks"


def test_a_chair_sees_what_sharing_would_have_changed_and_follows_it_to_its_entry(is_at_work):
    # Given the chair, who reads what every agency put in the record
    desk = is_at_work("chair")
    desk.goes_to(of_family("history/"))

    # When she asks whether it would have been seen, up to the first weeks of summer
    desk.follows("Would it have been seen?")
    desk.page.get_by_role("textbox", name="up to").fill("29 June 2026")
    desk.presses("Show")

    # Then she reads who would have told whom and on which day
    assert "had Kelderby Community Midwives told Skelderdale Council" in desk.text
    assert "All agencies together:" in desk.text

    # And each question leads to the entry behind it in one step
    one = desk.page.locator(".gt-replay__one", has_text="A new adult whom somebody worried about")
    with desk.page.expect_navigation():
        one.locator(".gt-replay__because a").first.click()
    assert "/entries/" in desk.path


def test_a_chair_steps_from_change_to_change_without_javascript(is_at_work):
    desk = is_at_work("chair", java_script_enabled=False)
    desk.goes_to(of_family("replay/?on=2026-07-15"))
    assert "Asked on this day: Concerns from several agencies" in desk.text

    desk.page.get_by_role("link", name=re.compile("Change after")).click()

    assert "on=2026-07-22" in desk.path
    assert "Wednesday 22 July 2026" in desk.text


def test_a_line_of_the_drawing_leads_to_its_question_by_keyboard(is_at_work):
    desk = is_at_work("chair")
    desk.goes_to(of_family("replay/?on=2026-03-20"))

    link = desk.page.locator(".gt-replay__plot a").first
    link.focus()
    desk.page.keyboard.press("Enter")

    assert desk.path.endswith("#question-1")
    assert link.get_attribute("aria-label").startswith("A new adult in the home")


def test_a_member_sees_their_own_agency_and_nothing_another_held_alone(is_at_work):
    desk = is_at_work("hv_2", "phone")

    desk.goes_to(of_family("replay/"))

    assert "Your agency, had it been told at once" in desk.text
    assert "All agencies together:" not in desk.text
    page = desk.page.content()
    assert not [row for row in rows_hidden_from("health_visiting") if canary(row) in page]


def test_the_look_back_breaks_no_rule_for_a_chair_or_a_member(is_at_work):
    for who in ("chair", "hv_2"):
        desk = is_at_work(who)
        assert desk.goes_to(of_family("replay/?on=2026-04-01")).status == 200
        assert broken_at_every_width(desk.page) == {}, who
        desk.is_pictured(f"replay-{who}")


def test_it_prints_within_its_sheet(is_at_work):
    desk = is_at_work("chair")
    desk.goes_to(of_family("replay/?on=2026-04-01"))
    desk.page.emulate_media(media="print")
    desk.page.set_viewport_size({"width": 720, "height": 1000})

    wide = desk.page.evaluate("() => document.documentElement.scrollWidth")
    parts = desk.page.locator(".gt-replay__part")
    assert wide <= 720
    assert parts.count() >= 1
    for part in parts.all():
        names, plot = (one.bounding_box() for one in part.locator("svg").all())
        assert plot["x"] + plot["width"] <= 720
        assert plot["height"] < 950  # fits a sheet, so that no row is cut
        assert (names["y"], names["height"]) == (plot["y"], plot["height"])


def test_a_past_case_is_sent_up_and_lived_through(is_at_work):
    # Given a health visitor with the chronology of a past case
    desk = is_at_work("hv_2")
    desk.goes_to(reverse("patterns"))
    desk.follows("Live through a past case")
    assert broken_at_every_width(desk.page) == {}

    # When she sends it up
    desk.page.set_input_files("#file", str(HISTORIES / "a_plan_that_rested_on_grandmother.csv"))
    desk.presses("Live through it")

    # Then she sees what sharing would have changed, with the rows behind it on the page
    assert "had GP practice told children's social care on 20 May 2024" in desk.text
    desk.page.locator(".gt-replay__because a").first.click()
    assert "#row-" in desk.path
    assert broken_at_every_width(desk.page) == {}


def test_a_file_that_is_none_is_refused_where_it_was_chosen(is_at_work, tmp_path):
    desk = is_at_work("hv_2")
    desk.may_answer.add(422)
    desk.goes_to(reverse("replay_file"))
    file = tmp_path / "notes.csv"
    file.write_text("just some words\n")

    desk.page.set_input_files("#file", str(file))
    desk.presses("Live through it")

    assert "There is a problem" in desk.text
    assert broken_at_every_width(desk.page) == {}


def test_a_partnership_sets_a_pattern_having_seen_what_it_changes(is_at_work):
    # Given the partnership manager, at a pattern
    desk = is_at_work("partnership_manager")
    desk.may_answer.add(422)
    assert desk.goes_to(reverse("patterns")).status == 200
    assert broken_at_every_width(desk.page) == {}
    desk.goes_to(reverse("pattern", kwargs={"key": KEY}))
    assert broken_at_every_width(desk.page) == {}
    desk.page.get_by_role("button", name="Set these numbers").click()

    # When she writes what cannot be, it is said at its place and nothing is lost
    desk.page.get_by_label("Days to act before it is asked").fill("soon")
    desk.page.get_by_label("Why").fill("Our audit of ten families.")
    desk.presses("See what this changes")
    assert "write a whole number, such as 14" in desk.text
    assert desk.page.get_by_label("Why").input_value() == "Our audit of ten families."
    assert broken_at_every_width(desk.page) == {}

    # And when she writes a number, she sees what it changes before she decides
    desk.page.get_by_label("Days to act before it is asked").fill("7")
    desk.presses("See what this changes")
    assert "7 days earlier" in desk.text
    assert "1 near-miss would no longer stay silent" in desk.text
    assert broken_at_every_width(desk.page) == {}

    # Then it holds, with who decided it and why, and can be gone back from
    desk.presses("Decide version 2")
    assert "Version 2 of this pattern is decided." in desk.text
    assert "Decided by Anjali Rao" in desk.text
    desk.follows("Go back to these numbers")
    assert desk.page.get_by_label("Days to act before it is asked").input_value() == "14"


def test_whoever_sets_patterns_opens_no_family(is_at_work):
    desk = is_at_work("partnership_manager")
    desk.may_answer.add(404)

    for path in ("", "history/", "replay/", "picture/"):
        assert desk.goes_to(of_family(path)).status == 404, path
