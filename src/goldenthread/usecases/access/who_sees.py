"""Who can see one entry, or a family's record, and why; and why the reader can.

The people are those who could open the record: each is decided by the same policy as when they
look. Whoever may not know that it exists is not listed, and neither is why: that somebody has a
conflict of interest is theirs. What restricts an entry is told to whoever may read the entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import (
    RULES,
    Action,
    Actor,
    Decision,
    EntryHolders,
    FamilyTies,
    Outcome,
    decide,
)
from goldenthread.domain.access.team import TeamRole, Term
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.broken import BrokenRow, open_on
from goldenthread.records.access.reading import (
    AbleRow,
    TeamRow,
    able_to_open,
    team_of,
    ties_to,
    visible_to,
)
from goldenthread.records.access.restricting import Standing, standing_on
from goldenthread.records.access.standing import (
    LabelRow,
    SealRow,
    WithholdingRow,
    labels_on,
    seals_on,
    withholdings_on,
)
from goldenthread.records.audit import store as audit
from goldenthread.records.provenance.reading import agency_of, known_to_agencies
from goldenthread.records.shared.reading import AgencyRow, PractitionerRow, agencies, everybody
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

__all__ = [
    "Access",
    "AgencyRow",
    "LabelRow",
    "NotFoundHere",
    "PersonSees",
    "SealRow",
    "WithholdingRow",
    "who_can_see",
]

REASONS = {rule.id: rule.reason for rule in RULES}
# A reason speaks to whoever asks; of somebody else the same rule is said in these words.
OF_OTHERS = {
    "chair-sees-pooled-record": "Chairs this child's conference and sees the whole record.",
    "own-agency-entry": "Their agency made this entry.",
    "agency-was-told": "Their agency was told this.",
    "held-by-another-agency": "Another agency holds this and has not shared it with theirs.",
    "label-masks": "Their agency holds this, and they are not cleared to read it.",
    "allocated-worker": "Is allocated to this family.",
    "conference-chair": "Chairs this child's conference.",
    "named-member": "Is a named member of the team around this family.",
    "supervisor": "Supervises the allocated worker of this family.",
    "core-group-member": "Is a member of this family's core group.",
    "strategy-meeting-member": "Is a member of a strategy meeting about this family.",
    "review-panel-member": "Is a member of a panel that reviews this family's record.",
    "glass-broken": "Broke the glass, for a reason that somebody else reviews.",
    "same-agency": "A colleague in their agency is part of the team around this family.",
}


@dataclass(frozen=True, slots=True)
class PersonSees:
    """What one person is shown, by which rule; `term` are the days of their place on the team."""

    name: str
    agency_name: str
    role: str
    outcome: Outcome
    rule: str
    reason: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """Who sees an entry, or a family's record, and what restricts it.

    `people` are those for whom it exists. `own` is the decision about the reader. `may_label`,
    `may_seal` and `may_withhold` say what the reader may do here; what is withheld is told to
    those who may withhold. `own_term` are the days of the reader's own place on the team.
    `can_name` are the people a seal may name.
    """

    family: Family
    statement: UUID | None
    own: Decision
    people: tuple[PersonSees, ...]
    labels: tuple[LabelRow, ...]
    seals: tuple[SealRow, ...]
    withheld: tuple[WithholdingRow, ...]
    may_label: bool
    may_seal: bool
    may_withhold: bool
    cleared: frozenset[str]
    can_name: tuple[PractitionerRow, ...]
    agencies: tuple[AgencyRow, ...]
    own_term: Term | None = None


def who_can_see(
    actor: Actor, case_id: UUID, *, statement: UUID | None = None, now: datetime
) -> Access:
    """Who can see an entry the actor may read, or with none the family's record, and why.

    Raises NotFoundHere.
    """
    action = Action.VIEW_FAMILY if statement is None else Action.VIEW_ENTRY
    with permitted(actor, case_id, action, now=now) as permission:
        if statement is not None:
            _refuse_unread(permission, statement, now=now)
        found = _access(permission, statement, now=now)
        resource = "who-can-see" if statement is None else str(statement)
        audit.append(permission.event(resource=resource, step="who can see"))
    return found


def _access(permission: Permission, statement: UUID | None, *, now: datetime) -> Access:
    actor, case, ties = permission.actor, permission.family.id, permission.ties
    facts = standing_on([case], on=day_of(now))
    holders = None if statement is None else _holders(statement, facts, now=now)
    own = permission.decision if holders is None else _of(actor, ties, holders)
    may_withhold = decide(actor, Action.WITHHOLD_ENTRY, ties).is_allowed
    may_label = bool(holders) and decide(actor, Action.LABEL_ENTRY, ties, holders).is_allowed
    told = () if not may_withhold else withholdings_on(case)
    family = family_of(permission, now)
    mine = next((one for one in family.team if one.practitioner == actor.practitioner), None)
    return Access(
        family=family,
        statement=statement,
        own=own,
        people=tuple(_people(case, facts, holders, now=now)),
        labels=tuple(labels_on(statement).values()) if statement else (),
        seals=tuple(seals_on(case, statement, on=day_of(now))),
        withheld=tuple(row for row in told if row.statement == statement),
        may_label=may_label,
        may_seal=decide(actor, Action.SEAL_RECORD, ties).is_allowed,
        may_withhold=may_withhold,
        cleared=ties.restrictions.cleared,
        can_name=tuple(everybody()),
        agencies=tuple(agencies().values()),
        own_term=Term(mine.from_on, mine.to_on) if mine else None,
    )


def _people(
    case: UUID, facts: Standing, holders: EntryHolders | None, *, now: datetime
) -> list[PersonSees]:
    team = {one.practitioner: one for one in team_of(case, on=day_of(now))}
    found = []
    broke = {one.practitioner: one for one in open_on(case, now=now)}
    able = {one.practitioner: one for one in able_to_open(case, on=day_of(now))}
    for who in broke:
        able.setdefault(who, _by_glass_alone(broke[who]))
    for who, one in able.items():
        actor = Actor(one.account, one.practitioner, one.agency, one.remit)
        if who in broke:
            ties = ties_to(case, actor, now=now)
        else:
            restricted = facts.of(case, one.practitioner, one.agency)
            ties = FamilyTies(team[who].role if who in team else None, True, restricted)
        decision = _of(actor, ties, holders)
        if decision.outcome is not Outcome.DENY:
            found.append(_person(one, team.get(who), decision))
    return found


def _by_glass_alone(one: BrokenRow) -> AbleRow:
    return AbleRow(
        one.account, one.practitioner, one.name, one.agency, one.agency_name, one.remit_now
    )


def _person(one: AbleRow, place: TeamRow | None, decision: Decision) -> PersonSees:
    other = "Broke the glass" if decision.rule == "glass-broken" else "Same agency as the team"
    return PersonSees(
        one.name,
        one.agency_name,
        TeamRole.label_of(place.role) if place else other,
        decision.outcome,
        decision.rule,
        OF_OTHERS.get(decision.rule, decision.reason),
        Term(place.from_on, place.to_on) if place else None,
    )


def _of(actor: Actor, ties: FamilyTies, holders: EntryHolders | None) -> Decision:
    """What the policy says of the record, and where that lets them in, of the entry."""
    opening = decide(actor, Action.VIEW_FAMILY, ties)
    if holders is None or not opening.is_allowed:
        return opening
    return decide(actor, Action.VIEW_ENTRY, ties, holders)


def _holders(statement: UUID, facts: Standing, *, now: datetime) -> EntryHolders:
    agency = agency_of(statement)
    assert agency is not None
    known = known_to_agencies(statement, by=now)
    return EntryHolders(agency, known, facts.entries.get(statement))


def _refuse_unread(permission: Permission, statement: UUID, *, now: datetime) -> None:
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    if not visible.filter(id=statement).exists():
        raise NotFoundHere("There is no such entry in what you can read.", statement)
