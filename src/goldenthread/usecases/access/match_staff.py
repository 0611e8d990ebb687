"""Matches an agency's people to the people of the families it works with; asks, and tells nobody.

What is found goes as a question to a lead of the agency. Where the match is strong the family is
closed to whoever was matched until that is answered. Neither they nor an account administrator is
shown anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from goldenthread.domain.access.decision import Actor, Decision, Outcome
from goldenthread.domain.people.staff import (
    MatchStrength,
    Recorded,
    Staff,
    match,
    restricts,
    surname_of,
)
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access import oversight
from goldenthread.records.accounts.reading import holder, holders_of, staff_details
from goldenthread.records.people.reading import MemberRow, members
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases._steps.staff import LivesAt, matching_rules, postcodes_of

MATCHED = Decision(Outcome.ALLOW, "staff-are-matched", "Staff are matched to people of the record.")
FAMILIES_AT_ONCE = 2_000
# The space in which the id of a question follows from whom it asks about.
SPACE = UUID("5a0e6c0d-7f7b-4f0e-8f3b-2b8f5b0f7a11")


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody of the agency who may be a person of a family."""

    practitioner: UUID
    case: UUID
    person: UUID
    strength: MatchStrength


def match_everybody(*, now: datetime) -> int:
    """Match every agency's people; gives how many questions were asked. Twice does it once."""
    return sum(match_agency(agency, now=now) for agency in agencies())


def match_one(practitioner: UUID, *, now: datetime) -> int:
    """Match somebody who joined, or whose name changed; gives how many questions were asked."""
    with transaction.atomic(durable=True):
        row = holder(practitioner)
    return match_agency(row.agency, now=now, only=practitioner) if row else 0


def match_agency(agency: UUID, *, now: datetime, only: UUID | None = None) -> int:
    """Match an agency's people, or one of them, to people of the families it works with today."""
    today = day_of(now)
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()
        staff = _staff(agency, only)
        found = list(_found(staff, oversight.families_of_agency(agency, on=today), today))
        families: dict[UUID, set[UUID]] = defaultdict(set)
        for one in found:
            if one.strength is MatchStrength.NAME_ALONE:
                families[one.practitioner].add(one.case)
        cases = {one.case for one in found}
        tomorrow = today + timedelta(days=1)
        parts = oversight.parts_within(cases, begins=today, ends=tomorrow)
        new = list(_not_asked(found, cases))
        for one in new:
            closes = restricts(
                one.strength, matching_rules(), has_part=one.practitioner in parts[one.case],
                families=len(families[one.practitioner]),
            )  # fmt: skip
            id = uuid5(SPACE, f"{one.practitioner}:{one.case}:{one.person}:{one.strength}")
            nobody = Actor(UUID(int=0), UUID(int=0), agency)
            oversight.ask_match(
                id, practitioner=one.practitioner, case=one.case, person=one.person,
                strength=one.strength, restricts=closes,
                event=event_of(nobody, "match_staff", MATCHED, None, resource=str(id)),
            )  # fmt: skip
    return len(new)


def _staff(agency: UUID, only: UUID | None) -> dict[UUID, Staff]:
    rows = [row for row in holders_of(agency) if row.is_active or not row.has_password]
    rows = [row for row in rows if only in (None, row.practitioner)]
    details = staff_details(row.practitioner for row in rows)
    return {
        row.practitioner: Staff(row.name, *details.get(row.practitioner, (None, "")))
        for row in rows
    }


def _found(staff: dict[UUID, Staff], cases: Iterable[UUID], today: date) -> Iterator[Found]:
    """Each match, the strongest of each person of the agency and person of a family."""
    rules = matching_rules()
    by_surname: dict[str, list[UUID]] = defaultdict(list)
    for who, one in staff.items():
        if surname := surname_of(one.name, rules):
            by_surname[surname].append(who)
    compares = any(one.postcode for one in staff.values())
    there = sorted(cases)
    for at in range(0, len(there), FAMILIES_AT_ONCE):
        some = there[at : at + FAMILIES_AT_ONCE]
        homes = postcodes_of(some) if compares else {}
        for case, people in members(*some).items():
            for person in people:
                recorded = _recorded(person, homes.get(case, ()))
                for who in by_surname.get(surname_of(f"x {person.family_name}", rules), ()):
                    if strength := match(staff[who], recorded, rules, today=today):
                        yield Found(who, case, person.person, strength)


def _recorded(person: MemberRow, homes: Iterable[LivesAt]) -> Recorded:
    """A person of a family as they are compared; a household's postcode is each member's."""
    return Recorded(
        given_name=person.given_name,
        family_name=person.family_name,
        known_as=person.known_as,
        born=person.born,
        has_died=bool(person.died_edtf),
        postcodes=frozenset(
            home.postcode for home in homes if home.person in (None, person.person)
        ),
    )


def _not_asked(found: Iterable[Found], cases: set[UUID]) -> Iterator[Found]:
    """Without what was asked before as strongly, and without conflicts that somebody declared."""
    there = list(found)
    order = list(MatchStrength)
    asked: dict[tuple[UUID, UUID, UUID], int] = {}
    for who, case, person, strength in oversight.asked_before({one.practitioner for one in there}):
        key = (who, case, person)
        rank = order.index(MatchStrength(strength))
        asked[key] = min(asked.get(key, rank), rank)
    declared = oversight.declared_conflicts(cases)
    for one in there:
        before = asked.get((one.practitioner, one.case, one.person))
        is_stronger = before is None or order.index(one.strength) < before
        if is_stronger and (one.practitioner, one.case) not in declared:
            yield one
