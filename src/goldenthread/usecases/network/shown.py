"""What a reader is shown of a family's network: plain frozen values for pages, files and prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.network.checking import Warning_
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.gaps import Gap
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.drawing.laid_out import LaidOut
from goldenthread.records.shared.reading import AgencyRow
from goldenthread.usecases._steps.family import Family
from goldenthread.usecases._steps.questions import STILL_OPEN, Question, ShownAnswer

__all__ = [
    "STILL_OPEN",
    "Contact",
    "Elsewhere",
    "Question",
    "ShownAnswer",
    "ShownNetwork",
]


@dataclass(frozen=True, slots=True)
class Contact:
    """One agency saw or spoke with one person, by an entry of its own; people as text ids."""

    agency: UUID
    person: str
    happened: PartialDate
    statement: UUID


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody here is, or may be, in another family's record; whom to ring, never what it says.

    `case`, `reference` and `family_label` are given only to somebody who may open that family.
    `through` is the reference of the family that leads there, from the second step on.
    """

    person: str
    name: str
    verdict: str
    degree: int
    ring_name: str
    ring_agency: str
    ring_phone: str
    case: UUID | None = None
    reference: str = ""
    family_label: str = ""
    through: str = ""

    @property
    def may_be_opened(self) -> bool:
        """Whether the reader may open that family."""
        return self.case is not None


@dataclass(frozen=True)
class ShownNetwork:
    """A family's network as one reader may see it, and what of it was known from a viewpoint.

    - `network` is everything the reader may see, of all time, with its standing now. The layout is
      of this, so that no date and no viewpoint moves anybody.
    - `drawable` is that without the claims no drawing can hold, of which `warnings` tell.
    - `seen` is what was known from the viewpoint, with the standing it had then: what a drawing,
      a table or a sentence is made from.
    - `warnings` say what cannot be right in `network`, and which claims no drawing can hold.
    - `since` is when the reader looked at this family before, None at their first look;
      `new_claims` were recorded, or told to their agency, after it and not by them.
    - `laid_out` is None while a large family is being drawn in the background.
    """

    family: Family
    viewpoint: Viewpoint
    network: Network
    drawable: Network
    seen: Network
    known_claims: frozenset[str]
    known_people: frozenset[str]
    laid_out: LaidOut | None
    warnings: tuple[Warning_, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[Question, ...]
    elsewhere: tuple[Elsewhere, ...]
    agencies: dict[UUID, AgencyRow]
    contacts: tuple[Contact, ...]
    made_at: datetime
    since: datetime | None = None
    new_claims: frozenset[str] = frozenset()

    @property
    def believed_claims(self) -> frozenset[str]:
        """The claims the viewpoint knew and had not seen corrected or withdrawn: what is drawn."""
        return frozenset(claim.id for claim in self.seen.claims if claim.still_counts)

    @property
    def is_being_drawn(self) -> bool:
        """Whether the layout is still being worked out; the table is there already."""
        return self.laid_out is None

    def last_contact(self, agency: UUID, *, on: date, person: str = "") -> Contact | None:
        """The latest contact of an agency with the family, or with one person, by a day.

        A contact is dated by the latest day it can have been; one without a date is left out.
        """
        found = [
            contact
            for contact in self.contacts
            if contact.agency == agency
            and person in ("", contact.person)
            and contact.happened.latest is not None
            and contact.happened.latest <= on
        ]
        return max(found, key=lambda one: (one.happened.latest, str(one.statement)), default=None)
