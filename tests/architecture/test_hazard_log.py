"""The hazard log is whole, in its own words, and every test and document it rests on exists."""

from __future__ import annotations

import csv
import re

import pytest

from tests.architecture.test_asvs import HERE, exists

# The words of the NHS standards for clinical safety (DCB0129), least first.
LIKELY = ("very low", "low", "medium", "high", "very high")
SEVERE = ("minor", "significant", "considerable", "major", "catastrophic")
with (HERE / "docs/reference/hazard-log.csv").open(newline="") as table:
    ROWS = list(csv.DictReader(table))


def test_it_holds_enough_and_each_hazard_once():
    assert len(ROWS) >= 25
    assert [row["id"] for row in ROWS] == [f"HZ-{n:02}" for n in range(1, len(ROWS) + 1)]
    assert len({row["hazard"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_hazard_says_everything_and_what_shows_its_control_exists(row):
    assert all(value and value.strip() for value in row.values())
    assert [one for one in row["shown_by"].split() if not exists(one)] == []
    for part, words in (("likelihood", LIKELY), ("severity", SEVERE)):
        before, after = row[f"{part}_before"], row[f"{part}_after"]
        assert words.index(after) <= words.index(before)


def test_a_control_leaves_less_of_a_hazard_or_says_so_nowhere():
    """A control after which nothing is less likely and nothing less severe is no control."""
    unmoved = [
        row["id"]
        for row in ROWS
        if row["likelihood_before"] == row["likelihood_after"]
        and row["severity_before"] == row["severity_after"]
    ]
    assert set(unmoved) <= {"HZ-02"}  # hazard-log.md says why


@pytest.mark.parametrize(
    "document",
    ["docs/reference/data-protection.md", "docs/explanation/where-information-goes.md",
     "docs/reference/hazard-log.md", "docs/decisions/0028-staff-who-are-in-the-record.md"],
)  # fmt: skip
def test_what_the_documents_of_assurance_name_is_there(document):
    text = (HERE / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|docs|src|domain|usecases|_steps)/[^`]+)`", text)
    places = (HERE, HERE / "src/goldenthread", HERE / "src/goldenthread/usecases")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)

    assert named or linked
    assert [one for one in named if not any((place / one).exists() for place in places)] == []
    assert [one for one in linked if not (HERE / document).parent.joinpath(one).exists()] == []
