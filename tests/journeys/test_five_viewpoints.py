"""Five practitioners open one family's record, and each sees what their agency made or was told."""

from __future__ import annotations

import re

import pytest

from goldenthread.records.people.models import Filing
from tests.journeys.conftest import Desk
from tests.journeys.story import AGENCIES, CASE, EXPECTED, canary, of_family, rows_hidden_from

AGENCY_OF = {
    "sw_3": "children_social_care",
    "midwife": "midwifery",
    "care_coordinator": "adult_mental_health",
    "probation_officer": "probation",
}
CONFERENCE = "15 October 2026"


def given_the_history_as_known_to(desk: Desk, agency: str, on: str) -> None:
    desk.goes_to(of_family("history/"))
    desk.page.get_by_label("As known to").select_option(label=AGENCIES[agency])
    desk.page.get_by_label("on", exact=True).fill(on)
    desk.presses("Show", exact=True)


def all_filed() -> int:
    """Every entry of the family: the spreadsheets' rows, and those that carry what followed."""
    filed = Filing.objects.filter(case=CASE).count()
    assert filed >= EXPECTED["total"]
    return filed


def entries_of(desk: Desk, links: str) -> set[str]:
    """The ids of the entries that the links of the page open."""
    found = desk.page.eval_on_selector_all(links, "all => all.map(a => a.getAttribute('href'))")
    return set(re.findall(r"/entries/([0-9a-f-]{36})/", " ".join(found)))


@pytest.mark.parametrize("who", AGENCY_OF)
def test_reader_sees_what_their_agency_held_alone_and_no_word_of_what_others_did(is_at_work, who):
    desk = is_at_work(who)

    desk.goes_to(of_family("history/"))
    seen = desk.page.content()

    for row in EXPECTED["held_alone"][AGENCY_OF[who]]:
        assert canary(row) in seen, row
    for path in ("history/", "", "history/?form=lanes", "history/?held=alone", "same-events/"):
        page = desk.goes_to(of_family(path)).text()
        leaked = [row for row in rows_hidden_from(AGENCY_OF[who]) if canary(row) in page]
        assert leaked == [], path


def test_conference_chair_sees_what_every_agency_put_in_the_record(is_at_work):
    desk = is_at_work("chair")

    seen = desk.goes_to(of_family("history/")).text()

    for rows in EXPECTED["held_alone"].values():
        for row in rows:
            assert canary(row) in seen, row
    assert f"{all_filed()} entries" in desk.text


@pytest.mark.parametrize("who", AGENCY_OF)
def test_what_is_hidden_is_stated_with_somebody_to_ask(is_at_work, who):
    desk = is_at_work(who)

    desk.goes_to(of_family("history/"))

    assert "held by" in desk.text
    # The allocated social worker is whom everybody else is sent to; she asks the agencies.
    whom = r"Ask the agencies in the team" if who == "sw_3" else r"Ask .+ 01632 960"
    assert re.search(whom, desk.text)


def test_probation_knew_of_the_new_partner_and_the_conference_did_not(is_at_work):
    desk = is_at_work("chair")
    partner = canary(EXPECTED["new_partner"]["four_weeks_before_conference"])

    given_the_history_as_known_to(desk, "probation", CONFERENCE)
    assert partner in desk.page.content()

    given_the_history_as_known_to(desk, "multi_agency", CONFERENCE)
    assert partner not in desk.page.content()
    shown = int(re.search(r"(\d+) entr(?:y|ies)\.", desk.text)[1])
    gone = re.search(
        r"(\d+) entries were not yet known to (.+?) on (?:Thursday )?15 Oct", desk.text
    )
    assert gone[2] == AGENCIES["multi_agency"]
    gone = int(gone[1])
    assert 0 < shown < gone
    assert shown + gone == all_filed()


@pytest.mark.parametrize("absent", EXPECTED["conference"]["known_elsewhere"])
def test_what_mattered_was_known_that_day_to_somebody_and_to_nobody_in_the_room(is_at_work, absent):
    pages = _conference_pages(is_at_work)

    assert canary(absent) in pages["everybody"]
    for agency in EXPECTED["conference"]["present"]:
        assert canary(absent) not in pages[agency], agency


_pages: dict[str, str] = {}


def _conference_pages(is_at_work) -> dict[str, str]:
    """The history on the day of the conference, as each agency in the room knew it; read once."""
    if not _pages:
        desk = is_at_work("chair")
        for agency in EXPECTED["conference"]["present"]:
            given_the_history_as_known_to(desk, agency, CONFERENCE)
            _pages[agency] = desk.page.content()
        desk.goes_to(of_family("history/"))
        desk.page.get_by_label("on", exact=True).fill(CONFERENCE)
        desk.presses("Show", exact=True)
        _pages["everybody"] = desk.page.content()
    return _pages


def test_list_and_lanes_hold_the_same_entries(is_at_work):
    desk = is_at_work("chair")
    given_the_history_as_known_to(desk, "health_visiting", CONFERENCE)
    listed = entries_of(desk, ".gt-row__title a")

    desk.follows("Same as lanes")

    assert listed
    assert entries_of(desk, ".gt-lanes__mark") == listed
    chosen = desk.page.locator("#known-to option:checked").inner_text()
    assert chosen == AGENCIES["health_visiting"]


def test_day_that_is_none_is_refused_in_words_and_keeps_the_page(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("history/"))
    desk.page.get_by_label("on", exact=True).fill("31/02/2026")

    desk.presses("Show", exact=True)

    assert desk.page.locator(".govuk-error-summary").is_visible()
    assert desk.page.get_by_label("on", exact=True).input_value() == "31/02/2026"
