"""Appends challenges, their steps and what was praised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from django.db import connection

from goldenthread.records.audit import store as audit
from goldenthread.records.challenges.reading import ChallengeRow, StepRow
from goldenthread.records.copying import copy_rows

_CHALLENGE = (
    "id", "case_id", "target_id", "statement_id", "raised_by_id", "agency_id", "asked_of_id",
    "wanted", "why", "immediate_risk", "acted_now", "recorded_by_id", "digest",
)  # fmt: skip
_STEP = (
    "id", "challenge_id", "number", "kind", "stage", "stage_name", "who", "days", "unit", "on",
    "statement_id", "outcome", "words", "effect", "by_id", "agency_id", "recorded_by_id", "digest",
)  # fmt: skip


def hold(challenge: UUID) -> None:
    """Wait for any other transaction that is adding to this challenge, then go on alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"challenge {challenge}"]
        )


def append_challenge(
    new: ChallengeRow,
    entries: Sequence[tuple[UUID, str]],
    *,
    recorded_by: UUID,
    event: audit.Event,
) -> None:
    """Append a challenge with the entries it relies on, each with its digest."""
    row = (
        new.id, new.case, new.target, new.statement, new.raised_by, new.agency, new.asked_of,
        new.wanted, new.why, new.immediate_risk, new.acted_now, recorded_by, new.digest,
    )  # fmt: skip
    copy_rows("challenges_challenge", _CHALLENGE, [row])
    copy_rows(
        "challenges_challengeentry",
        ("id", "challenge_id", "statement_id", "position", "digest"),
        (
            (uuid5(new.id, f"relies:{statement}"), new.id, statement, place, digest)
            for place, (statement, digest) in enumerate(entries, start=1)
        ),
    )
    audit.append(event)


def append_step(challenge: UUID, new: StepRow, *, recorded_by: UUID, event: audit.Event) -> None:
    """Append the next step of a challenge."""
    row = (
        new.id, challenge, new.number, new.kind, new.stage, new.stage_name, new.who, new.days,
        new.unit, new.on, new.statement, new.outcome, new.words, new.effect, new.by, new.agency,
        recorded_by, new.digest,
    )  # fmt: skip
    copy_rows("challenges_challengestep", _STEP, [row])
    audit.append(event)


def append_praise(
    id: UUID, challenge: UUID, *, said_by: UUID, agency: UUID, words: str, on: date,
    recorded_by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Append what somebody says a challenge changed."""
    copy_rows(
        "challenges_challengepraise",
        ("id", "challenge_id", "said_by_id", "agency_id", "words", "on", "recorded_by_id"),
        [(id, challenge, said_by, agency, words, on, recorded_by)],
    )
    audit.append(event)
