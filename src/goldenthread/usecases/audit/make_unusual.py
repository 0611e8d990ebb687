"""Makes, once a week and for each agency, the list of its people's unusual access.

Nothing is judged by it. The trail is read through the reader's connection, as much of it as the
agency's week holds.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.audit.unusual import (
    AgencyWeek,
    Around,
    Happened,
    UnusualFigures,
    Worker,
    read_rules,
    seen_by_id_alone,
    span_of,
    unusual_in,
    week_of,
)
from goldenthread.domain.people.staff import surname_of
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access import oversight
from goldenthread.records.access.reading import ties_to, visible_to
from goldenthread.records.accounts.reading import staff_details
from goldenthread.records.audit import reading as trail
from goldenthread.records.people.reading import case as row_of
from goldenthread.records.people.reading import members
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import (
    AgencyRow,
    practitioners_by_id,
    practitioners_of_agency,
)
from goldenthread.usecases._steps.permission import Permission, event_of
from goldenthread.usecases._steps.staff import matching_rules, postcodes_of
from goldenthread.usecases.audit.known_things import known_things

RULES = Path(__file__).with_name("unusual_rules.toml")
WEEKLY = Decision(Outcome.ALLOW, "unusual-access-is-listed", "What is unusual is listed weekly.")
# Weeks that were not listed, because nothing ran, are listed later: so many at most.
MOST_WEEKS = 8


NAMES = {
    "night_begins": "A night begins at, by the clock",
    "night_ends": "A night ends at, by the clock",
    "weekends_count": "Weekends count as out of hours (1 yes, 0 no)",
    "families_in_a_night": "Families opened in one night, or on one day of a weekend",
    "works_at_night": "Agencies that work at night, not listed for it",
    "days_without_a_part": "Days on which a family was opened without a part in it",
    "refusals_in_a_week": "Refusals in a week",
    "addresses_in_a_week": "Times a safe address was shown in a week",
    "common_surname_at": "A surname is too common to ask about when so many of an agency have it",
    "answer_within": "Days in which a line is to be answered",
}


@cache
def unusual_figures() -> UnusualFigures:
    """The figures of the partnership. Raises RulesNotUnderstood."""
    return read_rules(tomllib.loads(RULES.read_text("utf-8")))


def rules_told() -> list[tuple[str, str, str]]:
    """Each rule of the partnership in words: its name, its figure, and where that comes from."""
    told = tomllib.loads(RULES.read_text("utf-8"))
    shown = []
    for name, one in told.items():
        value = one["value"]
        figure = ", ".join(map(AgencyKind.label_of, value)) if isinstance(value, list) else value
        shown.append((NAMES[name], f"{figure}", one["source"]))
    return shown


def weeks_to_list(agency: UUID, *, today: date) -> list[date]:
    """The Mondays of the weeks to list now, oldest first; the last one where none ever was."""
    last = week_of(today) - timedelta(days=7)
    with transaction.atomic(durable=True):
        listed = oversight.weeks_of(agency)
    if not listed:
        return [last]
    missing = (last - listed[0].begins).days // 7
    return [last - timedelta(days=7 * n) for n in reversed(range(min(missing, MOST_WEEKS)))]


def list_week(agency: AgencyRow, begins: date, *, id: UUID, now: datetime) -> bool:
    """List one week of one agency; False where it was listed meanwhile."""
    events = events_of_week(agency.id, begins)
    nobody = Actor(UUID(int=0), UUID(int=0), agency.id)
    try:
        with transaction.atomic(durable=True):
            wall.open_beyond_one_family()
            lines = unusual_in(as_known(agency, begins, events, now), unusual_figures())
            oversight.make_week(
                id, agency.id, begins, lines,
                event=event_of(nobody, "list_unusual", WEEKLY, None, resource=str(id),
                               week=begins.isoformat(), lines=len(lines)),
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def events_of_week(agency: UUID, begins: date) -> list[Happened]:
    """What an agency's people did in the week, as the trail holds it."""
    first, end = span_of(begins)
    return [
        Happened(row.id, row.recorded_at, row.practitioner, row.action, row.outcome, row.case,
                 row.resource, row.rule, str(row.detail.get("opened", "")))
        for row in trail.events_of_agency(agency, begins=first, ends=end)
    ]  # fmt: skip


def as_known(agency: AgencyRow, begins: date, events: list[Happened], now: datetime) -> AgencyWeek:
    """The week with what is known of whom and of what was looked at, in a few queries."""
    colleagues = practitioners_of_agency(agency.id)
    surnames = {one.id: surname_of(one.name, matching_rules()) for one in colleagues}
    acted = {one.practitioner for one in events}
    away = practitioners_by_id(acted - set(surnames))
    surnames |= {one.id: surname_of(one.name, matching_rules()) for one in away.values()}
    details = staff_details(acted)
    families = _families(
        {one.case for one in events if one.case}, agency.id, begins, day_of(now),
        any(code for _, code in details.values()),
    )  # fmt: skip
    for case in seen_by_id_alone(events) & set(families):
        families[case] = replace(families[case], known=_open_to_all(agency.id, case, now))
    return AgencyWeek(
        begins=begins,
        kind=agency.kind,
        events=tuple(events),
        workers={
            who: Worker(surnames.get(who, ""), details.get(who, (None, ""))[1]) for who in acted
        },
        families=families,
        surnames_held=Counter(surnames[one.id] for one in colleagues),
    )  # fmt: skip


def _open_to_all(agency: UUID, case: UUID, now: datetime) -> frozenset[str]:
    """The ids in a family that are open to everybody of an agency: restricted for nobody of it.

    Asked where somebody looked at a family by ids alone on some day, which is seldom.
    """
    nobody, family = Actor(UUID(int=0), UUID(int=0), agency), row_of(case)
    ties = ties_to(case, nobody, now=now)
    if family is None or ties.restrictions.bars_family:
        return frozenset()
    entries = visible_to(case, nobody, ties, now=now).values_list("id", flat=True)
    permission = Permission(nobody, family, ties, WEEKLY, Action.VIEW_FAMILY)
    return known_things(permission, entries, now=now)


def _families(
    cases: Iterable[UUID], agency: UUID, begins: date, today: date, compares_postcodes: bool
) -> dict[UUID, Around]:
    there = members(*cases)
    tied = oversight.tied_agencies(there, agency, on=today)
    parts = oversight.parts_within(there, begins=begins, ends=begins + timedelta(days=7))
    homes = postcodes_of(there) if compares_postcodes else {}
    found = {}
    for case, people in there.items():
        if not people and not parts[case]:
            continue  # an id that somebody tried: there is no such family
        surnames: dict[str, set[UUID]] = defaultdict(set)
        for one in people:
            if last := surname_of(f"x {one.family_name}", matching_rules()):
                surnames[last].add(one.person)
        codes: dict[str, set[UUID]] = defaultdict(set)
        for home in homes.get(case, ()):
            codes[home.postcode].add(home.address)
        found[case] = Around(
            case in tied,
            parts[case],
            {name: frozenset(ids) for name, ids in surnames.items()},
            {code: frozenset(ids) for code, ids in codes.items()},
        )
    return found
