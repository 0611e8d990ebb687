"""Tell, once, that nobody reviewed a broken glass in time: its leads and information governance.

A nightly job asks for this. The notice says nothing of whom or what it is about, and is sent to
those alone for whom the review waits: nobody in conflict with the family, nor whoever answers to
the breaker. Of the partnership's information governance all are told, whatever agency they are in.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.domain.access.glass import Other, stands_over
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access import breaking
from goldenthread.records.access.broken import BrokenRow, break_by_id, breaks_not_escalated
from goldenthread.records.access.glass_rules import glass_rules
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.provenance.store import hold
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import holders_of_post
from goldenthread.usecases._steps.notices import notify_of_late_review
from goldenthread.usecases._steps.permission import event_of

# Who writes here in the audit trail: nobody; the service does, by its policy.
NOBODY = UUID(int=0)
LATE = Decision(Outcome.ALLOW, "glass-not-reviewed-in-time", "Nobody reviewed this in time.")
_log = logging.getLogger(__name__)


def escalate_unreviewed(*, now: datetime) -> int:
    """Tell of every break whose days have passed without a review; how many. Twice tells once."""
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()  # told to nobody here but that something waits
        days = timedelta(days=glass_rules().escalates_after_days)
        late = breaks_not_escalated(opened_by=now - days)
    return sum(_escalate(row.id, now) for row in late)


def _escalate(id: UUID, now: datetime) -> bool:
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        hold(id)
        still = {row.id for row in breaks_not_escalated(opened_by=now)}
        row = break_by_id(id)
        if row is None or id not in still:
            return False
        told = whom_to_tell(row, now=now)
        if not told:
            _log.error("Nobody can review broken glass %s: no lead and no governance.", id)
            return False
        breaker = Actor(NOBODY, row.practitioner, row.agency)
        breaking.escalate_it(
            id, at=now,
            event=event_of(
                breaker, "escalate_glass", LATE, row.case, resource=f"broken-glass {id}",
                told=len(told),
            ),
        )  # fmt: skip
        notify_of_late_review(told, row.case)
    return True


def whom_to_tell(row: BrokenRow, *, now: datetime) -> set[UUID]:
    """The leads of the breaker's agency and all of information governance who may review it."""
    leads = holders_of_post(Remit.AGENCY_LEAD, row.agency)
    governance = holders_of_post(Remit.INFORMATION_GOVERNANCE)
    restricted = standing_on([row.case], on=day_of(now))
    return {
        one.id
        for one in (*leads, *governance)
        if stands_over(Other(one.id, one.agency, one.remit), row.breaker)
        and not restricted.of(row.case, one.id, one.agency).in_conflict
    }
