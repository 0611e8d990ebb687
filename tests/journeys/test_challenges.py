"""Disagreeing: raised in one's own words, answered by a day, seen by whoever raised it, and settled.

The demonstration family. The midwife's challenge of January was answered late, taken to managers and
resolved; the health visitor's of November waits for the conference chair.
"""

from __future__ import annotations

import re

from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import of_family

WAITS = "The plans go on, and the safety plan rests on the nights"
SETTLED = "The assessment that was decided in November"


def is_accessible(desk: Desk) -> None:
    assert broken_at_every_width(desk.page) == {}
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def opens_challenge(desk: Desk, title: str) -> None:
    desk.goes_to(of_family("challenges/"))
    desk.follows(re.compile(re.escape(title)))


def test_a_newcomer_reads_how_one_went_from_raised_to_resolved(is_at_work):
    # Given the midwife, months after she challenged a decision
    desk = is_at_work("midwife")
    desk.goes_to(of_family("challenges/"))
    desk.is_pictured("challenges")
    is_accessible(desk)
    # When she opens it
    opens_challenge(desk, SETTLED)
    desk.is_pictured("challenge-settled")
    # Then it says how it ended and what changed, before anything else
    assert "It was resolved together on Wednesday 25 February 2026, at stage 2." in desk.text
    assert "What changed: The unborn baby's needs were looked at by all of us together" in desk.text
    # And each clock with its arithmetic, late or not, in plain words
    assert (
        "Answered on Tuesday 27 January 2026, 5 working days after Tuesday 20 January 2026."
        in desk.text
    )
    assert "10 working days after Tuesday 6 January 2026 is Tuesday 20 January 2026." in desk.text
    assert "within the time of this stage (Wednesday 11 February 2026)" in desk.text
    # And what somebody, by name, says it changed
    assert "Margaret Alderson" in desk.text and "because one midwife asked twice" in desk.text
    is_accessible(desk)


def test_somebody_disagrees_from_the_entry_in_their_own_words(is_at_work):
    # Given a school's safeguarding lead, and a decision she was told
    desk = is_at_work("dsl")
    desk.may_answer.add(422)
    desk.goes_to(of_family("history/?kind=plan_change"))
    desk.page.locator("main a", has_text=re.compile("Change of plan|2026")).first.wait_for()
    address = desk.page.locator("main a[href*='/entries/']").first.get_attribute("href")
    desk.goes_to(address)
    # When she chooses to challenge it, and says only that a child is at risk
    desk.follows("Challenge this")
    assert "act now: ring 999" in desk.text
    desk.page.get_by_label("Yes", exact=True).check()
    desk.presses("Raise the challenge")
    # Then each thing that is missing is said where it is missing, the act to be done first
    assert desk.page.locator(".govuk-error-summary a").first.inner_text() == (
        "Say what has been done now to keep the child safe."
    )
    is_accessible(desk)
    # When she says the rest
    desk.page.get_by_label("No", exact=True).check()
    desk.page.get_by_label("What do you disagree with?").fill("It rests on one adult.")
    desk.page.get_by_label("What do you want to happen instead?").fill("Name a second one.")
    desk.page.get_by_label("Why?").fill("She works days and is tired.")
    desk.is_pictured("challenge-raise")
    desk.presses("Raise the challenge")
    # Then it is in the record, with the day on which she is owed an answer
    assert "The challenge is in the record, and its clock has started." in desk.text
    assert re.search(r"An answer is due by \w+ \d+ \w+ \d{4}\.", desk.text)
    # And it waits for her among her own
    desk.goes_to("/challenges/")
    assert "It rests on one adult." in desk.text and "You raised it" in desk.text


def test_whoever_decided_answers_and_whoever_raised_it_settles_it(is_at_work):
    # Given the conference chair, with a challenge of her decision that waits
    chair = is_at_work("chair")
    chair.may_answer.add(422)
    chair.goes_to("/challenges/")
    assert "Yours to answer" in chair.text
    chair.follows(re.compile(re.escape(WAITS)))
    chair.is_pictured("challenge-waiting")
    is_accessible(chair)
    chair.presses("Answer it")
    # When she forgets to say what changed, nothing she wrote is lost
    chair.page.get_by_label("Part of it is changed").check()
    chair.page.get_by_label("Your answer").fill("You were right to ask twice.")
    chair.presses("Record the answer")
    assert "Say what changed because of it" in chair.text
    assert chair.page.get_by_label("Your answer").input_value() == "You were right to ask twice."
    is_accessible(chair)
    chair.page.get_by_label("What changed because of it").fill("Ruth sees Janet on Tuesday.")
    chair.presses("Record the answer")
    # Then the health visitor sees the answer and what changed, and can accept it
    visitor = is_at_work("hv_2")
    opens_challenge(visitor, WAITS)
    assert "You were right to ask twice." in visitor.text
    assert "Ruth sees Janet on Tuesday." in visitor.text
    visitor.presses("Accept the answer")
    is_accessible(visitor)
    visitor.page.get_by_label("What you say to the answer").fill("Thank you.")
    visitor.page.get_by_label("What changed because of your challenge").fill("Somebody has looked.")
    visitor.presses("Accept the answer")
    assert "The answer was accepted on" in visitor.text
    # And nothing waits for either of them any more
    for desk in (visitor, chair):
        desk.goes_to("/challenges/")
        assert WAITS not in desk.text


def test_whoever_was_not_told_of_it_has_no_sign_of_it(is_at_work):
    # Given probation, who was told neither the decision nor the challenge
    desk = is_at_work("probation_officer")
    # When they open the family's challenges
    desk.goes_to(of_family("challenges/"))
    # Then there is none, and none waits for them
    assert "No challenge that your agency knows of." in desk.text
    desk.goes_to("/challenges/")
    assert "No challenge waits for you." in desk.text


def test_the_partnership_decides_its_stages_and_sees_counts_alone(is_at_work):
    # Given the partnership manager
    desk = is_at_work("partnership_manager")
    desk.may_answer.add(422)
    desk.goes_to("/challenges/")
    assert "fewer than 5" in desk.text
    is_accessible(desk)
    desk.follows("Who answers at which stage, and how soon")
    assert "Generic; replace with your partnership’s own" in desk.text
    is_accessible(desk)
    # When she decides the partnership's own
    desk.presses("Decide your own stages")
    is_accessible(desk)
    desk.page.locator("#days-1").fill("five")
    desk.presses("Decide these stages")
    assert (
        "Write a whole number of days" in desk.text
        and "Say why the partnership sets this" in desk.text
    )
    desk.page.locator("#days-1").fill("5")
    desk.page.get_by_label("Why", exact=True).fill("Our policy of March.")
    desk.presses("Decide these stages")
    # Then they hold, with her name and reason, and are generic no longer
    assert "Version 1 of the stages is decided." in desk.text
    assert "Stage 1, Practitioner to practitioner: 5 working days" in desk.text
    assert "Generic" not in desk.text
    # And naming somebody's deputy for days that are over is refused where it was typed
    desk.page.locator("summary", has_text="Stage 2").click()
    desk.page.locator("details[open] a", has_text="Children's Services").first.click()
    desk.page.locator("#practitioner").select_option(index=1)
    desk.page.locator("#deputy").select_option(index=2)
    desk.page.locator("#deputy_from").fill("1 March 2026")
    desk.page.locator("#deputy_to").fill("3 March 2026")
    desk.page.get_by_label("Why", exact=True).fill("Leave.")
    desk.presses("Decide this")
    assert "This day has passed, so nobody would stand in. Give a later day." in desk.text
    is_accessible(desk)


def test_on_a_phone_the_clock_is_in_sight(is_at_work):
    # Given the health visitor between two visits, with a phone
    desk = is_at_work("hv_2", "phone")
    desk.goes_to(of_family("challenges/"))
    desk.follows(re.compile(re.escape(SETTLED)))
    # Then where it stands is within one thumb's scroll, and nothing is wider than the phone
    assert desk.page.locator("#clock-title").bounding_box()["y"] < 2 * 740
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_a_challenge_is_raised_all_the_same(is_at_work):
    # Given somebody whose browser runs no scripts
    desk = is_at_work("midwife", java_script_enabled=False)
    desk.goes_to(of_family("challenges/"))
    desk.follows(re.compile(re.escape(SETTLED)))
    desk.follows(re.compile("^Decision, "))
    desk.follows("Challenge this")
    # When they fill the form and send it
    desk.page.get_by_label("No", exact=True).check()
    desk.page.get_by_label("What do you disagree with?").fill("Still no dentist.")
    desk.page.get_by_label("What do you want to happen instead?").fill("A dentist.")
    desk.page.get_by_label("Why?").fill("Maisie's tooth.")
    desk.presses("Raise the challenge")
    # Then it is in the record
    assert "The challenge is in the record, and its clock has started." in desk.text
