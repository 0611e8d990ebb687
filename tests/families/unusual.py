"""Makes the list of unusual access of the week that is now, as the weekly job does of the last."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.audit.unusual import week_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop.clock import now as the_present
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases.audit.make_unusual import list_week
from goldenthread.usecases.audit.unusual_access import ShownLine, read_unusual
from tests.families.world import World


def this_week() -> date:
    """The Monday of the week in which the trail of a test is written."""
    return week_of(day_of(the_present()))


def list_now(world: World, agency: str, *, now: datetime | None = None) -> bool:
    """List this week of an agency."""
    row = agencies()[world.agency(agency)]
    return list_week(row, this_week(), id=uuid4(), now=now or the_present())


def list_again(world: World, agency: str) -> bool:
    """List this week as though it were the week before: for lists of more than one week."""
    row = agencies()[world.agency(agency)]
    before = this_week() - timedelta(days=7)
    return list_week(row, before, id=uuid4(), now=the_present())


def told(actor: Actor, begins: date | None = None) -> tuple[ShownLine, ...]:
    """The lines a lead is told of."""
    return read_unusual(actor, begins, now=the_present()).lines
