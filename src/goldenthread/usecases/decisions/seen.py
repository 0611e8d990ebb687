"""What a reader is shown of decisions: plain frozen values for pages and for other journeys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.decisions.record import DecisionRecord, Party
from goldenthread.domain.decisions.vocabulary import Part
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.statement import Statement
from goldenthread.records.decisions.reading import ReaderTestRow
from goldenthread.usecases._steps.family import Family

__all__ = [
    "DecisionRead",
    "DecisionSeen",
    "DecisionsSeen",
    "Family",
    "OpenItem",
    "PartyNamed",
    "PinSeen",
    "ReaderTestRow",
    "ToldRow",
]


@dataclass(frozen=True, slots=True)
class DecisionSeen:
    """One signed version that a reader may read; `title` is its question in the writer's words.

    `agency` is whose decision it is. `deciders` and `room` are practitioners by id, the room with
    the deciders; the agencies are theirs and those of people named in words. `number` is None
    where the reader may not read every version before it. `newer` is the next later version that
    the reader may read, `after` the one before, if they may.
    """

    id: UUID
    statement: UUID
    decided_at: datetime
    time_is_known: bool
    title: str
    setting: str
    agency: UUID
    agency_name: str
    deciders: frozenset[UUID]
    deciding_agencies: frozenset[UUID]
    room: frozenset[UUID]
    agencies_in_the_room: frozenset[UUID]
    signed_by: UUID
    signed_by_name: str
    recorded_at: datetime
    look_again_by: date | None
    number: int | None
    newer: UUID | None
    after: UUID | None


@dataclass(frozen=True, slots=True)
class PartyNamed:
    """Somebody with a part in a decision, called by name, post and agency."""

    party: Party
    name: str
    role: str
    agency_name: str


@dataclass(frozen=True, slots=True)
class PinSeen:
    """One entry a decision turned on, that the reader may read; `standing` is how it stands now.

    `is_as_pinned` says whether the entry still says what it said when it was pinned.
    """

    statement: Statement
    agency_name: str
    use: str
    why: str
    is_as_pinned: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One agency a decision concerns: since when it knows of it, or why it does not.

    `since` is None where it has not been told; `how`, `why` and `review_on` are what the decision
    said of it, empty where the agency was told without being named there.
    """

    agency: UUID
    agency_name: str
    since: datetime | None
    how: str = ""
    why: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something about a decision that still waits for somebody; `sort` says what."""

    sort: str
    agency_name: str = ""
    words: str = ""
    on: date | None = None


@dataclass(frozen=True)
class DecisionRead:
    """One version opened. `record` holds no pin that the reader may not read.

    `has_more` says that it rests on more than that. `versions` are those of its chain that the
    reader may read, first to last. `is_as_sealed` is whether all it says is what was signed, and
    `is_followed` whether the reader may read a decision taken after it.
    """

    family: Family
    seen: DecisionSeen
    record: DecisionRecord
    decided: Statement
    seal: str
    is_as_sealed: bool
    parties: tuple[PartyNamed, ...]
    pins: tuple[PinSeen, ...]
    has_more: bool
    told: tuple[ToldRow, ...]
    tests: tuple[ReaderTestRow, ...]
    versions: tuple[DecisionSeen, ...]
    may_sign_again: bool
    may_say_back: bool
    may_tell: bool
    is_followed: bool
    made_at: datetime

    def of_part(self, part: Part) -> tuple[PartyNamed, ...]:
        """Those who had one part, in the order they are listed."""
        return tuple(one for one in self.parties if one.party.part == part)

    def open_items(self, today: date) -> Iterator[OpenItem]:
        """What waits: who is to be told, who did not understand, what is to be looked at again."""
        for told in self.told:
            if told.since is None and told.how != "not":
                yield OpenItem("untold", told.agency_name, told.why, told.review_on)
            elif told.since is None and told.review_on and told.review_on < today:
                yield OpenItem("not_told_review", told.agency_name, told.why, told.review_on)
        if self.seen.newer is None:
            for test in self.tests:
                if not test.understood:
                    yield OpenItem("not_understood", test.agency_name, test.because)
            again = self.record.look_again_by
            if again is not None and again < today and not self.is_followed:
                yield OpenItem("look_again", on=again)
        for pin in self.pins:
            if pin.standing is not Standing.STANDS:
                yield OpenItem("pin_changed", pin.agency_name, pin.standing.label)


@dataclass(frozen=True)
class DecisionsSeen:
    """A family's decisions as one reader may read them, the latest decided first.

    `newest` are those with no later version to read. `not_understood` counts, by version, readers
    who did not; `untold` are the agencies that must be told and are not, by name.
    """

    family: Family
    decisions: tuple[DecisionSeen, ...]
    names: dict[UUID, str]
    untold: dict[UUID, tuple[str, ...]]
    not_understood: dict[UUID, int]
    drafts: tuple[tuple[UUID, datetime], ...]
    may_sign: bool

    @property
    def newest(self) -> tuple[DecisionSeen, ...]:
        """The latest version of each decision."""
        return tuple(one for one in self.decisions if one.newer is None)

    def is_followed(self, one: DecisionSeen) -> bool:
        """Whether another decision was taken after one."""
        return any(other.decided_at > one.decided_at for other in self.decisions)

    def earlier(self, one: DecisionSeen) -> tuple[DecisionSeen, ...]:
        """The versions before one, latest first."""
        by_id = {other.id: other for other in self.decisions}
        found: list[DecisionSeen] = []
        before = one.after
        while before is not None and before in by_id:
            found.append(by_id[before])
            before = by_id[before].after
        return tuple(found)
