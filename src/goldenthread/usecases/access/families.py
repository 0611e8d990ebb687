"""The families a reader is part of: the home page's list, and who can open a family and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.instants import clock_time, day_of
from goldenthread.records.access.broken import open_on
from goldenthread.records.access.people_seen import children_seen, families_naming
from goldenthread.records.access.reading import (
    cases_of,
    families_with_ties,
    standing,
    who_can_open,
)
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.changes import News, news_across
from goldenthread.records.chronology.store import last_looks
from goldenthread.records.people.reading import CaseRow, MemberRow
from goldenthread.records.search import families_found
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import (
    PractitionerRow,
    actor_of,
    practitioner,
)
from goldenthread.usecases._steps.permission import NotFoundHere, OnlyRead, event_of, permitted

__all__ = [
    "FamilyLine",
    "News",
    "NotFoundHere",
    "OnlyRead",
    "PractitionerRow",
    "families_among",
    "families_of",
    "news_of",
    "who_acts",
    "who_may_open",
]

AT_A_TIME = 100  # families that are asked about at once, where all of them are wanted
# A list holds only families the policy already allows one by one.
LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """One family on the home page."""

    case: CaseRow
    children: tuple[MemberRow, ...]
    own_role: str | None


def who_acts(account: UUID) -> tuple[Actor, PractitionerRow] | None:
    """Who an account acts as, or None."""
    actor = actor_of(account)
    row = actor and practitioner(actor.practitioner)
    return (actor, row) if actor and row else None


def families_of(
    actor: Actor, *, now: datetime, words: str = "", most: int | None = None
) -> list[FamilyLine]:
    """The families the actor may open, own families first; the first `most` of them.

    `words` narrows by reference, family name, or the name of anybody the actor may know of.
    """
    wanted = fold(words).split()
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        pairs = list(islice(_found(actor, wanted, now, most or AT_A_TIME), most))
        young = children_seen(actor, {case.id: ties for case, ties in pairs}, now=now)
        found = [FamilyLine(case, tuple(young[case.id]), ties.role) for case, ties in pairs]
        listed = LISTED if pairs or wanted else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_families", listed, None, families=len(found)))
    return found


def families_among(actor: Actor, ids: Collection[UUID], *, now: datetime) -> dict[UUID, CaseRow]:
    """Those of these families that the actor may open, by id. Their agency's alone are asked."""
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        pairs = cases_of(actor, on=day_of(now), among=ids)
        audit.append(event_of(actor, "list_families", LISTED, None, families=len(pairs)))
    return {case.id: case for case, _ in pairs}


def _found(
    actor: Actor, wanted: list[str], now: datetime, at_a_time: int
) -> Iterator[tuple[CaseRow, FamilyTies]]:
    """The families found, a few at a time: whoever looks at the first of many asks for no more."""
    ids = families_found(wanted)
    for start in range(0, len(ids), at_a_time):
        wall.open_for_those(ids[: start + at_a_time])
        among = ids[start : start + at_a_time]
        pairs = families_with_ties(actor, on=day_of(now), among=among)
        yield from _matching(actor, pairs, wanted, now) if wanted else pairs


def _matching(
    actor: Actor, pairs: list[tuple[CaseRow, FamilyTies]], wanted: list[str], now: datetime
) -> list[tuple[CaseRow, FamilyTies]]:
    """The families in which each word is part of the reference, the label or a person's name."""
    ties = {case.id: one for case, one in pairs}
    naming = {word: families_naming(word, actor, ties, now=now) for word in wanted}
    return [
        (case, one)
        for case, one in pairs
        if all(
            word in fold(f"{case.reference} {case.family_label}") or case.id in naming[word]
            for word in wanted
        )
    ]


def news_of(actor: Actor, lines: Sequence[FamilyLine], *, now: datetime) -> dict[UUID, News]:
    """For each of these families of the actor, what is new since they last looked, by family id.

    Counts only what the actor may read. `lines` are `families_of` the same actor.
    """
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        looked = last_looks(actor.account, [line.case.id for line in lines])
        pairs = [(line.case.id, line.own_role) for line in lines]
        ties = standing(pairs, actor, on=day_of(now))
        return news_across(ties, actor, looked, now=now)


def who_may_open(actor: Actor, case_id: UUID, *, now: datetime) -> list[tuple[str, str, str]]:
    """Every account holder who may open this family: name, agency, why. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        audit.append(permission.event(resource="who-may-open"))
        by_glass = [
            (one.name, one.agency_name, f"Broke the glass: open until {clock_time(one.until)}")
            for one in open_on(case_id, now=now)
        ]
        return [*by_glass, *who_can_open(case_id, on=day_of(now))]
