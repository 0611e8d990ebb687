"""Appends claims, households, answers to gaps and links between people; keeps layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.network.models import Claim, GapAnswer, Household, PersonLink

CLAIM_COLUMNS = (
    "id", "statement_id", "kind", "nature", "person_id", "other_id", "household_id", "agency_id",
    "happened", "happened_from_min", "happened_from_max", "happened_to_min", "happened_to_max",
    "polarity", "status", "days", "nights", "words", "recorded_by_id",
)  # fmt: skip


def append_claims(
    statement: UUID, claims: Sequence[ProposedClaim], *, recorded_by: UUID, event: audit.Event
) -> int:
    """Append what a statement claims; claims of these ids that are there already are left alone.

    Returns how many are new; nothing is audited where none is.
    """
    ids = [claim.id for claim in claims]
    there = set(Claim.objects.filter(id__in=ids).values_list("id", flat=True))
    fresh = {claim.id: claim for claim in claims if claim.id not in there}
    if not fresh:
        return 0
    copy_rows(
        Claim._meta.db_table,
        CLAIM_COLUMNS,
        (_claim_row(statement, claim, recorded_by) for claim in fresh.values()),
    )
    audit.append(event)
    return len(fresh)


def _claim_row(statement: UUID, c: ProposedClaim, recorded_by: UUID) -> tuple[object, ...]:
    when = c.happened
    return (
        c.id, statement, str(c.kind), str(c.nature), c.person, c.other, c.household, c.agency,
        when.edtf, when.from_min, when.from_max, when.to_min, when.to_max, str(c.polarity),
        str(c.status), sorted(set(c.days)), sorted(set(c.nights)), c.words.strip(), recorded_by,
    )  # fmt: skip


def add_household(
    id: UUID, *, case: UUID, name: str, nature: str, agency: UUID, recorded_by: UUID,
    event: audit.Event,
) -> bool:  # fmt: skip
    """Add a household to a family; False where this one is there already."""
    if Household.objects.filter(id=id, case=case).exists():
        return False
    copy_rows(
        Household._meta.db_table,
        ("id", "case_id", "name", "nature", "agency_id", "recorded_by_id"),
        [(id, case, name, nature, agency, recorded_by)],
    )
    audit.append(event)
    return True


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """One answer to a gap, as it is appended."""

    id: UUID
    case: UUID
    gap: str
    question: str
    about: tuple[str, ...]
    outcome: str
    words: str
    agency: UUID
    answered_by: UUID
    statement: UUID | None = None
    owner: UUID | None = None
    due: date | None = None
    asked_on: date | None = None


def answer_gap(answer: NewAnswer, event: audit.Event) -> bool:
    """Append an answer to a gap; False where this one is there already. Earlier ones stay."""
    if GapAnswer.objects.filter(id=answer.id).exists():
        return False
    a = answer
    copy_rows(
        GapAnswer._meta.db_table,
        (
            "id", "case_id", "gap", "question", "about", "outcome", "words", "agency_id",
            "answered_by_id", "statement_id", "owner_id", "due", "asked_on",
        ),
        [
            (
                a.id, a.case, a.gap, a.question, list(a.about), a.outcome, a.words, a.agency,
                a.answered_by, a.statement, a.owner, a.due, a.asked_on,
            )
        ],
    )  # fmt: skip
    audit.append(event)
    return True


def link_people(
    id: UUID, *, one: UUID, other: UUID, verdict: str, reason: str, agency: UUID,
    recorded_by: UUID, event: audit.Event,
) -> bool:  # fmt: skip
    """Append a verdict on whether two people are one; False where this one is there already."""
    if PersonLink.objects.filter(id=id).exists():
        return False
    a, b = sorted((one, other))
    copy_rows(
        PersonLink._meta.db_table,
        ("id", "a_id", "b_id", "verdict", "reason", "agency_id", "recorded_by_id"),
        [(id, a, b, verdict, reason, agency, recorded_by)],
    )
    audit.append(event)
    return True
