"""Answer what nobody knew: take it on, carry it to supervision, say what came out, or that they
would not say.

An unknown has an owner and a next step with a date until it is answered. "Asked, and they would not
say" is an answer, with the day it was asked. Earlier answers stay.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import team_of
from goldenthread.records.network import store as network
from goldenthread.records.network.reading import AnswerRow, answers_of
from goldenthread.records.provenance import store as provenance
from goldenthread.records.shared.reading import practitioners_of_agency
from goldenthread.usecases._steps.network_seen import load_network
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.questions import gaps_and_questions
from goldenthread.usecases.network.shown import STILL_OPEN, Question

__all__ = ["CannotAnswerGap", "GapOutcome", "NotFoundHere", "answer_gap"]

LONGEST_WORDS = 2_000  # characters; what came out belongs in an entry


class CannotAnswerGap(Refusal):
    """An answer lacks something its kind must have; `part` is the part of the form to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


def answer_gap(
    actor: Actor,
    case_id: UUID,
    gap_id: str,
    outcome: GapOutcome,
    words: str,
    owner: UUID | None = None,
    due: date | None = None,
    *,
    now: datetime,
    asked_on: date | None = None,
    statement: UUID | None = None,
) -> bool:
    """Add what became of a question that this reader has, in words; answers with whether it is new.

    TAKEN_ON and CARRIED_TO_SUPERVISION need an owner (of the family's team or the actor's agency)
    and the date of the next step, which `words` names; ASKED_REFUSED needs the day it was asked.
    `statement` is the entry that says what came out. Asking twice adds one. Raises NotFoundHere and
    CannotAnswerGap.
    """
    outcome = _fit(outcome, words, owner, due, asked_on, today=day_of(now))
    with permitted(actor, case_id, Action.ANSWER_GAP, now=now) as permission:
        question = _question(permission, gap_id, statement, now=now)
        if owner is not None and owner not in _who_may_own(permission, now):
            raise CannotAnswerGap(
                "owner", "Choose somebody of this family's team, or a colleague of yours."
            )
        provenance.hold(uuid5(case_id, gap_id))
        before = [row for row in answers_of(case_id) if row.gap == gap_id]
        answer = network.NewAnswer(
            id=uuid5(case_id, f"answer:{gap_id}:{len(before)}"),
            case=case_id,
            gap=gap_id,
            question=question.asked,
            about=question.about,
            outcome=str(outcome),
            words=words.strip(),
            agency=actor.agency,
            answered_by=actor.account,
            statement=statement,
            owner=owner,
            due=due,
            asked_on=asked_on,
        )
        if before and _says_the_same(before[-1], answer):
            return False
        return network.answer_gap(answer, permission.event(resource=gap_id, outcome=str(outcome)))


def _question(
    permission: Permission, gap_id: str, statement: UUID | None, *, now: datetime
) -> Question:
    """The question as this reader has it, where they may read the entry that answers it too."""
    loaded = load_network(permission, Viewpoint(now), now=now)
    _, questions = gaps_and_questions(permission, loaded, Viewpoint(now))
    found = next((one for one in questions if one.id == gap_id), None)
    if found is None:
        raise NotFoundHere("There is no such question in what you can read.", gap_id)
    if statement is not None and statement not in loaded.readable:
        raise NotFoundHere("There is no such entry in what you can read.", statement)
    return found


def _fit(
    outcome: str, words: str, owner: UUID | None, due: date | None, asked_on: date | None, *,
    today: date,
) -> GapOutcome:  # fmt: skip
    """The outcome, where everything its kind must have is there. Raises CannotAnswerGap."""
    if outcome not in dict(GapOutcome.choices()):
        raise CannotAnswerGap("outcome", "Choose what became of this question from the list.")
    kind = GapOutcome(outcome)
    if not words.strip():
        raise CannotAnswerGap(
            "words",
            "Say what the next step is." if kind in STILL_OPEN else "Say what came out, or why.",
        )
    if len(words) > LONGEST_WORDS:
        raise CannotAnswerGap("words", f"This is longer than {LONGEST_WORDS:,} characters.")
    if kind in STILL_OPEN and owner is None:
        raise CannotAnswerGap("owner", "Say who will see to it.")
    if kind in STILL_OPEN and due is None:
        raise CannotAnswerGap("due", "Say by when the next step will be done.")
    if kind is GapOutcome.ASKED_REFUSED and asked_on is None:
        raise CannotAnswerGap("asked_on", "Say on which day they were asked.")
    if asked_on is not None and asked_on > today:
        raise CannotAnswerGap("asked_on", "This date is in the future.")
    if kind in STILL_OPEN and due is not None and due < today:
        raise CannotAnswerGap("due", "Choose today or a day to come for the next step.")
    return kind


def _who_may_own(permission: Permission, now: datetime) -> set[UUID]:
    team = {one.practitioner for one in team_of(permission.family.id, on=day_of(now))}
    return team | {one.id for one in practitioners_of_agency(permission.actor.agency)}


def _says_the_same(last: AnswerRow, answer: network.NewAnswer) -> bool:
    parts = (
        "outcome", "words", "agency", "owner", "due", "asked_on", "statement",
    )  # fmt: skip
    return all(getattr(last, part) == getattr(answer, part) for part in parts)
