"""Keeps what became of questions, how they stand, answers to them, and the watermark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Max

from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.risk.models import Considered, QuestionChange, QuestionNow
from goldenthread.records.risk.reading import (
    ChangeRow,
    QuestionRow,
    questions_of,
    scope_filter,
)

_POOLED = "everything"


def hold_scope(case: UUID, agency: UUID | None) -> None:
    """Wait for whoever is considering this scope of a family, then go on alone.

    Nobody who records is kept waiting by it. Released when the caller's transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"thread {case} {agency or _POOLED}"],
        )


def append_changes(
    case: UUID, agency: UUID | None, changes: Sequence[ChangeRow], *, rules: str
) -> None:
    """Append changes in their order. Hold the scope first."""
    if not changes:
        return
    last = QuestionChange.objects.filter(case=case, **scope_filter(agency)).aggregate(
        n=Max("number")
    )
    first = (last["n"] or 0) + 1
    scope = agency or _POOLED
    copy_rows(
        "risk_questionchange",
        ("id", "case_id", "agency_id", "number", "pattern", "version", "subject", "state", "on",
         "question", "asked_of", "because", "evidence", "about", "rules"),
        (
            (uuid5(case, f"change:{scope}:{number}"), case, agency, number, one.pattern,
             one.version, one.subject, one.state, one.on, one.question, one.asked_of,
             list(one.because), list(one.evidence), list(one.about), rules)
            for number, one in enumerate(changes, start=first)
        ),
    )  # fmt: skip


def take_back(changes: Iterable[UUID]) -> None:
    """Say of changes that, by what is known now, they were not so."""
    copy_rows(
        "risk_changetakenback",
        ("id", "change_id"),
        ((uuid5(change, "taken back"), change) for change in changes),
    )


def replace_questions(case: UUID, agency: UUID | None, rows: Iterable[QuestionRow]) -> None:
    """Keep how every question of a scope stands, in place of what was kept before.

    What stands as it did is left alone: on most days that is all of it. Hold the scope first.
    """
    wanted = {_question_id(row): row for row in rows}
    there = {_question_id(row): row for row in questions_of(case, agency)}
    gone = [id for id, row in there.items() if wanted.get(id) != row]
    if gone:
        QuestionNow.objects.filter(id__in=gone).delete()
    copy_rows(
        "risk_questionnow",
        ("id", "case_id", "agency_id", "pattern", "version", "subject", "state", "since", "times",
         "question", "asked_of", "because", "evidence", "about"),
        (
            (id, case, agency, one.pattern, one.version, one.subject, one.state, one.since,
             one.times, one.question, one.asked_of, list(one.because), sorted(one.evidence),
             list(one.about))
            for id, one in wanted.items()
            if there.get(id) != one
        ),
    )  # fmt: skip


def _question_id(row: QuestionRow) -> UUID:
    return uuid5(row.case, f"question:{row.agency or _POOLED}:{row.pattern}:{row.subject}")


def advance(
    case: UUID, agency: UUID | None, counts: tuple[int, int, int, int], *, through: date, rules: str
) -> None:
    """Put the watermark of a scope where it was considered to. Hold the scope first."""
    statements, links, awareness, answers = counts
    Considered.objects.update_or_create(
        id=uuid5(case, f"considered:{agency or _POOLED}"),
        defaults={
            "case_id": case,
            "agency_id": agency,
            "statements": statements,
            "links": links,
            "awareness": awareness,
            "answers": answers,
            "through": through,
            "rules": rules,
        },
    )


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to keep: whose it is, to which question as it was put, and what it says."""

    id: UUID
    case: UUID
    agency: UUID
    pooled: bool
    question: QuestionRow
    what_we_make_of_it: str
    what_we_will_do: str
    by_when: date | None
    who_agrees: tuple[UUID, ...]
    answered_by: UUID
    answered_at: datetime


def append_answer(new: NewAnswer, *, event: audit.Event) -> None:
    """Append an answer to a question."""
    put = new.question
    copy_rows(
        "risk_questionanswer",
        ("id", "case_id", "agency_id", "pooled", "pattern", "version", "subject", "question",
         "asked_of", "because", "evidence", "about", "what_we_make_of_it", "what_we_will_do",
         "by_when", "who_agrees", "answered_by_id", "answered_at"),
        [
            (new.id, new.case, new.agency, new.pooled, put.pattern, put.version, put.subject,
             put.question, put.asked_of, list(put.because), sorted(put.evidence), list(put.about),
             new.what_we_make_of_it, new.what_we_will_do, new.by_when, list(new.who_agrees),
             new.answered_by, new.answered_at)
        ],
    )  # fmt: skip
    audit.append(event)
