"""Ends somebody's memberships of families' teams when their post ends, and says whose they were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q

from goldenthread.domain.access.team import TeamRole
from goldenthread.records.access.models import TeamMember

LOOK_AFTER_A_TEAM = (TeamRole.ALLOCATED.value, TeamRole.CHAIR.value)


@dataclass(frozen=True, slots=True)
class EndedRow:
    """One membership that ends: whose, of which family's team, as what, and from which day on."""

    case: UUID
    practitioner: UUID
    name: str
    role: str
    agency_name: str
    to_on: date

    @property
    def role_label(self) -> str:
        """How they stood to the family, in words."""
        return TeamRole.label_of(self.role)


def end_memberships(practitioner: UUID, *, on: date) -> list[UUID]:
    """End every membership of somebody that reaches past a day; gives the families.

    From `on` they are on no team. A membership that had not begun by then lasts its first day: the
    history of a team is never emptied.
    """
    rows = TeamMember.objects.filter(practitioner=practitioner).filter(
        Q(to_on__isnull=True) | Q(to_on__gt=on)
    )
    cases = list(rows.order_by("case_id").values_list("case_id", flat=True).distinct())
    for id, from_on in rows.values_list("id", "from_on"):
        TeamMember.objects.filter(id=id).update(
            to_on=max(on, from_on + timedelta(days=1)), version=F("version") + 1
        )
    return cases


def looking_after(cases: Iterable[UUID], *, on: date) -> set[UUID]:
    """Whoever is allocated to one of these families, or chairs there, on a day."""
    rows = TeamMember.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gt=on),
        case__in=list(cases), role__in=LOOK_AFTER_A_TEAM, from_on__lte=on,
    )  # fmt: skip
    return set(rows.values_list("practitioner_id", flat=True))


def ended_in(cases: Iterable[UUID], *, since: date) -> list[EndedRow]:
    """The memberships of these families' teams that end on a day from `since` on, latest first."""
    rows = TeamMember.objects.filter(case__in=list(cases), to_on__gte=since)
    wanted = (
        "case_id", "practitioner_id", "practitioner__name", "role", "practitioner__agency__name",
        "to_on",
    )  # fmt: skip
    return [EndedRow(*row) for row in rows.order_by("-to_on", "id").values_list(*wanted)]


def roles_held(practitioner: UUID) -> dict[UUID, set[str]]:
    """What somebody is or was on each family's team, by family."""
    found: dict[UUID, set[str]] = {}
    rows = TeamMember.objects.filter(practitioner=practitioner).values_list("case_id", "role")
    for case, role in rows:
        found.setdefault(case, set()).add(role)
    return found
