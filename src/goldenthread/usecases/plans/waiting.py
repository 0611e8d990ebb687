"""The plans that ask something of a reader, over all their families: by their name, by a day.

As each family's own page says it, and in a fixed number of queries, however many families.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.plans.currency import Reason, look_again_by
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import (
    TeamRow,
    cases_of,
    teams_of,
    ties_across,
    visible_filings,
)
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import CaseRow, children
from goldenthread.records.plans import reading
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases._steps.sharing_rules import sharing_rules
from goldenthread.usecases.plans.rules import plan_rules
from goldenthread.usecases.plans.sight import PlanSeen, Stood, chains_of, stand

# As the list of families: only those the policy already allows one by one.
LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")


@dataclass(frozen=True, slots=True)
class PlanWaiting:
    """The plan in force of one family that its reader is to answer for.

    `on` is the day by which they are to say what becomes of it, `answer_within` days after it came
    to need review; `reason` is the one its page gives first. Where nothing that they know questions
    it there is no reason, and `on` is the day set for looking at it again.
    """

    case: CaseRow
    seen: PlanSeen
    on: date
    reason: Reason | None
    answer_within: int


def plans_waiting(actor: Actor, *, now: datetime) -> list[PlanWaiting]:
    """The plans in force that the actor is to answer for, or soon to look at again; by the day."""
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        pairs = cases_of(actor, on=day_of(now))
        own = {case.id: case for case, role in pairs if role is not None}
        found = _waiting(actor, own, now)
        listed = LISTED if pairs else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_plans", listed, None, plans=len(found)))
    return sorted(found, key=lambda one: (one.on, one.case.reference))


def plan_asking(actor: Actor, family: CaseRow, *, now: datetime) -> PlanSeen | None:
    """One family's plan as the actor knows it, if it is in force and theirs to answer for.

    Whoever asks keeps in the audit trail what became of it.
    """
    found = _asked(actor, {family.id: family}, now)
    return next((seen for _, seen in _seen_of(found, now)), None)


def _waiting(actor: Actor, own: Mapping[UUID, CaseRow], now: datetime) -> list[PlanWaiting]:
    near = day_of(now) + timedelta(days=sharing_rules().look_ahead)
    asked = _asked(actor, own, now)
    waiting = (_of(own[case], asked[case][0], seen) for case, seen in _seen_of(asked, now))
    return [one for one in waiting if one is not None and (one.reason or one.on <= near)]


def _asked(actor: Actor, own: Mapping[UUID, CaseRow], now: datetime) -> dict[UUID, _Found]:
    """By family: the plan in force that the actor is to answer for, as their agency knows it."""
    owned = reading.owners_in(own)
    teams = teams_of(owned, on=day_of(now))
    ties = ties_across(teams, actor, on=day_of(now))
    mine = {
        case: tie
        for case, tie in ties.items()
        if actor.practitioner in owned[case] or tie.role == TeamRole.ALLOCATED
    }
    stood: dict[UUID, _Found] = {}
    for pooled in (False, True):
        of = {case: tie for case, tie in mine.items() if (tie.role == TeamRole.CHAIR) is pooled}
        if of:
            stood |= _stood(actor, of, teams, pooled=pooled, now=now)
    return {
        case: found
        for case, found in stood.items()
        if found[0].asked is not None
        and found[0].asked.practitioner == actor.practitioner
        and found[0].withdrawn is None
    }


# How a plan stands, and since when its reader's scope knows each entry of the family.
_Found = tuple[Stood, Mapping[UUID, datetime]]


def _stood(
    actor: Actor, ties: Mapping[UUID, FamilyTies], teams: Mapping[UUID, list[TeamRow]], *,
    pooled: bool, now: datetime,
) -> dict[UUID, _Found]:  # fmt: skip
    """By family: the plan signed last, of those the reader may read."""
    filings = visible_filings(ties, actor, now=now)
    known = reading.known_in_each(filings, None if pooled else actor.agency, by=now)
    scope = reading.filed(filings)
    versions = reading.versions_across(ties, scope, by=now)
    chains = {case: found[0] for case in ties if (found := chains_of(versions[case], known[case]))}
    answers = reading.answers_in([chain[0].id for chain in chains.values()], scope, by=now)
    return {
        case: (stand(chain, answers, teams[case], known[case]), known[case])
        for case, chain in chains.items()
    }


def _seen_of(asked: Mapping[UUID, _Found], now: datetime) -> list[tuple[UUID, PlanSeen]]:
    """How each of these plans stands by the entries its reader knows."""
    entries = reading.entries_new({plan.plan: plan.sought(known) for plan, known in asked.values()})
    # Who is a child counts only of those an entry that is read names: nobody else is told of here.
    young = children(*asked) if asked else {}
    return [
        (case, plan.seen(entries[plan.plan], frozenset(one.person for one in young[case]), now))
        for case, (plan, _) in asked.items()
    ]


def _of(case: CaseRow, plan: Stood, seen: PlanSeen) -> PlanWaiting | None:
    rules, found = plan_rules(), seen.currency
    reason = next(iter(found.reasons), None)
    on = found.answer_by(rules) if reason else look_again_by(plan.in_force, rules)
    return PlanWaiting(case, seen, on, reason, rules.answer_within.value) if on else None
