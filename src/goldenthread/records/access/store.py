"""Adds and ends membership of the team around a family."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from goldenthread.records.access.models import TeamMember
from goldenthread.records.audit import store as audit


def join_team(
    id: UUID, *, case: UUID, practitioner: UUID, role: str, from_on: date, to_on: date | None,
    event: audit.Event,
) -> None:  # fmt: skip
    """Make a practitioner part of a family's team from one day until another, or until ended."""
    TeamMember.objects.create(
        id=id, case_id=case, practitioner_id=practitioner, role=role, from_on=from_on, to_on=to_on
    )
    audit.append(event)
