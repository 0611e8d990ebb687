"""Acknowledge an entry one's agency was told, ask back, and say what came of it.

The second step of sharing: that an agency was told is its teller's word; that somebody there has
read it is theirs. Answers the finding that information was sent and not received.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.provenance.vocabulary import ReceiptStep
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.provenance.reading import agency_of, known_from_of
from goldenthread.records.provenance.receipts import give
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

__all__ = ["CannotAcknowledge", "NotFoundHere", "Received", "acknowledge_entry", "came_of_entry"]

LONGEST_WORDS = 4_000  # characters; what happened belongs in an entry


class CannotAcknowledge(Refusal):
    """This cannot be said of this entry by this person; `part` names the field, or ""."""

    def __init__(self, reason: str, part: str = "") -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class Received:
    """What is in the record now; `already` says that all of it was there before."""

    already: bool


def acknowledge_entry(
    actor: Actor,
    case_id: UUID,
    statement: UUID,
    *,
    will_do: str = "",
    asks: str = "",
    now: datetime,
) -> Received:
    """Record that the actor has read an entry their agency was told.

    `will_do` is what they will do with it, `asks` a question to whoever told them. Acknowledging
    twice keeps the first. Raises NotFoundHere and CannotAcknowledge.
    """
    said = [(ReceiptStep.ACKNOWLEDGED, will_do)]
    if asks.strip():
        said.append((ReceiptStep.ASKED_BACK, asks))
    return _receive(actor, case_id, statement, said, now=now)


def came_of_entry(
    actor: Actor, case_id: UUID, statement: UUID, words: str, *, now: datetime
) -> Received:
    """Record what came of an entry the actor's agency was told, for whoever told it.

    Raises NotFoundHere and CannotAcknowledge.
    """
    if not words.strip():
        raise CannotAcknowledge("Say what came of it.", "came_of_it")
    return _receive(actor, case_id, statement, [(ReceiptStep.CAME_OF_IT, words)], now=now)


def _receive(
    actor: Actor,
    case_id: UUID,
    statement: UUID,
    said: list[tuple[ReceiptStep, str]],
    *,
    now: datetime,
) -> Received:
    for problem in _too_long(said):
        raise problem
    with permitted(actor, case_id, Action.RECEIVE_ENTRY, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if not readable.filter(id=statement).exists():
            raise NotFoundHere("There is no such entry in what you can read.", statement)
        _refuse_unfit(actor, statement, now)
        fresh = [
            step
            for step, words in said
            if give(
                statement, step, practitioner=actor.practitioner, agency=actor.agency,
                words=words, given_at=now, recorded_by=actor.account,
            )
        ]  # fmt: skip
        if fresh:
            audit.append(permission.event(resource=str(statement), received=fresh))
    return Received(already=not fresh)


def _refuse_unfit(actor: Actor, statement: UUID, now: datetime) -> None:
    if agency_of(statement) == actor.agency:
        raise CannotAcknowledge("Your own agency made this entry: nobody told you of it.")
    if known_from_of(statement, agency=actor.agency, by=now) is None:
        raise CannotAcknowledge("Your agency was not told this: you read it as conference chair.")


STEP_FIELD = {
    ReceiptStep.ACKNOWLEDGED: "will_do",
    ReceiptStep.ASKED_BACK: "asks",
    ReceiptStep.CAME_OF_IT: "came_of_it",
}


def _too_long(said: list[tuple[ReceiptStep, str]]) -> Iterator[CannotAcknowledge]:
    for step, words in said:
        if len(words) > LONGEST_WORDS:
            sentence = f"This is longer than {LONGEST_WORDS:,} characters."
            yield CannotAcknowledge(sentence, STEP_FIELD[step])
