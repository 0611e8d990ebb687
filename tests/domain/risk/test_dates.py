"""The stated rule for dates: certain to lie in a window, or not counted in it."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.fact import Fact, class_of
from goldenthread.domain.risk.vocabulary import PersonClass
from goldenthread.domain.shared.partial_date import not_known, parse_edtf
from goldenthread.domain.thread.unfolding import unfold
from goldenthread.usecases.risk.shipped import shipped_patterns

PATTERNS = shipped_patterns()
INCIDENTS = tuple(one for one in PATTERNS if one.key == "domestic_abuse_again")


def incident(id, when, known="2024-06-01"):
    happened = parse_edtf(when) if when else not_known()
    return Fact(
        id=id, agency="police", kind="incident", happened=happened, people=("mother", "father"),
        known_from=date.fromisoformat(known), concerns=frozenset({"domestic_abuse"}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("third", "asks"),
    [
        ("2024-05-01", True),
        ("2024-04", True),  # a month that lies wholly in the window
        ("2023", False),  # some of that year lies before it
        ("2023/2024-05", False),
        ("", False),  # nobody knows when
        ("1901-01-01", False),
    ],
)
def test_an_event_counts_in_a_window_when_it_certainly_lies_in_it(third, asks):
    history = [incident("1", "2024-02-01"), incident("2", "2024-03-01"), incident("3", third)]

    assert bool(evaluate(INCIDENTS, history, date(2024, 6, 10))) is asks


def test_events_before_birth_after_death_and_in_the_future_are_lived_with():
    history = [
        incident("before", "1955-01-01", "2024-01-01"),
        incident("after", "2031-01-01", "2024-01-02"),
        Fact("born", "hospital", "birth", parse_edtf("2024-02-01"), date(2024, 2, 1), ("child",)),
        Fact("died", "hospital", "death", parse_edtf("2024-03-01"), date(2024, 3, 1), ("child",)),
        Fact("visit", "school", "visit", parse_edtf("2024-04-01"), date(2024, 4, 1), ("child",)),
        Fact("due", "gp", "birth", parse_edtf("2030-01-01"), date(2024, 4, 2), ("sibling 1",)),
    ]

    assert [day.on for day in unfold(PATTERNS, history)][-1] == date(2024, 4, 2)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("child", PersonClass.CHILD),
        ("unborn baby", PersonClass.CHILD),
        ("sibling 2", PersonClass.SIBLING),
        ("half-sister", PersonClass.SIBLING),
        ("mother", PersonClass.MOTHER),
        ("father of siblings", PersonClass.FATHER),
        ("mother's partner", PersonClass.PARTNER),
        ("mother’s boyfriend", PersonClass.PARTNER),
        ("stepfather", PersonClass.PARTNER),
        ("maternal great-grandmother", PersonClass.RELATIVE),
        ("paternal aunt", PersonClass.RELATIVE),
        ("foster mother", PersonClass.OTHER_ADULT),
        ("unknown man", PersonClass.UNKNOWN),
        ("Dean", PersonClass.OTHER_ADULT),
    ],
)
def test_who_somebody_is_from_the_words_of_a_row(person, expected):
    assert class_of(person) is expected


def test_what_is_known_later_is_not_asked_about_earlier():
    history = [
        incident("1", "2024-02-01"),
        incident("2", "2024-03-01"),
        incident("3", "2024-05-01", known="2024-08-01"),
    ]

    assert evaluate(INCIDENTS, history, date(2024, 7, 31)) == ()
    assert evaluate(INCIDENTS, history, date(2024, 8, 5))
