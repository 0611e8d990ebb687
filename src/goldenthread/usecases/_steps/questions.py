"""The questions a family's network leaves open, and what became of each: never silently gone.

A question arises only from what its reader may see. An answer's own words belong to the agency that
gave it, as an entry's do; others see that there is one, who carries it and by when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.network.gaps import Gap, gaps_of
from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.network.reading import AnswerRow, answers_of
from goldenthread.usecases._steps.gap_facts import curiosity_rules, facts_of
from goldenthread.usecases._steps.network_seen import LoadedNetwork
from goldenthread.usecases._steps.permission import Permission

STILL_OPEN = (GapOutcome.TAKEN_ON, GapOutcome.CARRIED_TO_SUPERVISION)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer to a question. `words` is None where they are another agency's own.

    Then `agency_name` says whom to ask.
    """

    outcome: GapOutcome
    words: str | None
    agency: UUID
    agency_name: str
    answered_by: str
    owner: UUID | None
    owner_name: str
    due: date | None
    asked_on: date | None
    statement: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One thing nobody knows, with everything that became of it, latest first.

    `asked` is the sentence and `about` the people's ids. `gap` is None for a question that was
    answered and no longer arises: it stays listed, as it was asked.
    """

    id: str
    gap: Gap | None
    asked: str
    about: tuple[str, ...]
    answers: tuple[ShownAnswer, ...]

    @property
    def latest(self) -> ShownAnswer | None:
        """What became of it last; None where nobody has taken it on."""
        return self.answers[0] if self.answers else None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer, taken on or not."""
        if self.gap is None:
            return False
        return self.latest is None or self.latest.outcome in STILL_OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether the next step's date has passed."""
        last = self.latest
        return self.is_open and last is not None and last.due is not None and last.due < today


def gaps_and_questions(
    permission: Permission, loaded: LoadedNetwork, viewpoint: Viewpoint
) -> tuple[tuple[Gap, ...], tuple[Question, ...]]:
    """What was not known from the viewpoint, and each question with its answers, latest first.

    Questions that were answered and no longer arise come last, for the agencies that answered or
    carry them and for a chair.
    """
    rules = curiosity_rules()
    gaps = gaps_of(
        loaded.seen,
        facts_of(loaded, rules),
        rules=rules.thresholds,
        on=day_of(viewpoint.as_of),
    )
    answers = _answers_by_gap(permission, loaded)
    asked = [
        Question(gap.id, gap, gap.question, gap.about, _all_shown(answers.pop(gap.id, ())))
        for gap in gaps
    ]
    settled = [
        Question(id, None, own[0].question, tuple(own[0].about), _all_shown(given))
        for id, given in sorted(answers.items())
        if (own := [answer.row for answer in given if answer.is_own])
    ]
    return gaps, (*asked, *settled)


@dataclass(frozen=True, slots=True)
class _Given:
    """One answer as the reader is shown it; `is_own` is whether they carry the question too."""

    row: AnswerRow
    shown: ShownAnswer
    is_own: bool


def _all_shown(given: Iterable[_Given]) -> tuple[ShownAnswer, ...]:
    return tuple(answer.shown for answer in given)


def _answers_by_gap(permission: Permission, loaded: LoadedNetwork) -> dict[str, list[_Given]]:
    """By gap, latest first: each answer the reader is shown."""
    found: dict[str, list[_Given]] = defaultdict(list)
    readable = loaded.readable
    for row in reversed(answers_of(permission.family.id)):
        if row.statement is not None and row.statement not in readable:
            continue  # what came out is in an entry the reader may not read
        is_own = _is_own(permission, row)
        words_shown = is_own or row.statement is not None
        found[row.gap].append(_Given(row, _shown(row, words_shown), is_own))
    return found


def _is_own(permission: Permission, row: AnswerRow) -> bool:
    if permission.given.is_for_others:
        return False
    own = permission.actor.agency in (row.agency, row.owner_agency)
    return own or permission.ties.reads_all


def _shown(row: AnswerRow, words_shown: bool) -> ShownAnswer:
    return ShownAnswer(
        outcome=GapOutcome(row.outcome),
        words=row.words if words_shown else None,
        agency=row.agency,
        agency_name=row.agency_name,
        answered_by=row.answered_by,
        owner=row.owner,
        owner_name=row.owner_name or "",
        due=row.due,
        asked_on=row.asked_on,
        statement=row.statement,
        recorded_at=row.recorded_at,
    )
