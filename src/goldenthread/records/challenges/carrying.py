"""Which challenge an entry carries: by which it was raised, or a step of it taken."""

from __future__ import annotations

from uuid import UUID

from goldenthread.records.challenges.models import Challenge, ChallengeStep


def challenge_carried_by(statement: UUID) -> tuple[UUID, UUID] | None:
    """The challenge and the entry it was raised by; None where the entry carries none."""
    return (
        Challenge.objects.filter(statement=statement).values_list("id", "statement_id").first()
        or ChallengeStep.objects.filter(statement=statement)
        .values_list("challenge_id", "challenge__statement_id")
        .first()
    )
