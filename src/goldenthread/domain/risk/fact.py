"""One entry as the patterns see it: who, what kind, when at the latest, and who knew from when.

Dates follow one rule, stated here once. An entry counts under the latest day on which it can have
happened, and never later than the day it became known. It lies within a window only when its
earliest day does too, so an event dated to the year never counts as recent, and one whose date
nobody knows never counts in a window at all. Both can still answer a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.vocabulary import Concern, Kind
from goldenthread.domain.risk.vocabulary import PersonClass
from goldenthread.domain.shared.partial_date import PartialDate

# Their domain says how they went; that they took place is a turn in the family's life all the same.
TURNING_POINTS = frozenset(
    {
        Kind.ASSESSMENT, Kind.BIRTH, Kind.CARER_CHANGE, Kind.CLOSURE, Kind.CONFERENCE,
        Kind.CORE_GROUP, Kind.COURT_ORDER, Kind.DEATH, Kind.DECISION, Kind.HOUSEHOLD_CHANGE,
        Kind.MOVE, Kind.NEW_PARTNER, Kind.PLAN_CHANGE, Kind.PREGNANCY, Kind.STRATEGY_MEETING,
        Kind.ALLOCATION_CHANGE, Kind.RELATIONSHIP_ENDED, Kind.CHALLENGE,
    }
)  # fmt: skip
CHILDREN = frozenset({PersonClass.CHILD, PersonClass.SIBLING})
NEEDS = frozenset({Concern.NEURODIVERGENCE.value, Concern.PARENTAL_PHYSICAL_HEALTH.value})
_NO_CONCERN = frozenset({Concern.NONE.value, Concern.STRENGTH.value})

# In this order: "mother's partner" is a partner, "father of siblings" a father, not a sibling.
_WORDS_OF: tuple[tuple[PersonClass, tuple[str, ...]], ...] = (
    (PersonClass.UNKNOWN, ("unknown", "unidentified", "not known", "unnamed")),
    (
        PersonClass.PARTNER,
        ("partner", "boyfriend", "girlfriend", "stepfather", "step father", "stepdad", "stepmother",
         "step mother", "cohabitee", "lodger"),
    ),
    (
        PersonClass.RELATIVE,
        ("grand", "nan", "aunt", "uncle", "cousin", "great aunt", "relative", "great uncle"),
    ),
    (PersonClass.FATHER, ("father", "dad", "daddy")),
    (PersonClass.OTHER_ADULT, ("friend", "neighbour", "carer", "foster", "childminder")),
    (
        PersonClass.SIBLING,
        ("sibling", "brother", "sister", "half sibling", "half brother", "half sister", "twin"),
    ),
    (PersonClass.MOTHER, ("mother", "mum", "mummy", "mom")),
    (PersonClass.CHILD, ("child", "baby", "unborn", "infant", "son", "daughter", "index child")),
)  # fmt: skip


@lru_cache(maxsize=4096)  # a family's people are few, and named on every row
def class_of(person: str) -> PersonClass:
    """Who a role or name says somebody is; a bare name is taken for another adult."""
    words = f" {fold(person)} "
    for found, signs in _WORDS_OF:
        for sign in signs:
            begins = f" {sign}"
            if (
                f"{begins} " in words
                or f"{begins}s " in words
                or (sign == "grand" and begins in words)
            ):
                return found
    return PersonClass.OTHER_ADULT


def bear_worry(concerns: frozenset[str]) -> bool:
    """Whether one of these areas of concern is more than a need."""
    return not concerns <= _NO_CONCERN | NEEDS


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry that stands, for the patterns to read.

    `id` is the row's own reference. `agency` is whoever made the entry and `agency_kind` its kind
    (the same word where a file says no more). `told` gives each other agency that was told and the
    day, `told_kinds` the same by the kind of agency; `known_from` is the day its own agency came to
    know. `text` is what happened and what was done about it, in small letters.
    """

    id: str
    agency: str
    kind: str
    happened: PartialDate
    known_from: date
    people: tuple[str, ...] = ()
    concerns: frozenset[str] = frozenset()
    how_known: str = ""
    told_by: str = ""
    text: str = ""
    told: tuple[tuple[str, date], ...] = ()
    agency_kind: str = ""
    told_kinds: tuple[tuple[str, date], ...] = ()
    first: date | None = field(init=False, default=None)
    day: date = field(init=False, default=date.max)
    classes: frozenset[PersonClass] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Work out once what every pattern asks for."""
        last = self.happened.to_max or self.happened.from_max or self.known_from
        set_ = object.__setattr__
        set_(self, "first", self.happened.from_min)
        set_(self, "day", min(last, self.known_from))
        set_(self, "classes", frozenset(class_of(person) for person in self.people))
        set_(self, "agency_kind", self.agency_kind or self.agency)
        set_(self, "told_kinds", self.told_kinds or self.told)
        set_(self, "text", self.text.lower())
        set_(self, "told_by", self.told_by.lower())

    @property
    def bears_concern(self) -> bool:
        """Whether it records at least one area of concern."""
        return not self.concerns <= _NO_CONCERN

    @property
    def bears_worry(self) -> bool:
        """Whether it records a concern that is more than a need.

        That somebody is disabled, ill or neurodivergent is a need to be met; it is nothing to be
        worried about by itself, however many contacts it brings.
        """
        return bear_worry(self.concerns)

    @property
    def is_strength(self) -> bool:
        """Whether it is a strength and nothing else: it can answer a question, never raise one.

        A birth, a conference or a change of carer that went well is still the turning point it is.
        """
        if self.bears_concern:
            return False
        if self.kind == Kind.STRENGTH:
            return True
        return Concern.STRENGTH in self.concerns and self.kind not in TURNING_POINTS

    @property
    def harms(self) -> frozenset[str]:
        """The areas of concern it bears."""
        return self.concerns - _NO_CONCERN

    @property
    def tells_of_pregnancy(self) -> bool:
        """Whether it says that a child is expected; a birth whose day nobody knows may."""
        if self.kind == Kind.PREGNANCY:
            return True
        is_birth = self.kind == Kind.BIRTH and self.first is not None
        return not is_birth and "unborn" in self.text and PersonClass.CHILD in self.classes

    def born(self) -> tuple[str, ...]:
        """The children whose birth it records: the child where it names them, else all."""
        if self.kind != Kind.BIRTH:
            return ()
        children = self.children()
        return tuple(one for one in children if class_of(one) == PersonClass.CHILD) or children

    def adults(self) -> tuple[str, ...]:
        """The people in it who are not children, as named."""
        return _adults_of(self.people)

    def children(self) -> tuple[str, ...]:
        """The children in it, as named."""
        return _children_of(self.people)

    def newcomers(self) -> tuple[str, ...]:
        """The adults in it other than a mother: partners first, else people not identified."""
        return _newcomers_of(self.people)


# The same few people are named together on many rows, and asked for every day.
@lru_cache(maxsize=4096)
def _adults_of(people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in people if class_of(one) not in CHILDREN)


@lru_cache(maxsize=4096)
def _children_of(people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in people if class_of(one) in CHILDREN)


@lru_cache(maxsize=4096)
def _newcomers_of(people: tuple[str, ...]) -> tuple[str, ...]:
    for wanted in (PersonClass.PARTNER, PersonClass.UNKNOWN):
        found = tuple(one for one in people if class_of(one) == wanted)
        if found:
            return found
    return tuple(one for one in _adults_of(people) if class_of(one) != PersonClass.MOTHER)
