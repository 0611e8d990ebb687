"""Reads a family's history: what a reader may see in full, from a viewpoint, and what is masked.

Content that a reader may not see is never loaded: the scope is part of the query. The cost follows
the family (its filings), never the database.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.chronology.history import Entry
from goldenthread.domain.provenance.awareness import Awareness, Viewpoint
from goldenthread.domain.provenance.links import Link
from goldenthread.domain.provenance.statement import Statement, without_source
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.records.access.reading import (
    all_filed,
    hidden_from,
    known_of,
    restricted_alone,
    sources_hidden_from,
    visible_to,
)
from goldenthread.records.chronology.models import SignificanceJudgement
from goldenthread.records.people.models import Filing, StatementSubject
from goldenthread.records.people.reading import subjects_of
from goldenthread.records.provenance import models as provenance
from goldenthread.records.shared.conditions import is_one_of


@dataclass(frozen=True, slots=True)
class Withheld:
    """One agency decided not to tell another, and why."""

    statement: UUID
    from_agency: UUID
    to_agency: UUID
    reason: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class MaskedRow:
    """That an entry exists which the reader may not see: its id and when, nothing it says.

    `is_restricted` says that the reader would read it but for a restriction of their own.
    """

    id: UUID
    happened: str
    sort_on: date
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are wanted; empty means all of them. Masked entries never match a filter."""

    agencies: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    kinds: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()
    words: str = ""
    only: frozenset[UUID] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Sought()


@dataclass(frozen=True, slots=True)
class LoadedHistory:
    """Everything about a family's history that one reader may see from one viewpoint."""

    entries: tuple[Entry, ...]
    numbers: dict[UUID, int]
    masked: tuple[MaskedRow, ...] = ()
    links: tuple[Link, ...] = ()
    judged: dict[UUID, str] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()
    not_yet_known: int = 0


STATEMENT_FIELDS = (
    "id", "agency_id", "kind", "text", "happened", "happened_from_min", "happened_from_max",
    "happened_to_min", "happened_to_max", "known_at", "known_basis", "how_known", "recorded_at",
    "informant", "reasoning", "asserted_by_id", "asserted_by_words", "polarity", "concerns",
    "impact", "action", "significance", "reference", "digest",
)  # fmt: skip


def load_history(
    case: UUID,
    actor: Actor,
    ties: FamilyTies,
    viewpoint: Viewpoint,
    *,
    now: datetime,
    sought: Sought | None = None,
) -> LoadedHistory:
    """Load the history one reader may see; the number of queries does not grow with its length."""
    sought = sought or Sought()
    visible = visible_to(case, actor, ties, now=now)
    known = visible.filter(_known_from(viewpoint))
    kept = sources_hidden_from(actor, ties.restrictions)
    wanted = narrow(known, sought, kept).order_by("sort_on", "recorded_at", "id")
    rows = list(wanted.values_list(*STATEMENT_FIELDS))
    ids = [row[0] for row in rows]
    entries = _entries(_statements(rows, subjects_of(ids), kept), _awareness(ids))
    return LoadedHistory(
        entries=entries,
        numbers=_numbers(case, hidden_from(actor, ties.restrictions)),
        masked=(
            _masked(known_of(case, actor, ties), visible, viewpoint, actor, ties, now)
            if sought.is_everything
            else ()
        ),
        links=_links(ids),
        judged=_judged(case),
        withheld=_withheld(ids),
        not_yet_known=visible.exclude(_known_from(viewpoint)).count(),
    )


def known_to(case: UUID, viewpoint: Viewpoint) -> QuerySet[provenance.Statement]:
    """The statements on a family known from a viewpoint: question Q1 of the design.

    Whoever may read them: always narrowed to those a reader may see before anything is shown.
    """
    return all_filed(case).filter(_known_from(viewpoint))


def _known_from(viewpoint: Viewpoint) -> Exists:
    rows = provenance.Awareness.objects.filter(
        statement=OuterRef("pk"), known_from__lte=viewpoint.as_of
    )
    return Exists(rows if viewpoint.agency is None else rows.filter(agency=viewpoint.agency))


def narrow(
    statements: QuerySet[provenance.Statement],
    sought: Sought,
    sources_kept: frozenset[UUID] = frozenset(),
) -> QuerySet[provenance.Statement]:
    """Leave only the entries sought; one whose source is kept is not found by who told it."""
    if sought.agencies:
        statements = statements.filter(agency__in=sought.agencies)
    if sought.kinds:
        statements = statements.filter(kind__in=sought.kinds)
    if sought.concerns:
        statements = statements.filter(concerns__overlap=sorted(sought.concerns))
    if sought.people:
        about = StatementSubject.objects.filter(statement=OuterRef("pk"), person__in=sought.people)
        statements = statements.filter(Exists(about))
    if sought.only is not None:
        statements = statements.filter(id__in=sought.only)
    if sought.words.strip():
        # Word search folds endings and also splits names such as O'Brien, so the plain text is
        # looked through as well; both stay inside the family.
        query = SearchQuery(sought.words, config="english", search_type="websearch")
        plain = Q()
        for part in ("text", "impact", "action", "informant", "reference"):
            plain |= Q(**{f"{part}__icontains": sought.words.strip()})
        found = Q(narrative=query) | plain
        if sources_kept:
            of_kept = Q(is_one_of("id", sources_kept))
            told = Q(informant__icontains=sought.words.strip()) | Q(narrative=query)
            said = Q()
            for part in ("text", "impact", "action", "reference"):
                said |= Q(**{f"{part}__icontains": sought.words.strip()})
            found = (~of_kept & (told | plain)) | (of_kept & said)
        statements = statements.filter(found)
    return statements


def said_by(
    visible: QuerySet[provenance.Statement],
    ids: Iterable[UUID],
    sources_kept: frozenset[UUID] = frozenset(),
) -> list[Statement]:
    """What those of these entries say that are among the visible ones; two queries at most."""
    ids = list(ids)
    if not ids:
        return []
    rows = list(visible.filter(is_one_of("id", ids)).values_list(*STATEMENT_FIELDS))
    return _statements(rows, subjects_of([row[0] for row in rows]), sources_kept)


def _entries(
    statements: Iterable[Statement], awareness: dict[UUID, list[Awareness]]
) -> tuple[Entry, ...]:
    return tuple(Entry(one, tuple(awareness[one.id])) for one in statements)


def _statements(rows, subjects, sources_kept: frozenset[UUID]) -> list[Statement]:
    found = []
    for row in rows:
        said = Statement(
            id=row[0],
            agency=row[1],
            kind=row[2],
            text=row[3],
            happened=PartialDate(*row[4:9]),
            known_at=row[9],
            known_basis=row[10],
            how_known=row[11],
            recorded_at=row[12],
            informant=row[13],
            reasoning=row[14],
            asserted_by=row[15],
            asserted_by_words=row[16],
            polarity=row[17],
            concerns=tuple(row[18]),
            impact=row[19],
            action=row[20],
            significance=row[21],
            reference=row[22],
            subjects=tuple(subjects[row[0]]),
        )
        found.append(without_source(said, row[23]) if said.id in sources_kept else said)
    return found


def _awareness(ids: Iterable[UUID]) -> dict[UUID, list[Awareness]]:
    found: dict[UUID, list[Awareness]] = defaultdict(list)
    rows = provenance.Awareness.objects.filter(is_one_of("statement", ids)).order_by(
        "known_from", "id"
    )
    fields = "statement_id", "agency_id", "known_from", "level", "recorded_at", "share_event__told"
    # A few agencies are in every row. One object for each spares comparing its id ever after.
    one_of: dict[UUID, UUID] = {}
    for statement, agency, *rest in rows.values_list(*fields):
        found[statement].append(Awareness(statement, one_of.setdefault(agency, agency), *rest))
    return found


def _masked(
    there: QuerySet[provenance.Statement],
    visible: QuerySet[provenance.Statement],
    viewpoint: Viewpoint,
    actor: Actor,
    ties: FamilyTies,
    now: datetime,
) -> tuple[MaskedRow, ...]:
    """From one agency's viewpoint nothing masked is shown: that agency's knowledge is not ours."""
    if viewpoint.agency is not None:
        return ()
    rows = (
        there.filter(_known_from(viewpoint))
        .exclude(Exists(visible.filter(pk=OuterRef("pk"))))
        .order_by("sort_on", "id")
        .values_list("id", "happened", "sort_on")
    )
    theirs = restricted_alone(actor, ties, now=now)
    return tuple(MaskedRow(*row, row[0] in theirs) for row in rows)


def _numbers(case: UUID, hidden: frozenset[UUID]) -> dict[UUID, int]:
    """Each entry's number on the family, counted without those that do not exist for the reader."""
    rows = dict(Filing.objects.filter(case=case).values_list("statement_id", "number"))
    gaps = sorted(rows.pop(one) for one in hidden if one in rows)
    return {id: number - bisect_left(gaps, number) for id, number in rows.items()} if gaps else rows


def _links(ids: list[UUID]) -> tuple[Link, ...]:
    rows = provenance.StatementLink.objects.filter(
        is_one_of("source", ids), is_one_of("target", ids)
    )
    return tuple(
        Link(*row)
        for row in rows.order_by("recorded_at").values_list(
            "source_id", "target_id", "kind", "reason", "recorded_at"
        )
    )


def _judged(case: UUID) -> dict[UUID, str]:
    rows = SignificanceJudgement.objects.filter(case=case).order_by("recorded_at")
    return dict(rows.values_list("statement_id", "significance"))


def _withheld(ids: list[UUID]) -> tuple[Withheld, ...]:
    rows = provenance.ShareEvent.objects.filter(is_one_of("statement", ids), shared=False)
    return tuple(
        Withheld(*row)
        for row in rows.values_list(
            "statement_id", "from_agency_id", "to_agency_id", "reason", "review_on"
        )
    )
