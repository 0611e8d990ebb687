"""What somebody wants to sign as a decision, before it is checked; and what can be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from goldenthread.domain.decisions.record import MustTell, Option, Party
from goldenthread.domain.decisions.vocabulary import IN_THE_ROOM, Heading, Tell, Use
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal


@dataclass(frozen=True, slots=True)
class ProposedPin:
    """An entry the decision turned on, and what was made of it."""

    statement: UUID
    use: str = Use.RELIED_ON
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProposedDecision:
    """A decision as it is put forward: all of it in the words of whoever signs.

    `decided` is what was decided; it becomes the entry that carries the decision. `about` are the
    people the entry is about. `after` is the version this one follows, with `why_again` its reason.
    `lawful_basis` is that of the tellings which signing makes.
    """

    question: str = ""
    decided: str = ""
    rationale: str = ""
    day: date | None = None
    at: time | None = None
    setting: str = ""
    threshold: str = ""
    met: str = ""
    asked: str = ""
    look_again_by: date | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    about: tuple[UUID, ...] = ()
    options: tuple[Option, ...] = ()
    parties: tuple[Party, ...] = ()
    pins: tuple[ProposedPin, ...] = ()
    must_tell: tuple[MustTell, ...] = ()
    after: UUID | None = None
    why_again: str = ""
    lawful_basis: str = LawfulBasis.NOT_RECORDED

    def words(self, heading: Heading) -> str:
        """What stands under a heading, without spaces around it."""
        return self.parts.get(heading, "").strip()

    @property
    def agencies_in_the_room(self) -> frozenset[UUID]:
        """The agencies of those who decided or were there."""
        return frozenset(
            one.agency for one in self.parties if one.part in IN_THE_ROOM and one.agency
        )


@dataclass(frozen=True, slots=True)
class KnownPin:
    """Since when each agency has known an entry, as far as the record of telling says."""

    since: Mapping[UUID, datetime]

    @property
    def first(self) -> datetime:
        """When anybody knew it first."""
        return min(self.since.values())

    def known_by(self, agencies: frozenset[UUID], at: datetime) -> bool:
        """Whether one of these agencies knew it at an instant."""
        return any(since <= at for agency, since in self.since.items() if agency in agencies)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend (`refuses`) or to think about, beside the part it is about.

    `names_a_stranger` says that the part names, by an id, what is not the writer's to know of.
    """

    part: str
    sentence: str
    refuses: bool = False
    names_a_stranger: bool = False


class CannotBeSigned(Refusal):
    """A decision lacks what it must have; `remarks` says what, part by part."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__(" ".join(one.sentence for one in remarks if one.refuses))


class NamesAStranger(CannotBeSigned, NotTheirs):
    """The decision names somebody, or rests on an entry, that its writer may not know of."""

    rule = NOT_IN_WHAT_THEY_READ


def refusal_of(remarks: tuple[Remark, ...]) -> CannotBeSigned:
    """The refusal of a decision with these remarks, by what the trail is to keep of it."""
    if any(one.names_a_stranger for one in remarks):
        return NamesAStranger(remarks)
    return CannotBeSigned(remarks)


@dataclass(frozen=True, slots=True)
class ToTell:
    """The agencies that are told by signing: on the day of the decision, or as it is signed.

    `not_told` are those it was decided not to tell.
    """

    on_the_day: frozenset[UUID]
    at_signing: frozenset[UUID]
    not_told: tuple[MustTell, ...]

    @property
    def everybody(self) -> frozenset[UUID]:
        """Every agency that is told."""
        return self.on_the_day | self.at_signing


def to_tell(
    proposed: ProposedDecision,
    *,
    own: UUID,
    repeats_the_day: bool = False,
    always: frozenset[UUID] = frozenset(),
) -> ToTell:
    """Whom signing tells, and from when.

    Those in the room know a decision from its day. A later version of words about that same day
    (`repeats_the_day`) nobody knew before it was signed. `always` are told whatever was chosen:
    the agencies that signed the versions before it.
    """
    chosen = {how: {o.agency for o in proposed.must_tell if o.how == how} for how in Tell}
    then = proposed.agencies_in_the_room | chosen[Tell.WAS_TOLD]
    now = chosen[Tell.WITH_THIS] | always
    if repeats_the_day:
        then, now = frozenset(), now | then
    not_told = tuple(
        one for one in proposed.must_tell if one.how == Tell.NOT and one.agency not in then | now
    )
    return ToTell(frozenset(then - {own}), frozenset(now - then - {own}), not_told)
