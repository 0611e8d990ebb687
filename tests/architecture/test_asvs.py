"""What the product says of each requirement of OWASP ASVS 5.0.0, and of who might misuse it.

What is said to show it is there: a row that says `shown` without a test or a document that exists
fails the build. How many there are of each chapter and level is the standard's own count (OWASP
ASVS 5.0.0, May 2025).
"""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
SHOWN = {"shown", "partly"}  # what is shown in part names the tests of that part
STATES = {"shown", "partly", "not yet", "not applicable", "not claimed"}
# Level 1, 2 and 3 of each chapter.
COUNTED = {
    1: (8, 19, 3), 2: (4, 7, 2), 3: (8, 11, 12), 4: (2, 8, 6), 5: (4, 5, 4), 6: (13, 22, 12),
    7: (6, 12, 1), 8: (4, 3, 6), 9: (4, 3, 0), 10: (5, 24, 7), 11: (3, 11, 10), 12: (3, 6, 3),
    13: (1, 12, 8), 14: (2, 7, 4), 15: (3, 10, 8), 16: (0, 16, 1), 17: (0, 7, 5),
}  # fmt: skip
# The standard's own sections about documentation.
ASKS_FOR_DOCUMENTS = {f"V{n}.1" for n in (2, 3, 5, 6, 7, 8, 11, 13, 14, 15, 16)}
# That passwords never run out, and that there is no hint and no secret question: nothing to run.
ABSENT = {"V6.2.10", "V6.4.2"}
with (HERE / "docs/reference/asvs.csv").open(newline="") as table:
    ROWS = list(csv.DictReader(table))


def exists(shown: str) -> bool:
    """Whether a file, or a test of a file, is there."""
    file, _, test = shown.partition("::")
    path = HERE / file
    if not path.is_file():
        return False
    if not test:
        return path.suffix == ".md" or path.name.startswith("test_")
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return any(isinstance(one, ast.FunctionDef) and one.name == test for one in tree)


def test_every_requirement_of_the_standard_is_answered_once():
    found = Counter((int(row["requirement"][1:].split(".")[0]), row["level"]) for row in ROWS)

    assert len({row["requirement"] for row in ROWS}) == len(ROWS) == 345
    assert {n: tuple(found[n, level] for level in "123") for n in COUNTED} == COUNTED
    assert {row["state"] for row in ROWS} <= STATES


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["state"] in SHOWN], ids=lambda row: row["requirement"]
)
def test_what_is_said_to_be_shown_is(row):
    shown = row["shown_by"].split()

    assert shown or row["state"] == "partly"
    assert [one for one in shown if not exists(one)] == []


def test_enough_of_the_standard_is_shown_by_a_test_or_a_document():
    assert sum(bool(row["shown_by"]) for row in ROWS) >= 210


def test_what_is_not_shown_says_why():
    """Only the third level may go unclaimed without a word: nothing of it is promised."""
    silent = [
        row["requirement"]
        for row in ROWS
        if not row["why"] and row["state"] in ("partly", "not yet", "not applicable")
    ]

    assert silent == []
    assert {row["level"] for row in ROWS if row["state"] == "not claimed"} <= {"3"}
    assert not any(row["shown_by"] for row in ROWS if row["state"] not in SHOWN)
    assert not any(row["why"] for row in ROWS if row["state"] == "shown")


def test_a_document_shows_only_what_asks_for_one():
    """What a test could show is not claimed because a page says so."""
    by_words_alone = {
        row["requirement"]
        for row in ROWS
        if row["shown_by"] and all(one.endswith(".md") for one in row["shown_by"].split())
    }
    elsewhere = {one for one in by_words_alone if one.rpartition(".")[0] not in ASKS_FOR_DOCUMENTS}

    assert elsewhere == ABSENT


def test_a_reason_that_names_a_test_names_one_that_is_there():
    named = [one for row in ROWS for one in re.findall(r"tests/[\w/]+\.py(?:::\w+)?", row["why"])]

    assert [one for one in named if not exists(one)] == []


def test_what_the_threat_model_names_is_there():
    named = re.findall(r"`((?:tests|docs|domain)/[^`]+)`", (HERE / "THREAT_MODEL.md").read_text())

    assert len(named) > 12
    places = (HERE, HERE / "src/goldenthread")
    assert [one for one in named if not any((place / one).exists() for place in places)] == []


def test_a_test_that_is_not_there_is_not_taken_for_one():
    assert not exists("tests/architecture/test_asvs.py::test_that_nobody_wrote")
    assert not exists("tests/architecture/nowhere.py")
    assert not exists("src/goldenthread/domain/shared/word.py")
