"""Keeps plans, their signed versions, answers, signatures and copies: by adding, never by changing.

Who may do so is not decided here. Every function takes the audit event of what it keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from goldenthread.domain.plans.plan import Who
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.plans.models import Plan, PlanSignature


@dataclass(frozen=True, slots=True)
class SignatureSaid:
    """What somebody says of a version."""

    id: UUID
    who: Who
    agreement: str
    doable: str
    words: str
    given_on: date


def hold_plan(plan: UUID) -> None:
    """Wait for whoever is signing a version of this plan, or answering for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"safety plan {plan}"]
        )


def begin_plan(id: UUID, *, case: UUID, agency: UUID) -> None:
    """Begin a family's plan, unless it is there."""
    if not Plan.objects.filter(id=id).exists():
        copy_rows("plans_plan", ("id", "case_id", "agency_id"), [(id, case, agency)])


def keep_version(
    id: UUID, *, plan: UUID, written_from: UUID | None, statement: UUID, decision: UUID | None,
    agency: UUID, owner: UUID, signed_by: UUID, signed_at: datetime, document: Mapping[str, Any],
    considered: Iterable[UUID], digest: str, event: audit.Event,
) -> None:  # fmt: skip
    """Keep one signed version."""
    copy_rows(
        "plans_planversion",
        ("id", "plan_id", "written_from_id", "statement_id", "decision_id", "agency_id",
         "owner_id", "signed_by_id", "signed_at", "document", "considered", "digest"),
        [(id, plan, written_from, statement, decision, agency, owner, signed_by, signed_at,
          json.dumps(document), list(considered), digest)],
    )  # fmt: skip
    audit.append(event)


def keep_answer(
    id: UUID, *, version: UUID, outcome: str, statement: UUID, review_on: date | None,
    considered: Iterable[UUID], answered_by: UUID, answered_at: datetime, event: audit.Event,
) -> None:  # fmt: skip
    """Keep an answer about a version."""
    copy_rows(
        "plans_plananswer",
        ("id", "version_id", "outcome", "statement_id", "review_on", "considered",
         "answered_by_id", "answered_at"),
        [(id, version, outcome, statement, review_on, list(considered), answered_by, answered_at)],
    )  # fmt: skip
    audit.append(event)


def keep_signatures(
    version: UUID, said: Iterable[SignatureSaid], *, recorded_by: UUID, event: audit.Event
) -> None:
    """Keep what people say of a version; what was kept already is not kept twice."""
    told = {one.id: one for one in said}
    there = set(PlanSignature.objects.filter(id__in=told).values_list("id", flat=True))
    copy_rows(
        "plans_plansignature",
        ("id", "version_id", "person_id", "practitioner_id", "agreement", "doable", "words",
         "given_on", "recorded_by_id"),
        ((one.id, version, *_either(one.who), one.agreement, one.doable, one.words, one.given_on,
          recorded_by) for one in told.values() if one.id not in there),
    )  # fmt: skip
    audit.append(event)


def keep_copy(
    id: UUID, *, version: UUID, who: Who, form: str, given_on: date, given_by: UUID,
    event: audit.Event,
) -> None:  # fmt: skip
    """Keep that somebody was given a version."""
    copy_rows(
        "plans_plancopy",
        ("id", "version_id", "person_id", "practitioner_id", "form", "given_on", "given_by_id"),
        [(id, version, *_either(who), form, given_on, given_by)],
    )
    audit.append(event)


def end_copy(
    id: UUID, *, copy: UUID, outcome: str, ended_on: date, recorded_by: UUID, event: audit.Event
) -> None:
    """Keep what became of a copy."""
    copy_rows(
        "plans_plancopyend",
        ("id", "copy_id", "outcome", "ended_on", "recorded_by_id"),
        [(id, copy, outcome, ended_on, recorded_by)],
    )
    audit.append(event)


def _either(who: Who) -> tuple[UUID | None, UUID | None]:
    return (None, who.id) if who.is_practitioner else (who.id, None)


def keep_reminder(
    id: UUID, *, version: UUID, confirmed: UUID | None, practitioner: UUID, what: str,
    because: Iterable[str], event: audit.Event,
) -> None:  # fmt: skip
    """Keep that somebody was reminded that a version waits for their answer."""
    copy_rows(
        "plans_planreminder",
        ("id", "version_id", "confirmed_id", "practitioner_id", "what", "because"),
        [(id, version, confirmed, practitioner, what, sorted(because))],
    )
    audit.append(event)
