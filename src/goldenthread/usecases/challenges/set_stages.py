"""Set the stages of challenges: a partnership's decision, with its author, its reason and its day.

Nothing is edited: a decision is a further version. A clock that runs keeps the time it started
with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.challenges.ladder import Ladder, LadderNotUnderstood, ladder_of
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.challenges import ladders
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.in_force import generic_ladder, read_ladder

__all__ = [
    "LONGEST_REASON",
    "NotFoundHere",
    "SetMeanwhile",
    "SettingsNotSet",
    "StagesProposed",
    "set_stages",
]

LONGEST_REASON = 2_000
TAKEN = (
    "Somebody has set this since you opened the page. Look at what holds now, and set yours again."
)


class SettingsNotSet(Refusal):
    """Stages, a person, a reason or a day cannot be taken; `problems` are sentences by part."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class SetMeanwhile(Refusal):
    """Somebody else has set this since the form was opened."""


@dataclass(frozen=True, slots=True)
class StagesProposed:
    """The stages as typed, each (name, who answers, days, unit), why, and from which day."""

    stages: Sequence[tuple[str, str, str, str]]
    reason: str = ""
    holds_from: str = ""


def set_stages(
    actor: Actor, proposed: StagesProposed, *, id: UUID, based_on: int, now: datetime
) -> int:
    """Append a version and give its number; asked twice with one id it is set once.

    `based_on` is the number of the latest version when the form was opened. Raises NotFoundHere,
    SettingsNotSet and SetMeanwhile.
    """
    with permitted_beside_families(actor, PartnershipAction.SET_STAGES) as permission:
        versions = ladders.ladder_versions()
        there = next((one for one in versions if one.id == id), None)
        if there is not None:
            return there.version
        last = versions[-1].version if versions else 0
        if last != based_on:
            raise SetMeanwhile(TAKEN)
        ladder, holds_from = _checked(proposed, now)
        before = read_ladder(versions[-1].stages, last) if versions else generic_ladder()
        if versions and ladder.stages == before.stages:
            raise SettingsNotSet({"stages": "These are the stages that were decided last."})
        try:
            with transaction.atomic():
                ladders.append_ladder(
                    id,
                    version=last + 1,
                    stages=[
                        (s.name, s.who, str(s.days or ""), s.unit.value) for s in ladder.stages
                    ],
                    holds_from=holds_from,
                    reason=proposed.reason.strip(),
                    set_by=actor.account,
                    event=permission.event(resource=str(id), version=last + 1),
                )
        except IntegrityError as taken:
            raise SetMeanwhile(TAKEN) from taken
    return last + 1


def _checked(proposed: StagesProposed, now: datetime) -> tuple[Ladder, datetime]:
    problems = reason_problems(proposed.reason)
    try:
        ladder = ladder_of(proposed.stages)
    except LadderNotUnderstood as refused:
        problems |= refused.problems
    try:
        holds_from = holds_from_of(proposed.holds_from, now)
    except SettingsNotSet as refused:
        problems |= refused.problems
    if problems:
        raise SettingsNotSet(problems)
    return ladder, holds_from


def reason_problems(reason: str) -> dict[str, str]:
    """What is wrong with a reason, by its part; nothing where it can be taken."""
    if not reason.strip():
        return {"reason": "Say why the partnership sets this, so that others can understand it."}
    if len(reason) > LONGEST_REASON:
        return {"reason": f"Give the reason in {LONGEST_REASON:,} characters at most."}
    return {}


def holds_from_of(typed: str, now: datetime) -> datetime:
    """The instant from which it holds: now, or the first of a later day. Raises SettingsNotSet."""
    day = day_typed(typed, "holds_from") or day_of(now)
    if day < day_of(now):
        raise SettingsNotSet(
            {"holds_from": "It can hold from today or from a later day, never from earlier."}
        )
    return now if day == day_of(now) else start_of_day(day)


def day_typed(typed: str, part: str) -> date | None:
    """One day as typed, None where nothing was. Raises SettingsNotSet naming the part."""
    if not typed.strip():
        return None
    try:
        read = parse_as_typed(typed.strip()[:100])
    except DateNotUnderstood as refused:
        raise SettingsNotSet({part: refused.reason}) from refused
    if not read.is_exact or read.from_min is None:
        raise SettingsNotSet({part: "Give one day, like 3 March 2027."})
    return read.from_min
