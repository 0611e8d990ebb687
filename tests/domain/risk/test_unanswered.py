"""Counts of families with an unanswered question: once each, by the oldest, and nobody found."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.risk.unanswered import (
    CountingNotUnderstood,
    CountingRules,
    Unanswered,
    lines_of,
)
from goldenthread.usecases.risk.unanswered import counting_rules

TODAY = date(2026, 6, 10)
RULES = CountingRules(((0, "under 1 week"), (7, "1 week or more")), least_told=5, rounded_to=5)


def ago(family: int, days: int, under: str = "Police") -> Unanswered:
    return Unanswered(UUID(int=family), under, TODAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "fewer than 5"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "about 5"), (7, "about 5"),
        (8, "about 10"), (12, "about 10"), (13, "about 15"), (1_234, "about 1,235"),
    ],
)  # fmt: skip
def test_a_count_is_told_in_words_that_hide_small_ones(count, words):
    assert RULES.told(count) == words


def test_a_family_is_counted_once_by_the_question_open_longest():
    questions = [ago(n, 3) for n in range(6)] + [ago(0, 40), ago(0, 2)]

    (line,) = lines_of(questions, RULES, TODAY)

    assert (line.heading, line.bands, line.all) == (
        "Police", ("about 5", "fewer than 5"), "about 5",
    )  # fmt: skip


def test_of_a_few_families_nothing_more_is_told_than_that_they_are_few():
    (line,) = lines_of([ago(1, 3), ago(2, 40)], RULES, TODAY, ["Police"])

    assert (line.bands, line.all) == (("not told", "not told"), "fewer than 5")


def test_lines_stand_by_name_and_never_by_their_counts():
    questions = [ago(n, 1, "School") for n in range(30)]
    questions += [ago(n, 1, "GP practice") for n in range(40, 46)] + [ago(50, 1, "Nursery")]

    lines = lines_of(questions, RULES, TODAY, ["Housing"])

    assert [line.heading for line in lines] == ["Housing", "GP practice", "School"]
    assert lines[0].all == "fewer than 5"


@pytest.mark.parametrize(
    ("bands", "least", "rounded"),
    [
        ((), 5, 5),
        (((1, "later"),), 5, 5),
        (((0, "a"), (9, "b"), (7, "c")), 5, 5),
        (((0, "a"), (0, "b")), 5, 5),
        (((0, "a"),), 2, 1),
        (((0, "a"),), 5, 6),
        (((0, "a"),), 5, 0),
    ],
)
def test_rules_that_would_hide_all_or_tell_of_one_family_are_refused(bands, least, rounded):
    with pytest.raises(CountingNotUnderstood):
        CountingRules(bands, least, rounded)


def test_the_shipped_rules_can_be_read():
    assert counting_rules().least_told == 5


questions = st.lists(
    st.builds(
        ago, st.integers(0, 40), st.integers(0, 400), st.sampled_from(["Police", "School", "GP"])
    ),
    max_size=120,
)


@given(questions, st.integers(3, 12), st.data())
def test_no_small_count_is_ever_told_nor_its_exact_size_to_be_had(given_, least, data):
    rules = CountingRules(RULES.bands, least, data.draw(st.integers(1, least)))

    for line in lines_of(given_, rules, TODAY):
        for words in (*line.bands, line.all):
            number = re.search(r"about ([\d,]+)|^(\d+)$", words)
            told = int((number[1] or number[2]).replace(",", "")) if number else None
            assert told is None or told >= least - rules.rounded_to // 2


@given(questions, st.integers(0, 400), st.booleans())
def test_one_family_more_where_there_was_none_is_not_to_be_seen(given_, days, listed):
    headings = ["Housing"] if listed else []
    more = [*given_, ago(99, days, "Housing")]

    assert lines_of(more, RULES, TODAY, headings) == lines_of(given_, RULES, TODAY, headings)


@given(questions, st.randoms())
def test_the_order_of_the_questions_changes_nothing(given_, chance):
    other = list(given_)
    chance.shuffle(other)

    assert lines_of(given_, RULES, TODAY) == lines_of(other, RULES, TODAY)
