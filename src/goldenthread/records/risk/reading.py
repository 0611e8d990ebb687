"""How the questions of a family stand in one scope, their answers, and how far it was considered.

Every function takes the scope: an agency, or None for everything, which a chair alone may read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from goldenthread.domain.risk.life import OPEN
from goldenthread.records.access.restricting import sealed_families
from goldenthread.records.risk.models import (
    ChangeTakenBack,
    Considered,
    QuestionAnswer,
    QuestionChange,
    QuestionNow,
)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as it stands; `because` in the order of days."""

    case: UUID
    agency: UUID | None
    pattern: str
    version: int
    subject: str
    state: str
    since: date
    times: int
    question: str
    asked_of: str
    because: tuple[UUID, ...]
    evidence: frozenset[UUID]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, with the question as it was put."""

    id: UUID
    agency: UUID
    pooled: bool
    pattern: str
    version: int
    subject: str
    question: str
    asked_of: str
    because: tuple[UUID, ...]
    evidence: frozenset[UUID]
    about: tuple[str, ...]
    what_we_make_of_it: str
    what_we_will_do: str
    by_when: date | None
    who_agrees: tuple[UUID, ...]
    practitioner: UUID
    answered_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What somebody said they would do by a day, in answer to a question."""

    case: UUID
    pattern: str
    subject: str
    what_we_will_do: str
    by_when: date


@dataclass(frozen=True, slots=True)
class ConsideredRow:
    """How far a scope was considered: the numbers of rows, through which day, by which rules."""

    statements: int
    links: int
    awareness: int
    answers: int
    through: date
    rules: str
    recorded_at: datetime

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The numbers of statements, links, awareness rows and answers."""
        return self.statements, self.links, self.awareness, self.answers


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of one question, as it was worked out."""

    id: UUID
    pattern: str
    version: int
    subject: str
    state: str
    on: date
    question: str
    asked_of: str
    because: tuple[UUID, ...]
    evidence: tuple[UUID, ...]
    about: tuple[str, ...]


_NOW = (
    "case_id", "agency_id", "pattern", "version", "subject", "state", "since", "times", "question",
    "asked_of", "because", "evidence", "about",
)  # fmt: skip
_ANSWER = (
    "id", "agency_id", "pooled", "pattern", "version", "subject", "question", "asked_of",
    "because", "evidence", "about", "what_we_make_of_it", "what_we_will_do", "by_when",
    "who_agrees", "answered_by__practitioner_id", "answered_at", "recorded_at",
)  # fmt: skip
_CHANGE = (
    "id", "pattern", "version", "subject", "state", "on", "question", "asked_of", "because",
    "evidence", "about",
)  # fmt: skip


def questions_of(case: UUID, agency: UUID | None) -> list[QuestionRow]:
    """Every question of a scope as it stood when the scope was last considered."""
    return _questions(QuestionNow.objects.filter(case=case, **scope_filter(agency)))


def open_questions_of(scopes: Iterable[tuple[UUID, UUID | None]]) -> list[QuestionRow]:
    """The open questions of these scopes of families (case, agency), in one query."""
    return _questions(QuestionNow.objects.filter(_any_of(scopes), state__in=sorted(OPEN)))


def open_everywhere() -> list[QuestionRow]:
    """The open questions of every family, of everything together: to be counted, never listed.

    A sealed family is in no count: its questions are for the people on its list.
    """
    rows = QuestionNow.objects.filter(agency=None, state__in=sorted(OPEN))
    return _questions(rows.exclude(case__in=sealed_families()))


def _questions(rows: QuerySet[QuestionNow]) -> list[QuestionRow]:
    ordered = rows.order_by("case_id", "since", "pattern", "subject").values_list(*_NOW)
    return [
        QuestionRow(*(*row[:10], tuple(row[10]), frozenset(row[11]), tuple(row[12])))
        for row in ordered
    ]


def answers_of(case: UUID, agency: UUID | None, *, by: datetime | None = None) -> list[AnswerRow]:
    """The answers that count in a scope, oldest first; only those given by an instant, if any.

    An agency's are those its own people gave to its own questions. All together take in every
    agency's: each for the entries it was given about.
    """
    rows = QuestionAnswer.objects.filter(case=case)
    if agency is not None:
        rows = rows.filter(agency=agency, pooled=False)
    if by is not None:
        rows = rows.filter(answered_at__lte=by)
    return [
        AnswerRow(
            *(*row[:8], tuple(row[8]), frozenset(row[9]), tuple(row[10]), *row[11:14],
              tuple(row[14]), *row[15:])
        )
        for row in rows.order_by("answered_at", "id").values_list(*_ANSWER)
    ]  # fmt: skip


def promised_by(account: UUID, cases: Iterable[UUID]) -> list[PromiseRow]:
    """What somebody said they would do, by their latest answer to each question. One query."""
    rows = QuestionAnswer.objects.filter(answered_by=account, case__in=list(cases))
    wanted = "case_id", "pattern", "subject", "pooled", "what_we_will_do", "by_when"
    latest: dict[tuple[UUID, str, str, bool], tuple[str, date | None]] = {}
    for row in rows.order_by("answered_at", "id").values_list(*wanted):
        latest[row[0], row[1], row[2], row[3]] = (row[4], row[5])
    return [
        PromiseRow(case, pattern, subject, will_do, by_when)
        for (case, pattern, subject, _), (will_do, by_when) in latest.items()
        if by_when is not None
    ]


def answer_made(id: UUID) -> tuple[UUID, UUID, str, str] | None:
    """Who answered by this id (account), in which family, by which pattern and about whom."""
    fields = "answered_by_id", "case_id", "pattern", "subject"
    return QuestionAnswer.objects.filter(id=id).values_list(*fields).first()


def considered(case: UUID, agency: UUID | None) -> ConsideredRow | None:
    """How far a scope was considered; None where it never was."""
    fields = "statements", "links", "awareness", "answers", "through", "rules", "recorded_at"
    row = Considered.objects.filter(case=case, **scope_filter(agency)).values_list(*fields).first()
    return None if row is None else ConsideredRow(*row)


def considered_through(scopes: Iterable[tuple[UUID, UUID | None]]) -> dict[UUID, date]:
    """Through which day each of these scopes (case, agency) was considered, by case."""
    rows = Considered.objects.filter(_any_of(scopes)).values_list("case_id", "through")
    return dict(rows)


def _any_of(scopes: Iterable[tuple[UUID, UUID | None]]) -> Q:
    by_agency: dict[UUID | None, list[UUID]] = defaultdict(list)
    for case, agency in scopes:
        by_agency[agency].append(case)
    wanted = Q(pk__in=[])
    for agency, cases in by_agency.items():
        wanted |= Q(case__in=cases, **scope_filter(agency))
    return wanted


def changes_of(case: UUID, agency: UUID | None, *, after: date | None = None) -> list[ChangeRow]:
    """The changes of a scope that were not taken back, in the order they were worked out.

    With `after`, only those of later days.
    """
    back = ChangeTakenBack.objects.filter(change__case=case, **scope_filter(agency, "change__"))
    rows = QuestionChange.objects.filter(case=case, **scope_filter(agency)).exclude(
        id__in=back.values("change_id")
    )
    if after is not None:
        rows = rows.filter(on__gt=after)
    return [
        ChangeRow(*(*row[:8], tuple(row[8]), tuple(row[9]), tuple(row[10])))
        for row in rows.order_by("number").values_list(*_CHANGE)
    ]


def scope_filter(agency: UUID | None, prefix: str = "") -> dict[str, object]:
    """The condition of a scope for `filter`: an agency, or none at all."""
    return {f"{prefix}agency__isnull": True} if agency is None else {f"{prefix}agency": agency}
