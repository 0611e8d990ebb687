"""The History page as practitioners see it: viewpoints, masks, two forms, choices and refusals."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.history_request import Sought, chosen, read_request
from goldenthread.usecases.chronology.link_events import link_events
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.web.kit.clock import now
from tests.families.world import NOW
from tests.web.history.conftest import address, signed_in


def rows(page: str) -> list[str]:
    """The ids of the entries of the list, in order."""
    return re.findall(r'<li class="gt-row[^"]*" id="e-([0-9a-f-]{36})"', page)


def marks(page: str) -> list[str]:
    """The ids of the entries drawn in the lanes."""
    drawn = re.findall(r'<a class="gt-lanes__mark" href="([^"]+)"', page)
    return [re.search(r"entries/([0-9a-f-]{36})/", href)[1] for href in drawn]


@pytest.fixture
def told(world, add):
    """Health visiting saw it on 12 March and told social care on the 20th."""
    return add(
        "health_visiting", "Ada asleep in a bouncer.", "2026-03-12",
        told={"social_care": "2026-03-20"}, concerns=("neglect",),
    )  # fmt: skip


def test_an_entry_says_its_source_who_knows_it_and_who_was_not_told(history_of, told):
    page = history_of("priya")

    assert rows(page) == [str(told)]
    text = unescape(" ".join(re.sub(r"<[^>]+>", "", page).split()))
    assert "Thursday 12 March 2026" in text
    assert "Observation, Fenwick Health Visiting" in text
    assert "Known to health visiting from 12 March 2026 (assumed); " in text
    assert "told to children's social care on 20 March; not told: adult mental health." in text
    assert "Ada Okafor 1 week" in text
    assert "Written down" in text


def test_the_viewpoint_changes_what_is_known_and_says_what_left(world, history_of, told):
    social_care = world.agency("social_care")

    before = history_of("priya", **{"known-to": social_care, "on": "19 March 2026"})
    after = history_of("priya", **{"known-to": social_care, "on": "20 March 2026"})

    assert rows(before) == []
    gone = "1 entry was not yet known to Fenwick Children&#39;s Services on 19 March 2026."
    assert gone in before
    assert rows(after) == [str(told)]
    assert "not yet known" not in after


def test_a_masked_entry_has_a_date_and_whom_to_ask_and_none_of_its_words(history_of, add):
    hidden = add("mental_health", "Xylophone secret.", "2026-04-02", impact="Quokka.")

    for form in ("list", "lanes"):
        page = history_of("ama", form=form)
        assert "An entry dated Thursday 2 April 2026" in page
        for word in ("Xylophone", "Quokka", str(hidden)):
            assert word not in page
    own = history_of("lund")
    assert "Xylophone" in own


def test_the_reader_is_never_sent_to_ask_themselves(history_of, add):
    add("mental_health", "Ruth was well today.", "2026-04-02")

    page = history_of("priya")

    assert "Ask the agencies in the team around this family." in page
    assert "Ask Priya" not in page


@pytest.mark.parametrize("query", [{}, {"kind": "visit"}, {"held": "alone"}, {"from": "2026-03"}])
def test_list_and_lanes_hold_the_same_entries_each_once(world, history_of, add, query):
    add("health_visiting", "Seen at home.", "2026-03-12", kind="visit")
    add("health_visiting", "Date unsure.", "", kind="visit")
    add("health_visiting", "About then.", "about spring 2026", told={"social_care": "2026-05-02"})
    add("health_visiting", "Long ago.", "2009", kind="background")

    listed, drawn = history_of("ama", **query), history_of("ama", form="lanes", **query)

    assert sorted(marks(drawn)) == sorted(rows(listed))
    assert len(set(rows(listed))) == len(rows(listed))
    assert rows(listed)


def test_every_mark_is_named_by_a_whole_sentence(history_of, told):
    page = history_of("priya", form="lanes")

    (name,) = re.findall(r'gt-lanes__mark" href="[^"]+" aria-label="([^"]+)"', page)
    assert name.startswith("Thursday 12 March 2026: Fenwick Health Visiting, observation: Ada")
    assert "told to children&#39;s social care on 20 March" in name


def test_the_lanes_are_printed_as_every_entry_in_a_sentence(history_of, add):
    long = "Ada slept in her cot, with a blanket to her waist, and was warm. " * 4
    add("health_visiting", long, "2026-03-12", told={"social_care": "2026-03-20"})
    add("health_visiting", "Well.", "2026-05-12")
    add("mental_health", "Quokka.", "2026-05-13")

    page = history_of("ama", form="lanes")

    printed = page.split('<div class="gt-entries gt-print-only">')[1]
    lines = [unescape(line) for line in re.findall(r'<li class="govuk-body-s">(.*?)</li>', printed)]
    first, silence, second, masked = lines
    assert first.startswith(
        f"Thursday 12 March 2026: Fenwick Health Visiting, observation: {long[:200]}"
    )
    assert "told to children's social care on 20 March" in first
    assert silence == "61 days without an entry: 12 March 2026 to 12 May 2026"
    assert second.startswith("Tuesday 12 May 2026: Fenwick Health Visiting, observation: Well. ")
    assert masked == "An entry dated Wednesday 13 May 2026, held by another agency."
    assert "gt-row__what" not in page


def test_filters_combine_and_agree_with_the_record(world, add):
    add("health_visiting", "Cot bought.", "2026-03-12", concerns=("strength",), about=("ada",))
    add("health_visiting", "No milk.", "2026-03-13", concerns=("neglect",), kind="visit")
    add("health_visiting", "Visit, all well.", "2026-04-13", kind="visit")
    ama, at = world.actors["ama"], now()
    asked = {
        "kind": ["visit"],
        "concern": ["neglect", "strength"],
        "person": [str(world.person("ruth"))],
        "agency": [str(world.agency("health_visiting"))],
    }
    request = read_request(asked, now=at)
    view = Viewpoint(at)

    whole = read_history(ama, world.case, view, now=at, sought=Sought())
    by_record = read_history(ama, world.case, view, now=at, sought=request.sought)

    picked = chosen(whole, request)
    assert [e.statement.text for e in picked.entries] == ["No milk."]
    assert [e.id for e in by_record.entries] == [e.id for e in picked.entries]
    assert picked.masked == by_record.masked == ()


def test_chosen_entries_are_said_in_a_sentence_that_can_be_undone(history_of, told, world):
    page = history_of("priya", kind="observation", held="alone")

    sentence = re.search(r'<p class="gt-sentence">(.*?)</p>', page, re.S)[1]
    assert "that one agency held alone" in sentence
    assert f'href="{address(world)}?held=alone"' in sentence
    assert f'href="{address(world)}?kind=observation"' in sentence


def test_words_searched_for_are_kept_out_of_the_address(world, history_of, told, add):
    add("health_visiting", "Weighed and well.", "2026-03-15")
    client = signed_in(world, "ama")

    response = client.post(address(world), {"words": "bouncer"})

    assert re.fullmatch(rf"{address(world)}\?search=[0-9a-f]{{32}}", response.url)
    page = client.get(response.url).content.decode()
    assert rows(page) == [str(told)]
    assert "“bouncer”" in page
    cleared = client.post(response.url, {"words": " "})
    assert cleared.url == address(world)


def test_a_search_belongs_to_the_session_that_made_it(world, told):
    made = signed_in(world, "ama").post(address(world), {"words": "bouncer"}).url

    page = signed_in(world, "priya").get(made).content.decode()

    assert "bouncer”" not in page
    assert "Please search again" in page


def test_two_agencies_are_compared_in_two_counted_lists(world, history_of, told, add):
    add("social_care", "Referral read.", "2026-03-21")
    query = {"known-to": world.agency("social_care"), "compare": world.agency("health_visiting")}

    page = history_of("priya", **query)

    sc, hv = "Fenwick Children&#39;s Services", "Fenwick Health Visiting"
    assert f"1 entry known to {sc} and not to {hv}" in page
    assert f"0 entries known to {hv} and not to {sc}" in page


def test_how_an_entry_stands_is_said_in_words_and_leads_to_why(world, history_of, told):
    correction = world.entry("health_visiting", "It was a cot.", "2026-03-12")
    answer_entry(
        world.actors["ama"], world.case, told, LinkKind.CORRECTS, correction,
        reason="Wrong word", now=NOW,
    )  # fmt: skip

    page = history_of("ama")

    assert "gt-row--struck" in page
    assert ">Corrected</strong>" in page
    assert f'href="#e-{correction.id}">See the entry that corrects it' in page
    assert "saw-concern-struck" in page


def test_one_event_recorded_twice_is_joined_by_a_link(world, history_of, told, add):
    other = add("social_care", "HV rang: bouncer.", "2026-03-12")
    link_events(
        world.actors["priya"], world.case, told, other, same=True, reason="Same visit", now=NOW
    )

    page = history_of("priya")

    assert f'href="#e-{told}">Also recorded by Fenwick Health Visiting, 12 March 2026' in page


def test_a_decision_not_to_tell_is_shown_with_its_reason(world, history_of, told):
    why = Telling(
        world.agency("police"), shared=False, reason="Ruth asked us to wait",
        review_on=date(2026, 7, 1),
    )  # fmt: skip
    share_entry(world.actors["ama"], world.case, told, [why], now=NOW)

    page = history_of("ama")

    assert "Fenwick Health Visiting decided not to tell Fenwick Police: Ruth asked us to" in page
    assert "looked at again on 1 July 2026" in page


def test_a_long_silence_is_shown_with_its_length(history_of, add):
    add("health_visiting", "Seen.", "2026-03-01")
    add("health_visiting", "Seen again.", "2026-03-28")
    add("health_visiting", "Seen at last.", "2026-05-01")

    page = history_of("ama")

    assert re.findall(r'gt-silence">([^<]+)<', page) == [
        "34 days without an entry: 28 March 2026 to 1 May 2026"
    ]


def test_an_entry_of_uncertain_date_leaves_no_silence_claimed_around_it(history_of, add):
    add("health_visiting", "Seen.", "2026-03-01")
    add("health_visiting", "Some time in April.", "April 2026")
    add("health_visiting", "Seen at last.", "2026-05-10")

    assert "gt-silence" not in history_of("ama")


def test_order_can_be_turned_about(history_of, add):
    first, last = add("health_visiting", "One.", "2026-03-01"), add("health_visiting", "Two.")

    assert rows(history_of("ama")) == [str(first), str(last)]
    assert rows(history_of("ama", order="newest")) == [str(last), str(first)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"on": "31/02/2026"}, "February 2026 has 28 days"),
        ({"known-to": "11111111-1111-1111-1111-111111111111"}, "not in this partnership"),
        ({"compare": "11111111-1111-1111-1111-111111111111"}, "not in this partnership"),
        ({"person": "11111111-1111-1111-1111-111111111111"}, "not listed with this family"),
        ({"kind": "<script>"}, "We do not know that kind of entry"),
    ],
)
def test_bad_input_is_said_at_the_control_and_the_page_still_shown(history_of, told, query, words):
    page = history_of("ama", **query)

    assert words in page
    assert "There is a problem" in page
    assert rows(page) == [str(told)]
    assert "<script>" not in page.replace('<script src="', "").replace("<script type=", "")


def test_text_is_never_read_as_markup(history_of, add):
    add("health_visiting", "<img src=x onerror=alert(1)>", impact='"><b>x</b>')

    for form in ("list", "lanes"):
        page = history_of("ama", form=form)
        assert "<img" not in page
        assert "<b>x" not in page


def test_no_style_or_script_is_written_into_the_page(history_of, told):
    for form in ("list", "lanes"):
        page = history_of("ama", form=form)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
        assert "Ada" not in re.search(r"<title>(.*?)</title>", page)[1]


def test_a_stranger_to_the_family_is_answered_as_if_it_did_not_exist(world, told):
    assert signed_in(world, "tom").get(address(world)).status_code == 404


def test_selection_goes_with_every_output(world, history_of, told):
    page = history_of("ama", kind="observation", on="3 June 2026")

    for name in ("history_pdf", "history_xlsx", "history_csv", "publish"):
        href = reverse(name, kwargs={"case": world.case})
        assert f'href="{href}?on=2026-06-03&amp;kind=observation"' in page


@pytest.mark.parametrize("query", [{}, {"form": "lanes"}])
def test_the_number_of_queries_does_not_grow_with_the_history(world, add, query):
    client = signed_in(world, "ama")

    def queries() -> int:
        client.get(address(world), query)
        with CaptureQueriesContext(connection) as caught:
            client.get(address(world), query)
        return len(caught)

    for number in range(20):
        add("health_visiting", f"Seen, {number}.", told={"social_care": "2026-03-20"})
    few = queries()
    for number in range(200):
        add("health_visiting", f"Seen again, {number}.", told={"social_care": "2026-03-20"})

    assert queries() == few


def test_what_still_goes_on_is_drawn_to_the_day_of_the_viewpoint_and_no_further(history_of, add):
    add("health_visiting", "Weekly visits.", "since 1 March 2026", kind="visit")
    add("health_visiting", "Ruth cares.", "2026-03-01", kind="carer_change")

    page = history_of(
        "ama", form="lanes", on="1 April 2026", to="30 April 2026", **{"from": "2026-03"}
    )

    middle = 12 + (1020 - 24) * 31 / 60  # 31 of the 60 days drawn
    for drawn in ("gt-lanes__band", "gt-lanes__care"):
        x, wide = re.search(
            rf'class="{drawn}[^"]*" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', page
        ).groups()
        assert float(x) + float(wide) == pytest.approx(middle, abs=12)


def test_an_empty_history_says_what_would_appear(history_of):
    page = history_of("ama")

    assert "There is nothing in this history yet." in page
    assert "Each agency" in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("2026-03-20~", "told to children's social care about 20 March 2026;"),
        ("2026-03", "told to children's social care in March 2026;"),
        ("", "told to children's social care by 10 June (day not stated);"),
    ],
)
def test_a_telling_is_dated_no_more_sharply_than_it_was_stated(history_of, add, told, says):
    add("health_visiting", "Ada settled.", "12 March 2026", told={"social_care": told})

    assert says in unescape(" ".join(re.sub(r"<[^>]+>", "", history_of("ama")).split()))
