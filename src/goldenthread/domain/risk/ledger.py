"""What is known so far, from one viewpoint, kept in the order of days for the patterns to read.

A ledger only ever holds what its viewpoint knew, so no rule can look at anything else. Entries may
be added in any order: everything read from it is in the order of days and ids.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk.fact import CHILDREN, Fact, class_of
from goldenthread.domain.risk.matching import Condition, Filter

# An entry made so soon about the same people and the same concern is a response to it, whatever
# was written down about who told whom. Ours; no guidance gives a number.
PLAINLY_A_RESPONSE = timedelta(days=3)
# An explanation once found is read with later entries for so long. Ours.
SETTLED_FOR = timedelta(days=1826)
# A pregnancy lasts no longer than this (42 weeks).
PREGNANCY = timedelta(days=294)
SITS_IN = frozenset({AgencyKind.CHILDREN_SOCIAL_CARE.value})
_PLACE = attrgetter("day", "id")


@dataclass(slots=True)
class Series:
    """The entries that fit one filter, by day and id."""

    facts: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        """Put an entry in its place."""
        if not self.facts or _PLACE(self.facts[-1]) <= _PLACE(fact):
            self.facts.append(fact)  # most entries come in the order of their days
        else:
            insort(self.facts, fact, key=_PLACE)

    def between(self, start: date, end: date) -> Sequence[Fact]:
        """The entries of these days, both included."""
        low = bisect_left(self.facts, start, key=_day)
        return self.facts[low : bisect_right(self.facts, end, key=_day)]

    def from_day(self, start: date) -> Sequence[Fact]:
        """The entries of this day and later."""
        return self.facts[bisect_left(self.facts, start, key=_day) :]

    def first_after(self, day: date) -> Fact | None:
        """The first entry of a later day."""
        at = bisect_right(self.facts, day, key=_day)
        return self.facts[at] if at < len(self.facts) else None

    def last(self, by: date) -> Fact | None:
        """The latest entry of this day or earlier."""
        at = bisect_right(self.facts, by, key=_day)
        return self.facts[at - 1] if at else None


def _day(fact: Fact) -> date:
    return fact.day


_EMPTY = Series()
_Sort = tuple[str, frozenset[str]]  # kind and areas of concern


class Ledger:
    """Everything one viewpoint knows: pooled where `viewpoint` is None, else one agency's."""

    def __init__(
        self, filters: Iterable[Filter], viewpoint: str | None = None, viewpoint_kind: str = ""
    ) -> None:
        """Make an empty one that will sort entries under `filters`.

        `viewpoint_kind` is the kind of that agency, the same word where a file says no more.
        """
        self.viewpoint = viewpoint
        self.viewpoint_kind = viewpoint_kind or viewpoint or ""
        self.people: dict[str, None] = {}
        self.answered: dict[tuple[str, str, str], int] = {}  # see `looking`
        self.replied: frozenset[str] = frozenset()  # challenges that an entry expressly answers
        self._facts: dict[str, Fact] = {}
        self._arrived: dict[str, date] = {}
        self._all: dict[Filter, Series] = {}
        self._raising: dict[Filter, Series] = {}
        self._asked: dict[_Sort, list[tuple[Series, Series, tuple[Condition, ...]]]] = {}
        self._of_agency: dict[str, Series] = defaultdict(Series)
        self._births: dict[str, date] = {}
        self._pregnancies: list[date] = []
        for one in filters:
            self._register(one)

    def _register(self, one: Filter) -> None:
        if one in self._all or not one:
            return
        self._all[one], self._raising[one] = Series(), Series()

    def _asked_of(self, fact: Fact) -> list[tuple[Series, Series, tuple[Condition, ...]]]:
        """Where an entry of this sort may belong, with the conditions it could meet."""
        sort = fact.kind, fact.concerns
        found = self._asked.get(sort)
        if found is None:
            narrowed = ((one, one.for_entries(*sort)) for one in self._all)
            found = self._asked[sort] = [
                (self._all[one], self._raising[one], asked) for one, asked in narrowed if asked
            ]
        return found

    def add(self, fact: Fact, arrived: date) -> None:
        """Take in an entry on the day it becomes part of the history; a second time is the same."""
        if fact.id in self._facts:
            return
        self._facts[fact.id] = fact
        self._arrived[fact.id] = arrived
        self._of_agency[fact.agency].add(fact)
        raises = not fact.is_strength
        for every, raising, conditions in self._asked_of(fact):
            for condition in conditions:
                if condition.holds_besides(fact):
                    every.add(fact)
                    if raises:
                        raising.add(fact)
                    break
        if raises:
            self.people.update(dict.fromkeys(fact.people))
            self._note_birth(fact)

    def _note_birth(self, fact: Fact) -> None:
        if fact.first is not None:
            for child in fact.born():
                self._births[child] = min(fact.first, self._births.get(child, fact.first))
        if fact.tells_of_pregnancy:
            self._pregnancies.append(fact.known_from)

    def of_agency(self, agency: str, start: date, end: date) -> Sequence[Fact]:
        """Every entry that one agency made of these days, whatever it is."""
        return self._of_agency[agency].between(start, end)

    def arrived(self, fact: Fact) -> date:
        """The day an entry that is here became known to this viewpoint."""
        return self._arrived[fact.id]

    def raising(self, one: Filter) -> Series:
        """The entries of a filter that may raise a question: no strengths."""
        return self._raising.get(one, _EMPTY)

    def all(self, one: Filter) -> Series:
        """The entries of a filter, strengths too: those that may answer one."""
        return self._all.get(one, _EMPTY)

    def knew(self, agency: str, fact: Fact, by: date, *, kind: str = "") -> bool:
        """Whether an agency knew an entry by a day, as far as this viewpoint can see.

        One agency sees whom it told and what it was told, never what others told each other; where
        it cannot see, others are taken to know. A meeting of agencies (`kind`) knows what social
        care knows, which always sits in it.
        """
        if fact.agency == agency:
            return fact.known_from <= by
        if (kind or agency) == AgencyKind.MULTI_AGENCY and self.knew_any(SITS_IN, fact, by):
            return True
        if self.viewpoint not in (None, fact.agency, agency):
            return True  # it cannot tell, and does not say of others that they did not know
        return any(told == agency and day <= by for told, day in fact.told)

    def knew_any(self, kinds: frozenset[str], fact: Fact, by: date) -> bool:
        """Whether an agency of one of these kinds made or was told of an entry by a day.

        Of another agency's entry, one agency sees only that it was told itself.
        """
        if fact.agency_kind in kinds:
            return fact.known_from <= by
        if self.viewpoint in (None, fact.agency):
            return any(told in kinds and day <= by for told, day in fact.told_kinds)
        return self.viewpoint_kind in kinds and self._was_told(fact, by)

    def _was_told(self, fact: Fact, by: date) -> bool:
        return any(told == self.viewpoint and day <= by for told, day in fact.told)

    def has_child_under(self, days: int, on: date) -> bool:
        """Whether some child is younger than so many days, or expected, on a day."""
        if any(0 <= (on - born).days < days for born in self._births.values()):
            return True
        # Told of a pregnancy and of no birth since: the child is expected, or just born.
        return any(
            told <= on < told + PREGNANCY
            and not any(told < born <= on for born in self._births.values())
            for told in self._pregnancies
        )

    def has_child_over(self, days: int, on: date) -> bool:
        """Whether some child is at least so many days old, or of an age nobody has recorded."""
        children = [person for person in self.people if class_of(person) in CHILDREN]
        return any(
            person not in self._births or (on - self._births[person]).days >= days
            for person in children
            if not (person in self._births and self._births[person] > on)
        ) and not self._only_expected(children)

    def _only_expected(self, children: list[str]) -> bool:
        """Whether the one child spoken of is on the way."""
        return len(children) == 1 and children[0] not in self._births and bool(self._pregnancies)

    def is_response(self, answer: Fact, to: Fact, *, must_know: bool) -> bool:
        """Whether an entry came after another, by somebody who knew of it where that is needed."""
        if answer.id == to.id or answer.day < to.day or self.arrived(answer) < self.arrived(to):
            return False
        knew = self.knew(answer.agency, to, answer.day, kind=answer.agency_kind)
        if not must_know or knew:
            return True
        soon = answer.day - to.day <= PLAINLY_A_RESPONSE
        shared = bool(set(answer.people) & set(to.people)) or not (answer.people and to.people)
        return soon and shared and bool(answer.harms & to.harms)

    def settled(self, one: Filter, fact: Fact) -> bool:
        """Whether an earlier entry about the same child settles one that bears no concern itself.

        A diagnosis explains a later bruise that nobody worries about; it never silences a worry.
        """
        if not one or fact.bears_concern:
            return False
        children = set(fact.children())
        earlier = self.all(one).between(fact.day - SETTLED_FOR, fact.day)
        return any(children & set(found.people) for found in earlier)

    def answers(
        self, one: Filter, to: Fact, *, must_know: bool = False, also_days_before: int = 0
    ) -> Iterator[Fact]:
        """The entries of a filter that answer another, latest first."""
        if not one:
            return
        early = timedelta(days=also_days_before)
        for answer in reversed(self.all(one).from_day(to.day - early)):
            came_before = answer.id != to.id and answer.day < to.day
            if came_before or self.is_response(answer, to, must_know=must_know):
                yield answer
