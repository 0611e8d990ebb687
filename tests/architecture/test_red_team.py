"""Everything that is said to have been tried is tried again by a test that exists."""

from __future__ import annotations

import re

import pytest

from tests.architecture.test_asvs import HERE, exists

PAGE = (HERE / "docs/reference/red-team.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and "::" in line
]

# By the mark of a test that `make test` does not run: the target that does.
LEFT_OUT = {"scan": "scan"}


def test_enough_was_tried_and_each_thing_once():
    assert len(ROWS) >= 40
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:50])
def test_it_says_by_whom_what_happened_and_what_tries_it_again(row):
    tried, by_whom, happened, rerun = row
    named = re.findall(r"`([^`]+)`", rerun)

    assert tried and by_whom and happened and named
    assert [one for one in named if not exists(one)] == []


def test_what_make_test_leaves_out_names_the_target_that_runs_it():
    makefile = (HERE / "Makefile").read_text(encoding="utf-8")
    left_out = [
        (target, row)
        for row in ROWS
        for named in re.findall(r"`([^`]+)`", row[3])
        for mark, target in LEFT_OUT.items()
        if f"pytest.mark.{mark}" in (HERE / named.partition("::")[0]).read_text(encoding="utf-8")
    ]

    assert left_out
    assert [row[0] for target, row in left_out if not row[3].startswith(f"make {target}: ")] == []
    assert all(f"\n{target}: " in makefile for target in LEFT_OUT.values())
