"""What nobody knows, as plain questions with an owner and a date; answered ones stay listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.usecases.network.shown import Question, ShownAnswer, ShownNetwork
from goldenthread.web.case.open_questions import state_words
from goldenthread.web.kit.words import day_in_words, day_of_instant
from goldenthread.web.network import wording
from goldenthread.web.network.scene import Scene


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page shows it; `state` says in a sentence whose it is and by when."""

    id: str
    kind: str
    question: str
    people: tuple[tuple[str, str], ...]
    because: tuple[tuple[str, str], ...]
    state: str
    is_overdue: bool
    said: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions still open, and those answered or explained."""

    open: tuple[Asked, ...]
    settled: tuple[Asked, ...]


def questions_of(
    shown: ShownNetwork, scene: Scene, *, today: date, question_at: Callable[[str], str]
) -> Questions:
    """Every question of the family: overdue first, then those nobody has taken on."""
    found = [(one, _asked(one, scene, today, question_at)) for one in shown.questions]
    still = [(one, asked) for one, asked in found if one.is_open]
    still.sort(key=lambda pair: (not pair[1].is_overdue, pair[0].latest is not None))
    return Questions(
        open=tuple(asked for _, asked in still),
        settled=tuple(asked for one, asked in found if not one.is_open),
    )


def asked_about(
    shown: ShownNetwork, scene: Scene, person: str, *, question_at: Callable[[str], str]
) -> tuple[Asked, ...]:
    """The open questions about one person."""
    return tuple(
        _asked(one, scene, shown.made_at.date(), question_at)
        for one in shown.questions
        if one.is_open and one.gap is not None and person in one.gap.about
    )


def question_words(question: Question) -> str:
    """The question itself; what stands for it where it no longer arises."""
    return question.gap.question if question.gap else "A question that no longer arises"


def answer_words(answer: ShownAnswer) -> str:
    """One answer in a sentence, with who gave it and when."""
    said = GapOutcome.label_of(answer.outcome)
    if answer.asked_on:
        said += f" (asked on {day_in_words(answer.asked_on)})"
    words = answer.words if answer.words is not None else f"ask {answer.agency_name}"
    by = ", ".join(part for part in (answer.answered_by, answer.agency_name) if part)
    return f"{said}: {words.rstrip('.')}. {by}, {day_of_instant(answer.recorded_at)}."


def _asked(
    question: Question, scene: Scene, today: date, question_at: Callable[[str], str]
) -> Asked:
    gap = question.gap
    about = gap.about if gap else ()
    return Asked(
        id=question.id,
        kind=gap.kind if gap else "",
        question=question_words(question),
        people=tuple(
            (scene.name(one), scene.person_at(one)) for one in about if one in scene.people
        ),
        because=because_in_words(scene, gap.because if gap else ()),
        state=state_words(question),
        is_overdue=question.is_overdue(today),
        said=tuple(answer_words(one) for one in question.answers),
        href=question_at(question.id),
    )


def because_in_words(scene: Scene, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What a question rests on: claims in words and other entries, each with its address."""
    found = []
    for key in keys:
        claim = scene.claims.get(key)
        if claim is None:
            found.append(("an entry", scene.entry_at(key)))
        elif claim.source is not None:
            said = wording.sentence(claim, scene.people, scene.called)
            found.append((said, scene.entry_at(claim.source.statement)))
    return tuple(dict.fromkeys(found))
