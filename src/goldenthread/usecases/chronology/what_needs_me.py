"""What needs the reader today, over all their families: to read, due, and new because of them.

In a fixed number of queries, however many families. Nobody is sent any of it: it is here when they
come. Families are never put in an order by what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, FamilyTies, Outcome, decide
from goldenthread.domain.chronology.receiving import Progress, Told, progress_of
from goldenthread.domain.network.vocabulary import GapOutcome
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.word import Word
from goldenthread.records.access.reading import cases_of, standing, unreadable_by
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.passed_on import (
    awaited,
    debts_in,
    standing_against,
)
from goldenthread.records.chronology.store import last_looks
from goldenthread.records.network.reading import taken_on_by
from goldenthread.records.people.reading import CaseRow, cases_of_statement
from goldenthread.records.risk.reading import promised_by
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.usecases._steps.feeds import ShownFeed, ShownLine, feeds_for
from goldenthread.usecases._steps.permission import event_of
from goldenthread.usecases._steps.seals_due import seals_due
from goldenthread.usecases._steps.sharing_rules import SharingRules, sharing_rules

__all__ = ["Due", "DueKind", "NeedsMe", "ShownFeed", "ShownLine", "ToRead", "what_needs_me"]

# As the list of families: only those the policy already allows one by one.
LISTED = Decision(Outcome.ALLOW, "own-families-listed", "These are the families you may open.")
STILL_OPEN = (GapOutcome.TAKEN_ON, GapOutcome.CARRIED_TO_SUPERVISION)


class DueKind(Word):
    """What is due."""

    CORRECTION = "correction", "Tell the correction"
    ACKNOWLEDGE = "acknowledge", "Say that you have read it"
    UNREAD = "unread", "What you told has not been acknowledged"
    REVIEW = "review", "Look again at a decision not to share"
    FIND_OUT = "find_out", "You said you would find out"
    DO = "do", "You said you would do"
    SEAL = "seal", "Review a seal: go on with it, or lift it"


@dataclass(frozen=True, slots=True)
class ToRead:
    """Something the reader was told and nobody of their agency has acknowledged."""

    family: CaseRow
    from_agency: AgencyRow
    progress: Progress
    in_person: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with a day: `on` is that day, None where it is owed from the start.

    `words` are those of the reader's agency, where it promised or decided something; `agency` is
    the other agency. `statement` or `key` says where it is seen to.
    """

    kind: DueKind
    family: CaseRow
    on: date | None
    agency: AgencyRow | None = None
    statement: UUID | None = None
    words: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class NeedsMe:
    """What needs the reader: to read and due by their days, feeds in the order of families."""

    to_read: tuple[ToRead, ...]
    due: tuple[Due, ...]
    feeds: tuple[tuple[CaseRow, ShownFeed], ...]


def what_needs_me(actor: Actor, *, now: datetime) -> NeedsMe:
    """What needs the actor today, in every family they may open."""
    with transaction.atomic(durable=True):
        wall.open_for_own(actor, on=day_of(now))
        pairs = cases_of(actor, on=day_of(now))
        ties = standing([(case.id, role) for case, role in pairs], actor, on=day_of(now))
        unread = frozenset(
            one for tie in ties.values() for one in unreadable_by(actor, tie.restrictions)
        )
        families = {case.id: case for case, _ in pairs}
        here = _Here(actor, families, dict(_own(pairs)), unread, now)
        to_read = tuple(here.to_read())
        due = tuple(sorted(here.due(to_read), key=_by_day))
        looked = last_looks(actor.account, list(here.families))
        own = {case: at for case, at in looked.items() if case in here.own}
        feeds = feeds_for(actor, ties, own, now=now)
        listed = LISTED if pairs else decide(actor, Action.VIEW_FAMILY, FamilyTies())
        event = event_of(actor, "list_needs", listed, None, to_read=len(to_read), due=len(due))
        audit.append(event)
    changed = tuple(
        (here.families[case], feed)
        for case in here.families
        if (feed := feeds.get(case)) and (feed.affects or feed.also)
    )
    return NeedsMe(to_read, due, changed)


def _own(pairs: list[tuple[CaseRow, str | None]]) -> Iterator[tuple[UUID, str]]:
    """The families the reader is part of themselves, with their role."""
    return ((case.id, role) for case, role in pairs if role is not None)


def _by_day(one: Due) -> tuple[date, str, str, str]:
    return one.on or date.min, str(one.kind), one.family.reference, str(one.statement or one.key)


class _Here:
    """The reader's families, and what is looked up once for all of them."""

    def __init__(
        self,
        actor: Actor,
        families: dict[UUID, CaseRow],
        own: dict[UUID, str],
        unread: frozenset[UUID],
        now: datetime,
    ) -> None:
        self.actor, self.families, self.own, self.now = actor, families, own, now
        self.unread = unread  # restricted for this reader: nothing of these is said here
        self.today = day_of(now)
        self.rules: SharingRules = sharing_rules()
        self.agencies = agencies()

    def to_read(self) -> Iterator[ToRead]:
        """What they were told in person, or their agency where they are of the team."""
        for one in awaited(self.families, to=self.actor.agency, now=self.now):
            told = one.what
            if told.statement in self.unread:
                continue
            in_person = told.to_person == self.actor.practitioner
            if in_person or (told.to_person is None and one.case in self.own):
                family, source = self.families[one.case], self.agencies[told.from_agency]
                yield ToRead(family, source, self._progress(told), in_person)

    def due(self, to_read: tuple[ToRead, ...]) -> Iterator[Due]:
        """Everything with a day that has come near, and what is owed."""
        for one in to_read:
            if one.progress.is_late(self.today):
                statement = one.progress.told.statement
                yield Due(
                    DueKind.ACKNOWLEDGE, one.family, one.progress.due, one.from_agency, statement
                )
        yield from self._unread()
        yield from self._owed()
        yield from self._reviews()
        yield from self._promises()
        yield from self._seals()

    def _progress(self, told: Told) -> Progress:
        return progress_of(told, (), self.rules.receipts)

    def _unread(self) -> Iterator[Due]:
        for one in awaited(self.families, by=self.actor.agency, now=self.now):
            told, progress = one.what, self._progress(one.what)
            if told.statement in self.unread:
                continue
            mine = told.shared_by == self.actor.practitioner
            if progress.is_late(self.today) and (mine or (_nobodys(told) and one.case in self.own)):
                yield Due(
                    DueKind.UNREAD, self.families[one.case], progress.due,
                    self.agencies[told.to_agency], told.statement,
                )  # fmt: skip

    def _owed(self) -> Iterator[Due]:
        for one in debts_in(self.own, now=self.now, today=self.today):
            ends = {one.what.statement, one.what.correction}
            if one.what.owed_by == self.actor.agency and self.unread.isdisjoint(ends):
                yield Due(
                    DueKind.CORRECTION, self.families[one.case], None,
                    self.agencies[one.what.owed_to], one.what.correction,
                )  # fmt: skip

    def _reviews(self) -> Iterator[Due]:
        for one in standing_against(self.own, by=self.actor.agency, now=self.now):
            on = one.what.review_on
            if one.what.statement in self.unread:
                continue
            if on is not None and on <= self.today + timedelta(days=self.rules.look_ahead):
                yield Due(
                    DueKind.REVIEW, self.families[one.case], on,
                    self.agencies[one.what.to_agency], one.what.statement, one.what.reason,
                )  # fmt: skip

    def _seals(self) -> Iterator[Due]:
        """The seals whose review is theirs, from some days before the day of each."""
        near = self.today + timedelta(days=self.rules.look_ahead)
        roles = {case: self.own.get(case) for case in self.families}
        for seal in seals_due(self.actor, roles, by=near, today=self.today):
            filed = cases_of_statement(seal.statement) if seal.statement else [seal.case]
            here = next((self.families[case] for case in filed if case in self.families), None)
            if here is not None and seal.statement not in self.unread:
                yield Due(DueKind.SEAL, here, seal.review_on, statement=seal.statement)

    def _promises(self) -> Iterator[Due]:
        ahead = self.today + timedelta(days=self.rules.look_ahead)
        for gap in taken_on_by(self.actor.practitioner, self.families):
            if gap.due is not None and gap.outcome in STILL_OPEN and gap.due <= ahead:
                yield Due(
                    DueKind.FIND_OUT, self.families[gap.case], gap.due,
                    words=gap.question, key=gap.gap,
                )  # fmt: skip
        behind = self.today - timedelta(days=self.rules.look_back)
        for answer in promised_by(self.actor.account, self.families):
            if behind <= answer.by_when <= ahead:
                yield Due(
                    DueKind.DO, self.families[answer.case], answer.by_when,
                    words=answer.what_we_will_do,
                )  # fmt: skip


def _nobodys(told: Told) -> bool:
    return told.shared_by is None
