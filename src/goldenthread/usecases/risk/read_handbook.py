"""Read the handbook of patterns as it holds now, with every version the partnership decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.refusals import PatternNotUnderstood
from goldenthread.domain.risk.thresholds import settings_of
from goldenthread.records.risk import versions as stored
from goldenthread.records.risk.versions import VersionRow
from goldenthread.usecases._steps.beside_families import may, permitted_beside_families
from goldenthread.usecases._steps.in_force import number_of, patterns_in_force
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases._steps.shipped import shipped, shipped_with
from goldenthread.usecases.risk.example_changes import misses_asked
from goldenthread.usecases.risk.set_pattern import NO_SUCH_PATTERN
from goldenthread.usecases.risk.worked_examples import Example, NearMiss, worked_examples

__all__ = ["Handbook", "HandbookPage", "NotFoundHere", "Version", "read_handbook", "read_pattern"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a pattern: as it ships where `decided` is None, else as it was decided.

    `changed` holds each number that differs from the version before: its part, before, after.
    `still_fits` is False where the pattern that ships now cannot take these numbers.
    """

    number: int
    decided: VersionRow | None
    changed: tuple[tuple[str, int, int], ...]
    holds: bool
    still_fits: bool = True

    def is_to_come(self, now: datetime) -> bool:
        """Whether it holds from a later day."""
        return self.decided is not None and self.decided.holds_from > now


@dataclass(frozen=True, slots=True)
class Handbook:
    """Every pattern as it holds now, and whether the reader may set one.

    `decided` are the keys of those that the partnership has ever set.
    """

    patterns: tuple[Pattern, ...]
    decided: frozenset[str]
    may_set: bool


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One pattern as it holds now, with its worked example and its versions, last decided first.

    `ships` holds its numbers as they ship, by the names of their parts. `would_ask` are the
    near-misses of the example that do not stay silent with the numbers that hold now.
    """

    pattern: Pattern
    ships: Mapping[str, int]
    example: Example
    raised: Raised | None
    would_ask: tuple[NearMiss, ...]
    versions: tuple[Version, ...]
    may_set: bool
    made_at: datetime


def read_handbook(actor: Actor, *, now: datetime) -> Handbook:
    """Read every pattern as it holds now. Raises NotFoundHere."""
    with permitted_beside_families(actor, PartnershipAction.READ_PATTERNS):
        return Handbook(
            patterns=patterns_in_force(now),
            decided=frozenset(one.pattern for one in stored.all_versions()),
            may_set=may(actor, PartnershipAction.SET_PATTERN),
        )


def read_pattern(actor: Actor, key: str, *, now: datetime) -> HandbookPage:
    """Read one pattern as it holds now. Raises NotFoundHere."""
    with permitted_beside_families(actor, PartnershipAction.READ_PATTERNS):
        pattern = next((one for one in patterns_in_force(now) if one.key == key), None)
        ships = shipped(key)
        if pattern is None or ships is None:
            raise NotFoundHere(NO_SUCH_PATTERN)
        example = worked_examples()[key]
        found = evaluate((pattern,), [row.fact for row in example.rows], example.on)
        return HandbookPage(
            pattern=pattern,
            ships=settings_of(ships),
            example=example,
            raised=found[0] if found else None,
            would_ask=misses_asked(pattern, example),
            versions=versions_shown(key, stored.versions_of(key), now),
            may_set=may(actor, PartnershipAction.SET_PATTERN),
            made_at=now,
        )


def versions_shown(key: str, decided: Sequence[VersionRow], now: datetime) -> tuple[Version, ...]:
    """The versions of a shipped pattern, last decided first and what ships last."""
    ships = shipped(key)
    assert ships is not None
    holding = [one for one in decided if one.holds_from <= now]
    holds = holding[-1].id if holding and _fits(holding[-1]) else None
    before = settings_of(ships)
    found = [Version(ships.version, None, (), holds is None)]
    for row in decided:
        after = {**before, **row.settings}
        changed = tuple((p, before[p], after[p]) for p in before if before[p] != after[p])
        found.append(Version(number_of(row), row, changed, row.id == holds, _fits(row)))
        before = {part: after[part] for part in before}
    return tuple(reversed(found))


def _fits(row: VersionRow) -> bool:
    try:
        shipped_with(row.pattern, row.settings, number_of(row))
    except PatternNotUnderstood:
        return False
    return True
