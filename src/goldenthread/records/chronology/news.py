"""Which entries are new to one reader, and who judged or linked an entry: names, no content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.access.decision import Actor
from goldenthread.records.chronology.models import SignificanceJudgement
from goldenthread.records.provenance.models import Awareness, Statement, StatementLink


def new_to(visible: QuerySet[Statement], actor: Actor, *, since: datetime) -> frozenset[UUID]:
    """Which of these statements are new to a reader by the rule of `changes`. One query."""
    new = _with_told_since(visible, actor, since).filter(_is_new(actor, since))
    return frozenset(new.values_list("id", flat=True))


def _with_told_since(
    visible: QuerySet[Statement], actor: Actor, since: datetime
) -> QuerySet[Statement]:
    told = Awareness.objects.filter(
        statement=OuterRef("pk"), agency=actor.agency, recorded_at__gt=since
    )
    return visible.annotate(told_since=Exists(told))


def _is_new(actor: Actor, since: datetime) -> Q:
    by_others = Q(asserted_by__isnull=True) | ~Q(asserted_by=actor.practitioner)
    return by_others & (Q(recorded_at__gt=since) | Q(told_since=True))


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered or judged, when, and for which agency."""

    word: str
    reason: str
    name: str
    agency_name: str
    at: datetime


WHO = ("practitioner__name", "practitioner__agency__name")


def judgements_of(case: UUID, statement: UUID) -> list[Said]:
    """How much an entry was judged to matter to a family, newest first."""
    by = (f"judged_by__{path}" for path in WHO)
    rows = SignificanceJudgement.objects.filter(case=case, statement=statement)
    wanted = rows.order_by("-recorded_at").values_list("significance", "reason", *by, "recorded_at")
    return [Said(*row) for row in wanted]


def links_said(statements: Sequence[UUID], kinds: Sequence[str]) -> dict[tuple[UUID, UUID], Said]:
    """Who linked which two of these statements in one of these ways; the latest for each pair."""
    by = (f"recorded_by__{path}" for path in WHO)
    rows = StatementLink.objects.filter(
        source__in=statements, target__in=statements, kind__in=kinds
    ).order_by("recorded_at")
    return {
        (row[0], row[1]): Said(*row[2:])
        for row in rows.values_list("source_id", "target_id", "kind", "reason", *by, "recorded_at")
    }
