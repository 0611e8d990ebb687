"""A health visitor adds what she knows on a small phone; entries are answered, never rewritten."""

from __future__ import annotations

from goldenthread.records.provenance.models import Statement
from tests.journeys.conftest import Desk, signs_in
from tests.journeys.story import canary, of_family

WORDS = "Theo asleep in the blue bouncer at four o'clock; Gemma drowsy and glad I had called."


def entries_saying(words: str) -> int:
    return Statement.objects.using("owner").filter(text=words).count()


def given_the_first_screen_is_written(desk: Desk, words: str) -> None:
    desk.goes_to(of_family("add/"))
    desk.page.fill("#text", words)
    desk.page.locator(".gt-chip__label", has_text="Theo").first.click()
    desk.page.locator(".gt-chip__label", has_text="Gemma").first.click()


def when_she_goes_on_to_the_last_screen(desk: Desk) -> None:
    desk.presses("Continue")
    desk.page.get_by_label("Today", exact=True).first.check()
    desk.page.locator("input[name=how_known][value=saw]").check()
    desk.is_pictured("add-when")
    desk.presses("Continue")
    desk.is_pictured("add-told")


def test_entry_is_added_in_three_screens_on_a_small_phone(is_at_work):
    desk = is_at_work("hv_2", "small phone")
    given_the_first_screen_is_written(desk, WORDS)
    assert "1 of 3" in desk.text
    desk.is_pictured("add-who")

    when_she_goes_on_to_the_last_screen(desk)
    assert "3 of 3" in desk.text
    desk.presses("Add to the record")

    assert "Saved" in desk.text
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
    desk.is_pictured("saved")
    assert entries_saying(WORDS) == 1
    desk.goes_to(of_family("history/"))
    assert WORDS in desk.text


def test_pressing_twice_makes_one_entry_and_sending_again_says_so(is_at_work):
    words = "Maisie showed me the book she is reading to Jude at bedtime."
    desk = is_at_work("hv_2", "phone")
    given_the_first_screen_is_written(desk, words)
    when_she_goes_on_to_the_last_screen(desk)
    form = desk.page.locator("form[data-autosave-url]")
    sent = form.evaluate("form => Object.fromEntries(new FormData(form))")
    address = desk.page.url

    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Add to the record").dblclick()
    again = desk.page.context.request.post(address, form=sent, headers={"Referer": address})

    assert entries_saying(words) == 1
    assert "Already saved at" in again.text()


def test_draft_survives_signing_out(opens):
    desk = opens("phone")
    signs_in(desk, "hv_2")
    given_the_first_screen_is_written(desk, "Half a sentence about the cot and")
    desk.page.locator("#text").blur()
    desk.page.locator("[data-autosave-status]", has_text="Saved").wait_for()

    desk.presses("Sign out")
    signs_in(desk, "hv_2")
    desk.goes_to("/drafts/")
    assert "Half a sentence about the cot and" in desk.text
    desk.is_pictured("my-drafts")
    desk.follows("Carry on")

    assert desk.page.input_value("#text") == "Half a sentence about the cot and"
    assert entries_saying("Half a sentence about the cot and") == 0


def test_form_without_an_answer_says_which_and_moves_there(is_at_work):
    desk = is_at_work("hv_2", "phone")
    desk.goes_to(of_family("add/"))
    desk.page.fill("#text", "Written, and about nobody yet.")

    desk.presses("Continue")

    summary = desk.page.locator(".govuk-error-summary")
    summary.wait_for()
    assert desk.page.evaluate("document.activeElement.closest('.govuk-error-summary') !== null")
    assert desk.page.input_value("#text") == "Written, and about nobody yet."


def test_correction_leaves_the_earlier_entry_readable(is_at_work):
    desk = is_at_work("sw_3")
    earlier = canary("CSC-025")
    desk.goes_to(of_family("history/"))
    row = desk.page.locator(".gt-row", has_text=earlier)
    address = row.locator(".gt-row__title a").get_attribute("href")
    desk.goes_to(f"{address}answer/?asked=1&answer=corrects")

    desk.page.fill("#text", "Corrected by Ruth Lindley: it was the Tuesday visit.")
    desk.page.fill("#reason", "I wrote the wrong visit.")
    desk.page.locator("input[name=how_known][value=saw]").check()
    desk.presses("Add to the record")
    assert "Saved" in desk.text

    desk.goes_to(address)
    assert earlier in desk.page.content()
    assert "Corrected" in desk.text
    assert "it was the Tuesday visit" in desk.text
    desk.is_pictured("entry-corrected")


def test_entry_of_another_agency_cannot_be_corrected_but_can_be_disputed(is_at_work):
    desk = is_at_work("chair")
    desk.goes_to(of_family("history/"))
    row = desk.page.locator(".gt-row", has_text=canary("POL-008"))
    desk.goes_to(row.locator(".gt-row__title a").get_attribute("href") + "answer/")

    assert "Only Skelderdale Police can correct or withdraw its entry" in desk.text
    assert desk.page.locator("input[value=disputes]").is_enabled()


def test_two_accounts_of_one_event_are_joined_and_both_stay(is_at_work):
    desk = is_at_work("chair")
    desk.goes_to(of_family("same-events/"))
    pair = desk.page.locator(".govuk-summary-card").first
    accounts = pair.locator("strong a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    desk.is_pictured("same-events")

    with desk.page.expect_navigation():
        pair.get_by_role("button", name="Same event").click()

    settled = desk.page.locator("h2", has_text="Already answered").locator("~ ul")
    answered = settled.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert set(accounts) <= set(answered)
    for address in accounts:
        desk.goes_to(address)
        assert "Other accounts of the same event" in desk.text
