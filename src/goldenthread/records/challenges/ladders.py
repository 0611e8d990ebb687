"""The partnership's settings for challenges: appended, and read in the order of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.challenges.answering import Answerer
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges.models import AnswererVersion, LadderVersion


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One decision on the stages: `LadderVersion`, with the name of who set it."""

    id: UUID
    version: int
    stages: Sequence[Sequence[str]]
    holds_from: datetime
    reason: str
    recorded_at: datetime
    set_by_name: str
    agency_name: str


@dataclass(frozen=True, slots=True)
class AnswererRow:
    """One decision on who answers: `AnswererVersion`, with names."""

    id: UUID
    agency: UUID
    stage: int
    version: int
    practitioner: UUID
    practitioner_name: str
    deputy: UUID | None
    deputy_name: str | None
    deputy_from: date | None
    deputy_to: date | None
    holds_from: datetime
    reason: str
    recorded_at: datetime
    set_by_name: str

    @property
    def answerer(self) -> Answerer:
        """Who answers, as the rules take it."""
        return Answerer(self.practitioner, self.deputy, self.deputy_from, self.deputy_to)


def ladder_versions() -> list[LadderRow]:
    """Every decision on the stages, first to last."""
    return [
        LadderRow(*row)
        for row in LadderVersion.objects.order_by("version").values_list(
            "id", "version", "stages", "holds_from", "reason", "recorded_at",
            "set_by__practitioner__name", "set_by__practitioner__agency__name",
        )
    ]  # fmt: skip


def answerer_versions(agency: UUID | None = None) -> list[AnswererRow]:
    """Every decision on who answers (for one agency), by agency, stage and number."""
    rows = AnswererVersion.objects.order_by("agency__name", "stage", "version")
    rows = rows if agency is None else rows.filter(agency=agency)
    return [
        AnswererRow(*row)
        for row in rows.values_list(
            "id", "agency_id", "stage", "version", "practitioner_id", "practitioner__name",
            "deputy_id", "deputy__name", "deputy_from", "deputy_to", "holds_from", "reason",
            "recorded_at", "set_by__practitioner__name",
        )
    ]  # fmt: skip


def append_ladder(
    id: UUID, *, version: int, stages: Sequence[Sequence[str]], holds_from: datetime, reason: str,
    set_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Append one decision on the stages. Raises IntegrityError where its number is taken."""
    LadderVersion.objects.create(
        id=id,
        version=version,
        stages=[list(stage) for stage in stages],
        holds_from=holds_from,
        reason=reason,
        set_by_id=set_by,
    )
    audit.append(event)


def append_answerer(
    id: UUID, *, agency: UUID, stage: int, version: int, answerer: Answerer, holds_from: datetime,
    reason: str, set_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Append one decision on who answers. Raises IntegrityError where its number is taken."""
    AnswererVersion.objects.create(
        id=id,
        agency_id=agency,
        stage=stage,
        version=version,
        practitioner_id=answerer.practitioner,
        deputy_id=answerer.deputy,
        deputy_from=answerer.deputy_from,
        deputy_to=answerer.deputy_to,
        holds_from=holds_from,
        reason=reason,
        set_by_id=set_by,
    )
    audit.append(event)
