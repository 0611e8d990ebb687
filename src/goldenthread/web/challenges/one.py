"""One challenge: what was said, every step with its clock, who answers, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.challenges.course import AnswerOutcome, State, StepKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.challenges.read_challenges import ChallengeRead, read_challenge
from goldenthread.usecases.chronology.read_history import Sought, read_history
from goldenthread.web.challenges import words
from goldenthread.web.challenges.entries import entry_shown
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_in_words, listed

NOT_AS_IT_WAS = (
    "This record does not say what it said when it was kept: its seal is broken. Tell whoever "
    "looks after the service, and rely on nothing here until they have answered."
)
RELIES_ON_MORE = "It relies on further entries that your agency has not been told. Ask {agency}."


@require_GET
def challenge(request: HttpRequest, case: UUID, challenge: UUID) -> HttpResponse:
    """Show one challenge. One that may not be read does not exist here."""
    now = clock.now()
    read = read_challenge(request.actor, case, challenge, now=now)
    seen, row = read.seen, read.seen.row
    wanted = frozenset({*read.relies, *([read.target] if read.target else [])})
    history = read_history(request.actor, case, Viewpoint(now), now=now, sought=Sought(only=wanted))
    cards = {one.id: entry_shown(one, case) for one in history.entries}
    page = {
        "frame": family_frame(read.family, current="challenges", today=day_of(now)),
        "made_by": made_by(read.family, now=now),
        "back_link": {"text": "Challenges", "href": reverse("challenges", kwargs={"case": case})},
        "raised": (
            f"Raised by {row.raised_by_name}, {row.agency_name}, on "
            f"{day_in_words(seen.steps[0].on, weekday=True)}"
        ),
        "asked_of": row.asked_of_name,
        "issue": seen.issue,
        "wanted": row.wanted,
        "why": row.why,
        "at_risk": row.acted_now if row.immediate_risk else "",
        "not_whole": "" if read.is_whole else NOT_AS_IT_WAS,
        "partial": words.MORE_NOT_TOLD.format(agency=row.agency_name) if seen.is_partial else "",
        "state": words.state_sentence(seen.course) if seen.course else "",
        "clock": list(_clock(read)),
        "who": words.who_answers(seen, day_of(now)) if _waits(read) else [],
        "generic": read.generic if _waits(read) else "",
        "target": cards.get(read.target) if read.target else None,
        "relies": [
            {**cards[one], "changed": one in read.changed} for one in read.relies if one in cards
        ],
        "relies_on_more": (
            RELIES_ON_MORE.format(agency=row.agency_name) if read.relies_on_more else ""
        ),
        "lacking": listed(read.lacking),
        "steps": list(_steps(read, case)),
        "praise": [
            {"who": f"{one.name}, {one.agency_name}, {day_in_words(one.on)}", "words": one.words}
            for one in read.praise
        ],
        "doing": list(_doing(read, case)),
        "praise_at": _at(case, row.id, "praise") if not seen.is_partial else "",
    }
    return render(request, "challenges/one.jinja", page)


def _waits(read: ChallengeRead) -> bool:
    course = read.seen.course
    return course is not None and course.state is State.WAITING


def _clock(read: ChallengeRead) -> Iterator[str]:
    """The clock of the present stage with its arithmetic; once settled, what came of it."""
    course, found = read.seen.course, read.seen.clock
    if course is None:
        return
    if course.state is State.SETTLED:
        if effect := read.seen.steps[-1].effect:
            yield f"What changed: {effect}"
        yield f"It took {counted(course.days_open(course.last.on), 'day')} from beginning to end."
        return
    yield words.clock_sentence(found)
    if found is not None:
        yield words.arithmetic(found.due)


def _steps(read: ChallengeRead, case: UUID) -> Iterator[dict[str, object]]:
    """Every step the reader may see, first to last, with the clock it started."""
    course = read.seen.course
    for one in read.seen.steps:
        kind = StepKind(one.kind)
        found = read.seen.clocks.get(one.number)
        if course is not None and course.is_open and one.number == course.clock_started.number:
            found = None  # the clock of the present stage stands at the head of the page
        raised = kind is StepKind.RAISED
        yield {
            "title": (
                f"Taken to stage {one.stage}: {one.stage_name}"
                if kind is StepKind.TAKEN_FURTHER
                else f"{kind.label}, stage {one.stage}: {one.stage_name}"
            ),
            "when": day_in_words(one.on, weekday=True),
            "machine": one.on.isoformat(),
            "by": f"{one.by_name}, {one.agency_name}",
            "outcome": AnswerOutcome.label_of(one.outcome) if one.outcome else "",
            "words": "" if raised else one.words,
            "effect": one.effect,
            "clock": (
                f"{words.clock_sentence(found)} {words.arithmetic(found.due)}" if found else ""
            ),
            "entry_at": (
                reverse("entry", kwargs={"case": case, "statement": one.statement})
                if one.statement
                else ""
            ),
        }


def _doing(read: ChallengeRead, case: UUID) -> Iterator[dict[str, object]]:
    """What this reader can do next; the first is what the challenge waits for."""
    course, row = read.seen.course, read.seen.row
    if course is None or not course.is_open:
        return
    if read.is_raiser and course.state is State.ANSWERED:
        yield {"text": "Accept the answer", "href": _at(case, row.id, "accept"), "is_main": True}
    if read.may_answer:
        again = "Add to the answer" if course.state is State.ANSWERED else "Answer it"
        is_main = course.state is State.WAITING
        yield {"text": again, "href": _at(case, row.id, "answer"), "is_main": is_main}
    if read.is_raiser:
        if read.ladder.after(course.stage):
            is_late = bool(read.seen.clock and read.seen.clock.is_overdue)
            at = _at(case, row.id, "further")
            yield {"text": "Take it to the next stage", "href": at, "is_main": is_late}
        for text, kind in (
            ("Say it was resolved together", "resolve"),
            ("Withdraw it", "withdraw"),
        ):
            yield {"text": text, "href": _at(case, row.id, kind), "is_main": False}


def _at(case: UUID, challenge: UUID, kind: str) -> str:
    return reverse(
        "challenge_step_start", kwargs={"case": case, "challenge": challenge, "kind": kind}
    )
