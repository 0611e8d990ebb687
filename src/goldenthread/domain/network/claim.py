"""A claim: what one statement says of who is what to whom, and over which period.

A relation is never a bare fact. It is claimed by a statement, which has a source, a way of being
known, an agency and the instant it was known from; it is corrected, disputed or withdrawn as that
statement is. Two agencies may claim differently, and both claims stay readable.

People are named by text keys: the record's ids as text, or a file's own ids. So a family read from
a file and a family read from the record are laid out and drawn by the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from goldenthread.domain.network.vocabulary import ClaimKind, Gender, HomeNature, Loss
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.partial_date import PartialDate, not_known


@dataclass(frozen=True, slots=True)
class Relative:
    """One person of a network: identified or not, living, dead or not yet born.

    `birth_order` is a year with a fraction, negative before Christ, for sources whose dates our
    calendar cannot hold; where it is None the order is read from `born`.
    """

    id: str
    name: str
    gender: str = Gender.NOT_KNOWN
    born: PartialDate | None = None
    died: PartialDate | None = None
    expected_on: date | None = None
    loss: str = Loss.NONE
    role: str = ""
    is_child: bool = False
    is_identified: bool = True
    description: str = ""
    birth_order: float | None = None

    @property
    def born_as_number(self) -> float | None:
        """The birth as a year with a fraction, for ordering; None where nothing is known."""
        if self.birth_order is not None:
            return self.birth_order
        when = self.born.from_min if self.born else None
        when = when or self.expected_on
        return None if when is None else when.year + (when.timetuple().tm_yday - 1) / 366


@dataclass(frozen=True, slots=True)
class Household:
    """A place people live in, by the name it goes by; never an address in itself."""

    id: str
    name: str
    nature: str = HomeNature.HOME


@dataclass(frozen=True, slots=True)
class Source:
    """Who said a claim, how they knew, since when it is known, and whether it still stands."""

    statement: str
    agency: str
    agency_name: str
    how_known: str
    known_on: date
    asserted_by: str = ""
    informant: str = ""
    standing: Standing = Standing.STANDS


@dataclass(frozen=True, slots=True)
class Claim:
    """`person` is `nature` (of `kind`) to `other`, or at a household, or with an agency.

    Directed kinds run from `person` to `other`: parent to child, carer to child, from who causes
    harm to who is harmed. `happened` is the period over which it was so, open at the end while it
    goes on; a single date is a beginning, and one day alone is written from that day to that day.
    `polarity` says whether the claim asserts, denies, or records that nobody knows. `days` and
    `nights` are ISO weekdays (1 is Monday) on which care is given.
    """

    id: str
    kind: str
    nature: str
    person: str
    other: str = ""
    household: str = ""
    agency: str = ""
    happened: PartialDate = field(default_factory=not_known)
    polarity: str = Polarity.ASSERTS
    status: str = ""
    days: tuple[int, ...] = ()
    nights: tuple[int, ...] = ()
    words: str = ""
    source: Source | None = None

    @property
    def says_so(self) -> bool:
        """Whether it said that the thing is so, whatever became of it later."""
        return self.polarity == Polarity.ASSERTS

    @property
    def asserts(self) -> bool:
        """Whether it says the thing is so (a disputed claim still says it)."""
        return self.says_so and self.still_counts

    @property
    def still_counts(self) -> bool:
        """Whether it was neither corrected nor withdrawn."""
        return self.source is None or self.source.standing not in (
            Standing.CORRECTED,
            Standing.WITHDRAWN,
        )

    @property
    def is_disputed(self) -> bool:
        """Whether another statement disputes it."""
        return self.source is not None and self.source.standing == Standing.DISPUTED

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody it names."""
        return (self.person, self.other) if self.other else (self.person,)

    def held_on(self, day: date) -> bool | None:
        """Whether it was so on a day; None where what is known of its dates cannot say.

        Between the latest it can have begun and the earliest it can have ended it certainly was.
        A claim without any date is None on every day: shown always, and marked.
        """
        when = self.happened
        if not when.is_known:
            return None
        if when.from_min and day < when.from_min:
            return False
        if when.is_period and when.to_max and day > when.to_max:
            return False
        surely_begun = when.from_max is not None and day >= when.from_max
        open_end = not when.is_period or when.to_max is None
        surely_not_ended = open_end or (when.to_min is not None and day <= when.to_min)
        return True if surely_begun and surely_not_ended else None


@dataclass(frozen=True, slots=True)
class Network:
    """Everybody around a family, and everything claimed of how they stand to each other.

    Claims are kept whole, contradictions included, in the order their statements were known.
    """

    people: tuple[Relative, ...]
    claims: tuple[Claim, ...] = ()
    households: tuple[Household, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()

    def of(self, *kinds: ClaimKind) -> tuple[Claim, ...]:
        """The claims of these kinds."""
        return tuple(claim for claim in self.claims if claim.kind in kinds)
