"""Whom a broken glass is told to at once: its owner, the breaker's lead, information governance."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import team_of
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.shared.reading import holders_of_post
from goldenthread.usecases._steps.notices import (
    notify_of_asked_agreement,
    notify_of_broken_glass,
)


def tell_of_break(actor: Actor, case: UUID, *, now: datetime) -> None:
    """Send notices that hold nothing of it, once it is committed."""
    notify_of_broken_glass(whom_to_tell(actor, case, now=now), case)


def tell_of_ask(asked: set[UUID], case: UUID) -> None:
    """Send those who are asked to agree a notice of it, once that is committed."""
    notify_of_asked_agreement(asked, case)


def whom_to_tell(actor: Actor, case: UUID, *, now: datetime) -> set[UUID]:
    """The allocated worker and the leads of their agency, the breaker's leads, and governance.

    Never the breaker, nor anybody for whom the family does not exist: in conflict with it, not on
    its seal, or withheld from. A review waits for them all the same, by what it may tell.
    """
    owners = [row for row in team_of(case, on=day_of(now)) if row.role == TeamRole.ALLOCATED]
    agency_of = {row.practitioner: row.agency for row in owners}
    for agency in {actor.agency, *agency_of.values()}:
        agency_of |= {row.id: row.agency for row in holders_of_post(Remit.AGENCY_LEAD, agency)}
    governance = holders_of_post(Remit.INFORMATION_GOVERNANCE)
    agency_of |= {row.id: row.agency for row in governance}
    restricted = standing_on([case], on=day_of(now))
    return {
        who
        for who, agency in agency_of.items()
        if who != actor.practitioner and not restricted.of(case, who, agency).bars_family
    }
