"""Where people of one family are known in others, as far as a reader is entitled to know.

The link is told, and whom to ring; never what the other record says. At each step outward the
policy is asked about each family, and every step is audited, allowed or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import unseen_among
from goldenthread.records.access.reading import TeamRow, teams_of, ties_across
from goldenthread.records.audit import store as audit
from goldenthread.records.network.reading import counterparts, families_with
from goldenthread.records.people.reading import CaseRow, cases_by_id
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import AgencyRow
from goldenthread.usecases._steps.network_seen import LoadedNetwork, load_network
from goldenthread.usecases._steps.permission import Permission, event_of
from goldenthread.usecases.network.shown import Elsewhere

EXISTENCE_ONLY = Decision(
    Outcome.MASK,
    "link-exists-only",
    "You see that there is another record and whom to ring, not what it says.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One family reached: through whom of which family, by which verdict, and with which ties."""

    person: UUID
    name: str
    verdict: str
    agency: UUID | None
    case: CaseRow
    team: tuple[TeamRow, ...]
    ties: FamilyTies
    decision: Decision
    degree: int
    through: str

    @property
    def may_be_opened(self) -> bool:
        """Whether the reader may open the family reached."""
        return self.decision.is_allowed


def elsewhere_of(
    permission: Permission, loaded: LoadedNetwork, *, now: datetime
) -> tuple[Elsewhere, ...]:
    """The other families of everybody the reader is shown, one step out.

    Empty for a reader who is not a member of this family's team, and in what is made for others:
    whom to ring of another family is told to nobody through somebody else. Six queries, however
    many, and one more for each family that hides somebody another agency brought there.
    """
    may_follow = decide(permission.actor, Action.FOLLOW_LINK, permission.ties).is_allowed
    if permission.given.is_for_others or not may_follow:
        return ()
    names = {member.person: member.name for member in loaded.members}
    with wall.reaching_beyond():
        steps = steps_from(permission, names, {permission.family.id}, degree=1, now=now)
    return tuple(told(step, loaded.agencies) for step in steps)


def steps_from(
    permission: Permission,
    people: Mapping[UUID, str],
    visited: set[UUID],
    *,
    degree: int,
    now: datetime,
) -> list[Step]:
    """The families one step out from these people of a permitted family; each is visited once.

    `people` are names by id. Writes an audit event for each family reached.
    """
    found = _reached(people, visited)
    if not found:
        return []
    actor = permission.actor
    rows, teams = cases_by_id(found), teams_of(found, on=day_of(now))
    ties = ties_across(teams, actor, on=day_of(now))
    # Of a family that may be opened, a reader is still not told whom it hides from them.
    met = [(case, one.there) for case, one in found.items()]
    unseen = {case for case, _ in unseen_among(met, actor, ties, now=now)}
    steps = []
    for case_id, one in found.items():
        if ties[case_id].restrictions.bars_family:  # not even that there is another record
            continue
        opening = decide(actor, Action.VIEW_FAMILY, ties[case_id])
        opens = opening.is_allowed and case_id not in unseen
        steps.append(
            Step(
                person=one.person,
                name=people[one.person],
                verdict=one.verdict,
                agency=one.agency,
                case=rows[case_id],
                team=tuple(teams[case_id]),
                ties=ties[case_id],
                decision=opening if opens else EXISTENCE_ONLY,
                degree=degree,
                through=permission.family.reference if degree > 1 else "",
            )
        )
    visited |= set(found)
    audit.append(*(_event(permission, step) for step in steps))
    return steps


@dataclass(frozen=True, slots=True)
class _Way:
    """Whom a family is reached through, who that is there, by which verdict of which agency."""

    person: UUID
    there: UUID
    verdict: str
    agency: UUID | None


def _reached(people: Mapping[UUID, str], visited: set[UUID]) -> dict[UUID, _Way]:
    """By family: the way it is reached, by the firmest verdict there is."""
    mirrored: dict[UUID, list[_Way]] = {}
    for here, others in counterparts(people).items():
        for there, verdict, agency in others:
            mirrored.setdefault(there, []).append(_Way(here, there, verdict, agency))
    found: dict[UUID, _Way] = {}
    for case_id, there in families_with(mirrored):
        if case_id in visited:
            continue
        for way in mirrored[there]:
            known = found.get(case_id)
            if known is None or (
                known.verdict != SamePerson.SAME and way.verdict == SamePerson.SAME
            ):
                found[case_id] = way
    return found


def _event(permission: Permission, step: Step) -> audit.Event:
    return event_of(
        permission.actor,
        Action.FOLLOW_LINK,
        step.decision,
        step.case.id,
        resource=str(step.person),
        degree=step.degree,
        from_case=str(permission.family.id),
    )


def onward(step: Step, permission: Permission) -> Permission | None:
    """The permission to walk on from a family reached; None where the policy ends the walk there.

    Audited where it ends at a family the reader may open.
    """
    if not step.may_be_opened:
        return None
    decision = decide(permission.actor, Action.FOLLOW_LINK, step.ties)
    if not decision.is_allowed:
        event = event_of(permission.actor, Action.FOLLOW_LINK, decision, step.case.id)
        audit.append(event)
        return None
    return Permission(permission.actor, step.case, step.ties, decision, Action.FOLLOW_LINK)


def people_shown(permission: Permission, *, now: datetime) -> dict[UUID, str]:
    """The people of a family that a permitted reader is shown, by id."""
    loaded = load_network(permission, Viewpoint(now), now=now)
    return {member.person: member.name for member in loaded.members}


def told(step: Step, agencies: Mapping[UUID, AgencyRow]) -> Elsewhere:
    """What the reader is told of a family reached: that it exists and whom to ring."""
    name, agency, phone = _whom_to_ring(step, agencies)
    opened = step.may_be_opened
    return Elsewhere(
        person=str(step.person),
        name=step.name,
        verdict=step.verdict,
        degree=step.degree,
        ring_name=name,
        ring_agency=agency,
        ring_phone=phone,
        case=step.case.id if opened else None,
        reference=step.case.reference if opened else "",
        family_label=step.case.family_label if opened else "",
        through=step.through,
    )


def _whom_to_ring(step: Step, agencies: Mapping[UUID, AgencyRow]) -> tuple[str, str, str]:
    """The allocated worker, else whoever is on the team, else the agency that saw the link."""
    if step.team:
        first = step.team[0]
        row = agencies.get(first.agency)
        return first.name, first.agency_name, first.phone or (row.phone if row else "")
    row = agencies.get(step.agency) if step.agency else None
    return ("", row.name, row.phone) if row else ("", "", "")
