"""The numbers of a pattern that a partnership may set, and the pattern's plain table with others.

Everything else of a pattern stays as it ships: what it looks at, what it asks, and on whose word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.refusals import UnknownPart
from goldenthread.domain.risk.shapes import LONGEST

LAPSES = "only_while.lapses"
_AGES = ("child_under", "child_over")
_MOST_TO_REOPEN = 100


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number of a pattern: the name of its part, how it is set, and what it may be."""

    part: str
    value: int
    least: int
    most: int


def thresholds_of(pattern: Pattern) -> tuple[Threshold, ...]:
    """Every number of a pattern that may be set, in the order of its parts.

    An age, and a time after which services are taken to have left, only where the pattern has one.
    """
    found = [
        Threshold(one.name, getattr(pattern.shape, one.name), *_limits(one.metadata))
        for one in fields(pattern.shape)
        if "most" in one.metadata
    ]
    for age in _AGES:
        value = getattr(pattern, age)
        if value is not None:
            found.append(Threshold(age, value, 1, LONGEST))
    if pattern.only_while is not None:
        found.append(Threshold(LAPSES, pattern.only_while.lapses, 1, LONGEST))
    found.append(Threshold("reopens_after", pattern.reopens_after, 1, _MOST_TO_REOPEN))
    return tuple(found)


def settings_of(pattern: Pattern) -> dict[str, int]:
    """The numbers of a pattern by the names of their parts."""
    return {one.part: one.value for one in thresholds_of(pattern)}


def with_settings(
    told: Mapping[str, Any], settings: Mapping[str, int], pattern: Pattern
) -> dict[str, Any]:
    """A pattern's plain table with these numbers instead of its own.

    Raises UnknownPart where `pattern`, read from the same table, has no such number.
    """
    known = {one.part for one in thresholds_of(pattern)}
    unknown = sorted(settings.keys() - known)
    if unknown:
        raise UnknownPart(f"{pattern.key}: it has no number “{unknown[0]}” to set.")
    changed = dict(told)
    for part, value in settings.items():
        if part == LAPSES:
            changed["only_while"] = {**told["only_while"], "lapses": value}
        else:
            changed[part] = value
    return changed


def _limits(metadata: Mapping[str, Any]) -> tuple[int, int]:
    return metadata["least"], metadata["most"]
