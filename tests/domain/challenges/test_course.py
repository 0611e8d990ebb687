"""The course of a challenge: it never goes back, nothing of it is lost, and it stops nothing."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from goldenthread.domain.challenges.course import (
    CLOSING,
    AnswerOutcome,
    CannotBeChallenged,
    NotAllowedNow,
    SaysNothing,
    State,
    Step,
    StepKind,
    StepOutOfTime,
    clock_of,
    course_of,
    refuse_day,
    refuse_silence,
    refuse_stage,
    refuse_step,
    refuse_target,
)
from goldenthread.domain.challenges.working_days import Holidays, Unit

HV, CSC = UUID(int=1), UUID(int=2)
NONE = Holidays({}, 2100)
START = date(2026, 10, 15)
LAST = 5


def step(number, kind, stage=1, on=START, **more) -> Step:
    by = CSC if kind is StepKind.ANSWERED else HV
    return Step(number, kind, stage, on, by, **more)


RAISED = step(1, StepKind.RAISED, days=10)


def test_raised_it_waits_and_the_clock_runs():
    course = course_of([RAISED])
    clock = clock_of(course, NONE, START + timedelta(days=1))

    assert (course.state, course.stage, course.is_open) == (State.WAITING, 1, True)
    assert (clock.due.on, clock.is_running, clock.is_overdue) == (date(2026, 10, 29), True, False)


def test_the_day_after_it_was_due_it_is_overdue_and_the_day_itself_is_not():
    course = course_of([RAISED])

    assert not clock_of(course, NONE, date(2026, 10, 29)).is_overdue
    assert clock_of(course, NONE, date(2026, 10, 30)).is_overdue


def test_an_answer_stops_the_clock_and_says_how_late_it_was():
    late = step(2, StepKind.ANSWERED, on=date(2026, 11, 2), outcome=AnswerOutcome.STANDS)
    course = course_of([late, RAISED])
    clock = clock_of(course, NONE, date(2027, 1, 1))

    assert (course.state, clock.answered, clock.late_by) == (State.ANSWERED, date(2026, 11, 2), 2)
    assert not clock.is_running and not clock.is_overdue


def test_taken_further_a_clock_of_its_own_starts():
    further = step(2, StepKind.TAKEN_FURTHER, 2, date(2026, 11, 2), days=3, unit=Unit.CALENDAR)
    course = course_of([RAISED, further])

    assert clock_of(course, NONE, START).due.on == date(2026, 11, 5)
    assert course.first_answer is None


def test_a_stage_without_a_response_time_has_no_clock():
    assert clock_of(course_of([step(1, StepKind.RAISED)]), NONE, START) is None


def test_accepting_needs_an_answer_at_the_present_stage():
    answered = step(2, StepKind.ANSWERED, outcome=AnswerOutcome.CHANGED)
    further = step(3, StepKind.TAKEN_FURTHER, 2)

    refuse_step(course_of([RAISED, answered]), StepKind.ACCEPTED, by_raiser=True)
    for steps in ([RAISED], [RAISED, answered, further]):
        with pytest.raises(NotAllowedNow, match="no answer at this stage"):
            refuse_step(course_of(steps), StepKind.ACCEPTED, by_raiser=True)


@pytest.mark.parametrize(
    "kind", [k for k in StepKind if k not in (StepKind.RAISED, StepKind.ANSWERED)]
)
def test_only_the_raising_agency_takes_it_on_or_settles_it(kind):
    answered = step(2, StepKind.ANSWERED, outcome=AnswerOutcome.CHANGED)

    with pytest.raises(NotAllowedNow, match="Only the agency that raised it"):
        refuse_step(course_of([RAISED, answered]), kind, by_raiser=False)


@pytest.mark.parametrize("kind", list(StepKind))
def test_nothing_follows_once_it_is_settled(kind):
    course = course_of([RAISED, step(2, StepKind.WITHDRAWN)])

    with pytest.raises(NotAllowedNow):
        refuse_step(course, kind, by_raiser=True)


@pytest.mark.parametrize(
    ("to", "may_skip", "said"),
    [(1, True, "later stage"), (0, True, "later stage"), (9, True, "later stage"),
     (3, False, "passed over only")],
)  # fmt: skip
def test_stages_are_taken_in_order_unless_a_child_is_at_immediate_risk(to, may_skip, said):
    with pytest.raises(NotAllowedNow, match=said):
        refuse_stage(course_of([RAISED]), to, LAST, may_skip=may_skip)
    refuse_stage(course_of([RAISED]), 2, LAST, may_skip=False)
    refuse_stage(course_of([RAISED]), 4, LAST, may_skip=True)


def test_after_the_last_stage_there_is_none():
    with pytest.raises(NotAllowedNow, match="last stage"):
        refuse_stage(course_of([dataclasses.replace(RAISED, stage=LAST)]), 6, LAST, may_skip=True)


def test_days_follow_what_they_follow():
    refuse_day(START, since=START, today=START)
    with pytest.raises(StepOutOfTime, match="future"):
        refuse_day(START + timedelta(days=1), since=START, today=START)
    with pytest.raises(StepOutOfTime, match="before what it follows"):
        refuse_day(START - timedelta(days=1), since=START, today=START)


@pytest.mark.parametrize("words", ["", "  \n "])
def test_a_step_without_words_says_which_field(words):
    with pytest.raises(SaysNothing) as refused:
        refuse_silence("wanted", words, "Say what you want.")
    assert refused.value.part == "wanted"


@pytest.mark.parametrize("kind", ["observation", "challenge", "birth", "strength", "child_voice"])
def test_what_is_no_decision_cannot_be_challenged(kind):
    with pytest.raises(CannotBeChallenged, match="dispute"):
        refuse_target(kind)


@pytest.mark.parametrize(
    "kind", ["decision", "plan_change", "conference", "closure", "strategy_meeting"]
)
def test_decisions_and_plans_can(kind):
    refuse_target(kind)


def test_a_step_that_is_missing_or_goes_back_is_seen():
    further = step(2, StepKind.TAKEN_FURTHER, 2)
    with pytest.raises(ValueError, match="missing"):
        course_of([RAISED, step(3, StepKind.TAKEN_FURTHER, 2)])
    with pytest.raises(ValueError, match="goes back"):
        course_of([RAISED, further, step(3, StepKind.ANSWERED, 1)])
    with pytest.raises(ValueError, match="goes back"):
        course_of([RAISED, step(2, StepKind.WITHDRAWN), step(3, StepKind.ANSWERED)])
    with pytest.raises(ValueError, match="begins"):
        course_of([])


class AnyCourse(RuleBasedStateMachine):
    """Somebody does whatever the rules allow, in any order; what they refuse is not done."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.seen: list[tuple[Step, ...]] = []
        self.on = START

    @initialize(days=st.one_of(st.none(), st.integers(1, 20)))
    def raised(self, days):
        self._take(StepKind.RAISED, 1, days=days)

    @rule(days=st.integers(0, 30))
    def time_passes(self, days):
        self.on += timedelta(days=days)

    @rule(kind=st.sampled_from(StepKind), by_raiser=st.booleans(), to=st.integers(0, 7),
          may_skip=st.booleans(), days=st.one_of(st.none(), st.integers(1, 20)))  # fmt: skip
    def tries(self, kind, by_raiser, to, may_skip, days):
        course = course_of(self.steps)
        stage = course.stage
        try:
            refuse_step(course, kind, by_raiser=by_raiser)
            if kind is StepKind.TAKEN_FURTHER:
                refuse_stage(course, to, LAST, may_skip=may_skip)
                stage = to
        except NotAllowedNow:
            return
        self._take(kind, stage, days=days if kind is StepKind.TAKEN_FURTHER else None)

    def _take(self, kind, stage, days):
        outcome = AnswerOutcome.STANDS if kind is StepKind.ANSWERED else None
        by = CSC if kind is StepKind.ANSWERED else HV
        self.steps.append(
            Step(len(self.steps) + 1, kind, stage, self.on, by, days, outcome=outcome)
        )
        self.seen.append(tuple(self.steps))

    @precondition(lambda self: self.steps)
    @invariant()
    def the_stage_never_goes_back(self):
        stages = [one.stage for one in course_of(self.steps).steps]
        assert stages == sorted(stages) and stages[-1] <= LAST

    @precondition(lambda self: self.steps)
    @invariant()
    def nothing_is_lost(self):
        course = course_of(reversed(self.steps))
        assert course.steps == tuple(self.steps)
        assert all(course.steps[: len(before)] == before for before in self.seen)

    @precondition(lambda self: self.steps)
    @invariant()
    def once_settled_it_stays_as_it_is(self):
        settled = [one for one in self.steps if one.kind in CLOSING]
        assert len(settled) <= 1
        assert not settled or self.steps[-1] is settled[0]

    @precondition(lambda self: self.steps)
    @invariant()
    def there_is_one_clock_and_only_waiting_makes_it_run(self):
        course = course_of(self.steps)
        clock = clock_of(course, NONE, self.on)
        if clock is not None:
            assert clock.is_running == (course.state is State.WAITING)
            assert clock.due.start == course.clock_started.on
            assert clock.is_overdue == (
                clock.is_running and self.on > clock.due.on and clock.late_by > 0
            )


AnyCourse.TestCase.settings = settings(max_examples=200, stateful_step_count=25, deadline=None)
TestAnyCourse = AnyCourse.TestCase
