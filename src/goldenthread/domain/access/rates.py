"""How often something may be asked within a time, by one account and from one network address.

A limit stops a machine, never a person at work: the figures are well above what anybody does. It is
counted in windows of a fixed length that begin with the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word


class Counted(Word):
    """What is counted."""

    SIGN_IN = "sign_in", "Signing in"
    LINK = "link", "Links to choose a password"
    SEARCH = "search", "Searches"
    EXPORT = "export", "Files and papers taken away"
    UPLOAD = "upload", "Files sent in"
    FAMILIES = "families", "Families opened"
    GLASS = "glass", "Asking to break the glass"


class RatesNotUnderstood(Refusal):
    """The figures of the limits cannot be read."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many within a time; for one account, or from one address."""

    by_account: int | None
    by_address: int | None
    within: timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """A count as it stands: how many since when."""

    began: datetime
    count: int


def opens_at(window: Window, most: int, within: timedelta) -> datetime | None:
    """When asking is possible again; None where it is possible now."""
    return window.began + within if window.count > most else None


def read_rates(told: Mapping[str, Any]) -> dict[Counted, Rate]:
    """The limits of a parsed `rate_limits.toml`. Raises RatesNotUnderstood."""
    found = {}
    for kind in Counted:
        row = told.get(kind, {})
        figures = {name: row.get(name) for name in ("by_account", "by_address", "minutes")}
        for name, value in figures.items():
            missing = value is None and name != "minutes"
            if not missing and (type(value) is not int or value < 1):
                raise RatesNotUnderstood(f"“{name}” of the limit “{kind}” is not a whole number.")
        found[kind] = Rate(
            figures["by_account"], figures["by_address"], timedelta(minutes=figures["minutes"])
        )
    return found
