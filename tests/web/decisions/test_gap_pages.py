"""What had arrived by a decision, on its page and beside it; and whom to ask before one."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW
from tests.usecases.decisions.deciding import signed


def words_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def read(world, client_of):
    def page(who: str, name: str, decision=None, query: str = "", status: int = 200) -> str:
        at = {"case": world.case} | ({"decision": decision} if decision else {})
        response = client_of(who).get(reverse(name, kwargs=at) + query)
        assert response.status_code == status
        return words_of(response)

    return page


@pytest.fixture
def late(world):
    """Police knew of a release four weeks before the decision, and told social care after it."""
    entry = world.entry(
        "police", "He was released on licence.", "2026-05-04", concerns=("unsafe_adult",),
        told={"social_care": "2026-06-05"},
    )  # fmt: skip
    record_entry(world.actors["tom"], world.case, entry, now=NOW)
    return entry


def test_it_says_how_old_the_fact_was_and_that_it_had_not_arrived(world, read, late):
    done = signed(world, must_tell=())

    said = read("grace", "decision_gap", done.id)

    assert "Decided by Fenwick Children's Services." in said
    assert "He was released on licence." in said
    assert "Fenwick Police held it from 4 May 2026, 28 days before" in said
    assert (
        "Fenwick Children's Services was told on 5 June 2026, 32 days after it was first known"
        in said
    )
    assert "Ruth said she was afraid." not in said, "a routine entry is shown on request"
    assert "Ruth said she was afraid." in read("grace", "decision_gap", done.id, "?all=1")
    assert "not told to this day" in read("grace", "decision_gap", done.id, "?all=1")


def test_it_stands_beside_the_record_too(world, read, late):
    done = signed(world, must_tell=())

    said = read("grace", "decision", done.id)

    assert "What had not arrived 1 thing known to an agency by 1 June 2026" in said
    assert "28 days before" in said


def test_a_reader_is_told_of_whose_knowledge_it_is(world, read, late):
    done = signed(world, must_tell=())

    said = read("ama", "decision_gap", done.id)

    assert "released" not in said
    assert (
        "Worked out from what Fenwick Health Visiting has recorded or been told, and nothing else."
        in said
    )
    assert "Worked out from" not in read("grace", "decision_gap", done.id)


def test_what_an_address_may_hold_never_breaks_the_page(world, read, late):
    done = signed(world)
    for query in ("?reach=%00&page=x", "?page=999999999999", "?reach=everybody&page=-1&all=2"):
        read("grace", "decision_gap", done.id, query)
    for query in ("?with=nobody&with=", f"?with={uuid4()}", "?reach=nobody_at_all"):
        read("grace", "before_deciding", None, query)
    read("grace", "decision_gap", uuid4(), status=404)
    read("tom", "decision_gap", signed(world, must_tell=()).id, status=404)


def test_before_a_decision_it_says_whom_to_ask_and_whom_to_ring(world, read):
    said = read("priya", "before_deciding")

    assert (
        "Fenwick Health Visiting holds something about Ada Okafor and Ruth Okafor that you have "
        "not been told" in said
    )
    assert "Ama Boateng, Health visitor" in said
    assert "afraid" not in said
    assert "No other agency of the team has recorded anything here" in read(
        "grace", "before_deciding"
    )
