"""Raises, answers and settles the challenges of a family's story, as its people did on its days.

A family's `challenges.toml` says them in order. Each goes through the ordinary use case by whoever
took the step; what is there already is left as it is, and a day that has not come for later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.challenges.course import StepKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import LONDON
from goldenthread.usecases.challenges.answer_challenge import AnswerSaid, answer_challenge
from goldenthread.usecases.challenges.praise_challenge import praise_challenge
from goldenthread.usecases.challenges.raise_challenge import ChallengeSaid, raise_challenge
from goldenthread.usecases.challenges.read_challenges import read_challenges
from goldenthread.usecases.challenges.settle_challenge import StepSaid, settle_challenge
from goldenthread.usecases.challenges.take_further import FurtherSaid, take_further
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]
AFTERNOON = time(16, 0)  # when a step was recorded on its day, in England


def raise_all(told: dict[str, Any], case: UUID, acts: Acts, key: Key, *, now: datetime) -> int:
    """Take every step that is not there yet; returns how many are new.

    `told` is a challenges.toml and `acts` who a practitioner acts as. Raises KeyError where it
    names a row that no spreadsheet holds.
    """
    return sum(_take_all(one, case, acts, key, now=now) for one in told["challenge"])


def _take_all(told: dict[str, Any], case: UUID, acts: Acts, key: Key, *, now: datetime) -> int:
    id = key("challenge", told["key"])
    steps = list(_steps(told, id, case, acts, key))
    due = [(at, take) for at, take in steps if at <= now]
    kept = _kept(acts(told["by"]), case, id, now=now)
    for at, take in due[kept:]:
        take(at)
    for place, one in enumerate(told.get("praise", ())):
        praise, at = key("challenge praise", f"{told['key']} {place}"), _instant(one["on"])
        if at <= now:
            praise_challenge(acts(one["by"]), case, id, one["words"], id=praise, now=at)
    return len(due[kept:])


def _kept(actor: Actor, case: UUID, id: UUID, *, now: datetime) -> int:
    """How many steps of a challenge there are already."""
    found = read_challenges(actor, case, now=now).challenges
    return next((len(one.steps) for one in found if one.row.id == id), 0)


def _steps(
    told: dict[str, Any], id: UUID, case: UUID, acts: Acts, key: Key
) -> Iterator[tuple[datetime, Callable[[datetime], object]]]:
    """Each step with its instant and what takes it."""
    yield _instant(told["on"]), lambda at: _raise(told, id, case, acts(told["by"]), key, at)
    for place, one in enumerate(told.get("step", ()), start=2):
        step = key("challenge step", f"{told['key']} {place}")
        yield (
            _instant(one["on"]),
            lambda at, one=one, step=step: _step(one, id, case, acts(one["by"]), step, at),
        )


def _raise(
    told: dict[str, Any], id: UUID, case: UUID, actor: Actor, key: Key, at: datetime
) -> None:
    history = read_history(actor, case, Viewpoint(at), now=at)
    rows = {one.statement.reference: one.id for one in history.entries if one.statement.reference}
    said = ChallengeSaid(
        issue=told["issue"],
        wanted=told["wanted"],
        why=told["why"],
        immediate_risk=False,
        entries=tuple(rows[one] for one in told["relies"]),
        tell=tuple(key("agency", one) for one in told["tell"]),
    )
    raise_challenge(actor, case, _target(told, history, rows), said, id=id, now=at)


def _target(told: dict[str, Any], history: History, rows: dict[str, UUID]) -> UUID:
    """The entry that is challenged: a row, or the latest of a kind on a day, else `target_row`."""
    target = told["target"]
    if "row" in target:
        return rows[target["row"]]
    alike = [
        one.id
        for one in history.entries
        if one.statement.kind == target["kind"] and one.happened.edtf == target["on"]
    ]
    return alike[-1] if alike else rows[told["target_row"]]


def _step(
    one: dict[str, Any], id: UUID, case: UUID, actor: Actor, step: UUID, at: datetime
) -> None:
    kind = StepKind(one["kind"])
    if kind is StepKind.ANSWERED:
        answer = AnswerSaid(one["outcome"], one["words"], one["effect"])
        answer_challenge(actor, case, id, answer, id=step, now=at)
    elif kind is StepKind.TAKEN_FURTHER:
        take_further(actor, case, id, FurtherSaid(one["words"]), id=step, now=at)
    else:
        said = StepSaid(one["words"], one.get("effect", ""))
        settle_challenge(actor, case, id, kind, said, id=step, now=at)


def _instant(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), AFTERNOON, LONDON).astimezone(UTC)
