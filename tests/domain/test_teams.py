"""The days of a place on a team, and of an allocated worker that nobody may be missing on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.access.team import (
    FOR_A_TERM,
    FURTHEST_AHEAD,
    TeamRole,
    Term,
    first_day_without,
    unfit_term,
)

TODAY = date(2026, 6, 10)
DAYS = [TODAY + timedelta(days=n) for n in range(12)]


def term(first: int, over: int | None = None) -> Term:
    return Term(DAYS[first], None if over is None else DAYS[over])


TERMS = st.builds(
    lambda first, length: term(first, None if length is None else min(first + length, 11)),
    st.integers(0, 10),
    st.none() | st.integers(0, 6),
)


@pytest.mark.parametrize(
    ("one", "on_it"),
    [(term(2, 4), {2, 3}), (term(2, 3), {2}), (term(2, 2), set()), (term(9), {9, 10, 11})],
)
def test_a_term_holds_from_its_first_day_to_its_last(one: Term, on_it: set[int]):
    assert {n for n, day in enumerate(DAYS) if one.holds_on(day)} == on_it
    assert one.is_empty == (not on_it)
    if one.to_on is not None:
        assert one.last_day == (DAYS[max(on_it)] if on_it else None)


@given(TERMS, TERMS)
def test_two_terms_meet_where_some_day_is_of_both(one: Term, other: Term):
    assert one.meets(other) == any(one.holds_on(day) and other.holds_on(day) for day in DAYS)
    assert one.meets(other) == other.meets(one)


@given(TERMS, st.lists(TERMS, max_size=4))
def test_the_first_day_without_is_the_first_that_no_other_holds_on(lost: Term, others):
    # Each that is open goes on past the days that are looked at here.
    wanted = next(
        (day for day in DAYS if lost.holds_on(day) and not any(o.holds_on(day) for o in others)),
        None,
    )
    found = first_day_without(lost, others)
    if wanted is None and found is not None:
        assert found > DAYS[-1] or (lost.to_on is None and found == DAYS[-1])
    else:
        assert found == wanted


def test_the_last_day_of_an_open_term_is_looked_for_past_every_other():
    assert first_day_without(term(0), [term(0, 3), term(2, 5)]) == DAYS[5]
    assert first_day_without(term(0), [term(0, 3), term(3)]) is None
    assert first_day_without(term(4, 4), []) is None


@pytest.mark.parametrize("role", list(TeamRole))
def test_what_is_for_a_term_has_a_last_day(role: TeamRole):
    assert ("until" in unfit_term(role, Term(TODAY), today=TODAY)) == (role in FOR_A_TERM)
    assert unfit_term(role, Term(TODAY, DAYS[1]), today=TODAY) == {}


@pytest.mark.parametrize(
    ("first", "over", "where"),
    [
        (TODAY - timedelta(days=1), None, {"from"}),
        (TODAY, TODAY, {"until"}),
        (TODAY - timedelta(days=1), TODAY - timedelta(days=2), {"from", "until"}),
        (TODAY + FURTHEST_AHEAD + timedelta(days=1), None, {"from"}),
        (TODAY, TODAY + FURTHEST_AHEAD + timedelta(days=1), {"until"}),
    ],
)
def test_days_that_cannot_be_are_said_where_they_are(first, over, where):
    assert set(unfit_term("named_member", Term(first, over), today=TODAY)) == where
