"""End somebody's place on the team around a family, on a day or at once, and why.

The allocated worker is followed by the next: no day without one comes of this. Of one that has not
begun it is said that it never will, and it opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor, decide
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.access.team import Candidate, TeamRole, Term, first_day_without
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.records.access.teams import (
    MembershipRow,
    end_on,
    hold_team,
    memberships_of,
    put_on_team,
    step_was_taken,
)
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import PractitionerRow
from goldenthread.usecases._steps.notices import notify_of_joining
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, event_of
from goldenthread.usecases._steps.team_settled import (
    NOT_A_DAY,
    CannotSettleTeam,
    after,
    checked_reason,
    day_typed,
    settled,
    who_fits,
)

__all__ = ["CannotSettleTeam", "Ended", "Ending", "NotFoundHere", "check_ending", "end_membership"]

NO_SUCH_PLACE = "There is no such place on this family’s team."
NOBODY_ALLOCATED = (
    "There would be a day on which nobody is allocated to this family. Say who is allocated next."
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a place on the team ends: at once, or with a last day as typed; why; and who is next."""

    at_once: bool
    last: str
    why: str
    next: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A place on the team, from which day on it is over, and who is allocated from that day.

    `agency_stays` says that somebody else of their agency is on the team on that day; `gives_up` is
    another part that whoever is allocated next has until then.
    """

    row: MembershipRow
    to_on: date
    why: str
    agency_stays: bool
    next: PractitionerRow | None = None
    gives_up: MembershipRow | None = None


def check_ending(actor: Actor, case: UUID, member: UUID, ending: Ending, *, now: datetime) -> Ended:
    """What would be done, and nothing done. Raises NotFoundHere and CannotSettleTeam."""

    def check(permission: Permission) -> Ended:
        found = _ended(permission, member, ending, now=now)
        audit.append(permission.event(resource=str(member), step="check"))
        return found

    return settled(actor, case, Action.END_MEMBERSHIP, check, now=now)


def end_membership(
    actor: Actor, case: UUID, member: UUID, ending: Ending, *, id: UUID, shown: StepShown,
    now: datetime,
) -> Ended | None:  # fmt: skip
    """End somebody's place, and let the next one begin; None where this id did so before.

    Raises NotFoundHere, CannotSettleTeam and, where somebody is next, StepUpNeeded.
    """
    act = partial(_end, member=member, ending=ending, id=id, shown=shown, now=now)
    return settled(actor, case, Action.END_MEMBERSHIP, act, now=now)


def _end(
    permission: Permission, *, member: UUID, ending: Ending, id: UUID, shown: StepShown,
    now: datetime,
) -> Ended | None:  # fmt: skip
    case, by = permission.family.id, permission.actor.account
    hold_team(case)
    if step_was_taken(id, case):
        return None
    found = _ended(permission, member, ending, now=now)
    if found.next is not None:
        require_step_up(SensitiveAct.JOIN_TEAM, shown, now=now)
    for row, step in ((found.row, id), (found.gives_up, uuid5(id, "gives up"))):
        if row is not None:
            end_on(
                row.id, found.to_on, reason=found.why, step=step, by=by,
                event=permission.event(resource=str(row.id), member=str(row.practitioner)),
            )  # fmt: skip
    if found.next is not None:
        _begin(permission, found, found.next, uuid5(id, "next"))
        notify_of_joining(found.next.id, case)
    return found


def _begin(permission: Permission, found: Ended, who: PractitionerRow, id: UUID) -> None:
    """The next allocated worker begins on the day the one before no longer is."""
    actor, case, role = permission.actor, permission.family.id, TeamRole.ALLOCATED
    candidate = Candidate(who.id, who.agency, role)
    decision = decide(actor, Action.JOIN_TEAM, permission.ties, candidate=candidate)
    put_on_team(
        id, case=case, practitioner=who.id, role=role, reason=found.why,
        term=Term(found.to_on, found.row.term.to_on), step=uuid5(id, "joined"), by=actor.account,
        event=event_of(
            actor, Action.JOIN_TEAM, decision, case, resource=str(id), member=str(who.id),
            role=str(role),
        ),
    )  # fmt: skip


def _ended(permission: Permission, member: UUID, ending: Ending, *, now: datetime) -> Ended:
    team = memberships_of(permission.family.id)
    row = next((one for one in team if one.id == member), None)
    if row is None:
        raise NotFoundHere(NO_SUCH_PLACE)
    decision = decide(
        permission.actor, Action.END_MEMBERSHIP, permission.ties,
        candidate=Candidate(row.practitioner, row.agency, row.role),
    )  # fmt: skip
    if not decision.is_allowed:
        raise CannotSettleTeam({"": decision.reason}, decision)
    why, problems = checked_reason(ending.why)
    to_on, unfit = _first_day_over(row, ending, today=day_of(now))
    if to_on is None or problems | unfit:
        raise CannotSettleTeam(problems | unfit)
    others = [one for one in team if one.id != row.id]
    stays = any(one.agency == row.agency and one.term.holds_on(to_on) for one in others)
    found = Ended(row, to_on, why, stays)
    if row.role != TeamRole.ALLOCATED:
        return found
    return _followed(permission, found, ending.next, others, now=now)


def _first_day_over(
    row: MembershipRow, ending: Ending, *, today: date
) -> tuple[date | None, dict[str, str]]:
    """From which day on it is over, and what is wrong with what was asked."""
    was = row.term.to_on
    if was is not None and was <= max(today, row.term.from_on):
        return None, {"": "This place on the team is over already."}
    if ending.at_once:
        return max(today, row.term.from_on), {}
    try:
        last = day_typed(ending.last)
    except DateNotUnderstood:
        return None, {"last": NOT_A_DAY}
    if last is None:
        return None, {"last": "Give the last day, or choose that it ends at once."}
    if last < today or last < row.term.from_on:
        return None, {"last": "Choose a day from today, or from the first day, on."}
    to_on = after(last)
    if was is not None and to_on is not None and to_on >= was:
        return None, {
            "last": "It ends then, or sooner, already. For days after that, put them on the team "
            "again."
        }
    return to_on, {}


def _followed(
    permission: Permission, found: Ended, who: UUID | None, others: list[MembershipRow], *,
    now: datetime,
) -> Ended:  # fmt: skip
    """The same with who is allocated next, where anybody is to be; none may be missing."""
    lost = Term(found.to_on, found.row.term.to_on)
    if who is not None:
        gives_up = next((one for one in others if _changes_part(one, who, found.to_on)), None)
        beside = [one for one in others if gives_up is None or one.id != gives_up.id]
        role = TeamRole.ALLOCATED
        chosen = who_fits(permission, who, role, lost, beside, field="next", now=now)
        stays = found.agency_stays or chosen.agency == found.row.agency
        return replace(found, agency_stays=stays, next=chosen, gives_up=gives_up)
    allocated = (one.term for one in others if one.role == TeamRole.ALLOCATED)
    if first_day_without(lost, allocated) is not None:
        raise CannotSettleTeam({"next": NOBODY_ALLOCATED})
    return found


def _changes_part(one: MembershipRow, who: UUID, on: date) -> bool:
    """Whether this is another part that the next allocated worker has until then, and gives up."""
    other = one.role not in (TeamRole.ALLOCATED, TeamRole.CHAIR)
    return one.practitioner == who and other and one.term.from_on < on and one.term.holds_on(on)
