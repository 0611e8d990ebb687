"""Decisions: written in a meeting, signed, read by those it was told to, and said back.

The demonstration family, on whose decisions its people signed what they knew on that day.
"""

from __future__ import annotations

from goldenthread.interop.demo.loader import key
from goldenthread.usecases.access.families import who_acts
from goldenthread.usecases.decisions.sign_decision import decision_of_draft
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.story import canary, of_family


def decided(name: str, by: str = "chair") -> str:
    """The address of one of the story's decisions."""
    actor, _ = who_acts(key("account", by))
    return of_family(f"decisions/{decision_of_draft(actor, key('decision', name))}/")


def fills_in(desk, **fields: str) -> None:
    for name, value in fields.items():
        field = desk.page.locator(f"[name='{name}']")
        (field.select_option if field.evaluate("e => e.tagName") == "SELECT" else field.fill)(value)


def chooses(desk, person: str, part: str) -> None:
    row = desk.page.locator(".gt-write__person", has_text=person)
    row.get_by_label("Part").select_option(part)


def test_a_social_worker_writes_is_asked_and_signs_on_a_phone_without_scripts(is_at_work):
    # Given the social worker after a telephone call, on her telephone, with scripts off
    desk = is_at_work("sw_3", "phone", java_script_enabled=False)
    desk.goes_to(of_family("decisions/"))
    assert broken_sideways(desk) == []
    # When she records what was decided, without its reasons
    desk.presses("Record a decision")
    fills_in(
        desk, question="Is somebody with Theo tonight?", setting="telephone",
        decided="Ruth Lindley visits this evening, unannounced.",
        **{"decided_on-day": "13", "decided_on-month": "11", "decided_on-year": "2026"},
    )  # fmt: skip
    chooses(desk, "Ruth Lindley", "decided")
    chooses(desk, "Farida Hussain", "decided")
    desk.page.locator("summary", has_text="Choose from").click()
    month = desk.page.locator("details.gt-write__month", has_text="November 2026")
    month.locator("summary").click()
    month.get_by_label("Core group at the nursery").check()
    desk.presses("Add those ticked")
    # Then the entry stands among what it turned on, and nothing she wrote is lost
    assert "Core group at the nursery" in desk.page.locator(".gt-write__entry").first.inner_text()
    assert desk.page.locator("#question").input_value() == "Is somebody with Theo tonight?"
    # When she looks it over
    desk.presses("Look it over before signing")
    # Then the reasons are asked for at the top and beside their field; signing is not offered
    assert "Give the reasons." in desk.page.locator(".govuk-error-summary").inner_text()
    assert "Give the reasons." in desk.page.locator("#rationale-error").inner_text()
    assert "does anyone see it differently?" in desk.page.locator("#asked-advice").inner_text()
    assert desk.page.get_by_role("button", name="Sign this decision").count() == 0
    desk.is_pictured("decision-look-over")
    # When she gives them, looks again, and signs over what is only asked
    fills_in(desk, rationale="Nobody has seen who is there at night since July.")
    desk.presses("Look it over again")
    assert "you may sign as it is" in desk.text
    desk.presses("Sign this decision")
    # Then it stands on its page, and in the history as an entry in her words
    assert "Signed, and in the record. It will not change." in desk.text
    assert "Nobody has seen who is there at night since July." in desk.text
    desk.goes_to(of_family("history/"))
    assert "Ruth Lindley visits this evening, unannounced." in desk.text


def broken_sideways(desk) -> list[int]:
    return [w for w in [desk.page.evaluate("document.documentElement.scrollWidth")] if w > 360]


def test_the_form_keeps_what_is_typed_and_is_accessible(is_at_work):
    # Given a chair who begins a decision
    desk = is_at_work("chair")
    desk.goes_to(of_family("decisions/"))
    desk.presses("Record a decision")
    address = desk.path
    # When she types and waits
    desk.page.locator("#question").press_sequentially("Is the plan still")
    desk.page.locator("#rationale").click()
    desk.page.locator("[data-autosave-status]", has_text="Saved").wait_for()
    # Then her words are there after the page was left
    desk.goes_to(of_family("decisions/"))
    assert "Carry on with what you began" in desk.text
    desk.goes_to(address)
    assert desk.page.locator("#question").input_value() == "Is the plan still"
    assert broken_at_every_width(desk.page) == {}
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.presses("Look it over before signing")
    assert desk.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert broken_at_every_width(desk.page) == {}


def test_a_press_is_not_lost_while_the_page_says_that_it_saved(is_at_work):
    # Given a chair who has written something and goes straight to the button
    desk = is_at_work("chair")
    desk.goes_to(of_family("decisions/"))
    desk.presses("Record a decision")
    desk.page.locator("#rationale").fill("Nobody has seen who is there at night.")
    button = desk.page.get_by_role("button", name="Look it over before signing")
    button.scroll_into_view_if_needed()
    at = button.bounding_box()
    desk.page.mouse.move(at["x"] + 20, at["y"] + 2)
    # When her words are saved between pressing it and letting go
    with desk.page.expect_response(lambda answer: "/drafts/" in answer.url) as saved:
        desk.page.mouse.down()
    assert saved.value.ok
    desk.page.wait_for_timeout(200)
    # Then the button is still under her finger (a pressed one sinks by 2 px)
    assert abs(button.bounding_box()["y"] - at["y"]) <= 2
    with desk.page.expect_navigation():
        desk.page.mouse.up()
    assert "Nobody has seen who is there at night." in desk.page.locator("#rationale").input_value()


def test_the_conferences_decision_is_read_with_its_later_version(is_at_work):
    # Given the chair on the decision of October as it was first signed
    desk = is_at_work("chair")
    desk.goes_to(of_family("decisions/"))
    desk.is_pictured("decisions")
    assert broken_at_every_width(desk.page) == {}
    desk.goes_to(decided("second review"))
    assert "A newer version exists" in desk.text
    desk.is_pictured("decision-earlier")
    # When she follows it and asks what changed
    desk.follows("A newer version exists")
    desk.is_pictured("decision")
    assert broken_at_every_width(desk.page) == {}
    assert "A reader of" in desk.text and "Who checks it, and by which day?" in desk.text
    desk.follows("what changed")
    # Then the health visitor's question stands as added, in words too
    assert "[added:" in desk.text and "When was the night arrangement last checked?" in desk.text
    desk.is_pictured("decision-difference")
    assert broken_at_every_width(desk.page) == {}


def test_a_surgery_says_back_what_it_was_told_from_the_record_alone(is_at_work):
    # Given the midwife, who decided at the first conference, and the GP, who did not
    desk = is_at_work("midwife")
    desk.goes_to(decided("initial conference"))
    assert "Say it back in your own words" not in desk.text
    desk = is_at_work("gp_doctor_1")
    desk.goes_to(decided("initial conference"))
    # When the GP tries to follow it
    desk.follows("Can I follow it?")
    # Then there is the record, a form, and no way into the rest of the family
    assert desk.page.locator(".moj-sub-navigation").count() == 0
    assert desk.page.locator("main a").count() == 0
    desk.is_pictured("decision-say-back")
    assert broken_at_every_width(desk.page) == {}
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.page.get_by_label("What is the risk").fill("Adults arguing, and a mother who may be ill.")
    desk.page.get_by_label("I do not, because").check()
    desk.may_answer.add(422)
    desk.presses("Keep what I say")
    assert "Say what you do not understand." in desk.text
    desk.page.get_by_label("What do you not understand?").fill("Who is there at night?")
    desk.presses("Keep what I say")
    assert "I do not understand it, because: Who is there at night?" in desk.text
    # And whoever signed it finds it waiting
    author = is_at_work("chair")
    author.goes_to(decided("initial conference"))
    assert "did not understand it: Who is there at night?" in author.text


def test_a_decision_is_nobodys_who_was_not_told(is_at_work):
    # Given probation, whose fact had not reached the October conference, and which was not told
    desk = is_at_work("probation_officer")
    desk.goes_to(of_family("decisions/"))
    # Then there is no decision for them, by list or by address
    assert "No decision that you may read is recorded yet." in desk.text
    desk.may_answer.add(404)
    assert desk.goes_to(decided("second review")).status == 404


def test_what_a_decision_turned_on_is_left_out_for_whoever_was_not_told_it(is_at_work):
    # Given the GP, who was told of the first conference, and not of all it turned on
    desk = is_at_work("gp_doctor_1")
    desk.goes_to(decided("initial conference"))
    # Then there is one sentence for what is left out, and none of its words
    assert "further entries that your agency has not been told. Ask Skelderdale" in desk.text
    assert canary("POL-005") not in desk.page.content()
    assert canary("MID-008") not in desk.page.content()


def test_on_paper_it_is_the_record_alone(is_at_work):
    # Given the chair with a decision to hand out
    desk = is_at_work("chair")
    desk.goes_to(decided("initial conference") + "print/")
    desk.is_pictured("decision-paper")
    assert broken_at_every_width(desk.page) == {}
    assert "Sealed when it was signed" in desk.text and "What waits" not in desk.text


def begins_again(desk, why: str) -> None:
    desk.goes_to(decided("plan ended 2025", "sw_1"))
    desk.follows("Sign a new version")
    fills_in(desk, why_again=why)


def looks_over_and_signs(desk) -> None:
    desk.presses("Look it over before signing")
    desk.presses("Sign this decision")


def test_two_who_go_on_from_one_version_see_both_texts_and_lose_nothing(is_at_work):
    # Given the social worker and the chair, who both put the same decision right
    chair, worker = is_at_work("chair"), is_at_work("sw_3")
    begins_again(chair, "Adam's words were left out.")
    fills_in(chair, risk="Of the chair.")
    begins_again(worker, "Nathan was asked since.")
    fills_in(worker, risk="Of the social worker.")
    # When the social worker signs first, and the chair then
    looks_over_and_signs(worker)
    assert "Version 2" in worker.text
    chair.may_answer.add(409)
    looks_over_and_signs(chair)
    # Then nothing is overwritten: both texts stand beside each other
    assert "was signed meanwhile" in chair.text
    assert "Of the social worker." in chair.page.locator(".gt-write__other").inner_text()
    assert chair.page.locator("[name=risk]").input_value() == "Of the chair."
    chair.is_pictured("decision-both")
    assert broken_at_every_width(chair.page) == {}
    chair.page.set_viewport_size({"width": 1280, "height": 900})
    # And she goes on from the newer one with her own words
    chair.presses("Go on from the newer version with my words")
    assert "It follows: Version 2" in chair.text
    looks_over_and_signs(chair)
    assert "Version 3" in chair.text and "Of the chair." in chair.text
    chair.follows("what changed")
    assert "[taken out:" in chair.text and "[added:" in chair.text
