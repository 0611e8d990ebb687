"""Dates and sources read the way people say them, and never firmer than they were said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from goldenthread.domain.provenance.vocabulary import KnownBasis
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.web.kit import words


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2026-03-03", "Tuesday 3 March 2026"),
        ("2026-03-03~", "about 3 March 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("2024-21~", "about spring 2024"),
        ("2024-24", "winter 2024"),
        ("2019?", "possibly 2019"),
        ("2019%", "possibly about 2019"),
        ("[2026-03-01..2026-03-10]", "between 1 March 2026 and 10 March 2026"),
        ("[..2024-03]", "on or before March 2024"),
        ("[2024-03-02..]", "on or after 2 March 2024"),
        ("2024-03/..", "since March 2024, still going on"),
        ("2024-03/2024-05-02", "from March 2024 to 2 May 2024"),
        ("2024-03/", "from March 2024, end not known"),
        ("../2024-03", "until March 2024"),
        ("XXXX-XX-XX", "not known"),
    ],
)
def test_a_date_is_said_as_it_was_known(edtf: str, said: str):
    assert words.date_in_words(parse_edtf(edtf)) == said


def test_a_moment_is_told_in_english_time():
    assert words.instant_in_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == (
        "1 July 2026 at 00:30"
    )


def test_an_assumed_date_of_knowledge_says_so():
    known = words.known_in_words(datetime(2026, 3, 3, tzinfo=UTC), KnownBasis.ASSUMED)

    assert known.startswith("3 March 2026")
    assert "not stated" in known


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (None, "20 March 2026"),
        ("2026-03-20", "20 March 2026"),
        ("2026-03-20~", "about 20 March 2026"),
        ("2026-03", "March 2026"),
        ("", "20 March 2026 at the latest (day not stated)"),
    ],
)
def test_the_day_an_agency_was_told_is_never_sharper_than_it_was_stated(told, said):
    assert words.told_in_words(datetime(2026, 3, 20, tzinfo=UTC), told) == said


@pytest.mark.parametrize(
    ("edtf", "machine"),
    [("2026-03-03", "2026-03-03"), ("2026", "2026"), ("2024-21", None), ("2024-03~", None)],
)
def test_only_dates_html_can_carry_are_given_to_machines(edtf: str, machine: str | None):
    assert words.machine_date(parse_edtf(edtf)) == machine


def test_how_it_is_known_names_who_told_whom():
    assert words.how_known_in_words("told", who="Ama Boateng", informant="Ruth") == (
        "Told by Ruth to Ama Boateng"
    )
    assert "not recorded" in words.how_known_in_words("not_recorded", who="Ama Boateng")


def test_lists_and_counts_read_aloud():
    assert words.listed(["police", "", "school", "housing"]) == "police, school and housing"
    assert words.listed(["police"]) == "police"
    assert words.counted(1, "entry", "entries") == "1 entry"
    assert words.counted(2, "entry", "entries") == "2 entries"
    assert words.day_in_words(date(2026, 3, 3), weekday=True) == "Tuesday 3 March 2026"
