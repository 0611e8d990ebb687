"""Whom it is told at once that somebody withholds a family's whole record: whoever oversees it."""

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
from goldenthread.usecases._steps.notices import notify_of_withholding


def tell_of_withholding(actor: Actor, case: UUID, *, now: datetime) -> None:
    """Send notices that hold nothing of it, once it is committed."""
    notify_of_withholding(whom_to_tell(actor, case, now=now), case)


def whom_to_tell(actor: Actor, case: UUID, *, now: datetime) -> set[UUID]:
    """The leads of the withholder's agency and the chair; with none of these, who is allocated.

    Never the withholder, nor anybody for whom the family does not exist, by this withholding too.
    """
    team = team_of(case, on=day_of(now))
    leads = {row.id: row.agency for row in holders_of_post(Remit.AGENCY_LEAD, actor.agency)}
    chairs = {row.practitioner: row.agency for row in team if row.role == TeamRole.CHAIR}
    allocated = {row.practitioner: row.agency for row in team if row.role == TeamRole.ALLOCATED}
    restricted = standing_on([case], on=day_of(now))

    def told(these: dict[UUID, UUID]) -> set[UUID]:
        return {
            who
            for who, agency in these.items()
            if who != actor.practitioner and not restricted.of(case, who, agency).bars_family
        }

    return told(leads | chairs) or told(allocated)
