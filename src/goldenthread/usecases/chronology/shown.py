"""What a reader is shown: entries in full, masked entries with fewer fields, and the family around.

Plain frozen values for presenters, pages and files. A masked entry is a type of its own that has
nowhere to put content.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from goldenthread.domain.chronology.history import CarerBand
from goldenthread.domain.network.claim import Network
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.records.access.reading import TeamRow
from goldenthread.records.people.reading import CaseRow, MemberRow
from goldenthread.records.shared.reading import AgencyRow, PractitionerRow
from goldenthread.usecases._steps.family import Family
from goldenthread.usecases._steps.feeds import ShownFeed
from goldenthread.usecases._steps.questions import Question

__all__ = ["AgencyRow", "CaseRow", "Family", "MemberRow", "PractitionerRow", "Question", "TeamRow"]


class Knower(NamedTuple):
    """One agency that knows an entry, since when and how it came to know.

    A tuple, as there are several for each of thousands of entries. `told` is the day in the words
    it was stated in, as EDTF text (see `Awareness`).
    """

    agency: UUID
    name: str
    kind: str
    known_from: datetime
    level: str
    told: str | None = None


@dataclass(frozen=True, slots=True)
class NotTold:
    """A decision not to tell one agency, with its reason and when it will be looked at again."""

    from_agency: str
    to_agency: str
    reason: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class ShownSubject:
    """One person an entry is about."""

    person: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ChildAge:
    """A child's age when an entry happened."""

    name: str
    age: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry in full, with its source, who knows it and how it stands."""

    statement: Statement
    number: int
    agency: AgencyRow
    asserted_by: str
    subjects: tuple[ShownSubject, ...]
    ages: tuple[ChildAge, ...]
    knowers: tuple[Knower, ...]
    not_told: tuple[NotTold, ...]
    standing: Standing
    standing_because: tuple[UUID, ...]
    answers: tuple[tuple[str, UUID], ...]
    significance: str
    same_event: tuple[UUID, ...]
    is_new: bool
    rule: str

    @property
    def id(self) -> UUID:
        """The statement's id."""
        return self.statement.id

    @property
    def happened(self) -> PartialDate:
        """When it was so."""
        return self.statement.happened

    @property
    def is_held_alone(self) -> bool:
        """Whether one agency alone knew it at the viewpoint's instant."""
        return len(self.knowers) == 1


@dataclass(frozen=True, slots=True)
class MaskedEntry:
    """An entry exists, about then; nothing else is known here.

    Another agency holds it, or, where `is_restricted`, the reader's own does and a label stands.
    """

    id: UUID
    happened: PartialDate
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """One family's history as one reader sees it from one viewpoint, oldest first."""

    family: Family
    viewpoint: Viewpoint
    entries: tuple[ShownEntry, ...]
    masked: tuple[MaskedEntry, ...]
    agencies: dict[UUID, AgencyRow]
    bands: tuple[CarerBand, ...]
    not_yet_known: int
    looked_before: datetime | None = None
    made_at: datetime | None = None
    names: dict[UUID, str] = field(default_factory=dict)
    # Who lived where and who looked after whom, as known from the viewpoint; None where not read.
    lived: Network | None = None
    # The entries in which words of a safe address are withheld from this reader.
    words_withheld: frozenset[UUID] = frozenset()

    @property
    def viewpoint_agency(self) -> AgencyRow | None:
        """Whose knowledge this is; None for every agency the reader may see."""
        return self.agencies.get(self.viewpoint.agency) if self.viewpoint.agency else None

    @property
    def kept_by(self) -> str:
        """Why the masked entries are masked, in words that follow their number."""
        restricted = any(one.is_restricted for one in self.masked)
        return "held by other agencies" + (" or restricted" if restricted else "")

    @property
    def speaking_agencies(self) -> tuple[AgencyRow, ...]:
        """The agencies that made at least one of the entries shown, by name."""
        spoken = {entry.agency.id for entry in self.entries}
        return tuple(row for row in self.agencies.values() if row.id in spoken)


@dataclass(frozen=True)
class Summary:
    """A family at one glance: its history, its network as known now, and what nobody knows.

    `network` holds what the reader may see and every agency together knows, with its standing now.
    `feed` is what changed since the reader looked before this sitting; None at a first look.
    """

    history: History
    network: Network
    questions: tuple[Question, ...]
    feed: ShownFeed | None
