"""Answer a challenge: what becomes of the decision, why, by whom, and what changed because of it.

Named by the partnership for a stage are one person and, between two days, their deputy. Where it
has named nobody, anybody of the agency that decided may answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.challenges.answering import (
    ExpiredDeputy,
    NotWhoAnswers,
    refuse_who_does_not_answer,
)
from goldenthread.domain.challenges.course import (
    AnswerOutcome,
    NotAllowedNow,
    SaysNothing,
    StepKind,
    StepOutOfTime,
)
from goldenthread.domain.provenance.vocabulary import Kind, LinkKind
from goldenthread.records.shared.reading import practitioners_by_id, practitioners_of_agency
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.step_taken import Asked, Carried, StepSaid, Taken, take_step

__all__ = [
    "AnswerSaid",
    "ExpiredDeputy",
    "NotAllowedNow",
    "NotFoundHere",
    "NotWhoAnswers",
    "SaysNothing",
    "StepOutOfTime",
    "answer_challenge",
]

# An answer to a disagreement about a decision is itself a decision of whoever answers.
CARRIED = Carried(Kind.DECISION, LinkKind.CLARIFIES)


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """An answer in the answerer's words: `given_by` is the actor where None, `on` today."""

    outcome: str
    words: str
    effect: str
    given_by: UUID | None = None
    on: date | None = None


def answer_challenge(
    actor: Actor, case_id: UUID, challenge: UUID, said: AnswerSaid, *, id: UUID, now: datetime,
    draft: UUID | None = None,
) -> Taken:  # fmt: skip
    """Keep an answer and tell it to all who know of the challenge; the clock stops with it.

    Raises NotFoundHere, NotAllowedNow, NotWhoAnswers, ExpiredDeputy, SaysNothing, StepOutOfTime.
    """

    def refuse(asked: Asked) -> None:
        if said.outcome not in AnswerOutcome._value2member_map_:
            raise SaysNothing("outcome", "Say what becomes of the decision or plan.")
        refuse_whoever_does_not_answer(asked, said.given_by or actor.practitioner)

    return take_step(
        actor, case_id, challenge, StepKind.ANSWERED, StepSaid(said.words, said.effect, said.on),
        id=id, now=now, carried=CARRIED, refuse=refuse, outcome=said.outcome, by=said.given_by,
        draft=draft,
    )  # fmt: skip


def refuse_whoever_does_not_answer(asked: Asked, given_by: UUID) -> None:
    """Raise NotWhoAnswers or ExpiredDeputy where this answer is not this agency's to give."""
    actor, row, named = asked.permission.actor, asked.seen.row, asked.seen.answerer
    people = {given_by}
    if named is not None:
        people |= {named.practitioner} | ({named.deputy} if named.deputy else set())
    known = practitioners_by_id(people)
    speaking = {row.asked_of} | ({known[named.practitioner].agency} if named else set())
    if actor.agency not in speaking:
        raise NotWhoAnswers(f"{row.asked_of_name} answers this challenge.")
    if named is None:
        if given_by not in {one.id for one in practitioners_of_agency(row.asked_of)}:
            raise NotWhoAnswers(f"Say who of {row.asked_of_name} gives this answer.")
        return
    names = {id: one.name for id, one in known.items()}
    refuse_who_does_not_answer(named.answerer, given_by, asked.on, names=names)
