"""Everybody who was, is or will be on a family's team, with who settled that and why.

`reading.team_of` gives the team of one day. Whoever calls this has made sure that the reader may
open the family.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from goldenthread.domain.access.team import MembershipStep, TeamRole, Term
from goldenthread.records.access.models import TeamMember, TeamStep
from goldenthread.records.audit import store as audit
from goldenthread.records.copying import copy_rows
from goldenthread.records.people.models import Case

MEMBER = (
    "id", "practitioner_id", "practitioner__name", "practitioner__role",
    "practitioner__agency_id", "practitioner__agency__name", "role", "version", "from_on", "to_on",
)  # fmt: skip
STEP = (
    "member_id", "step", "to_on", "reason", "taken_by__practitioner__name",
    "taken_by__practitioner__agency__name", "recorded_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step about a membership: what, until when it set it, why, by whom, and when."""

    step: str
    to_on: date | None
    reason: str
    by_name: str
    by_agency_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """Somebody's place on a team, for its days, with the steps about it in their order."""

    id: UUID
    practitioner: UUID
    name: str
    post: str
    agency: UUID
    agency_name: str
    role: str
    version: int
    term: Term
    steps: tuple[StepRow, ...]

    @property
    def role_label(self) -> str:
        """How they stand to the family, in words."""
        return TeamRole.label_of(self.role)


def hold_team(case: UUID) -> None:
    """Let nobody else settle who is on the family's team until the transaction ends."""
    Case.objects.select_for_update(no_key=True).values_list("id").get(id=case)


def memberships_of(case: UUID) -> list[MembershipRow]:
    """Every place on a family's team, of any time, by first day and name. Two queries."""
    rows = TeamMember.objects.filter(case=case).order_by("from_on", "practitioner__name", "id")
    found = list(rows.values_list(*MEMBER))
    steps = _steps_of(row[0] for row in found)
    return [
        MembershipRow(
            id,
            who,
            name,
            post,
            agency,
            agency_name,
            role,
            version,
            Term(from_on, to_on),
            tuple(steps.get(id, ())),
        )
        for (id, who, name, post, agency, agency_name, role, version, from_on, to_on) in found
    ]


def _steps_of(members: Iterable[UUID]) -> dict[UUID, list[StepRow]]:
    steps: dict[UUID, list[StepRow]] = {}
    rows = TeamStep.objects.filter(member__in=list(members)).order_by("recorded_at", "id")
    for member, *rest in rows.values_list(*STEP):
        steps.setdefault(member, []).append(StepRow(*rest))
    return steps


def step_was_taken(id: UUID, case: UUID) -> bool:
    """Whether this step about a membership of the family was kept before."""
    return TeamStep.objects.filter(id=id, member__case=case).exists()


def put_on_team(
    id: UUID, *, case: UUID, practitioner: UUID, role: str, term: Term, reason: str, step: UUID,
    by: UUID, event: audit.Event,
) -> None:  # fmt: skip
    """Put somebody on a team for some days. Raises IntegrityError where they are on it then."""
    TeamMember.objects.create(
        id=id, case_id=case, practitioner_id=practitioner, role=role, from_on=term.from_on,
        to_on=term.to_on,
    )  # fmt: skip
    _keep(step, id, MembershipStep.JOINED, term.to_on, reason, by)
    audit.append(event)


def end_on(
    member: UUID, to_on: date, *, reason: str, step: UUID, by: UUID, event: audit.Event
) -> None:
    """End a membership: it is over from a day on."""
    TeamMember.objects.filter(id=member).update(to_on=to_on, version=F("version") + 1)
    _keep(step, member, MembershipStep.ENDED, to_on, reason, by)
    audit.append(event)


def _keep(
    id: UUID, member: UUID, step: MembershipStep, to_on: date | None, reason: str, by: UUID
) -> None:
    columns = ("id", "member_id", "step", "to_on", "reason", "taken_by_id")
    copy_rows("access_teamstep", columns, [(id, member, str(step), to_on, reason, by)])
