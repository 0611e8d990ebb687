"""The versions of patterns that a partnership set: appended, and read in the order of their number.

They belong to no family. Nothing here says which patterns ask; `usecases` works that out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.records.audit import store as audit
from goldenthread.records.risk.models import PatternVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One decision to set a pattern's numbers: `PatternVersion`, with the name of who set it."""

    id: UUID
    pattern: str
    version: int
    on_shipped: int
    settings: Mapping[str, int]
    holds_from: datetime
    reason: str
    recorded_at: datetime
    set_by_name: str
    agency_name: str


def versions_of(pattern: str) -> list[VersionRow]:
    """Every version of one pattern that was set, first to last."""
    return _rows(PatternVersion.objects.filter(pattern=pattern))


def versions_by(instant: datetime) -> list[VersionRow]:
    """Every version of any pattern that holds from an instant or from before it, in order."""
    return _rows(PatternVersion.objects.filter(holds_from__lte=instant))


def all_versions() -> list[VersionRow]:
    """Every version of any pattern that was set, by pattern and number."""
    return _rows(PatternVersion.objects.all())


def version(id: UUID) -> VersionRow | None:
    """One version, or None."""
    return next(iter(_rows(PatternVersion.objects.filter(id=id))), None)


def _rows(versions: QuerySet[PatternVersion]) -> list[VersionRow]:
    return [
        VersionRow(*row)
        for row in versions.order_by("pattern", "version").values_list(
            "id", "pattern", "version", "on_shipped", "settings", "holds_from", "reason",
            "recorded_at", "set_by__practitioner__name", "set_by__practitioner__agency__name",
        )
    ]  # fmt: skip


def append_version(
    id: UUID, *, pattern: str, version: int, on_shipped: int, settings: Mapping[str, int],
    holds_from: datetime, reason: str, set_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Append one version. Raises IntegrityError where its number is taken."""
    PatternVersion.objects.create(
        id=id,
        pattern=pattern,
        version=version,
        on_shipped=on_shipped,
        settings=dict(settings),
        holds_from=holds_from,
        reason=reason,
        set_by_id=set_by,
    )
    audit.append(event)
