"""The clock of a challenge: working days in England, with every day passed over and why."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.challenges.working_days import (
    DaysNotUnderstood,
    Holidays,
    Unit,
    days_past,
    due_after,
)
from goldenthread.domain.shared.instants import day_of

SHIPPED = Path(__file__).parents[3] / "src/goldenthread/usecases/_steps/bank_holidays.toml"
YEARS = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
NAMES = {date.fromisoformat(day): name for days in YEARS.values() for day, name in days.items()}
ENGLAND = Holidays(NAMES, max(map(int, YEARS)))

DAYS = st.dates(date(2020, 1, 1), date(2030, 6, 30))
COUNTS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "days", "due", "passed"),
    [
        # Worked out by hand on a calendar.
        ("2026-10-15", 3, "2026-10-20", "Saturday, Sunday"),
        ("2026-03-03", 15, "2026-03-24", "Saturday, Sunday, Saturday, Sunday, Saturday, Sunday"),
        ("2026-04-02", 1, "2026-04-07", "Good Friday, Saturday, Sunday, Easter Monday"),
        (
            "2026-12-24",
            2,
            "2026-12-30",
            "Christmas Day, Saturday, Sunday, Boxing Day (substitute day)",
        ),
        (
            "2027-12-24",
            1,
            "2027-12-29",
            "Saturday, Sunday, Christmas Day (substitute day), Boxing Day (substitute day)",
        ),
        ("2026-12-31", 1, "2027-01-04", "New Year’s Day, Saturday, Sunday"),
        ("2026-08-28", 1, "2026-09-01", "Saturday, Sunday, Summer bank holiday"),
        ("2026-03-28", 1, "2026-03-30", "Sunday"),  # the clocks go forward that night
        ("2026-10-24", 1, "2026-10-26", "Sunday"),  # and back
    ],
)
def test_working_days_as_counted_by_hand(start, days, due, passed):
    found = due_after(date.fromisoformat(start), days, Unit.WORKING, ENGLAND)

    assert found.on == date.fromisoformat(due)
    assert ", ".join(why for _, why in found.left_out) == passed
    assert found.is_certain


def test_calendar_days_pass_over_nothing():
    found = due_after(date(2026, 12, 24), 7, Unit.CALENDAR, ENGLAND)

    assert (found.on, found.left_out) == (date(2026, 12, 31), ())


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_response_time_that_is_none_is_refused(days):
    with pytest.raises(DaysNotUnderstood, match="from 1 to 366"):
        due_after(date(2026, 1, 1), days, Unit.WORKING, ENGLAND)


def test_beyond_the_known_holidays_the_day_is_said_not_to_be_certain():
    last = date(ENGLAND.through, 12, 30)

    assert not due_after(last, 5, Unit.WORKING, ENGLAND).is_certain


@given(DAYS, COUNTS)
def test_every_day_between_is_either_counted_or_passed_over_with_a_reason(start, days):
    due = due_after(start, days, Unit.WORKING, ENGLAND)

    between = {start + timedelta(days=n) for n in range(1, (due.on - start).days + 1)}
    passed = {day for day, _ in due.left_out}
    assert passed <= between
    assert len(between - passed) == days
    assert all(why for _, why in due.left_out)
    assert due.on.weekday() < 5 and due.on not in NAMES


@given(DAYS, COUNTS, COUNTS)
def test_days_add_up(start, first, then):
    once = due_after(start, first + then, Unit.WORKING, ENGLAND).on
    twice = due_after(
        due_after(start, first, Unit.WORKING, ENGLAND).on, then, Unit.WORKING, ENGLAND
    )

    assert once == twice.on


@given(DAYS, DAYS, COUNTS)
def test_starting_later_is_never_due_earlier(one, other, days):
    early, late = sorted((one, other))

    assert (
        due_after(early, days, Unit.WORKING, ENGLAND).on
        <= due_after(late, days, Unit.WORKING, ENGLAND).on
    )


@given(DAYS, COUNTS, COUNTS, st.sampled_from(Unit))
def test_how_late_is_counted_in_the_units_of_the_clock(start, days, over, unit):
    due = due_after(start, days, unit, ENGLAND)
    later = due_after(due.on, over, unit, ENGLAND).on

    assert days_past(due, due.on, ENGLAND) == 0
    assert days_past(due, due.on - timedelta(days=over), ENGLAND) == 0
    assert days_past(due, later, ENGLAND) == over


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 6, 1), timezones=st.just(UTC)), COUNTS)
def test_the_clock_starts_on_the_day_in_england(instant, days):
    """Half past midnight in British Summer Time is still yesterday in UTC, and today in England."""
    due = due_after(day_of(instant), days, Unit.WORKING, ENGLAND)

    assert due.start == day_of(instant)
    if instant.month in (5, 6, 7, 8, 9) and instant.hour == 23:
        assert due.start == instant.date() + timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday by the method of Meeus and Jones (Gregorian)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", sorted(map(int, YEARS)))
def test_the_shipped_days_follow_the_standing_rules(year):
    """Each fixed day, or the next working day after it, and the movable ones, in every year."""
    days = {day for day in NAMES if day.year == year}

    moved = {2020: 1, 2022: 1}.get(year, 0)  # one day of that year was moved by proclamation
    extra = {2022: 2, 2023: 1}.get(year, 0)  # and so many were given besides
    assert len(days) == 8 + extra
    rules = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    rules |= {_monday(year, 5, first=True), _monday(year, 5), _monday(year, 8)}
    assert len(rules - days) == moved
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        assert fixed in days or (fixed.weekday() >= 5 and _next_free(fixed, days))
    assert all(day.weekday() < 5 for day in days)


def _monday(year: int, month: int, *, first: bool = False) -> date:
    mondays = [day for n in range(1, 32) if (day := date(year, month, n)).weekday() == 0]
    return mondays[0] if first else mondays[-1]


def _next_free(fixed: date, days: set[date]) -> bool:
    return any(fixed + timedelta(days=n) in days for n in (1, 2))
