"""How somebody stands to a family, who is on its team, and which statements they may see.

`visible_to` is the query form of the domain's `decide`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.access.team import TeamRole
from goldenthread.records.access.models import TeamMember
from goldenthread.records.people.models import Filing
from goldenthread.records.people.reading import CASE_FIELDS, CaseRow
from goldenthread.records.provenance.models import Awareness, Statement
from goldenthread.records.shared.models import Account


def _on(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gt=day))


def ties_to(case: UUID, actor: Actor, *, on: date) -> FamilyTies:
    """How the actor stands to the family on a day."""
    rows = TeamMember.objects.filter(
        _on(on),
        Q(practitioner=actor.practitioner) | Q(practitioner__agency=actor.agency),
        case=case,
    ).values_list("practitioner_id", "role")
    own = next((role for practitioner, role in rows if practitioner == actor.practitioner), None)
    return FamilyTies(role=own, agency_on_team=bool(rows))


def visible_to(case: UUID, actor: Actor, ties: FamilyTies, *, now: datetime) -> QuerySet[Statement]:
    """The statements on a family that the actor may read in full now.

    Everything else on the family is masked, or refused with the family itself.
    """
    filed = Statement.objects.filter(
        Exists(Filing.objects.filter(case=case, statement=OuterRef("pk")))
    )
    if not _may_open(actor, ties):
        return filed.none()
    if ties.role == TeamRole.CHAIR:
        return filed
    told = Awareness.objects.filter(
        statement=OuterRef("pk"), agency=actor.agency, known_from__lte=now
    )
    return filed.filter(Q(agency=actor.agency) | Exists(told))


def visible_filings(
    ties: Mapping[UUID, FamilyTies], actor: Actor, *, now: datetime
) -> QuerySet[Filing]:
    """What the actor may read in full now on each of these families: `visible_to`, over many.

    `ties` are the actor's to each family.
    """
    opened = {case: tie for case, tie in ties.items() if _may_open(actor, tie)}
    pooled = [case for case, tie in opened.items() if tie.role == TeamRole.CHAIR]
    scoped = [case for case in opened if case not in pooled]
    told = Awareness.objects.filter(
        statement=OuterRef("statement"), agency=actor.agency, known_from__lte=now
    )
    theirs = Q(statement__agency=actor.agency) | Exists(told)
    return Filing.objects.filter(Q(case__in=pooled) | (Q(case__in=scoped) & theirs))


def _may_open(actor: Actor, ties: FamilyTies) -> bool:
    tied = ties.role is not None or ties.agency_on_team
    return actor.is_active and actor.remit not in WITHOUT_FAMILIES and tied


def all_filed(case: UUID) -> QuerySet[Statement]:
    """Every statement on a family, whoever may see it: for masks and counts, never for content."""
    return Statement.objects.filter(
        Exists(Filing.objects.filter(case=case, statement=OuterRef("pk")))
    )


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One member of the team around a family."""

    practitioner: UUID
    name: str
    post: str
    phone: str
    agency: UUID
    agency_name: str
    role: str
    from_on: date
    to_on: date | None

    @property
    def role_label(self) -> str:
        """How they stand to the family, in words."""
        return TeamRole.label_of(self.role)


def team_of(case: UUID, *, on: date) -> list[TeamRow]:
    """The team around a family on a day, allocated worker first, then by agency and name."""
    return teams_of([case], on=on)[case]


def teams_of(cases: Iterable[UUID], *, on: date) -> dict[UUID, list[TeamRow]]:
    """The teams around these families on a day, in one query, each as `team_of` orders it."""
    found: dict[UUID, list[TeamRow]] = {case: [] for case in cases}
    rows = (
        TeamMember.objects.filter(_on(on), case__in=list(found))
        .order_by("practitioner__agency__name", "practitioner__name")
        .values_list(
            "case_id",
            "practitioner_id",
            "practitioner__name",
            "practitioner__role",
            "practitioner__phone",
            "practitioner__agency_id",
            "practitioner__agency__name",
            "role",
            "from_on",
            "to_on",
        )
    )
    for row in rows:
        found[row[0]].append(TeamRow(*row[1:]))
    for team in found.values():
        team.sort(key=lambda member: member.role != TeamRole.ALLOCATED)
    return found


def ties_within(team: Iterable[TeamRow], actor: Actor) -> FamilyTies:
    """How the actor stands to a family whose team this is; as `ties_to`, without a query."""
    own = None
    of_agency = False
    for member in team:
        own = member.role if member.practitioner == actor.practitioner else own
        of_agency = of_agency or member.agency == actor.agency
    return FamilyTies(role=own, agency_on_team=own is not None or of_agency)


def team_agencies(case: UUID) -> set[UUID]:
    """The agencies that are or were part of the team around a family."""
    rows = TeamMember.objects.filter(case=case)
    return set(rows.values_list("practitioner__agency_id", flat=True))


def cases_of(actor: Actor, *, on: date) -> list[tuple[CaseRow, str | None]]:
    """The families the actor's agency is part of on a day, each with the actor's own role."""
    if actor.remit in WITHOUT_FAMILIES or not actor.is_active:
        return []
    rows = (
        TeamMember.objects.filter(_on(on))
        .filter(Q(practitioner=actor.practitioner) | Q(practitioner__agency=actor.agency))
        .values_list("practitioner_id", "role", *(f"case__{name}" for name in CASE_FIELDS))
    )
    found: dict[UUID, tuple[CaseRow, str | None]] = {}
    for practitioner, role, *fields in rows:
        row = CaseRow(*fields)
        own = role if practitioner == actor.practitioner else None
        if row.id not in found or own:
            found[row.id] = (row, own)
    return sorted(found.values(), key=lambda pair: (pair[1] is None, pair[0].reference))


def who_can_open(case: UUID, *, on: date) -> list[tuple[str, str, str]]:
    """Every account holder who may open a family, with agency and the rule that lets them in."""
    team = {member.practitioner: member.role for member in team_of(case, on=on)}
    agencies = {member.agency for member in team_of(case, on=on)}
    rows = (
        Account.objects.filter(is_active=True, practitioner__agency__in=agencies)
        .exclude(practitioner__remit__in=WITHOUT_FAMILIES)
        .order_by("practitioner__agency__name", "practitioner__name")
        .values_list("practitioner__name", "practitioner__agency__name", "practitioner_id")
    )
    return [
        (name, agency, TeamRole.label_of(team[pid]) if pid in team else "Same agency as the team")
        for name, agency, pid in rows
    ]
