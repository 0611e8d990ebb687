"""What became of a telling: told, opened, acknowledged, and what came of it.

Answers the finding that information was sent and nobody could say whether it arrived. Telling an
agency is one step, a person of it reading the whole entry is another, and neither stands for the
other: that an agency was told opens nothing, and that somebody opened it acknowledges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.provenance.vocabulary import ReceiptStep
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word


@dataclass(frozen=True, slots=True)
class Told:
    """One telling, or decision not to tell, as the record holds it. `told` is EDTF, or empty."""

    id: UUID
    statement: UUID
    from_agency: UUID
    to_agency: UUID
    shared: bool
    told: str
    told_at: datetime
    recorded_at: datetime
    lawful_basis: str = ""
    channel: str = ""
    fidelity: str = ""
    reason: str = ""
    review_on: date | None = None
    subject_told: str = ""
    to_person: UUID | None = None
    shared_by: UUID | None = None
    receipt_asked: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one person, reading for `agency`, did with one statement, and when."""

    statement: UUID
    practitioner: UUID
    agency: UUID
    step: str
    words: str
    given_at: datetime


class Reached(Word):
    """How far a telling has come."""

    TOLD = "told", "Told"
    OPENED = "opened", "Opened"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"


@dataclass(frozen=True, slots=True)
class ReceiptRules:
    """In how many days somebody is asked to acknowledge what their agency was told."""

    acknowledge_within: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one telling has come, by whom and when; each tuple oldest first.

    `due` is the last day on which acknowledging is in time; None where nobody was asked to.
    """

    told: Told
    reached: Reached
    opened: tuple[Receipt, ...]
    acknowledged: tuple[Receipt, ...]
    asked_back: tuple[Receipt, ...]
    came_of_it: tuple[Receipt, ...]
    due: date | None

    @property
    def is_awaited(self) -> bool:
        """Whether somebody was asked to acknowledge it and nobody has."""
        return self.told.receipt_asked and not self.acknowledged

    def is_late(self, today: date) -> bool:
        """Whether it is still awaited after the last day on which it was in time."""
        return self.is_awaited and self.due is not None and today > self.due


def progress_of(told: Told, receipts: Iterable[Receipt], rules: ReceiptRules) -> Progress:
    """How far one telling has come, by what people of the agency that was told did with it.

    The days are counted from the day it could be read here: the later of the day it was told and
    the day the telling was written down. Nobody is late for what was written down today.
    """
    ours = sorted(
        (r for r in receipts if (r.statement, r.agency) == (told.statement, told.to_agency)),
        key=lambda one: (one.given_at, str(one.practitioner)),
    )
    opened, acknowledged, asked_back, came = (
        tuple(one for one in ours if one.step == step)
        for step in (
            ReceiptStep.OPENED,
            ReceiptStep.ACKNOWLEDGED,
            ReceiptStep.ASKED_BACK,
            ReceiptStep.CAME_OF_IT,
        )
    )
    reached = Reached.ACKNOWLEDGED if acknowledged else Reached.OPENED if opened else Reached.TOLD
    from_day = day_of(max(told.told_at, told.recorded_at))
    within = timedelta(days=rules.acknowledge_within)
    due = from_day + within if told.receipt_asked else None
    return Progress(told, reached, opened, acknowledged, asked_back, came, due)


def standing_decisions(rows: Iterable[Told]) -> tuple[Told, ...]:
    """The decisions not to tell that still hold, the next to be looked at again first.

    The latest of one agency about one statement and one other agency counts, and none counts once
    that agency was told after all.
    """
    latest: dict[tuple[UUID, UUID, UUID], Told] = {}
    for row in sorted(rows, key=lambda one: (one.recorded_at, one.shared, str(one.id))):
        latest[row.statement, row.from_agency, row.to_agency] = row
    kept = [row for row in latest.values() if not row.shared]
    return tuple(sorted(kept, key=lambda one: (one.review_on or date.max, str(one.id))))
