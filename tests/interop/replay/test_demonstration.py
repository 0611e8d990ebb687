"""The demonstration family lived through again: the right questions, weeks before the end, and few.

The story is written to the canonical CSV and read back as any agency's file would be. What everybody
knew together is set beside what each agency knew: the difference is what sharing would have changed.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from goldenthread.interop.demo.story import read_story, read_toml
from goldenthread.interop.replay import command
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.interop.spreadsheets.writing import write_csv

FAMILY, EXPECTED = read_toml("family.toml"), read_toml("expected.toml")
SLUGS = {agency["key"]: agency["slug"] for agency in FAMILY["agency"]}
ROLES = {person["key"]: person["role"] for person in FAMILY["person"]}
CONFERENCE = date.fromisoformat(EXPECTED["conference_date"])
LAST = date.fromisoformat(EXPECTED["last_entry"])
AGENCIES = sorted({SLUGS[row.agency] for row in read_story()})


def as_entry(row):
    return PlainEntry(
        row.id, row.date, SLUGS[row.agency], row.by, row.how_known, row.told_by,
        tuple(ROLES[person] for person in row.people), row.kind, row.domain, row.what, row.impact,
        row.action, row.known_from,
        tuple((SLUGS[agency], row.told_on(agency)) for agency in row.shared_with),
        row.significance,
    )  # fmt: skip


@cache
def story():
    with TemporaryDirectory() as folder:
        path = Path(folder) / "story.csv"
        with path.open("wb") as out:
            write_csv((as_entry(row) for row in read_story()), out)
        read = command.read_file(path)
    assert len(read.placed.facts) == EXPECTED["total"]
    return read


@cache
def asked(viewpoint=None):
    found = [json.loads(line) for line in command.lines(story(), viewpoint)]
    events = [{**one, "on": date.fromisoformat(one["on"])} for one in found]
    return [one for one in events if one["event"] == "raised"]


def first(pattern, because, viewpoint=None, since=date.min):
    days = [
        one["on"]
        for one in asked(viewpoint)
        if one["pattern"] == pattern and set(because) <= set(one["because"]) and one["on"] >= since
    ]
    return min(days, default=None)


# What the review found missing: the pattern, the entries it must rest on, and by when.
MISSED = [
    ("worrying_adult_without_checks", ["MID-013"], date(2026, 7, 1)),
    ("adult_of_concern_near_child", ["PRO-002", "MID-013"], date(2026, 7, 1)),
    ("man_or_woman_nobody_has_named", ["POL-008", "NUR-007"], date(2026, 7, 31)),
    ("concerns_from_several_agencies", ["MID-013", "POL-008", "HOU-006"], date(2026, 7, 31)),
    ("not_brought_and_no_access", ["HOS-005", "GPA-008", "HV-011"], date(2026, 8, 31)),
    ("relied_on_adult_changed", ["GPA-010"], date(2026, 8, 31)),
    ("workers_changing", ["CSC-003", "CSC-011", "CSC-022"], date(2026, 9, 15)),
    ("lead_not_told_of_an_adult", ["PRO-006"], date(2026, 9, 30)),
    ("lead_not_told_of_home", ["SCH-011"], date(2026, 10, 1)),
    ("lead_not_told_of_parents_health", ["AMH-011"], date(2026, 10, 7)),
    ("parents_health_changed_since_plan", ["AMH-011"], date(2026, 10, 14)),
    ("decided_without_what_was_known", ["PRO-006", "HOS-007", "CON-007"], CONFERENCE),
    ("challenge_unanswered", ["HV-014"], date(2026, 10, 31)),
    ("report_by_family_or_neighbours_left", ["CSC-026"], date(2026, 10, 31)),
]


@pytest.mark.parametrize(("pattern", "because", "by"), MISSED)
def test_asked_weeks_before_the_end(pattern, because, by):
    day = first(pattern, because)

    assert day is not None
    assert day <= by <= LAST - timedelta(days=13)


def test_the_conference_is_asked_of_what_had_not_reached_it():
    rows = set(EXPECTED["conference"]["known_elsewhere"])
    (question,) = [
        one
        for one in asked()
        if one["pattern"] == "decided_without_what_was_known" and one["on"] == CONFERENCE
    ]

    assert len(rows & set(question["because"])) >= 8


def test_contradiction_is_asked_about_and_only_together():
    rows = EXPECTED["contradiction"]["rows"]

    assert first("said_ended_but_together", rows) == date(2026, 2, 27)
    assert not any(first("said_ended_but_together", rows, agency) for agency in AGENCIES)


def test_no_agency_alone_would_have_been_asked_what_all_together_are():
    """Two thirds or more of the questions of the last half year needed somebody else's entries."""
    since = date(2026, 5, 26)
    together = {(one["pattern"], one["because"][-1]) for one in asked() if one["on"] >= since}
    alone = {
        agency: {
            (one["pattern"], one["because"][-1]) for one in asked(agency) if one["on"] >= since
        }
        for agency in AGENCIES
    }

    assert all(len(found & together) <= len(together) / 3 for found in alone.values()), alone


def test_social_care_alone_sees_neither_the_partner_nor_the_nights():
    own = [row for one in asked("children_social_care") for row in one["because"]]

    assert not {"MID-013", "PRO-006", "GPA-010", "AMH-011", "HOU-007"} & set(own)


def test_few_questions_and_hardly_any_in_the_calm_years():
    months = Counter(one["on"].strftime("%Y-%m") for one in asked())
    calm = sum(number for month, number in months.items() if month < "2025-11")

    assert calm <= 3, months
    assert max(months.values()) <= 8, months


def test_no_question_was_asked_of_a_father_who_was_included():
    assert not [one for one in asked() if one["type"] == "absent_parent"]


def test_the_page_about_it_says_what_happens():
    page = Path(__file__).resolve().parents[3] / "docs/explanation/would-it-have-been-seen.md"
    rows = [line.split("|")[1:4] for line in page.read_text(encoding="utf-8").splitlines()]
    said = {
        row[0].strip(): (int(row[1]), int(row[2]))
        for row in rows
        if row and row[1].strip().isdigit()
    }
    pregnancy = date(2025, 11, 1)

    happens = {
        viewpoint or "pooled": (
            len(asked(viewpoint)),
            sum(one["on"] < pregnancy for one in asked(viewpoint)),
        )
        for viewpoint in [None, *AGENCIES]
    }

    assert said == happens
