"""The families a reader is part of: the home page's list, and who can open a family and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.people_seen import children_seen, families_naming
from goldenthread.records.access.reading import cases_of, standing, unreadable_by, who_can_open
from goldenthread.records.audit import reading as audit_reading
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.changes import News, news_across
from goldenthread.records.chronology.store import last_looks
from goldenthread.records.people.reading import CaseRow, MemberRow
from goldenthread.records.shared.reading import (
    PractitionerRow,
    actor_of,
    practitioner,
    practitioners_by_id,
)
from goldenthread.usecases._steps.permission import NotFoundHere, event_of, permitted

__all__ = [
    "FamilyLine",
    "News",
    "NotFoundHere",
    "PastLook",
    "PractitionerRow",
    "families_of",
    "news_of",
    "who_acts",
    "who_has_looked",
    "who_may_open",
]

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


def families_of(actor: Actor, *, now: datetime, words: str = "") -> list[FamilyLine]:
    """The families the actor may open, own families first.

    `words` narrows by reference, family name, or the name of anybody the actor may know of.
    """
    with transaction.atomic(durable=True):
        pairs = cases_of(actor, on=day_of(now))
        if fold(words):
            pairs = _matching(actor, pairs, fold(words).split(), now)
        young = children_seen(actor, _ties(pairs, actor, now), now=now)
        found = [FamilyLine(case, tuple(young[case.id]), role) for case, role in pairs]
        listed = LISTED if pairs else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        audit.append(event_of(actor, "list_families", listed, None, families=len(found)))
    return found


def _matching(
    actor: Actor, pairs: list[tuple[CaseRow, str | None]], wanted: list[str], now: datetime
) -> list[tuple[CaseRow, str | None]]:
    """The families in which each word is part of the reference, the label or a person's name."""
    ties = _ties(pairs, actor, now)
    naming = {word: families_naming(word, actor, ties, now=now) for word in wanted}
    return [
        (case, role)
        for case, role in pairs
        if all(
            word in fold(f"{case.reference} {case.family_label}") or case.id in naming[word]
            for word in wanted
        )
    ]


def _ties(
    pairs: list[tuple[CaseRow, str | None]], actor: Actor, now: datetime
) -> dict[UUID, FamilyTies]:
    return standing([(case.id, role) for case, role in pairs], actor, on=day_of(now))


def news_of(actor: Actor, lines: Sequence[FamilyLine], *, now: datetime) -> dict[UUID, News]:
    """For each of these families of the actor, what is new since they last looked, by family id.

    Counts only what the actor may read. `lines` are `families_of` the same actor.
    """
    with transaction.atomic(durable=True):
        looked = last_looks(actor.account, [line.case.id for line in lines])
        ties = _ties([(line.case, line.own_role) for line in lines], actor, now)
        return news_across(ties, actor, looked, now=now)


@dataclass(frozen=True, slots=True)
class PastLook:
    """One look at a family, or one thing done to it, from the audit trail."""

    at: datetime
    name: str
    agency_name: str
    action: str
    is_change: bool


# What the trail keeps of a page that was only opened, under the action it leads to.
READING = frozenset({"list imports", "read import", "problem rows"})
# What was done to restrict the record is on the page of who can see it, and nowhere else.
RESTRICTING = frozenset({Action.LABEL_ENTRY, Action.WITHHOLD_ENTRY, Action.SEAL_RECORD})
# That these were done tells that somebody of this family is in another's record, and not of whom.
BEYOND = frozenset(
    {Action.FOLLOW_LINK, Action.LINK_PEOPLE}
    | {Action.KEEP_ADDRESS, Action.REVEAL_ADDRESS, Action.TELL_ADDRESS}
    | {Action.SEND_DOCUMENT, Action.DECIDE_DOCUMENT}
)


def who_has_looked(actor: Actor, case_id: UUID, *, now: datetime) -> list[PastLook]:
    """The latest looks at this family and changes to it, newest first. Raises NotFoundHere.

    Links to other families that were followed or judged, and what was done with safe addresses, are
    shown to the agency that did so and to a chair: another agency may not know of them.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        audit.append(permission.event(resource="who-has-looked"))
        hidden = {str(one) for one in unreadable_by(actor, permission.ties.restrictions)}
    told_of_links = permission.ties.role == TeamRole.CHAIR
    rows = [
        event
        for event in audit_reading.events_of_case(case_id)
        if event.outcome == "allow"
        and event.action not in RESTRICTING
        and event.resource not in hidden
        and (event.action not in BEYOND or told_of_links or event.agency == actor.agency)
    ]
    people = practitioners_by_id({row.practitioner for row in rows})
    return [
        PastLook(row.recorded_at, person.name, person.agency_name, row.action, _is_change(row))
        for row in rows
        if (person := people.get(row.practitioner))
    ]


def _is_change(row: audit_reading.EventRow) -> bool:
    """Whether something was done, and not only looked at: an opened form changes nothing."""
    if row.action in (Action.VIEW_FAMILY, Action.VIEW_ENTRY) or "opened" in row.detail:
        return False
    return row.detail.get("step") not in READING


def who_may_open(actor: Actor, case_id: UUID, *, now: datetime) -> list[tuple[str, str, str]]:
    """Every account holder who may open this family: name, agency, why. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        audit.append(permission.event(resource="who-may-open"))
        return who_can_open(case_id, on=day_of(now))
