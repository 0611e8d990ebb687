"""What putting somebody on a family's team and ending their place have in common.

A refusal by a rule is kept in the audit trail before it is said; what was typed amiss is only said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome, decide
from goldenthread.domain.access.remit import WITHOUT_FAMILIES, Remit
from goldenthread.domain.access.team import (
    LOOK_AFTER_THE_TEAM,
    Candidate,
    TeamRole,
    Term,
    unfit_term,
)
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.access.teams import MembershipRow
from goldenthread.records.accounts.reading import leaving_days
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import PractitionerRow, practitioner, would_act_as
from goldenthread.usecases._steps.permission import Permission, event_of, permitted

LONGEST_REASON, LONGEST_DAY = 1_000, 60  # characters
# The same whatever it is: who has a conflict of interest, or is kept from a record, is theirs.
CANNOT_BE_ON_IT = (
    "They cannot be put on this team for these days. Why is not said here: it may be an account "
    "that ends, a post that opens no family, or something else."
)
ON_IT_ALREADY = (
    "They have a place on the team in these days. End that first, or choose days on which they "
    "have none."
)
CHANGED = "Somebody settled something else about this team meanwhile. Look at it as it is now."
NOT_A_DAY = "Give a whole day, like 3 March 2027."
NOT_POSSIBLE = Decision(Outcome.DENY, "cannot-be-on-the-team", CANNOT_BE_ON_IT)
Done = TypeVar("Done")


class CannotSettleTeam(Refusal):
    """It is not done; `problems` says why, by field. `by_rule` is the decision that forbids it."""

    def __init__(self, problems: dict[str, str], by_rule: Decision | None = None) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems, self.by_rule = problems, by_rule


def settled(
    actor: Actor, case: UUID, action: Action, act: Callable[[Permission], Done], *, now: datetime
) -> Done:
    """Do `act` as far as the actor may; what a rule forbids is kept in the trail, then said.

    Raises NotFoundHere, CannotSettleTeam, and what `act` raises.
    """
    with permitted(actor, case, action, now=now) as permission:
        try:
            with transaction.atomic():
                return act(permission)
        except CannotSettleTeam as refused:
            forbidden = refused
        except IntegrityError:  # somebody else was quicker, or the id is taken
            forbidden = CannotSettleTeam({"": CHANGED})
        if forbidden.by_rule is not None:
            audit.append(event_of(actor, action, forbidden.by_rule, case))
    raise forbidden


def checked_reason(typed: str) -> tuple[str, dict[str, str]]:
    """Why, and what is wrong with it."""
    reason = typed.strip()
    if not reason:
        return "", {"why": "Say why, so that whoever looks at this later can judge it."}
    if len(reason) > LONGEST_REASON:
        return "", {"why": f"Say it in {LONGEST_REASON:,} characters at most."}
    return reason, {}


def day_typed(text: str) -> date | None:
    """The whole day that was typed, None for nothing. Raises DateNotUnderstood."""
    if not text.strip():
        return None
    if len(text) > LONGEST_DAY:
        raise DateNotUnderstood(NOT_A_DAY)
    read = parse_as_typed(text.strip())
    if not read.is_exact or read.from_min is None:
        raise DateNotUnderstood(NOT_A_DAY)
    return read.from_min


def after(day: date | None) -> date | None:
    """The first day on which something is over, from its last day."""
    return None if day is None else day + timedelta(days=1)


def who_fits(
    permission: Permission, who: UUID | None, role: str, term: Term, team: Iterable[MembershipRow],
    *, field: str, now: datetime,
) -> PractitionerRow:  # fmt: skip
    """Somebody who can be on the team for these days. Raises CannotSettleTeam, at `field`.

    `team` are the places on it that stand beside theirs.
    """
    team = list(team)
    row = None if who is None else practitioner(who)
    if row is None:
        raise CannotSettleTeam({field: "Choose who it is."})
    decision = decide(
        permission.actor, Action.JOIN_TEAM, permission.ties,
        candidate=Candidate(row.id, row.agency, role),
    )  # fmt: skip
    if not decision.is_allowed:
        raise CannotSettleTeam({field: decision.reason}, decision)
    problems = unfit_term(role, term, today=day_of(now)) or _unfit_part(row, role, term, team)
    if problems:
        raise CannotSettleTeam(
            {field if name == "who" else name: s for name, s in problems.items()}
        )
    if any(one.practitioner == row.id and one.term.meets(term) for one in team):
        raise CannotSettleTeam({field: ON_IT_ALREADY})
    if _is_kept_from(permission.family.id, row, term):
        raise CannotSettleTeam({field: CANNOT_BE_ON_IT}, NOT_POSSIBLE)
    return row


def _unfit_part(
    row: PractitionerRow, role: str, term: Term, team: Iterable[MembershipRow]
) -> dict[str, str]:
    if role == TeamRole.CHAIR and row.remit != Remit.CONFERENCE_CHAIR:
        return {"who": "Only somebody whose post is conference chair is the chair of a team."}
    if role == TeamRole.SUPERVISOR and row.agency not in {
        one.agency
        for one in team
        if one.role == TeamRole.ALLOCATED and one.term.holds_on(term.from_on)
    }:
        return {"who": "Whoever supervises the allocated worker is of the same agency as they are."}
    return {}


def _is_kept_from(case: UUID, row: PractitionerRow, term: Term) -> bool:
    """Whether they could not open the family, whatever the reason; every reason is asked."""
    there = would_act_as(row.id)
    leaves = leaving_days([row.id]).get(row.id)
    found = standing_on([case], on=term.from_on).of(case, row.id, row.agency)
    ended = there is None or not there.is_active or row.remit in WITHOUT_FAMILIES
    goes = leaves is not None and (term.to_on is None or term.to_on > leaves)
    return ended or goes or found.bars_family


def may_be_of(permission: Permission) -> UUID | None:
    """The one agency whose people the actor settles this for; None for every agency."""
    of_all = permission.ties.role in LOOK_AFTER_THE_TEAM
    return None if of_all else permission.actor.agency
