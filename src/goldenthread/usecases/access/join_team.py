"""Put somebody on the team around a family, as what, for which days, and why.

The allocated worker and the chair do so for anybody, an agency's lead for people of their own
agency; nobody for themselves. It opens the record to them, and to their agency, on those days and
on no other. They are sent a notice that holds nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.access.team import TeamRole, Term
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.records.access.teams import hold_team, memberships_of, put_on_team
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import PractitionerRow, practitioner
from goldenthread.usecases._steps.notices import notify_of_joining
from goldenthread.usecases._steps.permission import NotFoundHere, Permission
from goldenthread.usecases._steps.team_settled import (
    NOT_A_DAY,
    CannotSettleTeam,
    after,
    checked_reason,
    day_typed,
    settled,
    who_fits,
)

__all__ = ["CannotSettleTeam", "Joining", "NotFoundHere", "Wanted", "check_joining", "join_team"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be on the team as what, with the first and the last day and the reason as typed."""

    who: UUID | None
    role: str
    first: str
    last: str
    why: str


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody's place on the team as it will be, or is.

    `agency_is_new` says that on its first day nobody else of their agency is on it.
    """

    who: PractitionerRow
    role: str
    term: Term
    why: str
    agency_is_new: bool


def check_joining(actor: Actor, case: UUID, wanted: Wanted, *, now: datetime) -> Joining:
    """What would be done, and nothing done. Raises NotFoundHere and CannotSettleTeam."""

    def check(permission: Permission) -> Joining:
        found = _joining(permission, wanted, now=now)
        audit.append(permission.event(resource="team", step="check"))
        return found

    return settled(actor, case, Action.JOIN_TEAM, check, now=now)


def join_team(
    actor: Actor, case: UUID, wanted: Wanted, *, id: UUID, shown: StepShown, now: datetime
) -> Joining:
    """Put somebody on the team; asked twice with one id it is done once.

    Raises NotFoundHere, CannotSettleTeam and StepUpNeeded.
    """
    act = partial(_join, wanted=wanted, id=id, shown=shown, now=now)
    return settled(actor, case, Action.JOIN_TEAM, act, now=now)


def _join(
    permission: Permission, *, wanted: Wanted, id: UUID, shown: StepShown, now: datetime
) -> Joining:
    case = permission.family.id
    hold_team(case)
    there = next((one for one in memberships_of(case) if one.id == id), None)
    if there is not None:
        who = practitioner(there.practitioner)
        assert who is not None
        return Joining(who, there.role, there.term, wanted.why, False)
    found = _joining(permission, wanted, now=now)
    require_step_up(SensitiveAct.JOIN_TEAM, shown, now=now)
    put_on_team(
        id, case=case, practitioner=found.who.id, role=found.role, term=found.term,
        reason=found.why, step=uuid5(id, "joined"), by=permission.actor.account,
        event=permission.event(resource=str(id), member=str(found.who.id), role=found.role),
    )  # fmt: skip
    notify_of_joining(found.who.id, case)
    return found


def _joining(permission: Permission, wanted: Wanted, *, now: datetime) -> Joining:
    why, problems = checked_reason(wanted.why)
    if wanted.role not in dict(TeamRole.choices()):
        problems["role"] = "Choose what they are on the team as."
    if wanted.who is None:
        problems["who"] = "Choose who it is."
    term, unfit = _term(wanted, now)
    if problems | unfit:
        raise CannotSettleTeam(problems | unfit)
    team = memberships_of(permission.family.id)
    who = who_fits(permission, wanted.who, wanted.role, term, team, field="who", now=now)
    others = {one.agency for one in team if one.term.holds_on(term.from_on)}
    return Joining(who, wanted.role, term, why, who.agency not in others)


def _term(wanted: Wanted, now: datetime) -> tuple[Term, dict[str, str]]:
    problems, days = {}, {}
    for name, text in (("from", wanted.first), ("until", wanted.last)):
        try:
            days[name] = day_typed(text)
        except DateNotUnderstood:
            problems[name] = NOT_A_DAY
    return Term(days.get("from") or day_of(now), after(days.get("until"))), problems
