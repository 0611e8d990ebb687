"""Who read what was passed on: a person opens, acknowledges, asks back, says what came of it.

Knowing belongs to a person here. That an agency was told is in `Awareness`; who of it knew is
worked out from what they wrote, were told in person, opened and acknowledged, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection

from goldenthread.domain.provenance.vocabulary import KnownInPerson, ReceiptStep
from goldenthread.records.provenance.models import ShareEvent, ShareReceipt, Statement
from goldenthread.records.shared.conditions import is_one_of

INSERT = """
INSERT INTO provenance_sharereceipt
    (id, statement_id, practitioner_id, agency_id, step, words, given_at, recorded_by_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
# Each of these is kept once for a person and an entry, and counts from the first time.
ONCE = frozenset({ReceiptStep.OPENED, ReceiptStep.ACKNOWLEDGED})

Knowing = tuple[KnownInPerson, datetime]


def give(
    statement: UUID, step: ReceiptStep, *, practitioner: UUID, agency: UUID, words: str = "",
    given_at: datetime, recorded_by: UUID,
) -> bool:  # fmt: skip
    """Append what one person did with an entry; False where exactly this was there already.

    Two that arrive at one moment are kept once. Whoever calls this appends the audit event.
    """
    said = words.strip()
    distinct = "" if step in ONCE else f":{said}"
    identity = uuid5(statement, f"{step}:{practitioner}{distinct}")
    row = (identity, statement, practitioner, agency, str(step), said, given_at, recorded_by)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)
        return bool(cursor.rowcount == 1)


def known_by_person(
    statements: Collection[UUID], practitioners: Collection[UUID], *, by: datetime
) -> dict[tuple[UUID, UUID], Knowing]:
    """How and since when each of these people knew each of these statements by an instant.

    By (statement, practitioner): the earliest way they can be shown to have known it, counted from
    when their agency knew what they wrote, the day they were told, or the instant they opened or
    acknowledged it. Whoever is left out cannot be shown to have known. Three queries.
    """
    known: dict[tuple[UUID, UUID], Knowing] = {}
    for statement, practitioner, how, since in _ways(list(statements), list(practitioners), by):
        before = known.get((statement, practitioner))
        if before is None or since < before[1]:
            known[statement, practitioner] = (how, since)
    return known


def _ways(
    statements: list[UUID], practitioners: list[UUID], by: datetime
) -> Iterator[tuple[UUID, UUID, KnownInPerson, datetime]]:
    wrote = Statement.objects.filter(
        is_one_of("id", statements), asserted_by__in=practitioners, known_at__lte=by
    ).values_list("id", "asserted_by_id", "known_at")
    for statement, who, since in wrote:
        yield statement, who, KnownInPerson.WROTE, since
    told = ShareEvent.objects.filter(
        is_one_of("statement", statements),
        to_person__in=practitioners,
        shared=True,
        told_at__lte=by,
    ).values_list("statement_id", "to_person_id", "told_at")
    for statement, who, since in told:
        yield statement, who, KnownInPerson.TOLD_IN_PERSON, since
    read = ShareReceipt.objects.filter(
        is_one_of("statement", statements),
        practitioner__in=practitioners,
        step__in=ONCE,
        given_at__lte=by,
    ).values_list("statement_id", "practitioner_id", "step", "given_at")
    for statement, who, step, since in read:
        yield statement, who, KnownInPerson(step), since
