"""Which patterns ask at an instant: those that ship with the service, as a partnership set them.

Of the versions that hold by then, the one decided last counts. What it says is read anew with the
pattern that ships now; numbers that this can no longer take are left out, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.refusals import PatternNotUnderstood
from goldenthread.records.risk.versions import VersionRow, versions_by
from goldenthread.usecases._steps.shipped import shipped, shipped_patterns, shipped_with

Setting = tuple[str, int, tuple[tuple[str, int], ...]]


def patterns_in_force(now: datetime) -> tuple[Pattern, ...]:
    """Give every pattern of the version that holds at `now`, by key; one query."""
    return _as_set(settings_in_force(versions_by(now)))


def settings_in_force(versions: Iterable[VersionRow]) -> tuple[Setting, ...]:
    """Of versions in the order of their numbers, the last of each pattern, ready to be read."""
    last: dict[str, VersionRow] = {}
    for one in versions:
        last[one.pattern] = one
    return tuple(
        (key, number_of(one), tuple(sorted(one.settings.items())))
        for key, one in sorted(last.items())
    )


def number_of(version: VersionRow) -> int:
    """The number a version goes by: later than that of whatever pattern has shipped since."""
    now = shipped(version.pattern)
    return version.version + max(0, now.version - version.on_shipped if now else 0)


@lru_cache(maxsize=16)  # a partnership sets its patterns a few times a year
def _as_set(settings: tuple[Setting, ...]) -> tuple[Pattern, ...]:
    others = {key: (version, dict(numbers)) for key, version, numbers in settings}
    return tuple(
        _one(pattern, *others[pattern.key]) if pattern.key in others else pattern
        for pattern in shipped_patterns()
    )


def _one(pattern: Pattern, version: int, numbers: dict[str, int]) -> Pattern:
    try:
        return shipped_with(pattern.key, numbers, version)
    except PatternNotUnderstood:
        return pattern
