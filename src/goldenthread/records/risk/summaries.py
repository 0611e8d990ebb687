"""Keeps and reads cumulative summaries: versions, whom they were given to, and what is newer.

Who may read one is not decided here; each row carries what that decision needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet

from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.provenance.models import Awareness, Statement
from goldenthread.records.risk.models import Summary, SummaryEntry, SummaryGiven, SummaryPart


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One version without its words: `Summary`, with names, and the agencies it was given to."""

    id: UUID
    agency: UUID
    agency_name: str
    pooled: bool
    number: int
    considered: int
    newest: UUID | None
    as_of: datetime
    written_by: UUID
    written_by_name: str
    recorded_at: datetime
    given_to: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class GivenRow:
    """That a version was given to an agency, by whom and when."""

    agency: UUID
    agency_name: str
    given_by_name: str
    recorded_at: datetime


def summaries_of(case: UUID) -> list[SummaryRow]:
    """Every version of a family, newest first; two queries."""
    return _rows(Summary.objects.filter(case=case))


def summary(case: UUID, id: UUID) -> SummaryRow | None:
    """One version of a family, or None."""
    return next(iter(_rows(Summary.objects.filter(case=case, id=id))), None)


def summary_exists(id: UUID) -> bool:
    """Whether a version of this id was finished, of whichever family."""
    return Summary.objects.filter(id=id).exists()


def parts_of(id: UUID) -> dict[str, str]:
    """A version's words, by heading."""
    return dict(SummaryPart.objects.filter(summary=id).values_list("heading", "words"))


def entries_of(id: UUID) -> tuple[UUID, ...]:
    """The entries a version rests on, in the order they were listed."""
    rows = SummaryEntry.objects.filter(summary=id).order_by("position")
    return tuple(rows.values_list("statement_id", flat=True))


def given(id: UUID) -> list[GivenRow]:
    """To whom a version was given, first to last."""
    rows = SummaryGiven.objects.filter(summary=id).order_by("recorded_at", "id")
    fields = "agency_id", "agency__name", "given_by__practitioner__name", "recorded_at"
    return [GivenRow(*row) for row in rows.values_list(*fields)]


def entries_not_told(entries: Iterable[UUID], agency: UUID, *, now: datetime) -> tuple[UUID, ...]:
    """Those of the entries that an agency does not know, by the record of telling."""
    wanted = tuple(entries)
    rows = Awareness.objects.filter(statement__in=wanted, agency=agency, known_from__lte=now)
    known = set(rows.values_list("statement_id", flat=True))
    return tuple(one for one in wanted if one not in known)


def newer_than(row: SummaryRow, visible: QuerySet[Statement]) -> int:
    """How many of the entries in `visible` the version's writer did not have when they finished.

    Of everything together those recorded since; of one agency's sight those it knew of since.
    """
    if row.pooled:
        return visible.filter(recorded_at__gt=row.recorded_at).count()
    had = Awareness.objects.filter(
        statement=OuterRef("pk"),
        agency=row.agency,
        recorded_at__lte=row.recorded_at,
        known_from__lte=row.recorded_at,
    )
    return visible.exclude(Exists(had)).count()


def newest_of(visible: QuerySet[Statement]) -> tuple[int, UUID | None]:
    """How many entries there are, and which of them was recorded last."""
    ids = visible.order_by("-recorded_at", "-id").values_list("id", flat=True)
    return visible.count(), ids.first()


def finish(
    id: UUID, *, case: UUID, agency: UUID, pooled: bool, considered: int, newest: UUID | None,
    as_of: datetime, written_by: UUID, parts: Mapping[str, str],
    entries: Sequence[tuple[UUID, str]], event: audit.Event,
) -> int:  # fmt: skip
    """Keep a version under the next number of its sight; gives the number."""
    _hold(case, agency, pooled)
    told = Summary.objects.filter(case=case, agency=agency, pooled=pooled)
    number = (told.aggregate(n=Max("number"))["n"] or 0) + 1
    copy_rows(
        "risk_summary",
        ("id", "case_id", "agency_id", "pooled", "number", "considered", "newest_id", "as_of",
         "written_by_id"),
        [(id, case, agency, pooled, number, considered, newest, as_of, written_by)],
    )  # fmt: skip
    copy_rows(
        "risk_summarypart",
        ("id", "summary_id", "heading", "words"),
        ((uuid5(id, f"part:{heading}"), id, heading, words) for heading, words in parts.items()),
    )
    copy_rows(
        "risk_summaryentry",
        ("id", "summary_id", "statement_id", "position", "digest"),
        (
            (uuid5(id, f"entry:{statement}"), id, statement, place, digest)
            for place, (statement, digest) in enumerate(entries, start=1)
        ),
    )
    audit.append(event)
    return number


def give(summary: UUID, agency: UUID, *, given_by: UUID, event: audit.Event) -> None:
    """Keep that a version was given to an agency."""
    copy_rows(
        "risk_summarygiven",
        ("id", "summary_id", "agency_id", "given_by_id"),
        [(uuid5(summary, f"given:{agency}"), summary, agency, given_by)],
    )
    audit.append(event)


def _hold(case: UUID, agency: UUID, pooled: bool) -> None:
    """Wait for whoever is finishing a version of this sight, so that each has its own number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"summary {case} {agency} {pooled}"],
        )


def _rows(found: QuerySet[Summary]) -> list[SummaryRow]:
    rows = found.order_by("-recorded_at", "-number", "id").values_list(
        "id", "agency_id", "agency__name", "pooled", "number", "considered", "newest_id", "as_of",
        "written_by_id", "written_by__practitioner__name", "recorded_at",
    )  # fmt: skip
    given_to: dict[UUID, set[UUID]] = {}
    told = SummaryGiven.objects.filter(summary__in=found.values("id"))
    for id, agency in told.values_list("summary_id", "agency_id"):
        given_to.setdefault(id, set()).add(agency)
    return [SummaryRow(*row, given_to=frozenset(given_to.get(row[0], ()))) for row in rows]
