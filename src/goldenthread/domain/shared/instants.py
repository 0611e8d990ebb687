"""Instants and the days they fall on: a day in the record is a day in England.

Day boundaries are those of Europe/London (`statement.md` of the design: "Europe/London day
boundaries"), so that something known at 00:30 British Summer Time belongs to that day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# Two clocks of one service that are further apart than this are not both right.
CLOCKS_DIFFER = timedelta(minutes=5)


def is_of_the_future(moment: datetime, now: datetime) -> bool:
    """Whether a moment that was noted lies ahead: a clock was wrong then, or is wrong now.

    What it was noted for is then over: nothing may last for as long as a clock was wrong.
    """
    return moment > now + CLOCKS_DIFFER


def start_of_day(day: date) -> datetime:
    """The first instant of `day` in England, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def clock_time(instant: datetime) -> str:
    """The time of an instant on a clock in England: "14:02"."""
    return f"{instant.astimezone(LONDON):%H:%M}"


def end_of_day(day: date) -> datetime:
    """The last microsecond of `day` in England, in UTC: the `as_of` of "as known on that day"."""
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


@lru_cache(maxsize=16_384)  # asked of the same instants by every entry and every page
def day_of(instant: datetime) -> date:
    """The day in England on which `instant` falls."""
    return instant.astimezone(LONDON).date()
