"""How disagreements were resolved, for a whole partnership, told without naming one.

Counted under the rules for open questions (`risk.unanswered`): a count that could tell of one
family is not given, the others are rounded. No family, practitioner or agency is a heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.challenges.course import AnswerOutcome, Course, State, StepKind
from goldenthread.domain.risk.unanswered import (
    CountingRules,
    Line,
    Unanswered,
    is_too_few,
    lines_of,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """One challenge as it is counted: of which family, and its course."""

    family: UUID
    course: Course


@dataclass(frozen=True, slots=True)
class Resolving:
    """Families with a challenge, in words: by how it ended, what the answer did, and by stage.

    A line gives the families in each band of days from the day a challenge was raised to the day it
    was settled, or to today. Where there are too few families in all there are no lines.
    """

    how: tuple[Line, ...]
    did: tuple[Line, ...]
    stages: tuple[Line, ...]
    all: Line


def resolving(challenges: Iterable[Counted], rules: CountingRules, today: date) -> Resolving:
    """Count families by their challenges; the one that took longest stands for a family in a line.

    Headings stand in a fixed order, never in that of the counts; a stage with few is not listed.
    """
    told = list(challenges)
    whole = lines_of(_under(told, lambda one: "", today), rules, today, [""])[0]
    if is_too_few(len({one.family for one in told}), rules):
        return Resolving((), (), (), whole)
    return Resolving(
        how=lines_of(_under(told, how_it_ended, today), rules, today, HOW),
        did=lines_of(_under(_answered(told), what_it_did, today), rules, today, DID),
        stages=lines_of(_under(told, lambda one: f"Stage {one.course.stage}", today), rules, today),
        all=whole,
    )


HOW: Sequence[str] = (
    "Answer accepted", "Resolved together", "Withdrawn", "Answered, not yet settled",
    "Waiting for an answer",
)  # fmt: skip


DID: Sequence[str] = tuple(outcome.label for outcome in AnswerOutcome)


def what_it_did(one: Counted) -> str:
    """What the latest answer did with the decision."""
    answers = [step.outcome for step in one.course.steps if step.outcome is not None]
    return answers[-1].label


def _answered(told: Iterable[Counted]) -> list[Counted]:
    return [one for one in told if any(step.outcome for step in one.course.steps)]


def how_it_ended(one: Counted) -> str:
    """Under which heading a challenge is counted."""
    if one.course.state is State.ANSWERED:
        return "Answered, not yet settled"
    return one.course.last.kind.label if one.course.last.kind in _ENDS else "Waiting for an answer"


_ENDS = (StepKind.ACCEPTED, StepKind.RESOLVED, StepKind.WITHDRAWN)


def _under(
    told: Iterable[Counted], heading: Callable[[Counted], str], today: date
) -> list[Unanswered]:
    """Each as the counting of open questions takes it: since when, as if it had ended today."""
    return [
        Unanswered(one.family, heading(one), today - timedelta(days=one.course.days_open(today)))
        for one in told
    ]
