"""The bank holidays of England and Wales that ship with the service, by which days are counted."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from goldenthread.domain.challenges.working_days import Holidays


@cache
def holidays() -> Holidays:
    """The bank holidays by day, and the last year they cover."""
    told = tomllib.loads(
        (files("goldenthread.usecases._steps") / "bank_holidays.toml").read_text("utf-8")
    )
    names = {date.fromisoformat(day): str(n) for days in told.values() for day, n in days.items()}
    return Holidays(names, max(map(int, told)))
