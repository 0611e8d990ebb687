"""Asks the policy, and makes the audit event that every look and every change must carry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import (
    Action,
    Actor,
    Decision,
    FamilyTies,
    Outcome,
    decide,
)
from goldenthread.domain.access.restrictions import NOT_NARROWED
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.records.access.reading import ties_to
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import CaseRow, case
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.giving import Given, NotForThem, given_by

__all__ = [
    "NotForThem", "NotFoundHere", "OnlyRead", "Permission", "event_of",
    "keep_refusal", "permitted",
]  # fmt: skip

GLASS_IS_READ_ONLY = "glass-is-read-only"
LONGEST_ASKED = 120  # as long as the trail keeps what something was about
NO_SUCH_FAMILY = "There is no such family in your record."
# The table of rules let somebody in whom the database does not: one of the two is wrong, and until
# somebody has found out which, nobody comes in.
WALLS_DIFFER = Decision(
    Outcome.DENY, "second-wall", "The database does not know you as part of this family."
)


# Of what is within a family somebody may open, or of no family: the same of what never was.
NO_SUCH_ID = Decision(
    Outcome.DENY, NOT_IN_WHAT_THEY_READ, "There is nothing by this id that you may read."
)


class NotFoundHere(Refusal):
    """There is no such record for this person: none exists, or it is not theirs to know of.

    `asked` is the id that was asked for, where one was. `is_kept` says that the trail holds already
    that this was refused.
    """

    def __init__(self, reason: str, asked: object = "", *, is_kept: bool = False) -> None:
        super().__init__(reason)
        self.asked = asked
        self.is_kept = is_kept


class OnlyRead(NotFoundHere):
    """The reader broke the glass of this family, and asked for more than to read it.

    They are told so: that there is such a family is what they opened it to see.
    """

    def __init__(self, case: UUID, reason: str) -> None:
        super().__init__(reason, is_kept=True)
        self.case = case


NOT_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Permission:
    """A granted request: the family, how the actor stands to it, and by which rule.

    `given` says whom a document is for that is being taken out; for others, `ties` are narrowed.
    """

    actor: Actor
    family: CaseRow
    ties: FamilyTies
    decision: Decision
    action: Action
    given: Given = NOT_GIVEN

    @property
    def for_oneself(self) -> Permission:
        """The same without the narrowing: what the actor reads for themselves."""
        restrictions = replace(self.ties.restrictions, narrowed=NOT_NARROWED)
        ties = replace(self.ties, restrictions=restrictions)
        return replace(self, ties=ties, given=NOT_GIVEN)

    def event(self, *, resource: str = "", **detail: object) -> audit.Event:
        """The audit event of what was permitted."""
        return event_of(
            self.actor, self.action, self.decision, self.family.id, resource=resource, **detail
        )


@contextmanager
def permitted(
    actor: Actor, case_id: UUID, action: Action, *, now: datetime
) -> Iterator[Permission]:
    """Open the one outermost transaction of an action, allowed by the policy at this moment.

    A refusal is itself committed to the audit trail and then raised as NotFoundHere, as if the
    family did not exist: a refusal that differs from "no such family" would tell that it does.
    Whoever broke the glass and asks for more than to read is told so (OnlyRead). For a document for
    others, everything is read as they may have it; NotForThem where one may not open the family.
    Where something within the family is not theirs to know of, or not theirs to do, nothing of the
    action is kept, and then that it was refused.
    """
    try:
        with transaction.atomic(durable=True):
            admitted = wall.open_for(actor, case_id, on=day_of(now))
            family = case(case_id)
            # Asked also of a family that does not exist: an answer that comes sooner would tell so.
            ties = ties_to(case_id, actor, now=now)
            decision = decide(actor, action, ties)
            if decision.is_allowed and not admitted:
                decision = WALLS_DIFFER
            if family is not None and decision.is_allowed:
                yield _narrowed(Permission(actor, family, ties, decision, action), now)
                return
            audit.append(event_of(actor, action, decision, case_id))
    except (NotFoundHere, NotTheirs) as refused:
        keep_refusal(actor, action, case_id, refused)
        raise
    if family is not None and decision.rule == GLASS_IS_READ_ONLY:
        raise OnlyRead(case_id, decision.reason)
    raise NotFoundHere(NO_SUCH_FAMILY, is_kept=True)


def keep_refusal(
    actor: Actor, action: str, case_id: UUID | None, refused: NotFoundHere | NotTheirs
) -> None:
    """Keep in the trail that something was refused, once, in a transaction of its own.

    After what was begun has been given up: a row of it would be given up too. Whatever was asked
    for, the same is asked of the database, and no family is opened for it: the trail needs none.
    """
    decision, asked = NO_SUCH_ID, ""
    if isinstance(refused, NotTheirs):
        decision = Decision(Outcome.DENY, refused.rule, refused.reason)
    elif refused.is_kept:
        return
    else:
        asked, refused.is_kept = str(refused.asked or "")[:LONGEST_ASKED], True
    with transaction.atomic(durable=True):
        audit.append(event_of(actor, action, decision, case_id, resource=asked))


def _narrowed(permission: Permission, now: datetime) -> Permission:
    """The same permission, for a document: what its recipients may not have does not exist."""
    if not permission.actor.gives_to:
        return permission
    ties = permission.ties
    given = given_by(permission.actor, permission.family.id, ties, now=now)
    restrictions = replace(ties.restrictions, narrowed=given.narrowing)
    return replace(permission, ties=replace(ties, restrictions=restrictions), given=given)


def event_of(
    actor: Actor,
    action: str,
    decision: Decision,
    case_id: UUID | None,
    *,
    resource: str = "",
    **detail: object,
) -> audit.Event:
    """The audit event of any decision, allowed or refused."""
    return audit.Event(
        account=actor.account,
        practitioner=actor.practitioner,
        agency=actor.agency,
        action=str(action),
        outcome=str(decision.outcome),
        rule=decision.rule,
        case=case_id,
        resource=resource,
        detail=detail,
    )
