"""What changed from one version of a plan to another, row by row, in the order a plan is read.

A row keeps its key from version to version, so that what was reworded reads as reworded and not as
one row gone and another come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.domain.shared.word import Word

PARTS = (
    ("dangers", "Worries and goals"),
    ("actions", "Who does what"),
    ("what_ifs", "What if"),
    ("assumptions", "What it takes to be so"),
)
_PLAIN = (
    ("non_negotiables", "What is not up for discussion"),
    ("ring", "Whom to ring"),
    ("child_view", "The child’s view"),
    ("no_men_because", "Why no father or male carer is named"),
    ("review_on", "Looked at again on"),
    ("is_immediate", "Keeps the child safe day by day"),
)


class ChangeOf(Word):
    """What became of one row."""

    ADDED = "added", "Added"
    TAKEN_OUT = "taken_out", "Taken out"
    REWORDED = "reworded", "Changed"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row as it was and as it is; `fields` are the names of those that differ."""

    part: str
    title: str
    change: ChangeOf
    before: Any = None
    after: Any = None
    fields: tuple[str, ...] = ()


def changes_between(old: SafetyPlan, new: SafetyPlan) -> tuple[RowChange, ...]:
    """Everything that differs between two versions, part by part; empty where they say the same."""
    return (*_rows(old, new), *_plain(old, new))


def _rows(old: SafetyPlan, new: SafetyPlan) -> Iterator[RowChange]:
    for part, title in PARTS:
        before = {one.key: one for one in getattr(old, part)}
        after = {one.key: one for one in getattr(new, part)}
        for key, row in after.items():
            if key not in before:
                yield RowChange(part, title, ChangeOf.ADDED, after=row)
            elif before[key] != row:
                yield RowChange(
                    part, title, ChangeOf.REWORDED, before[key], row, _differing(before[key], row)
                )
        for key, row in before.items():
            if key not in after:
                yield RowChange(part, title, ChangeOf.TAKEN_OUT, before=row)


def _plain(old: SafetyPlan, new: SafetyPlan) -> Iterator[RowChange]:
    for part, title in _PLAIN:
        before, after = getattr(old, part), getattr(new, part)
        if before == after:
            continue
        change = ChangeOf.REWORDED
        if not before:
            change = ChangeOf.ADDED
        elif not after:
            change = ChangeOf.TAKEN_OUT
        yield RowChange(part, title, change, before, after, (part,))


def _differing(one: Any, other: Any) -> tuple[str, ...]:
    names = [field.name for field in fields(one)]
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))
