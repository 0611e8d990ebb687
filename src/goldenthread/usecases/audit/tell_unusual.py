"""Lists the weeks that are over, and tells whoever is to ask about their lines that a list waits.

Once for a week: when it was listed. Told is only whoever has a line to answer; the notice says
nothing of it, not even whose list it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies, holders_of_post, would_act_as
from goldenthread.usecases._steps.notices import notify_of_list
from goldenthread.usecases.audit.make_unusual import list_week, weeks_to_list
from goldenthread.usecases.audit.unusual_access import weeks_waiting


def list_and_tell(*, now: datetime, new_id: Callable[[], UUID]) -> int:
    """List every agency's weeks that are over and not listed yet; gives how many were.

    Whoever is to ask is told once, however many weeks were listed; doing it twice does nothing
    more.
    """
    made, listed = 0, set()
    for agency in agencies().values():
        for begins in weeks_to_list(agency.id, today=day_of(now)):
            if list_week(agency, begins, id=new_id(), now=now):
                made += 1
                listed.add(agency.id)
    if listed:
        _tell(listed, now)
    return made


def _tell(listed: set[UUID], now: datetime) -> None:
    """Send whoever has a line to answer a notice; what could not be sent is logged."""
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        asking = [one for one in holders_of_post(Remit.AGENCY_LEAD) if one.agency in listed]
        asking += holders_of_post(Remit.INFORMATION_GOVERNANCE)
        actors = [actor for one in asking if (actor := would_act_as(one.id)) and actor.is_active]
        told = {one.practitioner for one in actors if weeks_waiting(one, now=now)}
        if told:
            notify_of_list(told)
