"""Reads challenges with their steps. Who may read one is not decided here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.domain.challenges.course import AnswerOutcome, Course, Step, StepKind, course_of
from goldenthread.domain.challenges.working_days import Unit
from goldenthread.records.access.restricting import sealed_families
from goldenthread.records.challenges.models import (
    Challenge,
    ChallengeEntry,
    ChallengePraise,
    ChallengeStep,
)
from goldenthread.records.provenance.models import Awareness


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """One challenge as it was raised: `Challenge`, with names."""

    id: UUID
    case: UUID
    target: UUID
    statement: UUID
    raised_by: UUID
    raised_by_name: str
    agency: UUID
    agency_name: str
    asked_of: UUID
    asked_of_name: str
    wanted: str
    why: str
    immediate_risk: bool
    acted_now: str
    digest: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step: `ChallengeStep`, with the name of whoever took it."""

    id: UUID
    number: int
    kind: str
    stage: int
    stage_name: str
    who: str
    days: int | None
    unit: str
    on: date
    statement: UUID | None
    outcome: str
    words: str
    effect: str
    by: UUID
    by_name: str
    agency: UUID
    agency_name: str
    digest: str

    @property
    def step(self) -> Step:
        """The step as the rules take it."""
        outcome = AnswerOutcome(self.outcome) if self.outcome else None
        return Step(
            self.number, StepKind(self.kind), self.stage, self.on, self.agency, self.days,
            Unit(self.unit), outcome,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PraiseRow:
    """What somebody says a challenge changed."""

    id: UUID
    name: str
    agency_name: str
    words: str
    on: date


def challenges_of(case: UUID) -> list[ChallengeRow]:
    """Every challenge of a family, newest first."""
    return _rows(Challenge.objects.filter(case=case))


def challenges_in(cases: Iterable[UUID]) -> list[ChallengeRow]:
    """Every challenge of these families, newest first."""
    return _rows(Challenge.objects.filter(case__in=list(cases)))


def challenges_about(case: UUID, target: UUID) -> list[ChallengeRow]:
    """The challenges of what one entry decided, newest first."""
    return _rows(Challenge.objects.filter(case=case, target=target))


def challenge(case: UUID, id: UUID) -> ChallengeRow | None:
    """One challenge of a family, or None."""
    return next(iter(_rows(Challenge.objects.filter(case=case, id=id))), None)


def challenge_of(id: UUID) -> UUID | None:
    """The challenge that something of this id is, or is a step or praise of; None where none is."""
    if Challenge.objects.filter(id=id).exists():
        return id
    for table in (ChallengeStep, ChallengePraise):
        found = table.objects.filter(id=id).values_list("challenge_id", flat=True).first()
        if found is not None:
            return found
    return None


def _rows(found: QuerySet[Challenge]) -> list[ChallengeRow]:
    return [
        ChallengeRow(*row)
        for row in found.order_by("-recorded_at", "id").values_list(
            "id", "case_id", "target_id", "statement_id", "raised_by_id", "raised_by__name",
            "agency_id", "agency__name", "asked_of_id", "asked_of__name", "wanted", "why",
            "immediate_risk", "acted_now", "digest",
        )
    ]  # fmt: skip


def steps_of(challenges: Iterable[UUID]) -> Mapping[UUID, tuple[StepRow, ...]]:
    """The steps of these challenges, each in order; one query."""
    found: dict[UUID, list[StepRow]] = defaultdict(list)
    rows = ChallengeStep.objects.filter(challenge__in=list(challenges)).order_by("number")
    for row in rows.values_list(
        "challenge_id", "id", "number", "kind", "stage", "stage_name", "who", "days", "unit", "on",
        "statement_id", "outcome", "words", "effect", "by_id", "by__name", "agency_id",
        "agency__name", "digest",
    ):  # fmt: skip
        found[row[0]].append(StepRow(*row[1:]))
    return {challenge: tuple(steps) for challenge, steps in found.items()}


def every_course() -> list[tuple[UUID, Course]]:
    """The course of every challenge there is, with its family: for counting, never for content.

    A sealed family is in no count.
    """
    counted = ChallengeStep.objects.exclude(challenge__case__in=sealed_families())
    rows = counted.order_by("challenge_id", "number").values_list(
        "challenge__case_id", "challenge_id", "number", "kind", "stage", "on", "agency_id", "days",
        "unit", "outcome",
    )  # fmt: skip
    steps: dict[tuple[UUID, UUID], list[Step]] = defaultdict(list)
    for case, challenge, number, kind, stage, on, agency, days, unit, outcome in rows:
        given = AnswerOutcome(outcome) if outcome else None
        steps[case, challenge].append(
            Step(number, StepKind(kind), stage, on, agency, days, Unit(unit), given)
        )
    return [(case, course_of(taken)) for (case, _), taken in steps.items()]


def pins_of(challenge: UUID) -> list[tuple[UUID, str]]:
    """The entries a challenge relies on, in order, each with the digest it had."""
    rows = ChallengeEntry.objects.filter(challenge=challenge).order_by("position")
    return list(rows.values_list("statement_id", "digest"))


def praise_of(challenge: UUID) -> list[PraiseRow]:
    """What was praised of a challenge, first to last."""
    rows = ChallengePraise.objects.filter(challenge=challenge).order_by("recorded_at", "id")
    fields = "id", "said_by__name", "agency__name", "words", "on"
    return [PraiseRow(*row) for row in rows.values_list(*fields)]


def praise_exists(id: UUID) -> bool:
    """Whether praise of this id was kept already."""
    return ChallengePraise.objects.filter(id=id).exists()


def agencies_that_know(statement: UUID, *, by: datetime) -> set[UUID]:
    """The agencies that know an entry by an instant, its own among them."""
    rows = Awareness.objects.filter(statement=statement, known_from__lte=by)
    return set(rows.values_list("agency_id", flat=True))
