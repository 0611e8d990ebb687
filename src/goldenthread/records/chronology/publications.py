"""Reads published chronologies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from goldenthread.records.chronology.models import Publication, PublishedEntry


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """One published chronology without its entries."""

    id: UUID
    title: str
    purpose: str
    as_of: datetime
    viewpoint_agency: str | None
    published_by: str
    recorded_at: datetime
    entries: int


def publications_of(case: UUID) -> list[PublicationRow]:
    """The chronologies published for a family, newest first."""
    return _rows(Publication.objects.filter(case=case).order_by("-recorded_at"))


def publication(case: UUID, id: UUID) -> PublicationRow | None:
    """One of them, or None."""
    return next(iter(_rows(Publication.objects.filter(case=case, id=id))), None)


def pinned(publication: UUID) -> dict[UUID, str]:
    """Its entries in order, each with the digest it had."""
    rows = PublishedEntry.objects.filter(publication=publication).order_by("position")
    return dict(rows.values_list("statement_id", "digest"))


def _rows(found: QuerySet[Publication]) -> list[PublicationRow]:
    entries = PublishedEntry.objects.filter(publication=OuterRef("pk")).order_by()
    total = entries.values("publication").annotate(n=Count("pk")).values("n")
    counted = found.annotate(entries=Subquery(total))
    return [
        PublicationRow(*row)
        for row in counted.values_list(
            "id",
            "title",
            "purpose",
            "as_of",
            "viewpoint_agency__name",
            "published_by__practitioner__name",
            "recorded_at",
            "entries",
        )
    ]
