"""When an answer is due: so many working or calendar days after a day, with the arithmetic.

A working day in England is not a Saturday, a Sunday or a bank holiday. The day on which the clock
starts is not counted: three days after a Thursday are counted from the Friday on. Days are days in
England (`shared.instants.day_of`), so the change to and from British Summer Time shifts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word

LEAST_DAYS, MOST_DAYS = 1, 366
ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Unit(Word):
    """What the days of a response time are."""

    WORKING = "working_days", "working days"
    CALENDAR = "calendar_days", "days"


class DaysNotUnderstood(Refusal):
    """A response time is no number of days that a clock could run."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The bank holidays of England by day, each with its name, and the last year they cover."""

    names: Mapping[date, str]
    through: int

    def why_not_working(self, day: date) -> str:
        """Why a day is no working day: "Saturday", "Sunday" or its name; "" where it is one."""
        if day.weekday() >= _SATURDAY:
            return "Saturday" if day.weekday() == _SATURDAY else "Sunday"
        return self.names.get(day, "")


@dataclass(frozen=True, slots=True)
class Due:
    """A due day with how it was reached.

    `left_out` are the days passed over, each with why. `is_certain` is False where the count runs
    past the last year whose bank holidays are known: it could then be later.
    """

    on: date
    start: date
    days: int
    unit: Unit
    left_out: tuple[tuple[date, str], ...] = field(default=())
    is_certain: bool = True


def due_after(start: date, days: int, unit: Unit, holidays: Holidays) -> Due:
    """The day an answer is due, `days` after `start`. Raises DaysNotUnderstood."""
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise DaysNotUnderstood(f"Give a number of days from {LEAST_DAYS} to {MOST_DAYS}.")
    if unit is Unit.CALENDAR:
        return Due(start + timedelta(days=days), start, days, unit)
    left_out: list[tuple[date, str]] = []
    day, counted = start, 0
    while counted < days:
        day += ONE_DAY
        why = holidays.why_not_working(day)
        if why:
            left_out.append((day, why))
        else:
            counted += 1
    return Due(day, start, days, unit, tuple(left_out), day.year <= holidays.through)


def days_past(due: Due, on: date, holidays: Holidays) -> int:
    """How many days of the clock's own unit a day lies past the due day; 0 where it does not."""
    span = (on - due.on).days
    if span <= 0:
        return 0
    if due.unit is Unit.CALENDAR:
        return span
    later = (due.on + timedelta(days=n) for n in range(1, span + 1))
    return sum(1 for day in later if not holidays.why_not_working(day))
