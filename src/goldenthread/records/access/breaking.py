"""Appends what belongs to breaking the glass, each row with its audit event.

Nothing here is changed or deleted: a break is ended early and reviewed by a further row.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.glass import Asked
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows


def ask_again(
    id: UUID, asked: Asked, *, case: UUID, practitioner: UUID, agency: UUID, second: UUID,
    at: datetime, asked_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep that somebody asks to break the glass again, and whom they ask to agree."""
    columns = ("id", "case_id", "practitioner_id", "agency_id", "second_id", "reason", "basis",
               "words", "asked_at", "asked_by_id")  # fmt: skip
    row = (id, case, practitioner, agency, second, asked.reason, asked.basis, asked.words.strip(),
           at, asked_by)  # fmt: skip
    copy_rows("access_glassask", columns, [row])
    audit.append(event)


def answer_ask(
    ask: UUID, *, practitioner: UUID, asker: UUID, agrees: bool, reason: str, at: datetime,
    answered_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep what the second person said; the database refuses it of whoever asked."""
    columns = ("id", "ask_id", "practitioner_id", "asker_id", "agrees", "reason", "answered_at",
               "answered_by_id")  # fmt: skip
    row = (uuid5(ask, "answer"), ask, practitioner, asker, agrees, reason, at, answered_by)
    copy_rows("access_glassanswer", columns, [row])
    audit.append(event)


def break_it(
    id: UUID, asked: Asked, *, case: UUID, practitioner: UUID, agency: UUID, remit: str,
    opened_at: datetime, until: datetime, alone_until: datetime, answer: UUID | None,
    broken_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep that somebody broke the glass of a family, from when until when."""
    columns = ("id", "case_id", "practitioner_id", "agency_id", "remit", "reason", "basis", "words",
               "opened_at", "until", "alone_until", "answer_id", "broken_by_id")  # fmt: skip
    row = (id, case, practitioner, agency, remit, asked.reason, asked.basis, asked.words.strip(),
           opened_at, until, alone_until, answer, broken_by)  # fmt: skip
    copy_rows("access_glassbreak", columns, [row])
    audit.append(event)


def end_it(broken: UUID, *, at: datetime, ended_by: UUID, event: audit.Event) -> None:
    """Keep that whoever broke the glass closed it before its time."""
    columns = ("id", "broken_id", "ended_at", "ended_by_id")
    copy_rows("access_glassend", columns, [(uuid5(broken, "end"), broken, at, ended_by)])
    audit.append(event)


def escalate_it(broken: UUID, *, at: datetime, event: audit.Event) -> None:
    """Keep that it was told that nobody had reviewed a break in time."""
    columns = ("id", "broken_id", "told_at")
    copy_rows("access_glassescalation", columns, [(uuid5(broken, "escalation"), broken, at)])
    audit.append(event)


def review_it(
    broken: UUID, *, practitioner: UUID, breaker: UUID, outcome: str, reason: str, at: datetime,
    reviewed_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Keep what a review found; the database refuses it of the breaker."""
    columns = ("id", "broken_id", "practitioner_id", "breaker_id", "outcome", "reason",
               "reviewed_at", "reviewed_by_id")  # fmt: skip
    row = (uuid5(broken, "review"), broken, practitioner, breaker, outcome, reason, at, reviewed_by)
    copy_rows("access_glassreview", columns, [row])
    audit.append(event)
