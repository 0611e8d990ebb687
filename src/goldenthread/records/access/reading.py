"""How somebody stands to a family, who is on its team, and which statements they may see.

`visible_to` and `known_of` are the query forms of the domain's `decide`; a test holds them to it.
What restricts a family or an entry comes with the ties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.access.decision import Actor, FamilyTies, by_glass
from goldenthread.domain.access.glass import is_open, may_break
from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.access.restrictions import (
    InformationState,
    Restrictions,
    hides_source,
    state_of,
)
from goldenthread.domain.access.team import TeamRole, Term
from goldenthread.domain.network.wording import day_in_words
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.access.models import HOLDS_FOR_A_DAY, TeamMember
from goldenthread.records.access.restricting import restrictions_of, standing_on
from goldenthread.records.people.models import Filing
from goldenthread.records.people.reading import CASE_FIELDS, CaseRow
from goldenthread.records.provenance.models import Awareness, Statement
from goldenthread.records.shared.conditions import is_one_of
from goldenthread.records.shared.models import Account


def _on(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gt=day))


def ties_to(case: UUID, actor: Actor, *, now: datetime) -> FamilyTies:
    """How the actor stands to the family now, and by which glass of theirs, if one is open.

    A post that may no longer break the glass closes what it opened.
    """
    on = day_of(now)
    rows = TeamMember.objects.filter(
        _on(on),
        Q(practitioner=actor.practitioner) | Q(practitioner__agency=actor.agency),
        case=case,
    ).values_list("practitioner_id", "role")
    own = next((role for practitioner, role in rows if practitioner == actor.practitioner), None)
    restricted = restrictions_of([case], actor.practitioner, actor.agency, on=on)[case]
    ties = FamilyTies(own, bool(rows), restricted)
    rules = glass_rules()
    glass = next((one for one in restricted.broken if is_open(one, now=now)), None)
    if glass is None or not may_break(actor.remit, rules):
        return ties
    return by_glass(ties, glass)


def standing(
    cases: Iterable[tuple[UUID, str | None]], actor: Actor, *, on: date
) -> dict[UUID, FamilyTies]:
    """The actor's ties to families of `cases_of`, each given with the actor's own role in it."""
    roles = dict(cases)
    found = restrictions_of(roles, actor.practitioner, actor.agency, on=on)
    return {case: FamilyTies(role, True, found[case]) for case, role in roles.items()}


def visible_to(case: UUID, actor: Actor, ties: FamilyTies, *, now: datetime) -> QuerySet[Statement]:
    """The statements on a family that the actor may read in full now.

    Everything else on the family is masked, or refused with the family itself.
    """
    filed = known_of(case, actor, ties)
    unread = _in_state(actor, ties.restrictions, InformationState.MASKED)
    if unread:
        filed = filed.exclude(is_one_of("id", unread))
    return filed if ties.reads_all else filed.filter(held_by_agency(actor, now))


def known_of(case: UUID, actor: Actor, ties: FamilyTies) -> QuerySet[Statement]:
    """The statements on a family that exist for the actor: in full, or masked.

    For masks and counts, never for content. Whatever is not here does not exist for them.
    """
    if not _may_open(actor, ties):
        return Statement.objects.none()
    filed = all_filed(case)
    hidden = hidden_from(actor, ties.restrictions)
    return filed.exclude(is_one_of("id", hidden)) if hidden else filed


def hidden_from(actor: Actor, restricted: Restrictions) -> frozenset[UUID]:
    """The entries that do not exist for the actor, or for those they read for; no query."""
    return _in_state(actor, restricted, InformationState.HIDDEN) | restricted.narrowed.entries


def masks_any(actor: Actor, restricted: Restrictions) -> bool:
    """Whether a label masks an entry of these families for the actor; no query."""
    return bool(_in_state(actor, restricted, InformationState.MASKED))


def restricted_alone(actor: Actor, ties: FamilyTies, *, now: datetime) -> frozenset[UUID]:
    """The masked entries that the actor would read but for a label. One query, if there are any.

    They are told apart from what another agency holds: it is not that agency that is to be asked.
    """
    masked = _in_state(actor, ties.restrictions, InformationState.MASKED)
    if not masked:
        return masked
    rows = Statement.objects.filter(is_one_of("id", masked))
    if not ties.reads_all:
        rows = rows.filter(held_by_agency(actor, now))
    return frozenset(rows.values_list("id", flat=True))


def held_by_agency(actor: Actor, now: datetime) -> Q:
    """That the actor's agency made a statement or was told it; a condition, for `filter`."""
    told = Awareness.objects.filter(
        statement=OuterRef("pk"), agency=actor.agency, known_from__lte=now
    )
    return Q(agency=actor.agency) | Q(Exists(told))


def unreadable_by(actor: Actor, restricted: Restrictions) -> frozenset[UUID]:
    """The entries that a restriction keeps from the actor, masked or hidden; no query."""
    return hidden_from(actor, restricted) | _in_state(actor, restricted, InformationState.MASKED)


def sources_hidden_from(actor: Actor, restricted: Restrictions) -> frozenset[UUID]:
    """The entries of which the actor may not know who told them; no query."""
    who, cleared = actor.practitioner, restricted.cleared
    kept = (id for id, one in restricted.entries.items() if hides_source(one, who, cleared))
    return restricted.narrowed.sources.union(kept)


def _in_state(actor: Actor, restricted: Restrictions, state: InformationState) -> frozenset[UUID]:
    return frozenset(
        id
        for id, one in restricted.entries.items()
        if state_of(one, actor.practitioner, actor.agency, restricted.cleared) is state
    )


def visible_filings(
    ties: Mapping[UUID, FamilyTies], actor: Actor, *, now: datetime
) -> QuerySet[Filing]:
    """What the actor may read in full now on each of these families: `visible_to`, over many.

    `ties` are the actor's to each family.
    """
    opened = {case: tie for case, tie in ties.items() if _may_open(actor, tie)}
    pooled = [case for case, tie in opened.items() if tie.reads_all]
    scoped = [case for case in opened if case not in pooled]
    told = Awareness.objects.filter(
        statement=OuterRef("statement"), agency=actor.agency, known_from__lte=now
    )
    theirs = Q(statement__agency=actor.agency) | Exists(told)
    rows = Filing.objects.filter(Q(case__in=pooled) | (Q(case__in=scoped) & theirs))
    unread: set[UUID] = set()
    for tie in opened.values():
        unread |= unreadable_by(actor, tie.restrictions)
    return rows.exclude(is_one_of("statement", unread)) if unread else rows


def _may_open(actor: Actor, ties: FamilyTies) -> bool:
    tied = ties.role is not None or ties.agency_on_team or ties.glass is not None
    able = actor.is_active and actor.remit not in WITHOUT_FAMILIES
    return able and tied and not ties.restrictions.bars_family


def all_filed(case: UUID) -> QuerySet[Statement]:
    """Every statement on a family, whoever may see it: never for anything a reader is shown."""
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

    @property
    def part(self) -> str:
        """The same, with the last day where it has one: "Member of the core group, until ..."."""
        last = Term(self.from_on, self.to_on).last_day
        return f"{self.role_label}, until {day_in_words(last)}" if last else self.role_label


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


def ties_across(
    teams: Mapping[UUID, Iterable[TeamRow]], actor: Actor, *, on: date
) -> dict[UUID, FamilyTies]:
    """How the actor stands to the families whose teams these are; as `ties_to`, in one query."""
    restricted = restrictions_of(teams, actor.practitioner, actor.agency, on=on)
    return {case: _within(team, actor, restricted[case]) for case, team in teams.items()}


def _within(team: Iterable[TeamRow], actor: Actor, restricted: Restrictions) -> FamilyTies:
    own = None
    of_agency = False
    for member in team:
        own = member.role if member.practitioner == actor.practitioner else own
        of_agency = of_agency or member.agency == actor.agency
    return FamilyTies(own, own is not None or of_agency, restricted)


def team_agencies(case: UUID) -> set[UUID]:
    """The agencies that are or were part of the team around a family."""
    rows = TeamMember.objects.filter(HOLDS_FOR_A_DAY, case=case)
    return set(rows.values_list("practitioner__agency_id", flat=True))


def cases_of(
    actor: Actor, *, on: date, among: Collection[UUID] | None = None
) -> list[tuple[CaseRow, str | None]]:
    """The families the actor's agency is part of on a day, each with the actor's own role.

    Which those are is said at `families_with_ties`.
    """
    found = families_with_ties(actor, on=on, among=among)
    return [(case, ties.role) for case, ties in found]


def families_with_ties(
    actor: Actor, *, on: date, among: Collection[UUID] | None = None
) -> list[tuple[CaseRow, FamilyTies]]:
    """The families the actor's agency is part of on a day, each with the actor's ties to it.

    One's own stand first, then by reference. One that is sealed from the actor, withheld, or in
    conflict with them is not among them. `among` asks for those of them alone. Two queries.
    """
    if actor.remit in WITHOUT_FAMILIES or not actor.is_active:
        return []
    team = TeamMember.objects.filter(_on(on))
    if among is not None:
        team = team.filter(is_one_of("case", among))
    rows = team.filter(
        Q(practitioner=actor.practitioner) | Q(practitioner__agency=actor.agency)
    ).values_list("practitioner_id", "role", *(f"case__{name}" for name in CASE_FIELDS))
    found: dict[UUID, tuple[CaseRow, str | None]] = {}
    for practitioner, role, *fields in rows:
        row = CaseRow(*fields)
        own = role if practitioner == actor.practitioner else None
        if row.id not in found or own:
            found[row.id] = (row, own)
    standing = restrictions_of(found, actor.practitioner, actor.agency, on=on)
    there = [
        (row, FamilyTies(own, True, standing[case]))
        for case, (row, own) in found.items()
        if not standing[case].bars_family
    ]
    return sorted(there, key=lambda pair: (pair[1].role is None, pair[0].reference))


@dataclass(frozen=True, slots=True)
class AbleRow:
    """One account holder who could open a family, before what restricts it is asked."""

    account: UUID
    practitioner: UUID
    name: str
    agency: UUID
    agency_name: str
    remit: str


def able_to_open(case: UUID, *, on: date) -> list[AbleRow]:
    """Every account holder of the agencies of a family's team, by agency and name."""
    agencies = {member.agency for member in team_of(case, on=on)}
    rows = (
        Account.objects.filter(is_active=True, practitioner__agency__in=agencies)
        .exclude(practitioner__remit__in=WITHOUT_FAMILIES)
        .order_by("practitioner__agency__name", "practitioner__name")
        .values_list(
            "id",
            "practitioner_id",
            "practitioner__name",
            "practitioner__agency_id",
            "practitioner__agency__name",
            "practitioner__remit",
        )
    )
    return [AbleRow(*row) for row in rows]


def who_can_open(case: UUID, *, on: date) -> list[tuple[str, str, str]]:
    """Every account holder who may open a family, with agency and the rule that lets them in."""
    team = {member.practitioner: member for member in team_of(case, on=on)}
    restricted = standing_on([case], on=on)
    return [
        (
            one.name,
            one.agency_name,
            team[one.practitioner].part if one.practitioner in team else "Same agency as the team",
        )
        for one in able_to_open(case, on=on)
        if not restricted.of(case, one.practitioner, one.agency).bars_family
    ]
