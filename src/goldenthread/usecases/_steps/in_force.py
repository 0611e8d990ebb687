"""Which patterns ask at an instant: those that ship with the service, as a partnership set them."""

from __future__ import annotations

from datetime import datetime

from goldenthread.domain.risk.pattern import Pattern
from goldenthread.usecases._steps.shipped import shipped_patterns


def patterns_in_force(now: datetime) -> tuple[Pattern, ...]:
    """Give every pattern of the version that holds at `now`, by key."""
    return shipped_patterns()
