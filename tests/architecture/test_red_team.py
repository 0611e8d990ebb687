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


def test_enough_was_tried_and_each_thing_once():
    assert len(ROWS) >= 40
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:50])
def test_it_says_by_whom_what_happened_and_what_tries_it_again(row):
    tried, by_whom, happened, rerun = row
    named = re.findall(r"`([^`]+)`", rerun)

    assert tried and by_whom and happened and named
    assert [one for one in named if not exists(one)] == []
