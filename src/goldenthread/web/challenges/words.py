"""What the pages of challenges say, in words: clocks with their arithmetic, states, who answers.

It must never blame: a day has passed, and that is said of the day and of nobody.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.challenges.answering import DeputyState
from goldenthread.domain.challenges.course import Clock, Course, State, StepKind
from goldenthread.domain.challenges.ladder import Stage
from goldenthread.domain.challenges.working_days import Due, Unit
from goldenthread.usecases.challenges.read_challenges import ChallengeSeen
from goldenthread.web.kit.words import counted, day_in_words, listed

ACT_NOW = (
    "If a child is at immediate risk, act now: ring 999, then children’s social care. A challenge "
    "never takes the place of that, and nothing that protects the child waits for an answer."
)
MORE_NOT_TOLD = (
    "There is more to this challenge than your agency has been told, so where it stands is not "
    "shown here. Ask {agency}."
)
WEEKENDS = ("Saturday", "Sunday")


def arithmetic(due: Due) -> str:
    """How a due day was reached: "3 working days after Thursday 15 October 2026 is ..."."""
    one, many = ("working day", "") if due.unit is Unit.WORKING else ("day", "")
    start = day_in_words(due.start, weekday=True)
    said = f"{counted(due.days, one, many)} after {start} is {day_in_words(due.on, weekday=True)}."
    weekend = sum(1 for _, why in due.left_out if why in WEEKENDS)
    passed = [counted(weekend, "day") + " at weekends"] if weekend else []
    passed += [
        f"{why} ({day.day} {day_in_words(day).split()[1]})"
        for day, why in due.left_out
        if why not in WEEKENDS
    ]
    if passed:
        said += f" Not counted: {listed(passed)}."
    if not due.is_certain:
        said += " The bank holidays of that year are not known here yet, so it could be later."
    return said


def of_unit(number: int, due: Due) -> str:
    """A number of days in the unit of a clock."""
    return counted(number, "working day" if due.unit is Unit.WORKING else "day")


def clock_sentence(clock: Clock | None) -> str:
    """Where a clock stands, in one sentence."""
    if clock is None:
        return "No response time is set for this stage."
    on = day_in_words(clock.due.on, weekday=True)
    if clock.is_overdue:
        ago = of_unit(clock.late_by, clock.due)
        return f"An answer was due on {on}, {ago} ago. None is recorded yet."
    if clock.is_running:
        return f"An answer is due by {on}."
    if clock.answered is None:
        return f"It went on without an answer at this stage; one was due by {on}."
    answered = day_in_words(clock.answered, weekday=True)
    if clock.late_by:
        return f"Answered on {answered}, {of_unit(clock.late_by, clock.due)} after {on}."
    return f"Answered on {answered}, within the time of this stage ({on})."


def state_sentence(course: Course) -> str:
    """Where a challenge stands, in one sentence, without its clock."""
    on = day_in_words(course.last.on, weekday=True)
    if course.state is State.SETTLED:
        ended = {
            StepKind.ACCEPTED: "The answer was accepted",
            StepKind.RESOLVED: "It was resolved together",
            StepKind.WITHDRAWN: "It was withdrawn",
        }[course.last.kind]
        return f"{ended} on {on}, at stage {course.stage}."
    if course.state is State.ANSWERED:
        return (
            f"Answered on {on}. Whoever raised it now says whether that settles it, or takes it on."
        )
    return f"Stage {course.stage}: waiting for an answer."


def stage_words(stage: Stage) -> str:
    """One stage: "Stage 2, Managers: 10 working days"."""
    one = "working day" if stage.unit is Unit.WORKING else "day"
    time = counted(stage.days, one) if stage.days else "no response time is set"
    return f"Stage {stage.number}, {stage.name}: {time}"


def who_answers(seen: ChallengeSeen, today: date) -> list[str]:
    """Who answers at the present stage, in sentences; a deputy in it no longer is pointed out."""
    last = seen.steps[-1]
    named = seen.answerer
    if named is None:
        return [
            f"Who answers at this stage: {last.who} ({seen.row.asked_of_name}). "
            "The partnership has named nobody, so anybody of that agency may."
        ]
    said = [f"{named.practitioner_name} answers at this stage, for {seen.row.asked_of_name}."]
    state = named.answerer.deputy_state(today)
    if named.deputy_from and named.deputy_to and state is not DeputyState.NONE:
        first, last_day = day_in_words(named.deputy_from), day_in_words(named.deputy_to)
        said.append(
            {
                DeputyState.NOT_YET: f"{named.deputy_name} stands in from {first} to {last_day}.",
                DeputyState.STANDS_IN: f"{named.deputy_name} stands in until {last_day}.",
                DeputyState.OVER: (
                    f"{named.deputy_name} stood in until {last_day} and does so no longer. The "
                    "partnership manager can name a deputy for now."
                ),
            }[state]
        )
    return said


def address(case: UUID, challenge: UUID) -> str:
    """The address of one challenge's page."""
    return reverse("challenge", kwargs={"case": case, "challenge": challenge})


def line_of(seen: ChallengeSeen, case: UUID) -> dict[str, object]:
    """One challenge in a list: its issue, by whom, to whom, and where it stands."""
    row, first = seen.row, seen.steps[0]
    course = seen.course
    state = (
        [MORE_NOT_TOLD.format(agency=row.agency_name)]
        if course is None
        else [state_sentence(course)]
    )
    if course is not None and course.state is State.WAITING:
        state.append(clock_sentence(seen.clock))
    return {
        "href": address(case, row.id),
        "title": shortened(seen.issue),
        "raised": (
            f"Raised by {row.raised_by_name}, {row.agency_name}, on "
            f"{day_in_words(first.on, weekday=True)}. To {row.asked_of_name}."
        ),
        "state": state,
        "is_open": course is None or course.is_open,
        "is_overdue": bool(seen.clock and seen.clock.is_overdue),
    }


def shortened(words: str, longest: int = 110) -> str:
    """The beginning of what was written, on one line."""
    plain = " ".join(words.split())
    if len(plain) <= longest:
        return plain
    whole, _, _ = plain[: longest + 1].rpartition(" ")
    return f"{(whole or plain[:longest]).rstrip('.,;:')} …"
