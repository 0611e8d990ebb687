"""A social worker opens the family; searches and prints it; a chair publishes it for a meeting."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pypdf
from django.utils.timezone import now

from goldenthread.records.chronology.models import Look
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.story import EXPECTED, canary, of_family


def test_social_worker_sees_who_is_in_the_family_what_changed_and_what_is_held_alone(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to("/")
    desk.is_pictured("my-families")
    assert "Theo" in desk.text

    desk.follows("Rudland family")

    for person in ("Theo Rudland", "Gemma Rudland", "Maisie Tasker", "Janet Rudland"):
        assert person in desk.text
    assert "Man seen at the address since June 2026, not identified" in desk.text
    assert "Held by one agency alone" in desk.text
    assert "Open questions" in desk.text
    # A sitting ends; the next day she opens it again.
    Look.objects.using("owner").update(looked_at=now() - timedelta(days=1))
    desk.goes_to(of_family())
    assert "Since you last looked" in desk.text
    assert re.search(r"\d+ changes?\.", desk.text)
    desk.is_pictured("family")
    desk.follows("Skelderdale Council Children's Services:")
    for row in EXPECTED["held_alone"]["children_social_care"]:
        assert canary(row) in desk.page.content()


def test_words_sought_inside_entries_find_them_and_never_stand_in_an_address(is_at_work):
    desk = is_at_work("probation_officer")
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.goes_to(of_family("history/"))
    desk.page.locator(".gt-filter__summary").click()
    desk.page.fill("#words", "relationships programme")

    desk.presses("Search", exact=True)

    assert canary("PRO-001") in desk.page.content()
    assert canary("PRO-003") not in desk.page.content()
    assert not [url for url in asked if "relationships" in url or "programme" in url]


def test_family_sought_by_name_never_stands_in_an_address(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to("/")
    desk.page.fill("#words", "Rudland")

    desk.presses("Search", exact=True)

    assert "1 family and " in desk.text
    assert "Rudland" not in desk.page.url
    assert desk.path == "/search/"


def test_words_of_entries_are_found_and_lead_to_them(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to("/search/")
    desk.page.fill("#words", "bruise")

    desk.presses("Search", exact=True)
    desk.is_pictured("search")
    broken = broken_at_every_width(desk.page)
    desk.page.locator(".gt-found a").first.click()

    assert broken == {}
    assert "bruise" in desk.text


def test_history_leaves_as_pdf_saying_who_when_and_from_what_viewpoint(is_at_work):
    desk = is_at_work("probation_officer")
    desk.goes_to(of_family("history/"))
    address = desk.page.locator("a[href*='history.pdf']").first.get_attribute("href")

    answer = desk.page.context.request.get(f"{desk.service.address}{address}")

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(answer.body())).pages]
    words = " ".join(" ".join(sheets).split())
    assert all("GT-DEMO-001" in sheet for sheet in sheets)
    assert "Derek Osei" in words
    assert "Carl" in words
    for row in EXPECTED["held_alone"]["adult_mental_health"]:
        assert canary(row)[:40] not in words


def test_chair_publishes_for_a_meeting_and_a_reader_sees_only_what_their_agency_knows(is_at_work):
    chair = is_at_work("chair")
    chair.goes_to(of_family("publish/"))
    chair.page.fill("#title", "Core group, 20 November 2026")
    chair.page.eval_on_selector_all(
        "input[name=entry]", "all => { for (const a of all) a.checked = false }"
    )
    for row in ("PRO-006", "SCH-011"):
        chair.page.locator(".govuk-checkboxes__item", has_text=canary(row)[:60]).locator(
            "input"
        ).check()
    chair.is_pictured("publish")
    chair.presses("Publish the chronology")
    assert canary("PRO-006") in chair.page.content()
    chair.is_pictured("publication")
    path = chair.path.split("?")[0]

    school = is_at_work("dsl")
    school.goes_to(path)

    assert canary("SCH-011") in school.page.content()
    assert canary("PRO-006") not in school.page.content()
    assert "1 more held by agencies" in school.text


def test_entry_says_who_knows_it_and_why_the_reader_may_see_it(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("history/"))
    row = desk.page.locator(".gt-row", has_text=canary("CSC-026"))
    with desk.page.expect_navigation():
        row.locator(".gt-row__title a").click()

    assert "Who knows this" in desk.text
    assert "Not told, of the team" in desk.text
    desk.page.get_by_text("Why can I see this?").click()
    assert "Your agency made this entry." in desk.text
    desk.is_pictured("entry")
