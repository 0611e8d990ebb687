"""Asks the policy of accounts, in one transaction with its audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.accounts import AccountAction, Held, decide_account
from goldenthread.domain.access.decision import Actor, Decision
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.accounts.reading import HolderRow, holder
from goldenthread.records.audit import store as audit
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import NotFoundHere, event_of

NO_SUCH_ACCOUNT = "There is no such account in your agency."
OWN = "never-ones-own-account"


class NotOnesOwn(Refusal):
    """Nobody changes their own post or ends their own account."""


@dataclass(frozen=True, slots=True)
class AccountPermission:
    """A granted request about accounts: who, what, by which rule; and whose, where it is of one."""

    actor: Actor
    action: AccountAction
    decision: Decision
    of: HolderRow | None = None

    @property
    def held(self) -> HolderRow:
        """The account it is about."""
        assert self.of is not None, "asked for the agency as such"
        return self.of

    def event(self, **detail: object) -> audit.Event:
        """The audit event of what was permitted: ids and the names of what changed, no more."""
        resource = str(self.of.practitioner) if self.of else ""
        return event_of(self.actor, self.action, self.decision, None, resource=resource, **detail)


@contextmanager
def permitted_account(
    actor: Actor, action: AccountAction, practitioner: UUID | None = None
) -> Iterator[AccountPermission]:
    """Open the one outermost transaction of an action on one account, or on the actor's agency.

    An account of another agency does not exist for whoever asks. Raises NotFoundHere and
    NotOnesOwn, each itself audited.
    """
    with transaction.atomic(durable=True):
        row = holder(practitioner) if practitioner else None
        of_agency = actor.agency if practitioner is None else row.agency if row else None
        if of_agency is not None:
            decision = decide_account(actor, action, Held(of_agency, practitioner))
        else:  # no such account: asked as if of an agency that is nobody's
            decision = decide_account(actor, action, Held(UUID(int=0), practitioner))
        if decision.is_allowed:
            wall.open_beyond_one_family()  # whoever leaves a post leaves every team
            yield AccountPermission(actor, action, decision, row)
            return
        audit.append(event_of(actor, action, decision, None, resource=str(practitioner or "")))
    if decision.rule == OWN:
        raise NotOnesOwn(decision.reason)
    raise NotFoundHere(NO_SUCH_ACCOUNT, is_kept=True)
