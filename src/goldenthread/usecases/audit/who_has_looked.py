"""Who has looked at one family's record, day by day, as its reader may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.audit.trail import Day, Happening, Sight, days_shown
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import reading as trail
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import PractitionerRow, practitioners_by_id
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.audit.known_things import known_things

__all__ = ["Asked", "DayLooked", "Looks", "NotADateRange", "NotFoundHere", "who_has_looked"]

USUAL_DAYS = 90
AT_MOST = 20_000  # events read at once; the page says where it stopped


class NotADateRange(Refusal):
    """The last day asked for is before the first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: one person alone, and from which day to which, both within it."""

    person: UUID | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class DayLooked:
    """One person's day in the record, with who they are."""

    day: Day
    person: PractitionerRow


@dataclass(frozen=True, slots=True)
class Looks:
    """The days of the period, the latest first; everybody in it, by name, to choose from.

    `stops_on` is the day before which nothing was read, because there was too much of it.
    """

    family: Family
    first: date
    last: date
    days: tuple[DayLooked, ...]
    people: tuple[PractitionerRow, ...]
    sees_everything: bool
    stops_on: date | None


def who_has_looked(actor: Actor, case_id: UUID, asked: Asked, *, now: datetime) -> Looks:
    """Read who has looked. Raises NotFoundHere, NotADateRange.

    That this was read is itself in the trail, before anything of it is read.
    """
    today = day_of(now)
    last = min(asked.last or today, today)
    first = asked.first or last - timedelta(days=USUAL_DAYS)
    if first > last:
        raise NotADateRange("The last day must not be before the first.")
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        sight = sight_of(permission, now=now)
        family = family_of(permission, now)
        audit.append(permission.event(resource="who-has-looked"))
    rows = trail.events_between(
        case_id, begins=start_of_day(first), ends=start_of_day(last + timedelta(days=1)),
        at_most=AT_MOST,
    )  # fmt: skip
    days = days_shown(map(happening, rows), sight)
    people = practitioners_by_id({one.practitioner for one in days})
    shown = [DayLooked(one, people[one.practitioner]) for one in days if one.practitioner in people]
    shown.sort(key=lambda one: (-one.day.day.toordinal(), one.person.agency_name, one.person.name))
    return Looks(
        family=family,
        first=first,
        last=last,
        days=tuple(one for one in shown if asked.person in (None, one.person.id)),
        people=tuple(sorted({one.person for one in shown}, key=lambda one: (one.name, one.id))),
        sees_everything=sight.is_chair,
        stops_on=day_of(rows[-1].recorded_at) if len(rows) == AT_MOST else None,
    )


def sight_of(permission: Permission, *, now: datetime) -> Sight:
    """What the permitted reader may know of the trail: by the entries they may read now."""
    actor = permission.actor
    visible = visible_to(permission.family.id, actor, permission.ties, now=now)
    entries = list(visible.values_list("id", "agency_id"))
    return Sight(
        practitioner=actor.practitioner,
        agency=actor.agency,
        is_chair=permission.ties.role == TeamRole.CHAIR,
        readable=frozenset(str(id) for id, _ in entries),
        known=known_things(permission, [id for id, _ in entries], now=now),
        ours=frozenset(str(id) for id, agency in entries if agency == actor.agency),
    )


def happening(row: trail.EventRow) -> Happening:
    """An event as the rule reads it."""
    return Happening(
        row.recorded_at, row.practitioner, row.agency, row.action, row.outcome, row.rule,
        row.resource, str(row.detail.get("opened", "")),
    )  # fmt: skip
