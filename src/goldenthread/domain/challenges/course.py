"""The course of one challenge: raised, answered, taken further, and settled; it never goes back.

    raised --answered--> answered --accepted--> settled
       |                    |
       +--- taken further --+---> the next stage, with a clock of its own
       +--- resolved or withdrawn, with words ---> settled

Nothing here stops or delays anything else: a challenge never pauses what protects a child, and no
other part of the service asks whether one is open before it lets anybody act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from goldenthread.domain.challenges.working_days import Due, Holidays, Unit, days_past, due_after
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word

# What records that somebody decided, planned, or chose not to share.
CHALLENGEABLE = frozenset(
    {
        Kind.DECISION.value, Kind.PLAN_CHANGE.value, Kind.STRATEGY_MEETING.value,
        Kind.CONFERENCE.value, Kind.CORE_GROUP.value, Kind.ASSESSMENT.value, Kind.CLOSURE.value,
        Kind.INFORMATION_REFUSED.value,
    }
)  # fmt: skip


class StepKind(Word):
    """What happened to a challenge."""

    RAISED = "raised", "Raised"
    ANSWERED = "answered", "Answered"
    TAKEN_FURTHER = "taken_further", "Taken to another stage"
    ACCEPTED = "accepted", "Answer accepted"
    RESOLVED = "resolved", "Resolved together"
    WITHDRAWN = "withdrawn", "Withdrawn"


CLOSING = frozenset({StepKind.ACCEPTED, StepKind.RESOLVED, StepKind.WITHDRAWN})
CLOCK_STARTS = frozenset({StepKind.RAISED, StepKind.TAKEN_FURTHER})


class AnswerOutcome(Word):
    """What an answer does with the decision."""

    CHANGED = "changed", "The decision or plan is changed"
    PARTLY = "partly", "Part of it is changed"
    STANDS = "stands", "It stands, for the reasons given"


class State(Word):
    """Where a challenge stands."""

    WAITING = "waiting", "Waiting for an answer"
    ANSWERED = "answered", "Answered; whoever raised it has not said whether that settles it"
    SETTLED = "settled", "Settled"


class CannotBeChallenged(Refusal):
    """The entry records no decision or plan."""


class NotAllowedNow(Refusal):
    """The challenge does not stand where this step could be taken."""


class StepOutOfTime(Refusal):
    """A step is dated before what it follows, or in the future."""


class SaysNothing(Refusal):
    """A step without the words it needs; `part` names the field."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number from 1, the stage it was taken at, on which day, and by which agency.

    `days` and `unit` are the response time that starts with it, as the ladder had it that day.
    """

    number: int
    kind: StepKind
    stage: int
    on: date
    agency: UUID
    days: int | None = None
    unit: Unit = Unit.WORKING
    outcome: AnswerOutcome | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A challenge as its steps have left it."""

    steps: tuple[Step, ...]

    @property
    def raised(self) -> Step:
        """The first step."""
        return self.steps[0]

    @property
    def last(self) -> Step:
        """The latest step."""
        return self.steps[-1]

    @property
    def stage(self) -> int:
        """The number of the stage it has come to."""
        return self.last.stage

    @property
    def state(self) -> State:
        """Whether it waits for an answer, has one, or is settled."""
        if self.last.kind in CLOSING:
            return State.SETTLED
        return State.ANSWERED if self.last.kind is StepKind.ANSWERED else State.WAITING

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled."""
        return self.state is not State.SETTLED

    @property
    def clock_started(self) -> Step:
        """The step with which the clock of the present stage started."""
        return next(one for one in reversed(self.steps) if one.kind in CLOCK_STARTS)

    @property
    def first_answer(self) -> Step | None:
        """The first answer at the present stage; None where there is none."""
        since = self.clock_started.number
        return next(
            (s for s in self.steps if s.number > since and s.kind is StepKind.ANSWERED), None
        )

    def days_open(self, today: date) -> int:
        """Calendar days from the day it was raised to the day it was settled, or to today."""
        end = today if self.is_open else self.last.on
        return max(0, (end - self.raised.on).days)


def course_of(steps: Iterable[Step]) -> Course:
    """The course of steps in any order. Raises ValueError where one is missing or goes back."""
    ordered = tuple(sorted(steps, key=lambda one: one.number))
    if not ordered or ordered[0].kind is not StepKind.RAISED:
        raise ValueError("A challenge begins by being raised.")
    for before, after in pairwise(ordered):
        if after.number != before.number + 1:
            raise ValueError(f"Step {before.number + 1} of a challenge is missing.")
        if after.stage < before.stage or before.kind in CLOSING:
            raise ValueError(f"Step {after.number} of a challenge goes back.")
    return Course(ordered)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the present stage: when the answer is due and how that was reached.

    `answered` is the day of the first answer at this stage. `late_by` counts days of the clock's
    unit past the due day, to the answer or to today; 0 where there are none.
    """

    due: Due
    answered: date | None
    late_by: int
    is_running: bool

    @property
    def is_overdue(self) -> bool:
        """Whether an answer is still awaited after its day."""
        return self.is_running and self.late_by > 0


def clock_of(course: Course, holidays: Holidays, today: date) -> Clock | None:
    """The clock of the present stage on a day; None where no response time was set for it."""
    return clock_from(course, course.clock_started, holidays, today)


def clock_from(course: Course, started: Step, holidays: Holidays, today: date) -> Clock | None:
    """The clock that started with a step; None where that step starts none."""
    if started.days is None:
        return None
    due = due_after(started.on, started.days, started.unit, holidays)
    later = [one for one in course.steps if one.number > started.number]
    stopped = next((one for one in later), None)
    answered = stopped.on if stopped and stopped.kind is StepKind.ANSWERED else None
    until = stopped.on if stopped else today
    return Clock(due, answered, days_past(due, until, holidays), is_running=stopped is None)


def refuse_target(kind: str) -> None:
    """Raise CannotBeChallenged where an entry of a kind records no decision or plan."""
    if kind not in CHALLENGEABLE:
        raise CannotBeChallenged(
            "This entry records no decision or plan. You can dispute what it says, or challenge "
            "the decision that rests on it."
        )


def refuse_step(course: Course, kind: StepKind, *, by_raiser: bool) -> None:
    """Raise NotAllowedNow where a step of a kind cannot follow.

    `by_raiser` is whether it is taken for the agency that raised the challenge.
    """
    if kind is StepKind.RAISED:
        raise NotAllowedNow("It has been raised already.")
    if not course.is_open:
        raise NotAllowedNow(
            "This challenge is settled. If the disagreement goes on, raise it anew: what was said "
            "before stays."
        )
    if kind is not StepKind.ANSWERED and not by_raiser:
        raise NotAllowedNow("Only the agency that raised it can say so.")
    if kind is StepKind.ACCEPTED and course.state is not State.ANSWERED:
        raise NotAllowedNow("There is no answer at this stage yet that could be accepted.")


def refuse_stage(course: Course, to: int, last: int, *, may_skip: bool) -> None:
    """Raise NotAllowedNow where a challenge cannot be taken to a stage of a ladder.

    Only where a child is at immediate risk may stages be passed over (`may_skip`).
    """
    if course.stage >= last:
        raise NotAllowedNow(
            "This is the last stage there is. Ask for a decision in writing; the challenge stays "
            "open until it is settled."
        )
    if to <= course.stage or to > last:
        raise NotAllowedNow("Choose a later stage.")
    if to > course.stage + 1 and not may_skip:
        raise NotAllowedNow(
            "Go to the next stage. Stages are passed over only when a child is at immediate risk."
        )


def refuse_day(on: date, *, since: date, today: date) -> None:
    """Raise StepOutOfTime for a day before what the step follows, or in the future."""
    if on > today:
        raise StepOutOfTime("This day is in the future.")
    if on < since:
        raise StepOutOfTime("This day is before what it follows. Check the day.")


def refuse_silence(part: str, words: str, reason: str, *, longest: int = 10_000) -> None:
    """Raise SaysNothing where a field holds no words, or more than are taken."""
    if not words.strip():
        raise SaysNothing(part, reason)
    if len(words) > longest:
        raise SaysNothing(part, f"Say this in {longest:,} characters at most.")
