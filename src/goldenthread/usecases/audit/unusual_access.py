"""An agency's unusual access, as one lead of it may be told; and what the lead says of each line.

A lead learns of no family by it that they may not know: one that is sealed from them, withheld or
in conflict with them is on no line they see, nor in any number. Nobody sees a line about
themselves: another lead does, or, where the agency has no other, information governance. It is told
of which family only where the line says no more than that it was opened without a part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.addresses.vocabulary import AddressShown
from goldenthread.domain.audit.unusual import UnusualAnswer, UnusualKind, UnusualLine, told_of
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access import oversight
from goldenthread.records.access.oversight import AnswerRow, WeekRow
from goldenthread.records.access.people_seen import unseen_among
from goldenthread.records.access.reading import teams_of, ties_across
from goldenthread.records.addresses.reading import addresses_of
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import CaseRow, cases_by_id
from goldenthread.records.shared.reading import (
    PractitionerRow,
    holders_of_post,
    practitioners_by_id,
)
from goldenthread.usecases._steps.beside_families import may, permitted_beside_families
from goldenthread.usecases._steps.kept_addresses import decided, reader_of
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.audit.make_unusual import rules_told, unusual_figures

__all__ = [
    "CannotAnswer", "NotFoundHere", "ShownLine", "ShownWeek", "UnusualShown", "WeekWaiting",
    "answer_unusual", "read_unusual", "rules_told", "unusual_waiting",
]  # fmt: skip

NO_SUCH_LINE = "There is no such line on your lists."
LONGEST_REASON = 2000
# Lines that say no more of a family than that it was opened.
SAY_NO_MORE = (UnusualKind.NO_RELATIONSHIP, UnusualKind.NO_PART)
WEEKS_WAITING = 13  # a quarter: what waits longer is on the page of its week


class CannotAnswer(Refusal):
    """An answer cannot be kept as it was given; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line as its reader is told it; `may_open` where they could open the family."""

    id: UUID
    line: UnusualLine
    who: PractitionerRow
    family: CaseRow | None
    may_open: bool
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """One week that was listed, and by when its lines are to be answered."""

    begins: date
    made_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class UnusualShown:
    """The weeks that were listed, the latest first; the one shown, None where none was yet.

    `is_governance` where the reader is told of leads alone whose agency has no other.
    """

    weeks: tuple[ShownWeek, ...]
    week: ShownWeek | None
    lines: tuple[ShownLine, ...]
    is_governance: bool = False


@dataclass(frozen=True, slots=True)
class WeekWaiting:
    """How many lines of one week wait for this reader's answer, and by when."""

    week: ShownWeek
    lines: int


def read_unusual(actor: Actor, begins: date | None, *, now: datetime) -> UnusualShown:
    """The list of a week, the latest where none is named, as this lead may know it.

    Raises NotFoundHere, for a week that was not listed too.
    """
    with permitted_beside_families(actor, PartnershipAction.ASK_OF_ACCESS) as permission:
        rows = _weeks(actor)
        latest = begins or (rows[0].begins if rows else None)
        chosen = [row for row in rows if row.begins == latest]
        if begins is not None and not chosen:
            raise NotFoundHere("No list was made of that week.")
        lines = _told(actor, chosen, now)
        event = permission.event(
            resource="unusual-access", week=chosen[0].begins.isoformat() if chosen else "",
            lines=len(lines),
        )  # fmt: skip
        audit.append(event)
        week = _shown(chosen[0]) if chosen else None
        each = {row.begins: _shown(row) for row in reversed(rows)}
        return UnusualShown(
            tuple(reversed(each.values())), week, tuple(lines), _is_governance(actor)
        )


def unusual_waiting(actor: Actor, *, now: datetime) -> list[WeekWaiting]:
    """The weeks of which lines wait for this reader's answer, the oldest first; none for others."""
    if not may(actor, PartnershipAction.ASK_OF_ACCESS):
        return []
    with permitted_beside_families(actor, PartnershipAction.ASK_OF_ACCESS) as permission:
        found = weeks_waiting(actor, now=now)
        audit.append(permission.event(resource="unusual-access-waiting", weeks=len(found)))
        return found


def weeks_waiting(actor: Actor, *, now: datetime) -> list[WeekWaiting]:
    """What waits for a reader, within a transaction that is open beyond one family; not audited."""
    rows = _weeks(actor)
    begins = list(dict.fromkeys(row.begins for row in rows))[:WEEKS_WAITING]
    found = []
    for first in reversed(begins):
        week = [row for row in rows if row.begins == first]
        waiting = [one for one in _told(actor, week, now) if not one.answers]
        if waiting:
            found.append(WeekWaiting(_shown(week[0]), len(waiting)))
    return found


def _is_governance(actor: Actor) -> bool:
    return actor.remit == Remit.INFORMATION_GOVERNANCE


def _weeks(actor: Actor) -> list[WeekRow]:
    """The weeks whose lines may be for this reader, the latest first."""
    if _is_governance(actor):
        return oversight.weeks_about(_lone_leads())
    return oversight.weeks_of(actor.agency)


def _lone_leads() -> set[UUID]:
    """The leads whose agency has no other: nobody there can ask them."""
    leads = holders_of_post(Remit.AGENCY_LEAD)
    number = Counter(one.agency for one in leads)
    return {one.id for one in leads if number[one.agency] == 1}


def answer_unusual(
    actor: Actor, look: UUID, *, answer: str, reason: str, id: UUID, now: datetime
) -> date:
    """Say what became of a line, for a reason; gives the week it is in. Sent twice, kept once.

    Raises NotFoundHere, for a line the lead is not told of too, and CannotAnswer.
    """
    with permitted_beside_families(actor, PartnershipAction.ASK_OF_ACCESS) as permission:
        weeks = {row.id: row for row in _weeks(actor)}
        of = {line: week for line, week, _ in oversight.looks_of(weeks)}
        row = weeks.get(of.get(look, look))
        mine = {one.id: one for one in _told(actor, [row], now)} if row else {}
        if row is None or look not in mine:
            raise NotFoundHere(NO_SUCH_LINE)
        if answer not in {str(one) for one in UnusualAnswer}:
            raise CannotAnswer("answer", "Choose what became of it.")
        if not reason.strip():
            raise CannotAnswer("reason", "Say what you asked and heard, or why it is not known.")
        if len(reason.strip()) > LONGEST_REASON:
            raise CannotAnswer("reason", f"Say it in {LONGEST_REASON} characters at most.")
        oversight.answer_look(
            id, look=look, practitioner=mine[look].line.practitioner, answer=answer,
            reason=reason.strip(), answered_by=actor.practitioner, recorded_by=actor.account,
            event=permission.event(resource=str(look), answer=answer),
        )  # fmt: skip
        return row.begins


def _shown(row: WeekRow) -> ShownWeek:
    made = day_of(row.made_at)
    return ShownWeek(row.begins, made, made + timedelta(days=unusual_figures().answer_within))


def _told(actor: Actor, weeks: Iterable[WeekRow], now: datetime) -> list[ShownLine]:
    """The lines of these weeks that the lead is told of, as they are told."""
    kept = [
        (id, line)
        for id, _, line in oversight.looks_of(row.id for row in weeks)
        if line.practitioner != actor.practitioner
    ]
    governs = _is_governance(actor)
    if governs:
        lone = _lone_leads()
        kept = [(id, line) for id, line in kept if line.practitioner in lone]
    if not kept:
        return []
    lines = [line for _, line in kept]
    knows = _Governs(actor, lines, now) if governs else _Knows(actor, lines, now)
    told = [(id, line, shown) for id, line in kept if (shown := knows.told(line))]
    people = practitioners_by_id({line.practitioner for _, line, _ in told})
    families = cases_by_id({line.case for _, line, _ in told if line.case})
    answers = oversight.answers_to(id for id, _, _ in told)
    return [
        ShownLine(
            id, shown, people[line.practitioner],
            families[line.case] if line.case and knows.names(line) else None,
            line.case in knows.open,
            tuple(answers.get(id, ())),
        )
        for id, line, shown in told
    ]  # fmt: skip


class _Knows:
    """What one lead may know of the families, people and addresses that lines are about.

    `open` are the families they could open; `known` those, and any their agency was of the team of
    before, which nothing closes to them.
    """

    def __init__(self, actor: Actor, lines: list[UnusualLine], now: datetime) -> None:
        self.actor, self.now = actor, now
        cases = {line.case for line in lines if line.case}
        nights = (line.about for line in lines if line.kind is UnusualKind.OUT_OF_HOURS)
        cases |= {case for about in nights for case in about}
        self.ties = ties_across(teams_of(cases, on=day_of(now)), actor, on=day_of(now))
        before = oversight.ever_of_agency(cases, actor.agency)
        self.open, self.known = set[UUID](), set[UUID]()
        for case, tie in self.ties.items():
            if tie.restrictions.bars_family:
                continue
            if tie.role is not None or tie.agency_on_team:
                self.open.add(case)
            if case in before:
                self.known.add(case)
        self.people = self._people(lines)
        self.full, self.noted = self._addresses(lines)

    def told(self, line: UnusualLine) -> UnusualLine | None:
        """The line as the lead is told of it; None where they are not."""
        if line.case is not None and line.case not in self.known:
            return None
        met: dict[UnusualKind, set[UUID]] = {
            UnusualKind.SURNAME: self.people,
            UnusualKind.POSTCODE: self.full,
            UnusualKind.ADDRESS: self.noted,
            UnusualKind.OUT_OF_HOURS: self.known,
        }
        return told_of(line, frozenset(met.get(line.kind, ())))

    def names(self, line: UnusualLine) -> bool:
        """Whether the reader is told of which family the line is."""
        return line.case in self.known

    def _people(self, lines: list[UnusualLine]) -> set[UUID]:
        pairs = {
            (line.case, person)
            for line in lines
            if line.kind is UnusualKind.SURNAME and line.case and line.case in self.open
            for person in line.about
        }
        ties = {case: self.ties[case] for case, _ in pairs}
        unseen = unseen_among(pairs, self.actor, ties, now=self.now) if pairs else frozenset()
        return {person for _, person in pairs - unseen}

    def _addresses(self, lines: list[UnusualLine]) -> tuple[set[UUID], set[UUID]]:
        """The addresses the lead may have, and those they may know that are kept."""
        kinds = (UnusualKind.POSTCODE, UnusualKind.ADDRESS)
        cases = {line.case for line in lines if line.kind in kinds and line.case} & self.open
        full, noted = set[UUID](), set[UUID]()
        rows = addresses_of(*cases) if cases else []
        for case in cases:
            reader = reader_of(self.actor, self.ties[case].role)
            for id, one in decided([row for row in rows if row.case == case], reader).items():
                if one.is_full:
                    full.add(id)
                if one.shown is not AddressShown.HIDDEN:
                    noted.add(id)
        return full, noted


class _Governs:
    """What information governance may know of lines about a lead whom nobody else can ask.

    They open no family. One that they are in conflict with is on no line; of one that is closed to
    them, and of a line that tells of somebody in it, they are not told which it is.
    """

    def __init__(self, actor: Actor, lines: list[UnusualLine], now: datetime) -> None:
        cases = {line.case for line in lines if line.case}
        nights = (line.about for line in lines if line.kind is UnusualKind.OUT_OF_HOURS)
        cases |= {case for about in nights for case in about}
        self.open = frozenset[UUID]()
        ties = ties_across(teams_of(cases, on=day_of(now)), actor, on=day_of(now))
        self.known = {case for case in cases if not ties[case].restrictions.in_conflict}
        self.named = {case for case in self.known if not ties[case].restrictions.bars_family}

    def told(self, line: UnusualLine) -> UnusualLine | None:
        """The line as they are told of it; None where they are not."""
        if line.case is not None and line.case not in self.known:
            return None
        if line.kind is UnusualKind.OUT_OF_HOURS:
            return told_of(line, frozenset(self.known))
        return line

    def names(self, line: UnusualLine) -> bool:
        """Whether they are told of which family the line is."""
        return line.kind in SAY_NO_MORE and line.case in self.named
