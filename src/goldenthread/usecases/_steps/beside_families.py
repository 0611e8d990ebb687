"""Asks the policy about what concerns no family on record, in one transaction with its audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from goldenthread.domain.access.decision import Actor, Decision
from goldenthread.domain.access.partnership import (
    A_LEADS,
    COUNTS,
    PartnershipAction,
    decide_beside_families,
)
from goldenthread.domain.shared.refusal import NotTheirs
from goldenthread.records.audit import store as audit
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.permission import NotFoundHere, event_of, keep_refusal

# What is counted over the partnership, or declared about a family that the actor does not open.
BEYOND_ONE_FAMILY = (
    COUNTS | A_LEADS | {PartnershipAction.BREAK_GLASS, PartnershipAction.REVIEW_GLASS}
)
NO_SUCH_PAGE = "There is no such page for you."


@dataclass(frozen=True, slots=True)
class PartnershipPermission:
    """A granted request that concerns no family: who, what, and by which rule."""

    actor: Actor
    action: PartnershipAction
    decision: Decision

    def event(self, *, resource: str = "", **detail: object) -> audit.Event:
        """The audit event of what was permitted; never any content."""
        return event_of(self.actor, self.action, self.decision, None, resource=resource, **detail)


@contextmanager
def permitted_beside_families(
    actor: Actor, action: PartnershipAction
) -> Iterator[PartnershipPermission]:
    """Open the one outermost transaction of an action. Raises NotFoundHere, itself audited."""
    try:
        with transaction.atomic(durable=True):
            decision = decide_beside_families(actor, action)
            if decision.is_allowed:
                if action in BEYOND_ONE_FAMILY:
                    wall.open_beyond_one_family()
                yield PartnershipPermission(actor, action, decision)
                return
            audit.append(event_of(actor, action, decision, None))
    except (NotFoundHere, NotTheirs) as refused:
        keep_refusal(actor, action, None, refused)
        raise
    raise NotFoundHere(NO_SUCH_PAGE, is_kept=True)


def may(actor: Actor, action: PartnershipAction) -> bool:
    """Whether a page may offer an action; the action itself asks again."""
    return decide_beside_families(actor, action).is_allowed
