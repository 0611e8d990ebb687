"""The demonstration family's story is sound: its words, dates and people, and what it shows."""

from collections import Counter
from datetime import date

import pytest

from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind, Significance
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.interop.demo.story import read_story, read_toml

STORY = read_story()
BY_ID = {row.id: row for row in STORY}
FAMILY = read_toml("family.toml")
EXPECTED = read_toml("expected.toml")
AGENCIES = {agency["key"]: agency for agency in FAMILY["agency"]}
PRACTITIONERS = {someone["key"]: someone for someone in FAMILY["practitioner"]}


def rows_named(where):
    """Every row id anywhere in part of expected.toml."""
    if isinstance(where, str):
        return [where] if where in BY_ID else []
    parts = where.values() if isinstance(where, dict) else where if isinstance(where, list) else ()
    return [row for part in parts for row in rows_named(part)]


def known(row):
    return parse_edtf(row.known).latest


def told_by_then(row, agencies, day):
    return any(
        agency in agencies and parse_edtf(row.told_on(agency)).latest <= day
        for agency in row.shared_with
    )


def test_story_has_about_150_rows_with_ids_of_their_own():
    assert len(BY_ID) == len(STORY) == EXPECTED["total"]
    assert 140 <= len(STORY) <= 170
    assert Counter(row.agency for row in STORY) == EXPECTED["counts"]


@pytest.mark.parametrize("row", STORY, ids=lambda row: row.id)
def test_row_uses_the_words_of_the_record(row):
    assert row.how_known in set(HowKnown) - {HowKnown.NOT_RECORDED}
    assert row.kind in set(Kind)
    assert row.domain
    assert set(row.domain) <= set(Concern)
    assert row.significance in set(Significance) - {Significance.NOT_JUDGED}
    assert row.people
    assert set(row.people) <= {person["key"] for person in FAMILY["person"]}
    assert set(row.shared_with) <= set(AGENCIES) - {row.agency}
    assert (row.how_known != "told") or row.told_by
    assert row.what.endswith((".", "'", "’"))
    assert row.what.count(". ") <= 4


@pytest.mark.parametrize("row", STORY, ids=lambda row: row.id)
def test_row_is_known_after_it_happened_and_told_after_it_was_known(row):
    last = date.fromisoformat(EXPECTED["last_entry"])
    assert parse_edtf(row.date).earliest <= known(row) <= last
    assert bool(row.shared_with) == bool(row.shared_on)
    assert len(row.shared_on) in (0, 1, len(row.shared_with))
    for agency in row.shared_with:
        assert parse_edtf(row.known).earliest <= parse_edtf(row.told_on(agency)).latest <= last


@pytest.mark.parametrize("row", STORY, ids=lambda row: row.id)
def test_row_was_written_by_someone_of_that_agency(row):
    writer = PRACTITIONERS[row.by]
    assert writer["agency"] == row.agency
    assert not writer["to"] or known(row) <= date.fromisoformat(writer["to"])


def test_story_ends_on_friday_13_november_2026_with_no_child_harmed():
    last = date.fromisoformat(EXPECTED["last_entry"])
    assert max(map(known, STORY)) == last == date(2026, 11, 13)
    assert last.weekday() == 4
    assert not [r.id for r in STORY if r.kind in ("injury", "death") and "mother" not in r.people]


def test_story_spans_three_years_and_all_the_agencies():
    entries = [row for row in STORY if row.kind != "background"]
    assert min(map(known, entries)) == date.fromisoformat(FAMILY["case"]["begins"])
    assert {AGENCIES[row.agency]["slug"] for row in STORY} >= {
        "children_social_care", "police", "midwifery", "health_visiting", "gp", "hospital",
        "school", "nursery", "adult_mental_health", "probation", "housing",
    }  # fmt: skip
    assert sum(agency["slug"] == "gp" for agency in AGENCIES.values()) == 2


def test_at_least_a_quarter_of_the_rows_are_strengths():
    assert sum("strength" in row.domain for row in STORY) * 4 >= len(STORY)


def test_good_practice_is_there_kind_by_kind():
    kinds = Counter(row.kind for row in STORY if "strength" in row.domain)
    for kind in (
        "routine_enquiry",
        "home_assessment",
        "safe_sleep",
        "coping_with_crying",
        "challenge",
    ):
        assert kinds[kind], kind


def test_some_dates_are_partial_and_some_things_were_learned_late():
    assert {"2024-21~", "2025-10", "2026-06~", "2024-05/2024-07"} <= {row.date for row in STORY}
    assert sum(known(row) > parse_edtf(row.date).latest for row in STORY) >= 8


def test_most_rows_were_told_to_someone_and_a_minority_to_nobody():
    alone = sum(not row.shared_with for row in STORY)
    assert 0.15 < alone / len(STORY) < 0.35


def test_every_row_expected_is_in_the_story():
    named = rows_named(EXPECTED)
    assert len(named) > 100
    looks_like_a_row = {
        text
        for text in _texts(EXPECTED)
        if len(text) in (6, 7) and text[-4] == "-" and text[-3:].isdigit()
    }
    assert looks_like_a_row <= set(BY_ID)


def _texts(where):
    if isinstance(where, str):
        return [where]
    parts = where.values() if isinstance(where, dict) else where if isinstance(where, list) else ()
    return [text for part in parts for text in _texts(part)]


def test_what_an_agency_held_alone_it_told_to_nobody():
    held = EXPECTED["held_alone"]
    assert set(held) == set(EXPECTED["counts"])
    for agency, ids in held.items():
        assert ids
        for row in map(BY_ID.get, ids):
            assert row.agency == agency
            assert row.shared_with == ()
    unshared_key_rows = {r.id for r in STORY if r.significance == "key" and not r.shared_with}
    assert unshared_key_rows <= set(rows_named(held))


def test_rows_about_the_same_event_are_of_two_agencies_and_at_most_a_day_apart():
    assert len(EXPECTED["same_event"]) >= 4
    for pair in EXPECTED["same_event"]:
        one, other = map(BY_ID.get, pair["rows"])
        assert one.agency != other.agency
        assert one.what != other.what
        apart = abs(date.fromisoformat(one.date) - date.fromisoformat(other.date)).days
        assert apart <= 1, pair


def test_conference_did_not_know_what_other_agencies_knew_that_day():
    conference = EXPECTED["conference"]
    day, present = date.fromisoformat(EXPECTED["conference_date"]), set(conference["present"])
    assert BY_ID[conference["row"]].date == EXPECTED["conference_date"]
    elsewhere = {
        row.id
        for row in STORY
        if row.agency not in present and known(row) <= day and not told_by_then(row, present, day)
    }
    assert elsewhere == set(conference["known_elsewhere_all"])
    assert set(conference["known_elsewhere"]) <= elsewhere
    for row in map(BY_ID.get, conference["held_in_the_room"]):
        assert row.agency in present
        assert known(row) <= day
        assert not told_by_then(row, present - {row.agency}, day)


def test_probation_knew_of_the_new_partner_four_weeks_before_and_the_midwife_first():
    partner = EXPECTED["new_partner"]
    day = date.fromisoformat(EXPECTED["conference_date"])
    assert (day - known(BY_ID[partner["four_weeks_before_conference"]])).days == 28
    rows = [BY_ID[row] for row in partner["rows"]]
    assert [known(row) for row in rows] == sorted(known(row) for row in rows)
    assert rows[0].id == partner["first_heard"]
    assert rows[0].agency == "midwifery"
    unnamed = {row.id for row in STORY if "unknown_man" in row.people}
    assert unnamed == set(partner["as_unknown_man"])
    about_him = unnamed | {
        row.id
        for row in STORY
        if "mothers_partner" in row.people and {"mother", "child", "sibling_1"} & set(row.people)
    }
    assert about_him == set(partner["rows"])


def test_signs_of_illness_were_known_only_to_adult_mental_health():
    signs = [BY_ID[row] for row in ("AMH-005", "AMH-011")]
    assert all(row.agency == "adult_mental_health" and not row.shared_with for row in signs)
    decided = EXPECTED["decision_not_to_share"]
    row = BY_ID[decided["row"]]
    assert row.kind == "decision"
    assert row.date == decided["decided_on"]
    assert not row.shared_with
    assert "27 October" in row.action
    assert "Not shared" in row.action


def test_lists_by_kind_are_whole():
    def of_kind(*kinds):
        return {row.id for row in STORY if row.kind in kinds}

    assert of_kind("missed_appointment", "no_access") == set(
        EXPECTED["missed_appointments"]["rows"]
    )
    assert of_kind("carer_change") == set(EXPECTED["carer_changes"]["rows"])
    assert of_kind("allocation_change") == set(EXPECTED["worker_changes"]["rows"])
    assert of_kind("child_voice") == set(EXPECTED["childs_words"]["rows"])
    children = {"child", "sibling_1", "sibling_2"}
    for row in map(BY_ID.get, EXPECTED["carer_changes"]["rows"]):
        assert children & set(row.people)
        assert set(row.people) - children
