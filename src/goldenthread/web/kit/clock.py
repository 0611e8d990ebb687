"""Where the clock and new ids enter this ring; everything within takes them as arguments."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from time import monotonic
from uuid import UUID, uuid4

from goldenthread.domain.shared.instants import day_of


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in England."""
    return day_of(now())


def new_id() -> UUID:
    """A new random id."""
    return uuid4()


def lasting(seconds: float) -> Callable[[], bool]:
    """Something to ask whether so many seconds have gone by since now."""
    end = monotonic() + seconds
    return lambda: monotonic() > end
