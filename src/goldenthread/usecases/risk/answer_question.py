"""Answer a question of a family's history: what we make of it, what we will do, and who agrees.

The answer is a record with reasons and stays. It holds for the entries the question rested on when
it was put, so that what comes later, or what its author could not see, asks again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.risk.life import OPEN
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import team_of
from goldenthread.records.risk import reading, store
from goldenthread.records.risk.reading import QuestionRow
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import practitioners_of_agency
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.risk.asked import (
    key_of,
    questions_seen,
    reads_restricted,
    rows_anew,
    scope_of,
)

__all__ = ["AnswerGiven", "Answered", "CannotAnswerQuestion", "NotFoundHere", "answer_question"]

LONGEST_WORDS = 4_000  # characters; what happened belongs in an entry


class CannotAnswerQuestion(Refusal):
    """This answer lacks something, or there is nothing to answer; `part` names the field, or ""."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer is in the record.

    `already` says that this same answer was there before, `still_open` that the question goes on
    being asked because of entries the answer was not given about; None where that is not worked out
    yet.
    """

    id: UUID
    already: bool
    still_open: bool | None


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What somebody answers. `who_agrees` are practitioners of the team or of their own agency.

    `seen` are the ids of the entries the question rested on as they read it; with none it is taken
    as it is now.
    """

    what_we_make_of_it: str
    what_we_will_do: str = ""
    by_when: date | None = None
    who_agrees: tuple[UUID, ...] = ()
    seen: frozenset[UUID] | None = None


def answer_question(
    actor: Actor, case_id: UUID, key: str, given: AnswerGiven, *, id: UUID, now: datetime
) -> Answered:
    """Answer one open question that the actor can read; the same `id` is answered once.

    `key` is the question's as `asked` gives it. Raises NotFoundHere and CannotAnswerQuestion.
    """
    _refuse_unfit(given, today=day_of(now))
    with permitted(actor, case_id, Action.ANSWER_QUESTION, now=now) as permission:
        scope = scope_of(permission)
        store.hold_scope(case_id, scope)
        already = _is_there(id, case_id, key, actor)
        if not already:
            question = _open_question(permission, key, now=now)
            _refuse_strangers(permission, given.who_agrees, now=now)
            new = _new_answer(permission, _as_seen(question, given.seen), given, id=id, now=now)
            store.append_answer(
                new, event=permission.event(resource=key, question=question.pattern)
            )
    follow_the_thread(case_id, actor.agency, now=now)
    with transaction.atomic():
        wall.open_for(actor, case_id, on=day_of(now))
        return Answered(id, already, _is_still_open(case_id, scope, key))


def _refuse_unfit(given: AnswerGiven, *, today: date) -> None:
    if not given.what_we_make_of_it.strip():
        raise CannotAnswerQuestion(
            "what_we_make_of_it", "Say what you make of it, so that others can understand."
        )
    for part in ("what_we_make_of_it", "what_we_will_do"):
        if len(getattr(given, part)) > LONGEST_WORDS:
            raise CannotAnswerQuestion(part, f"This is longer than {LONGEST_WORDS:,} characters.")
    if given.by_when is not None and not given.what_we_will_do.strip():
        raise CannotAnswerQuestion("what_we_will_do", "Say what will be done by this day.")
    if given.by_when is not None and given.by_when < today:
        raise CannotAnswerQuestion("by_when", "Choose today or a day to come.")


def _is_there(id: UUID, case_id: UUID, key: str, actor: Actor) -> bool:
    """Whether the actor gave this very answer before. Raises NotFoundHere for any other's id."""
    before = reading.answer_made(id)
    if before is None:
        return False
    account, case, pattern, subject = before
    if (account, case, key_of(pattern, subject)) != (actor.account, case_id, key):
        raise NotFoundHere("There is no such question in what you can read.", key)
    return True


def _open_question(permission: Permission, key: str, *, now: datetime) -> QuestionRow:
    """The question of this key as the actor reads it now, considered against what is new first.

    Raises NotFoundHere, and CannotAnswerQuestion where it is not open.
    """
    asked = questions_seen(permission, now=now)
    seen = next((one for one in asked.open + asked.settled if one.key == key), None)
    if seen is None:
        raise NotFoundHere("There is no such question in what you can read.", key)
    if not seen.is_open:
        raise CannotAnswerQuestion(
            "",
            "This question is not open, so there is nothing to answer. "
            f"It stands as: {seen.state_label.lower()}.",
        )
    rows = (
        rows_anew(permission, now=now)
        if reads_restricted(permission)
        else reading.questions_of(permission.family.id, scope_of(permission))
    )
    return next(row for row in rows if key_of(row.pattern, row.subject) == key)


def _refuse_strangers(permission: Permission, agree: tuple[UUID, ...], *, now: datetime) -> None:
    if not agree:
        return
    team = {one.practitioner for one in team_of(permission.family.id, on=day_of(now))}
    colleagues = {one.id for one in practitioners_of_agency(permission.actor.agency)}
    if set(agree) - team - colleagues:
        raise CannotAnswerQuestion(
            "who_agrees", "Choose people of this family's team, or colleagues of yours."
        )


def _as_seen(question: QuestionRow, seen: frozenset[UUID] | None) -> QuestionRow:
    """The question with no more evidence than its reader had before them.

    Raises CannotAnswerQuestion where nothing is left of that.
    """
    if not seen:
        return question
    if not question.evidence & seen:
        raise CannotAnswerQuestion(
            "", "This question rests on other entries now than those you read. Read it again."
        )
    return replace(question, evidence=question.evidence & seen)


def _new_answer(
    permission: Permission, question: QuestionRow, given: AnswerGiven, *, id: UUID, now: datetime
) -> store.NewAnswer:
    return store.NewAnswer(
        id=id,
        case=permission.family.id,
        agency=permission.actor.agency,
        pooled=question.agency is None,
        question=question,
        what_we_make_of_it=given.what_we_make_of_it.strip(),
        what_we_will_do=given.what_we_will_do.strip(),
        by_when=given.by_when,
        who_agrees=tuple(dict.fromkeys(given.who_agrees)),
        answered_by=permission.actor.account,
        answered_at=now,
    )


def _is_still_open(case: UUID, scope: UUID | None, key: str) -> bool | None:
    for row in reading.questions_of(case, scope):
        if key_of(row.pattern, row.subject) == key:
            return row.state in OPEN
    return None
