"""Who agrees that somebody breaks the glass again: anybody who stands over them, and no conflict.

The breaker chooses who is asked first. Whoever else may agree can answer as well, so that nothing
waits on one person, and nothing that is answered tells who could not be asked.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.glass import Breaker, Other, stands_over
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.broken import AskRow
from goldenthread.records.access.restricting import standing_on
from goldenthread.records.shared.reading import PractitionerRow, holders_of_post


def seconds_for(actor: Actor) -> tuple[PractitionerRow, ...]:
    """Who can agree that the actor breaks the glass again, whatever the family is."""
    breaker = Breaker(actor.practitioner, actor.agency, {actor.remit})
    leads = holders_of_post(Remit.AGENCY_LEAD, actor.agency)
    rows = (*leads, *holders_of_post(Remit.INFORMATION_GOVERNANCE))
    return tuple(row for row in rows if stands_over(Other(row.id, row.agency, row.remit), breaker))


def whom_to_ask(actor: Actor, chosen: UUID, case: UUID, *, now: datetime) -> set[UUID]:
    """Who is sent a notice: whoever was chosen, or all others where that person is in conflict.

    Nobody in conflict with the family is ever among them.
    """
    restricted = standing_on([case], on=day_of(now))
    able = {
        one.id
        for one in seconds_for(actor)
        if not restricted.of(case, one.id, one.agency).in_conflict
    }
    return {chosen} if chosen in able else able


def may_answer(actor: Actor, row: AskRow, *, now: datetime) -> bool:
    """Whether the actor may say of an ask that they agree, or do not."""
    breaker = Breaker(row.practitioner, row.agency, {row.remit})
    restricted = standing_on([row.case], on=day_of(now))
    in_conflict = restricted.of(row.case, actor.practitioner, actor.agency).in_conflict
    return not in_conflict and stands_over(
        Other(actor.practitioner, actor.agency, actor.remit), breaker
    )
