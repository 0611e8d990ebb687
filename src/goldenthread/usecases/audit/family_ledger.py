"""The copy for a family of who was told and who looked, as a practitioner makes it for them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.audit.ledger import (
    LedgerRules,
    LookFacts,
    TellingFacts,
    held_back,
    looks_to_tell,
)
from goldenthread.domain.audit.trail import days_shown
from goldenthread.domain.chronology.receiving import Told
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.access.restricting import restricted_among, standing_labels
from goldenthread.records.audit import reading as trail
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.passed_on import told_of
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.audit.who_has_looked import AT_MOST, happening, sight_of

__all__ = ["AgencyRow", "FamilyCopy", "Looked", "NotForThem", "NotFoundHere", "Telling", "Whole",
           "family_copy", "what_can_be_told"]  # fmt: skip

RULES = Path(__file__).with_name("ledger_rules.toml")
LOOKS_OF_DAYS = 365
CHANGED_SINCE = (
    "Something chosen cannot be told to the family by this copy any more. Look at the list again."
)


class NotForThem(Refusal):
    """What was chosen may not be told to the family, or there is nobody to give it to."""


class NamesAStranger(NotForThem, NotTheirs):
    """The copy is for somebody, or of something, that its maker may not know of."""

    rule = NOT_IN_WHAT_THEY_READ


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling: of what kind of entry, by whom to whom, and why it is held back, if it is."""

    told: Told
    kind: str
    from_agency: AgencyRow
    to_agency: AgencyRow
    held_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """On which days people of one agency opened the record, as far as its maker knows."""

    agency: AgencyRow
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything a practitioner may choose from, and what cannot be chosen with its reasons."""

    family: Family
    tellings: tuple[Telling, ...]
    looked: tuple[Looked, ...]

    @property
    def to_choose(self) -> tuple[Telling, ...]:
        """The tellings that may be on the copy, latest first."""
        return tuple(one for one in self.tellings if not one.held_back)

    @property
    def kept_back(self) -> tuple[Telling, ...]:
        """The tellings that may not, latest first."""
        return tuple(one for one in self.tellings if one.held_back)


@dataclass(frozen=True, slots=True)
class FamilyCopy:
    """What the family is given: for whom, what was chosen, and who looked."""

    family: Family
    recipient: MemberRow
    tellings: tuple[Telling, ...]
    looked: tuple[Looked, ...]


@cache
def ledger_rules() -> LedgerRules:
    """The rules of this partnership."""
    return LedgerRules(**tomllib.loads(RULES.read_text(encoding="utf-8")))


def what_can_be_told(actor: Actor, case_id: UUID, *, now: datetime) -> Whole:
    """What a practitioner may choose from for a family's copy. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        family = family_of(permission, now)
        tellings = _tellings(permission, now)
        audit.append(permission.event(resource="family-ledger"))
        looked = _looked(permission, now)
    return Whole(family, tellings, looked)


def family_copy(
    actor: Actor, case_id: UUID, *, recipient: UUID | None, chosen: Collection[UUID],
    with_looks: bool, now: datetime,
) -> FamilyCopy:  # fmt: skip
    """Make the copy for one person of the family, and say in the trail that it was made.

    Raises NotFoundHere; NotForThem where nobody is named, or something was chosen that is held back
    or is not there.
    """
    with permitted(actor, case_id, Action.EXPORT_CHRONOLOGY, now=now) as permission:
        family = family_of(permission, now)
        whom = next((one for one in family.members if one.person == recipient), None)
        if recipient and whom is None:
            raise NamesAStranger("Choose whom the copy is for.")
        if whom is None or not whom.is_identified:
            raise NotForThem("Choose whom the copy is for.")
        every = _tellings(permission, now)
        may = {one.told.id: one for one in every if not one.held_back}
        if not set(chosen) <= {one.told.id for one in every}:
            raise NamesAStranger(CHANGED_SINCE)
        if not set(chosen) <= set(may):
            raise NotForThem(CHANGED_SINCE)
        audit.append(
            permission.event(resource=str(whom.person), copy="family ledger", tellings=len(chosen))
        )
        looked = _looked(permission, now) if with_looks else ()
    tellings = tuple(one for id, one in may.items() if id in chosen)
    return FamilyCopy(family, whom, tellings, looked)


def _tellings(permission: Permission, now: datetime) -> tuple[Telling, ...]:
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    said = {
        id: (kind, tuple(concerns), informant)
        for id, kind, concerns, informant in visible.values_list(
            "id", "kind", "concerns", "informant"
        )
    }
    found, everybody = [], agencies()
    labelled = standing_labels().filter(statement__in=said).values_list("statement", flat=True)
    restricted = restricted_among(permission.family.id) | frozenset(labelled)
    for told in reversed(told_of(said, by=now)):
        if not told.shared:
            continue
        kind, concerns, informant = said[told.statement]
        by, to = everybody[told.from_agency], everybody[told.to_agency]
        facts = TellingFacts(
            told.id,
            kind,
            concerns,
            by.kind,
            to.kind,
            told.subject_told,
            informant,
            is_restricted=told.statement in restricted,
        )
        found.append(Telling(told, kind, by, to, held_back(facts, ledger_rules())))
    return tuple(found)


def _looked(permission: Permission, now: datetime) -> tuple[Looked, ...]:
    today = day_of(now)
    rows = trail.events_between(
        permission.family.id, begins=start_of_day(today - timedelta(days=LOOKS_OF_DAYS)),
        ends=now, at_most=AT_MOST,
    )  # fmt: skip
    days: dict[UUID, set[date]] = {}
    for one in days_shown(map(happening, rows), sight_of(permission, now=now)):
        days.setdefault(one.agency, set()).add(one.day)
    everybody = agencies()
    facts = [
        LookFacts(id, everybody[id].kind, tuple(sorted(on)))
        for id, on in days.items()
        if id in everybody
    ]
    told = looks_to_tell(facts, ledger_rules())
    looked = [Looked(everybody[one.agency], one.days) for one in told]
    return tuple(sorted(looked, key=lambda one: one.agency.name))
