"""What was told to whom about one family, whether it arrived, and what is owed, as one reader sees.

Only tellings of entries the reader may read. What somebody did with what they were told is shown to
their own agency, to the one that told them, and to a conference chair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.correction_debt import Debt
from goldenthread.domain.chronology.receiving import (
    Progress,
    Receipt,
    Told,
    progress_of,
    standing_decisions,
)
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.records.access.reading import unreadable_by, visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.passed_on import debts_in, receipts_of, told_of
from goldenthread.records.provenance.reading import SaidRow, said_in
from goldenthread.records.shared.reading import (
    AgencyRow,
    PractitionerRow,
    agencies,
    practitioners_by_id,
)
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.sharing_rules import sharing_rules

__all__ = ["EntryOf", "NotFoundHere", "Owed", "Passed", "Sharing", "read_sharing", "sharing_for"]


@dataclass(frozen=True, slots=True)
class EntryOf:
    """The entry a telling is of, as its reader may read it."""

    statement: UUID
    kind: str
    text: str
    happened: PartialDate
    agency: AgencyRow


@dataclass(frozen=True, slots=True)
class Passed:
    """One telling or decision not to tell, with its entry and everybody in it by name.

    `progress` is None where what became of it is not for this reader to see.
    """

    told: Told
    entry: EntryOf
    from_agency: AgencyRow
    to_agency: AgencyRow
    to_person: PractitionerRow | None
    shared_by: PractitionerRow | None
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A correction somebody was not told; `is_ours` where the reader's agency owes it."""

    debt: Debt
    correction: EntryOf
    to_agency: AgencyRow
    by_agency: AgencyRow
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """What was told about one family, newest first, from where the reader stands.

    `to_us` and `by_us` are the reader's agency's, `others` between other agencies. `against` are
    decisions not to tell that hold, the next to be looked at first. `people` are by practitioner.
    """

    family: Family
    to_us: tuple[Passed, ...]
    by_us: tuple[Passed, ...]
    others: tuple[Passed, ...]
    against: tuple[Passed, ...]
    owed: tuple[Owed, ...]
    people: dict[UUID, PractitionerRow]

    @property
    def number(self) -> int:
        """How many tellings and decisions there are."""
        return len(self.to_us) + len(self.by_us) + len(self.others) + len(self.against)


def read_sharing(actor: Actor, case_id: UUID, *, now: datetime) -> Sharing:
    """Read what was told about a family. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        shown = sharing_for(permission, now=now)
        audit.append(permission.event(resource="sharing", tellings=shown.number))
    return shown


def sharing_for(permission: Permission, *, now: datetime, only: UUID | None = None) -> Sharing:
    """What a permitted reader is shown of a family's tellings, not yet audited.

    `only` narrows to one entry.
    """
    case, actor = permission.family.id, permission.actor
    of = None if only is None else {only}
    unread = unreadable_by(actor, permission.ties.restrictions)
    debts = [
        one.what
        for one in debts_in([case], now=now, today=day_of(now), of=of)
        if one.what.statement not in unread
    ]
    visible = visible_to(case, actor, permission.ties, now=now)
    if of is not None:
        visible = visible.filter(id__in=of | {debt.correction for debt in debts})
    said = {row.id: row for row in said_in(visible)}
    wanted = said if only is None else said.keys() & {only}
    told = told_of(wanted, by=now)
    around = _Around(permission, said, told, receipts_of(wanted))
    passed = [around.passed(one) for one in reversed(told) if one.shared]
    knows = {(one.statement, one.to_agency) for one in told if one.shared}
    against = [
        around.passed(one)
        for one in standing_decisions(told)
        if (one.statement, one.to_agency) not in knows
    ]
    own = actor.agency
    return Sharing(
        family=family_of(permission, now),
        to_us=tuple(one for one in passed if one.told.to_agency == own),
        by_us=tuple(one for one in passed if one.told.from_agency == own),
        others=tuple(
            one for one in passed if own not in (one.told.to_agency, one.told.from_agency)
        ),
        against=tuple(against),
        owed=tuple(around.owed(debts)),
        people=around.people,
    )


class _Around:
    """What is looked up once for every telling of a family."""

    def __init__(
        self,
        permission: Permission,
        said: dict[UUID, SaidRow],
        told: Sequence[Told],
        receipts: Iterable[Receipt],
    ) -> None:
        self._actor = permission.actor
        self._sees_all = permission.ties.reads_all
        self._said, self._agencies = said, agencies()
        self._receipts: dict[tuple[UUID, UUID], list[Receipt]] = {}
        for one in receipts:
            self._receipts.setdefault((one.statement, one.agency), []).append(one)
        named = {one.practitioner for group in self._receipts.values() for one in group}
        named |= {id for one in told for id in (one.to_person, one.shared_by) if id}
        self.people = practitioners_by_id(named)

    def passed(self, told: Told) -> Passed:
        """One telling with everybody in it."""
        return Passed(
            told=told,
            entry=self._entry(told.statement),
            from_agency=self._agencies[told.from_agency],
            to_agency=self._agencies[told.to_agency],
            to_person=self.people.get(told.to_person) if told.to_person else None,
            shared_by=self.people.get(told.shared_by) if told.shared_by else None,
            progress=self._progress(told) if told.shared and self._may_follow(told) else None,
        )

    def owed(self, debts: Iterable[Debt]) -> Iterable[Owed]:
        """The debts of the reader's agency, and for a chair everybody's, that they may read."""
        for debt in debts:
            is_ours = debt.owed_by == self._actor.agency
            if debt.correction in self._said and (is_ours or self._sees_all):
                yield Owed(
                    debt, self._entry(debt.correction), self._agencies[debt.owed_to],
                    self._agencies[debt.owed_by], is_ours,
                )  # fmt: skip

    def _may_follow(self, told: Told) -> bool:
        return self._sees_all or self._actor.agency in (told.from_agency, told.to_agency)

    def _progress(self, told: Told) -> Progress:
        receipts = self._receipts.get((told.statement, told.to_agency), ())
        return progress_of(told, receipts, sharing_rules().receipts)

    def _entry(self, statement: UUID) -> EntryOf:
        row = self._said[statement]
        happened = parse_edtf(row.happened)
        return EntryOf(statement, row.kind, row.text, happened, self._agencies[row.agency])
