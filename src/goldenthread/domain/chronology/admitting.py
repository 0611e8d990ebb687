"""Admitting an entry: from what somebody wants to record to statements the record can hold.

The same function serves the page, the import and the command line. It asks for five things (who,
what, when, source, how known), takes "not known" for an answer, and never guesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.provenance.awareness import Awareness, known_since
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.provenance.vocabulary import (
    AwarenessLevel,
    Fidelity,
    HowKnown,
    KnownBasis,
    LawfulBasis,
    Polarity,
)
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.domain.shared.partial_date import PartialDate, not_known
from goldenthread.domain.shared.refusal import Refusal

LONGEST_TEXT = 50_000  # characters in one field; longer belongs in a document


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one part of an entry, in a sentence for the person who can mend it."""

    part: str
    sentence: str


class CannotBeRecorded(Refusal):
    """An entry lacks something it must have; `problems` says what, part by part."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Telling:
    """That another agency was told, or that it was decided not to tell it, and why.

    `reason` is what it was told for, or why it was not. `to_person` is who there was told in
    person. `receipt_asked` is whether somebody there is asked to say that they have read it.
    """

    to_agency: UUID
    told: PartialDate = field(default_factory=not_known)
    shared: bool = True
    lawful_basis: str = LawfulBasis.NOT_RECORDED
    channel: str = ""
    fidelity: str = Fidelity.VERBATIM
    reason: str = ""
    review_on: date | None = None
    shared_by: UUID | None = None
    subject_told: str = ""
    to_person: UUID | None = None
    receipt_asked: bool = False


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """What somebody wants to put in the record. `id` is minted where the form or row is read."""

    id: UUID
    agency: UUID
    text: str
    happened: PartialDate
    how_known: str
    subjects: tuple[Subject, ...]
    kind: str
    known: PartialDate = field(default_factory=not_known)
    informant: str = ""
    reasoning: str = ""
    asserted_by: UUID | None = None
    asserted_by_words: str = ""
    polarity: str = Polarity.ASSERTS
    concerns: tuple[str, ...] = ()
    impact: str = ""
    action: str = ""
    significance: str = ""
    reference: str = ""
    tellings: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One telling as the record keeps it, with the instant it counts from."""

    id: UUID
    telling: Telling
    told_at: datetime
    told_basis: KnownBasis


@dataclass(frozen=True, slots=True)
class AdmittedEntry:
    """A statement with who knows it: ready to be appended."""

    statement: Statement
    awareness: tuple[Awareness, ...]
    told: tuple[ToldRow, ...]


def admit(proposed: ProposedEntry, *, now: datetime) -> AdmittedEntry:
    """Turn a proposal into what the record can hold.

    Raises CannotBeRecorded naming every problem at once.
    """
    problems = tuple(_problems(proposed, day_of(now)))
    if problems:
        raise CannotBeRecorded(problems)
    known_at, basis = known_since(proposed.known, proposed.happened, now=now)
    statement = Statement(
        id=proposed.id,
        agency=proposed.agency,
        kind=proposed.kind,
        text=proposed.text.strip(),
        happened=proposed.happened,
        known_at=known_at,
        known_basis=basis,
        how_known=proposed.how_known,
        informant=proposed.informant.strip(),
        reasoning=proposed.reasoning.strip(),
        asserted_by=proposed.asserted_by,
        asserted_by_words=proposed.asserted_by_words.strip(),
        polarity=proposed.polarity,
        concerns=proposed.concerns,
        impact=proposed.impact.strip(),
        action=proposed.action.strip(),
        significance=proposed.significance,
        reference=proposed.reference.strip(),
        subjects=proposed.subjects,
    )
    told = tuple(told_row(proposed.id, telling, now) for telling in proposed.tellings)
    return AdmittedEntry(statement, _awareness(statement, told), told)


def _problems(proposed: ProposedEntry, today: date) -> Iterator[Problem]:
    if not proposed.subjects:
        yield Problem("people", "Say who this is about.")
    if not proposed.text.strip():
        yield Problem("text", "Say what happened, in a sentence or more.")
    for part in ("text", "impact", "action"):
        if len(getattr(proposed, part)) > LONGEST_TEXT:
            yield Problem(part, f"This is longer than {LONGEST_TEXT:,} characters.")
    began = proposed.happened.from_min
    if began is not None and began > today:
        yield Problem("happened", "This date is in the future. Record it once it has happened.")
    known = proposed.known.from_min
    if known is not None and known > today:
        yield Problem("known", "Your agency cannot have known this before today's date arrives.")
    if proposed.how_known == HowKnown.INFERRED and not proposed.reasoning.strip():
        yield Problem("reasoning", "Say what makes you think so.")
    for telling in proposed.tellings:
        yield from problems_of_telling(telling, proposed.agency, today)


def problems_of_telling(telling: Telling, agency: UUID, today: date) -> Iterator[Problem]:
    """What stands in the way of recording that `agency` told another, or decided not to."""
    if telling.to_agency == agency:
        yield Problem("tellings", "Your own agency knows this already.")
    if telling.shared and telling.told.from_min is not None and telling.told.from_min > today:
        yield Problem("tellings", "The date another agency was told is in the future.")
    if not telling.shared and not telling.reason.strip():
        yield Problem("tellings", "Say why this was not shared.")
    if not telling.shared and telling.review_on is None:
        yield Problem("tellings", "Say when the decision not to share will be looked at again.")


def told_row(statement: UUID, telling: Telling, now: datetime) -> ToldRow:
    """The telling with the instant it counts from.

    When nobody wrote down the day, it counts from `now`: none is credited earlier.
    """
    latest = telling.told.from_max or telling.told.to_max
    told_at = now if latest is None else min(start_of_day(latest), now)
    basis = KnownBasis.ASSUMED
    if latest is not None:
        basis = KnownBasis.DAY if telling.told.is_exact else KnownBasis.ABOUT
    outcome = "told" if telling.shared else "not-told"
    words = f"{outcome}:{telling.to_agency}{in_person(telling)}"
    return ToldRow(uuid5(statement, words), telling, told_at, basis)


def in_person(telling: Telling) -> str:
    """What tells a telling to one named person apart from one to their agency."""
    return f":{telling.to_person}" if telling.to_person else ""


def _awareness(statement: Statement, told: tuple[ToldRow, ...]) -> tuple[Awareness, ...]:
    own = Awareness(statement.id, statement.agency, statement.known_at, AwarenessLevel.ORIGINATED)
    others = (
        Awareness(statement.id, row.telling.to_agency, row.told_at, AwarenessLevel.TOLD)
        for row in told
        if row.telling.shared
    )
    return (own, *dict.fromkeys(others))  # two people of one agency make it know once
