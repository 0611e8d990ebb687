"""What a page about a plan is given: the plan, the names it needs, and the entries it may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.plans.currency import PlanCurrency
from goldenthread.domain.plans.difference import RowChange
from goldenthread.domain.plans.plan import SafetyPlan, Who
from goldenthread.domain.plans.rules import PlanRules
from goldenthread.records.access.reading import TeamRow
from goldenthread.records.network.reading import HouseholdRow
from goldenthread.records.plans.reading import (
    AnswerRow,
    CopyRow,
    EntryLine,
    SignatureRow,
    VersionRow,
)
from goldenthread.records.shared.reading import PractitionerRow
from goldenthread.usecases._steps.family import Family
from goldenthread.usecases.plans.sight import PlanSeen

__all__ = [
    "AnswerRow",
    "CopyRow",
    "EntryLine",
    "PlanLine",
    "PlanPage",
    "SignatureRow",
    "VersionPage",
    "VersionRow",
]


@dataclass(frozen=True, slots=True)
class Named:
    """What everybody and every home that a page names is called, as far as the reader may know."""

    people: Mapping[UUID, str]
    practitioners: Mapping[UUID, PractitionerRow]
    households: Mapping[UUID, HouseholdRow]

    def of(self, who: Who) -> str:
        """What somebody is called; never an id."""
        if who.is_practitioner:
            row = self.practitioners.get(who.id)
            return row.name if row else "Somebody no longer listed"
        return self.people.get(who.id, "Somebody you have not been told of")


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan page of one reader. `seen` is None where there is no plan they may read.

    `entries` are those the page names, by id; what the plan rests on and the reader may not read is
    left out, of `plan` too, and `rests_on_more` says that there is such. `draft` is the reader's
    own, if any.
    `untold` are those entries, not yet considered, that the agency of whoever is asked does not
    know. `hints` say of each action, by key, what whoever does it cannot do as it is written.
    """

    family: Family
    seen: PlanSeen | None
    plan: SafetyPlan | None
    others: tuple[PlanSeen, ...]
    named: Named
    entries: Mapping[UUID, EntryLine]
    known: Mapping[UUID, datetime]
    rests_on_more: bool
    changed_pins: frozenset[UUID]
    signatures: tuple[SignatureRow, ...]
    copies: tuple[CopyRow, ...]
    rules: PlanRules
    as_of: datetime
    may_write: bool
    draft: UUID | None
    untold: frozenset[UUID]
    hints: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version opened; with another, what changed between them (older first).

    `plan` and `changes` rest on nothing that the reader may not read.
    """

    family: Family
    version: VersionRow
    plan: SafetyPlan
    is_as_signed: bool
    is_newest: bool
    named: Named
    entries: Mapping[UUID, EntryLine]
    rests_on_more: bool
    changed_pins: frozenset[UUID]
    signatures: tuple[SignatureRow, ...]
    copies: tuple[CopyRow, ...]
    versions: tuple[VersionRow, ...]
    answers: tuple[AnswerRow, ...]
    compared: VersionRow | None
    changes: tuple[RowChange, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan's currency in short, for a family's page: what causes it is named by `cause`.

    `assumption` are the writer's words of what may no longer hold, where an entry questions one.
    """

    version: VersionRow
    currency: PlanCurrency
    withdrawn: AnswerRow | None
    cause: EntryLine | None
    assumption: str
    asked: TeamRow | None
