"""Who answers at a stage, and who stands in for them between which days.

A deputy whose time is over answers nothing: whoever relies on one is told so in words, where it
happens, and whom to ask instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.shared.partial_date import MONTHS
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word


class ExpiredDeputy(Refusal):
    """Somebody named as deputy stands in no longer, or not yet."""


class NotWhoAnswers(Refusal):
    """Somebody else answers at this stage."""


class DeputyNotUnderstood(Refusal):
    """A deputy was named without days, or with days that cannot be; `part` is which field."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


class DeputyState(Word):
    """How a named deputy stands on a day."""

    NONE = "none", "No deputy is named"
    NOT_YET = "not_yet", "Stands in later"
    STANDS_IN = "stands_in", "Stands in now"
    OVER = "over", "Stands in no longer"


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers at a stage for an agency, and their deputy from one day through another."""

    practitioner: UUID
    deputy: UUID | None = None
    deputy_from: date | None = None
    deputy_to: date | None = None

    def deputy_state(self, on: date) -> DeputyState:
        """How the deputy stands on a day."""
        if self.deputy is None or self.deputy_from is None or self.deputy_to is None:
            return DeputyState.NONE
        if on < self.deputy_from:
            return DeputyState.NOT_YET
        return DeputyState.STANDS_IN if on <= self.deputy_to else DeputyState.OVER

    def answering(self, on: date) -> tuple[UUID, ...]:
        """Those who may answer on a day: the person named, and a deputy in their time."""
        stands_in = self.deputy is not None and self.deputy_state(on) is DeputyState.STANDS_IN
        return (
            (self.practitioner, self.deputy) if stands_in and self.deputy else (self.practitioner,)
        )


def answerer_of(
    practitioner: UUID,
    deputy: UUID | None,
    deputy_from: date | None,
    deputy_to: date | None,
    *,
    today: date,
) -> Answerer:
    """Name who answers, as decided today. Raises DeputyNotUnderstood."""
    if deputy is None:
        return Answerer(practitioner)
    if deputy == practitioner:
        raise DeputyNotUnderstood("deputy", "The deputy is the same person. Choose somebody else.")
    if deputy_from is None:
        raise DeputyNotUnderstood("deputy_from", "Say from which day the deputy stands in.")
    if deputy_to is None:
        raise DeputyNotUnderstood("deputy_to", "Say through which day the deputy stands in.")
    if deputy_to < deputy_from:
        raise DeputyNotUnderstood("deputy_to", "This day is before the deputy begins.")
    if deputy_to < today:
        raise DeputyNotUnderstood(
            "deputy_to", "This day has passed, so nobody would stand in. Give a later day."
        )
    return Answerer(practitioner, deputy, deputy_from, deputy_to)


def refuse_who_does_not_answer(
    answerer: Answerer, person: UUID, on: date, *, names: dict[UUID, str]
) -> None:
    """Raise ExpiredDeputy or NotWhoAnswers where a person cannot answer on a day.

    `names` says what each person is called, for the sentence.
    """
    if person in answerer.answering(on):
        return
    named = names.get(answerer.practitioner, "the person named for this stage")
    if person == answerer.deputy:
        over = answerer.deputy_state(on) is DeputyState.OVER
        day = answerer.deputy_to if over else answerer.deputy_from
        said = f"stood in until {_day(day)}" if over else f"stands in from {_day(day)}"
        raise ExpiredDeputy(
            f"{names.get(person, 'The deputy')} {said}. Ask {named}, or ask the partnership "
            "manager to name a deputy for now. What you wrote is kept."
        )
    raise NotWhoAnswers(f"At this stage {named} answers. Say that the answer is theirs, or ask.")


def _day(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}" if day else "a day not given"
