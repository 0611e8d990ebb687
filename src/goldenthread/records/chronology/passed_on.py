"""What was passed on over the families of a reader: awaited, decided against, and owed.

Each function reads for one agency, over any number of families, in a fixed number of queries. What
an agency told or was told it may read, so nothing comes here that its people may not see; the
families are those they may open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.chronology.correction_debt import CHANGES, Debt, correction_debts
from goldenthread.domain.chronology.receiving import Receipt, Told, standing_decisions
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.vocabulary import ReceiptStep
from goldenthread.records.people.models import Filing
from goldenthread.records.provenance.models import (
    Awareness,
    ShareEvent,
    ShareReceipt,
    Statement,
    StatementLink,
)
from goldenthread.records.shared.conditions import is_one_of

TOLD = (
    "id", "statement_id", "from_agency_id", "to_agency_id", "shared", "told", "told_at",
    "recorded_at", "lawful_basis", "channel", "fidelity", "reason", "review_on", "subject_told",
    "to_person_id", "shared_by_id", "receipt_asked",
)  # fmt: skip
RECEIPT = ("statement_id", "practitioner_id", "agency_id", "step", "words", "given_at")


What = TypeVar("What")


@dataclass(frozen=True)
class InFamily(Generic[What]):
    """Something of one family."""

    case: UUID
    what: What


def told_of(statements: Iterable[UUID], *, by: datetime) -> list[Told]:
    """Every telling of these statements, and decision not to tell, by an instant; oldest first."""
    rows = ShareEvent.objects.filter(is_one_of("statement", statements))
    return _told(rows.filter(Q(told_at__lte=by) | Q(shared=False)))


def receipts_of(statements: Iterable[UUID]) -> list[Receipt]:
    """What people did with these statements, oldest first."""
    rows = ShareReceipt.objects.filter(is_one_of("statement", statements))
    return [Receipt(*row) for row in rows.order_by("given_at", "id").values_list(*RECEIPT)]


def awaited(
    cases: Collection[UUID], *, to: UUID | None = None, by: UUID | None = None, now: datetime
) -> list[InFamily[Told]]:
    """The tellings that nobody of the agency told has acknowledged, oldest first.

    `to` narrows to those told to one agency, `by` to those told by one. Two queries.
    """
    acknowledged = ShareReceipt.objects.filter(
        statement=OuterRef("statement"),
        agency=OuterRef("to_agency"),
        step=ReceiptStep.ACKNOWLEDGED,
    )
    rows = ShareEvent.objects.filter(
        ~Exists(acknowledged), _filed_on(cases), receipt_asked=True, told_at__lte=now
    )
    rows = rows if to is None else rows.filter(to_agency=to)
    return _in_families(_told(rows if by is None else rows.filter(from_agency=by)), cases)


def standing_against(cases: Collection[UUID], *, by: UUID, now: datetime) -> list[InFamily[Told]]:
    """The decisions of an agency not to tell that still hold; two queries.

    None holds once the agency it is about knows, whoever told it.
    """
    decided = ShareEvent.objects.filter(_filed_on(cases), from_agency=by, shared=False)
    knows = Awareness.objects.filter(
        statement=OuterRef("statement"), agency=OuterRef("to_agency"), known_from__lte=now
    )
    rows = ShareEvent.objects.filter(
        ~Exists(knows), from_agency=by, statement__in=decided.values("statement")
    )
    return _in_families(standing_decisions(_told(rows)), cases)


def debts_in(
    cases: Collection[UUID], *, now: datetime, today: date, of: Collection[UUID] | None = None
) -> list[InFamily[Debt]]:
    """Who in these families was told something and not what became of it; five queries.

    `of` narrows to what is owed about some statements, whichever end of the change they are.
    """
    links = [Link(*row) for row in _changing(cases).values_list("source_id", "target_id", "kind")]
    if not links:
        return []
    ends = {end for link in links for end in (link.source, link.target)}
    sources = {link.source for link in links}
    aware: dict[UUID, set[UUID]] = defaultdict(set)
    knows = Awareness.objects.filter(is_one_of("statement", sources), known_from__lte=now)
    for statement, agency in knows.values_list("statement_id", "agency_id"):
        aware[statement].add(agency)
    made_by = dict(
        Statement.objects.filter(is_one_of("id", sources)).values_list("id", "agency_id")
    )
    debts = correction_debts(
        links, told_of(ends, by=now), made_by=made_by, aware=aware, today=today
    )
    if of is not None:
        wanted = set(of)
        debts = tuple(d for d in debts if not wanted.isdisjoint((d.statement, d.correction)))
    filed = _families_of({debt.correction for debt in debts}, cases)
    return [InFamily(case, debt) for debt in debts for case in filed[debt.correction]]


def _changing(cases: Collection[UUID]) -> QuerySet[StatementLink]:
    filed = Filing.objects.filter(case__in=list(cases), statement=OuterRef("target"))
    rows = StatementLink.objects.filter(Exists(filed), kind__in=sorted(CHANGES))
    return rows.order_by("recorded_at", "id")


def _filed_on(cases: Collection[UUID]) -> Exists:
    return Exists(Filing.objects.filter(case__in=list(cases), statement=OuterRef("statement")))


def _told(rows: QuerySet[ShareEvent]) -> list[Told]:
    return [Told(*row) for row in rows.order_by("told_at", "recorded_at", "id").values_list(*TOLD)]


def _in_families(rows: Iterable[Told], cases: Collection[UUID]) -> list[InFamily[Told]]:
    rows = list(rows)
    filed = _families_of({row.statement for row in rows}, cases)
    return [InFamily(case, row) for row in rows for case in filed[row.statement]]


def _families_of(statements: Collection[UUID], cases: Collection[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    if statements:
        rows = Filing.objects.filter(is_one_of("statement", statements), case__in=list(cases))
        for statement, case in rows.order_by("case_id").values_list("statement_id", "case_id"):
            found[statement].append(case)
    return found
