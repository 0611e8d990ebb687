"""When whoever answers for a plan is reminded: once each time, and once when the day has passed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from goldenthread.domain.plans.currency import PlanCurrency, Reason
from goldenthread.domain.plans.reminding import Given, Remind, because_of, reminder_due
from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger

A, B = UUID(int=1), UUID(int=2)
SINCE = date(2026, 6, 15)
BY = SINCE + timedelta(days=2)
LATE = BY + timedelta(days=1)


def stale(*entries: UUID, trigger: Trigger = Trigger.HOUSEHOLD) -> PlanCurrency:
    return PlanCurrency(
        CurrencyState.STALE, tuple(Reason(trigger, SINCE, (one,)) for one in entries)
    )


TIME = PlanCurrency(CurrencyState.STALE, (Reason(Trigger.REVIEW_PASSED, SINCE),))


def given(what: Remind, *entries: UUID) -> Given:
    return Given(what, frozenset(map(str, entries)))


REVIEW, PASSED = Remind.NEEDS_REVIEW, Remind.DAY_PASSED


@pytest.mark.parametrize(
    ("found", "had", "today", "due"),
    [
        (stale(A), (), SINCE, REVIEW),
        (stale(A), (), BY, REVIEW),  # the day itself has not passed
        (stale(A), (given(REVIEW, A),), BY, None),
        (stale(A), (given(REVIEW, A),), LATE, PASSED),
        (stale(A), (given(REVIEW, A), given(PASSED, A)), LATE, None),
        (stale(A), (), LATE, PASSED),  # nobody could be reminded before: one message is enough
        (stale(A), (given(PASSED, A),), LATE + timedelta(days=400), None),
        # More that questions it while it waits is no new time; what is left of it is none either.
        (stale(A, B), (given(REVIEW, A),), SINCE, None),
        (stale(B), (given(REVIEW, A, B),), SINCE, None),
        # What was reminded of is gone and something else has come: it needs review anew.
        (stale(B), (given(REVIEW, A),), SINCE, REVIEW),
        (stale(B), (given(REVIEW, A), given(PASSED, A)), LATE, PASSED),
        (TIME, (), SINCE, REVIEW),
        (TIME, (Given(REVIEW, frozenset({"review_passed"})),), SINCE, None),
    ],
)
def test_what_is_due(found, had, today, due):
    assert reminder_due(found, BY, had, today) == due


@pytest.mark.parametrize("state", [CurrencyState.CURRENT, CurrencyState.NOT_YET_ASSESSED])
def test_a_plan_that_nothing_questions_reminds_nobody(state):
    assert reminder_due(PlanCurrency(state, (), (A,)), None, (), LATE) is None


def test_what_time_does_goes_by_its_word_whatever_the_day():
    left = [Reason(Trigger.OWNER_LEFT, SINCE + timedelta(days=n)) for n in range(2)]
    one, other = (because_of(PlanCurrency(CurrencyState.STALE, (reason,))) for reason in left)
    assert one == other == {"owner_left"}
