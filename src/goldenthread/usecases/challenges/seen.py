"""What a permitted reader is shown of a challenge: who may read its entries reads it, nobody else.

A step whose entry the reader may not see is left out, and with it where the challenge stands: one
sentence says that there is more and whom to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.access.decision import Actor, Decision, FamilyTies, Outcome
from goldenthread.domain.challenges.course import (
    Clock,
    Course,
    StepKind,
    clock_from,
    clock_of,
    course_of,
)
from goldenthread.domain.challenges.sealing import is_whole
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import visible_filings, visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges import reading
from goldenthread.records.challenges.ladders import AnswererRow
from goldenthread.records.challenges.reading import ChallengeRow, StepRow
from goldenthread.records.shared.conditions import is_one_of
from goldenthread.usecases._steps.holidays import holidays
from goldenthread.usecases._steps.permission import Permission, event_of
from goldenthread.usecases.challenges.in_force import answerers_in_force

NO_SUCH_CHALLENGE = "There is no such challenge in what you can read."
NOT_THEIRS = Decision(Outcome.DENY, "challenge-not-for-this-reader", NO_SUCH_CHALLENGE)


@dataclass(frozen=True, slots=True)
class ChallengeSeen:
    """A challenge as one reader sees it.

    `course` and `clock` are None where the reader may not see every step (`is_partial`); `clock` is
    None too where no response time was set. `answerer` is who the partnership named for the present
    stage. `clocks` gives, by the number of the step that started it, each stage's clock.
    """

    row: ChallengeRow
    steps: tuple[StepRow, ...]
    course: Course | None
    clock: Clock | None
    answerer: AnswererRow | None
    clocks: Mapping[int, Clock]

    @property
    def is_partial(self) -> bool:
        """Whether there are steps of which the reader's agency has not been told."""
        return self.course is None

    @property
    def issue(self) -> str:
        """The issue, in the raiser's words."""
        return self.steps[0].words


def challenges_seen(
    permission: Permission, rows: Iterable[ChallengeRow], *, now: datetime
) -> tuple[ChallengeSeen, ...]:
    """Those of a family's challenges that the reader may read, in their order; a few queries."""
    rows = tuple(rows)
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    return _shown(rows, lambda wanted: {case: _among(visible, wanted)}, now=now)


def challenges_across(
    actor: Actor, ties: Mapping[UUID, FamilyTies], rows: Iterable[ChallengeRow], *, now: datetime
) -> tuple[ChallengeSeen, ...]:
    """`challenges_seen` over many families, in a fixed number of queries; in the order given.

    `ties` are the actor's to each family.
    """

    def read(wanted: set[UUID]) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = defaultdict(set)
        filings = visible_filings(ties, actor, now=now).filter(statement__in=wanted)
        for case, statement in filings.values_list("case_id", "statement_id"):
            found[case].add(statement)
        return found

    return _shown(tuple(rows), read, now=now)


def _shown(
    rows: tuple[ChallengeRow, ...],
    read: Callable[[set[UUID]], Mapping[UUID, set[UUID]]],
    *,
    now: datetime,
) -> tuple[ChallengeSeen, ...]:
    """Those whose entry `read` gives for their family, by what it gives of their steps."""
    steps = reading.steps_of(row.id for row in rows)
    carried = {s.statement for taken in steps.values() for s in taken if s.statement}
    seen = read(carried | {row.statement for row in rows}) if rows else {}
    shown = [row for row in rows if row.statement in seen.get(row.case, ())]
    answerers = answerers_in_force(now) if shown else {}
    return tuple(
        _seen(row, steps[row.id], seen[row.case], answerers, now=now)
        for row in shown
        if row.id in steps
    )


def challenge_seen(permission: Permission, id: UUID, *, now: datetime) -> ChallengeSeen | None:
    """One challenge of the family, or None where the reader may not know of it.

    Where there is none the database is asked the same: an answer that comes sooner would tell.
    """
    row = reading.challenge(permission.family.id, id)
    if row is None:
        reading.steps_of([id])
        readable(permission, [id], now=now)
        return None
    return next(iter(challenges_seen(permission, [row], now=now)), None)


def readable(permission: Permission, statements: Iterable[UUID], *, now: datetime) -> set[UUID]:
    """Those of these statements that the reader may read."""
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    return _among(visible, statements)


def _among(visible: QuerySet[Any], statements: Iterable[UUID]) -> set[UUID]:
    return set(visible.filter(is_one_of("id", statements)).values_list("id", flat=True))


def _seen(
    row: ChallengeRow,
    steps: tuple[StepRow, ...],
    seen: set[UUID],
    answerers: Mapping[tuple[UUID, int], AnswererRow],
    *,
    now: datetime,
) -> ChallengeSeen:
    told = tuple(one for one in steps if one.statement in seen)
    if any(one.statement and one.statement not in seen for one in steps):
        return ChallengeSeen(row, told, None, None, None, {})
    course = course_of(one.step for one in steps)
    today = day_of(now)
    clocks = {
        one.number: clock
        for one in course.steps
        if (clock := clock_from(course, one, holidays(), today)) is not None
    }
    return ChallengeSeen(
        row=row,
        steps=steps,
        course=course,
        clock=clock_of(course, holidays(), today),
        answerer=answerers.get((row.asked_of, course.stage)),
        clocks=clocks,
    )


def said_in(row: ChallengeRow, pins: Iterable[tuple[UUID, str]]) -> dict[str, object]:
    """Everything a challenge says, as its digest covers it."""
    return {
        "id": str(row.id), "case": str(row.case), "target": str(row.target),
        "statement": str(row.statement), "raised_by": str(row.raised_by),
        "agency": str(row.agency), "asked_of": str(row.asked_of), "wanted": row.wanted,
        "why": row.why, "immediate_risk": row.immediate_risk, "acted_now": row.acted_now,
        "relies": [[str(statement), digest] for statement, digest in pins],
    }  # fmt: skip


def said_at(step: StepRow) -> dict[str, object]:
    """Everything a step says, as its digest covers it."""
    return {
        "id": str(step.id), "number": step.number, "kind": step.kind, "stage": step.stage,
        "stage_name": step.stage_name, "who": step.who, "days": step.days, "unit": step.unit,
        "on": step.on.isoformat(), "statement": str(step.statement or ""), "outcome": step.outcome,
        "words": step.words, "effect": step.effect, "by": str(step.by), "agency": str(step.agency),
    }  # fmt: skip


def is_as_it_was(row: ChallengeRow, steps: Iterable[StepRow]) -> bool:
    """Whether a challenge and every step of it still say what they said when they were kept."""
    steps = tuple(steps)
    seals = [row.digest, *(one.digest for one in steps)]
    return is_whole(said_in(row, reading.pins_of(row.id)), [said_at(one) for one in steps], seals)


def open_entries(seen: ChallengeSeen) -> tuple[UUID, ...]:
    """The entries by which it was raised and taken further: what an answer answers."""
    kinds = (StepKind.RAISED, StepKind.TAKEN_FURTHER)
    return tuple(one.statement for one in seen.steps if one.kind in kinds and one.statement)


def refused(permission: Permission, resource: UUID) -> audit.Event:
    """The audit event of a challenge or an entry asked for that is not the reader’s to read."""
    case = permission.family.id
    return event_of(permission.actor, permission.action, NOT_THEIRS, case, resource=str(resource))
