"""What changed in a reader's families since they last looked, and why it matters to them.

One reading for the family page and the first page, so that the two never disagree. A fixed number
of queries, however many families.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.chronology.change_feed import (
    KIND_OF,
    Change,
    ChangeKind,
    Feed,
    Line,
    Responsibility,
    feed_of,
)
from goldenthread.domain.provenance.vocabulary import LinkKind, ReceiptStep
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.records.access.reading import unreadable_by
from goldenthread.records.chronology import changes as rows
from goldenthread.records.people.reading import members
from goldenthread.records.shared.reading import agencies, practitioners_by_id
from goldenthread.usecases._steps.gap_facts import curiosity_rules
from goldenthread.usecases._steps.sharing_rules import sharing_rules

ANSWERING = {
    LinkKind.CORRECTS.value: ChangeKind.CORRECTION,
    LinkKind.WITHDRAWS.value: ChangeKind.WITHDRAWAL,
    LinkKind.DISPUTES.value: ChangeKind.DISPUTE,
}
CHANGES = {kind.value: changes for kind, changes in KIND_OF.items()}
DID = {
    ReceiptStep.ACKNOWLEDGED.value: "acknowledged what you told",
    ReceiptStep.ASKED_BACK.value: "asks about what you told",
    ReceiptStep.CAME_OF_IT.value: "says what came of what you told",
}
DID_TOGETHER = {
    ReceiptStep.ACKNOWLEDGED.value: "acknowledged what you told",
    ReceiptStep.ASKED_BACK.value: "ask about what you told",
    ReceiptStep.CAME_OF_IT.value: "say what came of what you told",
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One change as it is read: what it says, whose it is, when it was so, and why it is here.

    Where it is one line for what several people did, `within` says each of it, the newest first.

    `people` are the names of those the agency works with, where that is a reason.
    """

    line: Line
    says: str
    by: str
    happened: PartialDate | None
    people: tuple[str, ...]

    @property
    def change(self) -> Change:
        """What changed."""
        return self.line.change

    @property
    def within(self) -> tuple[str, ...]:
        """Each of the changes of a line that is about several; empty of a line about one."""
        changes = (self.line.change, *self.line.others)
        return tuple(one.words for one in changes) if self.line.others else ()


@dataclass(frozen=True, slots=True)
class ShownFeed:
    """What changed in one family since an instant, each once."""

    case: UUID
    since: datetime
    affects: tuple[ShownLine, ...]
    also: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the queries gave, before anything is worked out."""

    new: dict[UUID, list[rows.NewRow]]
    links: dict[UUID, list[tuple[str, UUID]]]
    about: dict[UUID, frozenset[UUID]]
    in_person: frozenset[UUID]
    wrote: frozenset[UUID]
    passed_on: frozenset[UUID]
    back: dict[UUID, list[rows.CameBack]]
    team: dict[UUID, list[rows.TeamChange]]


def feeds_for(
    actor: Actor,
    ties: Mapping[UUID, FamilyTies],
    since: Mapping[UUID, datetime],
    *,
    now: datetime,
    more: Iterable[Change] = (),
) -> dict[UUID, ShownFeed]:
    """By family: what changed since the reader last looked; families never looked at are left out.

    `ties` are the reader's to each family they may open. `more` are changes others worked out, such
    as questions; only where there is one family.
    """
    looked = {case: at for case, at in since.items() if case in ties}
    loaded = _load(actor, ties, looked, now)
    shown = _Showing(actor, loaded, looked, now)
    return {case: shown.feed(case, ties[case], [*shown.changes(case), *more]) for case in looked}


def _load(
    actor: Actor, ties: Mapping[UUID, FamilyTies], since: Mapping[UUID, datetime], now: datetime
) -> _Loaded:
    new = rows.new_entries(ties, actor, since, now=now)
    statements = {row.statement for row in new}
    links = rows.answered_by(statements, ties, actor, now=now)
    targets = {target for said in links.values() for _, target in said}
    wrote, passed_on = rows.own_among(targets, actor)
    days = {case: day_of(at) for case, at in since.items()}
    unread = {one for case in since for one in unreadable_by(actor, ties[case].restrictions)}
    return _Loaded(
        new=_by_case(new),
        links=links,
        about=rows.subjects_among(statements),
        in_person=rows.told_in_person(statements, actor.practitioner, now=now),
        wrote=wrote,
        passed_on=passed_on,
        back=_by_case(rows.came_back(actor, since, unread=unread, now=now)),
        team=_by_case(rows.team_changes(actor.practitioner, days, today=day_of(now))),
    )


def _by_case(found: Iterable) -> dict[UUID, list]:
    of: dict[UUID, list] = defaultdict(list)
    for row in found:
        of[row.case].append(row)
    return of


class _Showing:
    """Turns what was loaded into changes and lines, looking names up once for every family."""

    def __init__(
        self, actor: Actor, loaded: _Loaded, since: Mapping[UUID, datetime], now: datetime
    ) -> None:
        self._actor, self._loaded, self._since = actor, loaded, since
        self._agencies = agencies()
        self._family = members(*since)
        concerned = {person for people in loaded.about.values() for person in people}
        self._worked_with = rows.worked_with(
            concerned,
            actor.agency,
            curiosity_rules().spoken_to,
            after=day_of(now) - timedelta(days=sharing_rules().works_with_for),
        )
        readers = {back.receipt.practitioner for one in loaded.back.values() for back in one}
        self._readers = practitioners_by_id(readers)
        self._entries = {
            (case, row.statement): row for case, one in loaded.new.items() for row in one
        }

    def changes(self, case: UUID) -> Iterable[Change]:
        """Everything that changed in one family, as the reader may see it."""
        for row in self._loaded.new.get(case, ()):
            yield self._of_entry(row)
        for back in self._loaded.back.get(case, ()):
            yield self._of_receipt(back)
        for joined in self._loaded.team.get(case, ()):
            yield _of_team(joined)

    def feed(self, case: UUID, ties: FamilyTies, changes: Iterable[Change]) -> ShownFeed:
        """The feed of one family, with its words."""
        mine = Responsibility(
            practitioner=self._actor.practitioner,
            role=ties.role,
            wrote=self._loaded.wrote,
            passed_on=self._loaded.passed_on,
            works_with=tuple(
                one.person for one in self._family[case] if one.person in self._worked_with
            ),
        )
        feed: Feed = feed_of(changes, mine)
        return ShownFeed(
            case=case,
            since=self._since[case],
            affects=tuple(self._shown(case, line) for line in feed.affects),
            also=tuple(self._shown(case, line) for line in feed.also),
        )

    def _of_entry(self, row: rows.NewRow) -> Change:
        said = self._loaded.links.get(row.statement, ())
        is_told = row.statement in self._loaded.in_person
        return Change(
            key=f"entry:{row.statement}",
            kind=self._kind(row, [kind for kind, _ in said]),
            at=max(row.recorded_at, row.told_at or row.recorded_at),
            happened=row.sort_on,
            statement=row.statement,
            about=self._loaded.about.get(row.statement, frozenset()),
            told=frozenset({self._actor.practitioner}) if is_told else frozenset(),
            answers=frozenset(target for kind, target in said if kind in ANSWERING),
        )

    def _kind(self, row: rows.NewRow, says: Collection[str]) -> ChangeKind:
        answering = next((kind for link, kind in ANSWERING.items() if link in says), None)
        if answering is not None:
            return answering
        if row.kind in CHANGES:
            return CHANGES[row.kind]
        was_told = row.agency != self._actor.agency and row.told_at is not None
        return ChangeKind.TOLD if was_told else ChangeKind.ENTRY

    def _of_receipt(self, back: rows.CameBack) -> Change:
        one = back.receipt
        who = self._readers.get(one.practitioner)
        name = f"{who.name}, {who.agency_name}," if who else "Somebody there"
        words = f": {one.words}" if one.words else "."
        is_asked = one.step == ReceiptStep.ASKED_BACK
        return Change(
            key=f"receipt:{one.statement}:{one.practitioner}:{one.step}:{one.given_at.isoformat()}",
            kind=ChangeKind.RECEIPT,
            at=one.given_at,
            statement=one.statement,
            asks=frozenset({back.shared_by} if is_asked and back.shared_by else ()),
            passed_on_by=back.shared_by,
            words=f"{name} {DID[one.step]}{words}",
            together=f"{one.statement}:{one.step}",
            who=one.practitioner,
        )

    def _shown(self, case: UUID, line: Line) -> ShownLine:
        change = line.change
        row = self._entries.get((case, change.statement)) if change.statement else None
        is_entry = row is not None and change.kind is not ChangeKind.RECEIPT
        wanted = {person for one in line.because for person in one.people}
        says = change.words if line.people < 2 else self._together(line)
        return ShownLine(
            line=line,
            says=row.text if row and is_entry else says,
            by=self._agencies[row.agency].name if row and is_entry else "",
            happened=parse_edtf(row.happened) if row and is_entry and row.happened else None,
            people=tuple(one.name for one in self._family[case] if one.person in wanted),
        )

    def _together(self, line: Line) -> str:
        """What several people did with one entry: "Ama Boateng and 3 others acknowledged ..."."""
        first = self._readers.get(line.change.who) if line.change.who else None
        step = (line.change.together or "").rpartition(":")[2]
        others = "1 other" if line.people == 2 else f"{line.people - 1:,} others"
        name = f"{first.name}, {first.agency_name}," if first else "Somebody there"
        return f"{name} and {others} {DID_TOGETHER[step]}."


def _of_team(change: rows.TeamChange) -> Change:
    did = "joined the team" if change.joined else "left the team"
    role = f" as {TeamRole.label_of(change.role).lower()}" if change.joined else ""
    return Change(
        key=f"team:{change.id}:{'joined' if change.joined else 'left'}",
        kind=ChangeKind.TEAM,
        at=start_of_day(change.on),
        words=f"{change.name}, {change.agency_name}, {did}{role}.",
    )
