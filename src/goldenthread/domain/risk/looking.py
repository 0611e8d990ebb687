"""What every shape needs to look at a ledger: which entries are open, since when, about whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.ledger import Ledger
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Nature, Per, PersonClass

# One question never rests on more entries than this, the latest: nobody reads a longer list.
MOST_EVENTS = 100
# In place of how many entries were looked through in vain for an answer.
ANSWERED = -1
# Two agencies' entries of one event are of the same day or one day apart.
ONE_OCCASION = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Look:
    """One pattern looking at one ledger on one day; `opened` is since when services are involved.

    `opened` is date.min where the pattern does not ask for it.
    """

    pattern: Pattern
    ledger: Ledger
    on: date
    opened: date = date.min

    def raising(self, start: date, end: date | None = None) -> Sequence[Fact]:
        """The pattern's events that lie certainly within these days, the latest of them."""
        one = self.pattern.shape.events
        harm = self.pattern.nature is Nature.HARM
        series = self.ledger.raising(one) if harm else self.ledger.all(one)
        found = series.between(start, end or self.on)
        certain = [fact for fact in found if fact.first is not None and fact.first >= start]
        return certain[-MOST_EVENTS:]

    def is_due(self, fact: Fact) -> bool:
        """Whether there has been time to answer: the grace, from when it was known and open."""
        begun = max(self.ledger.arrived(fact), self.opened)
        return (self.on - begun).days >= self.pattern.shape.grace

    def is_answered(self, fact: Fact, subject: str = "") -> bool:
        """Whether an entry answers this one, about this person where the pattern asks for it.

        A ledger only grows, so what is answered stays so, and what is not is asked again only when
        another possible answer has come.
        """
        shape, ledger = self.pattern.shape, self.ledger
        if fact.id in ledger.replied:
            return True
        asked = (self.pattern.key, fact.id, subject)
        size = len(ledger.all(shape.answered_by).facts) + len(ledger.all(shape.settled_by).facts)
        held = ledger.answered.get(asked)
        if held is None or (held >= 0 and held != size):
            is_so = self._finds_answer(fact, subject)
            held = ledger.answered[asked] = ANSWERED if is_so else size
        return held == ANSWERED

    def _finds_answer(self, fact: Fact, subject: str) -> bool:
        shape = self.pattern.shape
        if self.ledger.settled(shape.settled_by, fact):
            return True
        before = getattr(shape, "also_before", 0)
        same_person = getattr(shape, "same_person", False)
        later_day = getattr(shape, "later_day", False)
        person = subject if self.pattern.per.is_person else ""
        for answer in self.ledger.answers(
            shape.answered_by, fact, must_know=shape.must_know, also_days_before=before
        ):
            if later_day and answer.day == fact.day:
                continue
            if not same_person or _is_about(answer, fact, person):
                return True
        return False

    def open_events(self, facts: Iterable[Fact]) -> dict[str, list[Fact]]:
        """The events still due and unanswered, by the subject of the question."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            if self.is_due(fact):
                for subject in subjects(self.pattern.per, fact):
                    if not self.is_answered(fact, subject):
                        found[subject].append(fact)
        return found


def _is_about(answer: Fact, fact: Fact, person: str) -> bool:
    """Whether an answer is about the person; else about an adult of the entry but its mothers."""
    if person in fact.people:
        return person in answer.people
    if fact.kind == Kind.NEW_PARTNER and not fact.newcomers():
        return bool(answer.classes & {PersonClass.PARTNER, PersonClass.UNKNOWN})
    wanted = set(fact.newcomers()) or set(fact.people)
    return bool(wanted & set(answer.people)) or not wanted


def subjects(per: Per, fact: Fact) -> tuple[str, ...]:
    """Whom one entry's question is about, as the pattern divides its questions."""
    if per is Per.FAMILY:
        return ("",)
    if per is Per.ENTRY:
        return (fact.id,)
    if per is Per.AGENCY:
        return (fact.agency,)
    if per is Per.CHILD:
        return fact.children()
    # A new partner whom the row does not name is somebody all the same.
    return fact.newcomers() or (("",) if fact.kind == Kind.NEW_PARTNER else ())


def occasions(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts, in the order of days, as occasions: other agencies' entries beside join one."""
    found: list[list[Fact]] = []
    for fact in facts:
        if found:
            current = found[-1]
            beside = fact.day - current[0].day <= ONE_OCCASION
            again = fact.day != current[-1].day and fact.agency in {f.agency for f in current}
            if beside and not again:
                current.append(fact)
                continue
        found.append([fact])
    return found


def since(on: date, days: int) -> date:
    """The first day of a window of so many days that ends on a day; never before the calendar."""
    return on - timedelta(days=min(days - 1, (on - date.min).days)) if days > 0 else on


def shared_adults(one: Fact, other: Fact) -> set[str]:
    """The people who are not children in both entries."""
    return set(one.adults()) & set(other.adults())


Groups = Mapping[str, list[Fact]]
