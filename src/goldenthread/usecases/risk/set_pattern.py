"""Set when a pattern asks: a partnership's decision, with its author, its reason and its day.

Nothing is edited: a decision is a further version, and going back to earlier numbers is one too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.refusals import PatternNotUnderstood
from goldenthread.domain.risk.thresholds import settings_of, thresholds_of
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.risk import versions as stored
from goldenthread.usecases._steps.beside_families import (
    PartnershipPermission,
    permitted_beside_families,
)
from goldenthread.usecases._steps.in_force import number_of
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases._steps.shipped import shipped, shipped_with
from goldenthread.usecases.risk.example_changes import ExampleChange, example_change
from goldenthread.usecases.risk.worked_examples import worked_examples

NO_SUCH_PATTERN = "There is no such pattern."
LONGEST_REASON = 2000
_MOST_DIGITS = 6


class PatternNotSet(Refusal):
    """Numbers, a reason or a day cannot be taken; `problems` are sentences by the part they mean.

    A problem of several numbers together stands under the empty name.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class SetMeanwhile(Refusal):
    """Somebody else has set this pattern since the form was opened."""


class NothingChanged(Refusal):
    """These are the numbers that hold already."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Other numbers for a pattern as typed, why, and from which day; nothing is checked yet."""

    numbers: Mapping[str, str]
    reason: str = ""
    holds_from: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A pattern as it is decided now, as it would be, and what that changes over its examples."""

    now: Pattern
    then: Pattern
    examples: ExampleChange

    @property
    def changed(self) -> tuple[tuple[str, int, int], ...]:
        """Each number that would be another: its part, as it is, as it would be."""
        before, after = settings_of(self.now), settings_of(self.then)
        return tuple(
            (part, before[part], after[part]) for part in before if before[part] != after[part]
        )


def preview_pattern(actor: Actor, key: str, proposed: Proposed, *, now: datetime) -> Preview:
    """Say what other numbers would change, and set nothing.

    Raises NotFoundHere, PatternNotSet and NothingChanged.
    """
    with permitted_beside_families(actor, PartnershipAction.SET_PATTERN):
        return _preview(latest_decided(key), proposed, now)


def set_pattern(
    actor: Actor, key: str, proposed: Proposed, *, id: UUID, based_on: int, now: datetime
) -> int:
    """Append a version and give its number; asked twice with one id it is set once.

    `based_on` is the number of the latest version when the form was opened. Raises NotFoundHere,
    PatternNotSet, NothingChanged and SetMeanwhile.
    """
    with permitted_beside_families(actor, PartnershipAction.SET_PATTERN) as permission:
        before = latest_decided(key)
        there = stored.version(id)
        if there is not None and there.pattern == key:
            return there.version
        if before.version != based_on:
            raise SetMeanwhile(
                "Somebody has set this pattern since you opened the page. Look at what holds now, "
                "and set yours again if it is still needed."
            )
        preview = _preview(before, proposed, now)
        _append(permission, id, preview, proposed, now)
    return preview.then.version


def _append(
    permission: PartnershipPermission, id: UUID, preview: Preview, proposed: Proposed, now: datetime
) -> None:
    key, version = preview.then.key, preview.then.version
    try:
        with transaction.atomic():
            stored.append_version(
                id,
                pattern=key,
                version=version,
                on_shipped=_shipped(key).version,
                settings=settings_of(preview.then),
                holds_from=_holds_from(proposed, now),
                reason=proposed.reason.strip(),
                set_by=permission.actor.account,
                event=permission.event(resource=str(id), pattern=key, version=version),
            )
    except IntegrityError as taken:
        raise SetMeanwhile(
            "Somebody set this pattern at the same moment. Look at what holds now."
        ) from taken


def _shipped(key: str) -> Pattern:
    ships = shipped(key)
    if ships is None:
        raise NotFoundHere(NO_SUCH_PATTERN)
    return ships


def _preview(before: Pattern, proposed: Proposed, now: datetime) -> Preview:
    key = before.key
    problems: dict[str, str] = {}
    numbers = _numbers(before, proposed.numbers, problems)
    if not proposed.reason.strip():
        problems["reason"] = "Say why the partnership sets this, so that others can understand it."
    elif len(proposed.reason) > LONGEST_REASON:
        problems["reason"] = f"Give the reason in {LONGEST_REASON:,} characters at most."
    try:
        _holds_from(proposed, now)
    except (DateNotUnderstood, PatternNotSet) as refused:
        problems["holds_from"] = refused.reason
    if problems:
        raise PatternNotSet(problems)
    try:
        then = shipped_with(key, numbers, before.version + 1)
    except PatternNotUnderstood as refused:
        raise PatternNotSet({"": plainly(refused.reason, key)}) from refused
    if settings_of(then) == settings_of(before):
        raise NothingChanged("These are the numbers that hold already. Change one, or go back.")
    return Preview(before, then, example_change(before, then, worked_examples()[key]))


def latest_decided(key: str) -> Pattern:
    """The pattern as it was set last, whether that holds already or from a later day.

    Raises NotFoundHere.
    """
    ships = _shipped(key)
    set_so_far = stored.versions_of(key)
    if not set_so_far:
        return ships
    last = set_so_far[-1]
    try:
        return shipped_with(key, last.settings, number_of(last))
    except PatternNotUnderstood:
        return shipped_with(key, {}, number_of(last))


def _numbers(
    pattern: Pattern, typed: Mapping[str, str], problems: dict[str, str]
) -> dict[str, int]:
    """The numbers as typed; those that are none, or out of bounds, are said by their part."""
    found: dict[str, int] = {}
    for one in thresholds_of(pattern):
        words = typed.get(one.part, str(one.value)).strip().replace(",", "")
        if not (words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS):
            problems[one.part] = "Write a whole number, such as 14."
            continue
        found[one.part] = int(words)
        if not one.least <= found[one.part] <= one.most:
            problems[one.part] = f"Write a number from {one.least:,} to {one.most:,}."
    return found


def _holds_from(proposed: Proposed, now: datetime) -> datetime:
    """The instant from which it holds: now, or the first of a later day."""
    day = _day(proposed.holds_from, day_of(now))
    return now if day == day_of(now) else start_of_day(day)


def _day(typed: str, today: date) -> date:
    if not typed.strip() or typed.strip().casefold() in ("now", "today"):
        return today
    read = parse_as_typed(typed.strip()[:100])
    if not read.is_exact or read.from_min is None:
        raise PatternNotSet({"": "Give one day, like 3 March 2027."})
    if read.from_min < today:
        raise PatternNotSet({"": "It can hold from today or from a later day, never from earlier."})
    return read.from_min


def plainly(reason: str, key: str) -> str:
    """A sentence of the pattern reader without the key, which the page says already."""
    words = reason.removeprefix(f"{key}: ").removeprefix(f"{key}.")
    return words[:1].upper() + words[1:]
