"""Remind whoever is to answer for a plan: once each time it comes to need review by what they know,
and once when the day for an answer has passed. The notice says nothing of what it is about.

A job asks for this after a recording or a telling, and for every plan in the morning, because time
alone puts a plan in question too.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, FamilyTies, decide
from goldenthread.domain.access.remit import WITHOUT_FAMILIES
from goldenthread.domain.plans.reminding import Remind, because_of, reminder_due
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import team_of
from goldenthread.records.people.reading import case
from goldenthread.records.plans import reading, store
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import actors_of
from goldenthread.usecases._steps.follow_the_thread import REMIND
from goldenthread.usecases._steps.notices import notify_of_waiting
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases.plans.rules import plan_rules
from goldenthread.usecases.plans.sight import PlanSeen
from goldenthread.usecases.plans.waiting import plan_asking

__all__ = ["REMIND", "families_with_a_plan", "remind_of_plan"]

# Who looks and writes here in the audit trail: nobody; the service does, as whoever is asked reads.
NOBODY = UUID(int=0)


def families_with_a_plan() -> list[UUID]:
    """The ids of the families that have a plan: what a morning is to go through."""
    with transaction.atomic():
        wall.open_beyond_one_family()
        return reading.families_with_a_plan()


def remind_of_plan(case_id: UUID, *, now: datetime) -> int:
    """Send whoever the family's plan waits for a notice; gives how many. Twice sends it once."""
    with transaction.atomic(durable=True):
        wall.open_for_the_record(case_id)
        family = case(case_id)
        if family is None:
            return 0
        store.hold_plan(case_id)
        sent = 0
        on_team = {one.practitioner for one in team_of(case_id, on=day_of(now))}
        for actor in actors_of(on_team):
            if actor.remit in WITHOUT_FAMILIES:
                continue
            seen = plan_asking(actor, family, now=now)
            sent += seen is not None and _remind(actor, case_id, seen, now)
    return sent


def _remind(actor: Actor, case_id: UUID, seen: PlanSeen, now: datetime) -> bool:
    confirmed = seen.confirmed.id if seen.confirmed else None
    given = reading.reminders_given(seen.version.id, confirmed, actor.practitioner)
    by = seen.currency.answer_by(plan_rules())
    what = reminder_due(seen.currency, by, given, day_of(now))
    if what is None:
        return False
    because = sorted(because_of(seen.currency))
    which = f"reminder:{confirmed}:{actor.practitioner}:{what}:{because}"
    allowed = decide(actor, Action.VIEW_FAMILY, FamilyTies(agency_on_team=True))
    event = event_of(
        Actor(NOBODY, actor.practitioner, actor.agency), "remind_of_plan", allowed, case_id,
        resource=str(seen.version.id), reminded_of=str(what),
    )  # fmt: skip
    store.keep_reminder(
        uuid5(seen.version.id, which), version=seen.version.id, confirmed=confirmed,
        practitioner=actor.practitioner, what=what, because=because, event=event,
    )  # fmt: skip
    notify_of_waiting(actor.practitioner, case_id, is_late=what is Remind.DAY_PASSED)
    return True
