"""A history as one viewpoint comes to know it, entry by entry; also what ceases to stand, and when.

An entry that is corrected or withdrawn stood until whoever looks at it knew of that. So it counts
up to that day and no longer, and a question that had ceased by it is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.provenance.vocabulary import Kind, LinkKind
from goldenthread.domain.risk.engine import new_ledger, questions
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.from_statements import set_aside_by
from goldenthread.domain.risk.joining import arrival, arrivals
from goldenthread.domain.risk.life import Key
from goldenthread.domain.risk.pattern import Pattern

# An answer to a challenge explains it; no other explanation answers anything.
REPLY = LinkKind.CLARIFIES


def is_reply(kind: str, *, of: str, by: str) -> bool:
    """Whether a link of a kind says that an entry (kind `by`) answers a challenge (kind `of`)."""
    return kind == REPLY and of == Kind.CHALLENGE and by == Kind.DECISION


@dataclass(frozen=True, slots=True)
class Ending:
    """From the day on which `by` is known, the entry `of` is corrected, withdrawn or replied to.

    `by` is the later entry, `kind` one of CORRECTS and WITHDRAWS; or CLARIFIES, where `of` is a
    challenge that a decision answers (`REPLY`): it stands, and waits for an answer no longer.
    """

    of: str
    by: Fact
    kind: str


class BecomingKnown:
    """A ledger carried on from day to day; days are to be given in their order."""

    def __init__(
        self,
        patterns: Sequence[Pattern],
        facts: Iterable[Fact],
        viewpoint: str | None,
        viewpoint_kind: str,
        endings: Iterable[Ending],
    ) -> None:
        """Begin with nothing known."""
        self._patterns = patterns
        self._facts = tuple(facts)
        self._scope = viewpoint, viewpoint_kind
        self._ends: dict[date, list[Ending]] = defaultdict(list)
        for one in endings:
            day = arrival(one.by, viewpoint)
            if day is not None:
                self._ends[day].append(one)
        self._ended: list[Ending] = []
        self._aside: frozenset[str] = frozenset()
        self._arriving: dict[date, list[Fact]] = {}
        self.ledger = new_ledger(patterns, *self._scope)
        self.known = 0
        self.days = self._ends.keys() | self._begin()

    def _begin(self) -> set[date]:
        """Set out what will arrive and give the days on which anything will be known or told."""
        viewpoint, _ = self._scope
        self._arriving = self._joining()
        days = set(self._arriving)
        for facts in self._arriving.values():
            for fact in facts:
                if viewpoint in (None, fact.agency):
                    days.update(day for _, day in fact.told)
        if self._ends:  # what stands no longer may let others join on the day they came themselves
            days.update(day for fact in self._facts if (day := arrival(fact, viewpoint)))
        return days

    def _joining(self) -> dict[date, list[Fact]]:
        standing = [fact for fact in self._facts if fact.id not in self._aside]
        joined = arrivals(standing, self._scope[0])
        arriving: dict[date, list[Fact]] = defaultdict(list)
        for fact in standing:
            if fact.id in joined:
                arriving[joined[fact.id]].append(fact)
        return arriving

    def come_to(self, day: date) -> None:
        """Take in everything that had become known by the end of a day, without asking anything."""
        for came in sorted(self._ends):
            if came <= day:
                self._ended.extend(self._ends[came])
        self._aside = set_aside_by((one.by.id, one.of, one.kind) for one in self._ended)
        if self._aside:
            self._arriving = self._joining()
        self.ledger.replied = self._replied()
        known = [(f, came) for came, facts in self._arriving.items() if came <= day for f in facts]
        self.known = len(known)
        for fact, came in sorted(known, key=lambda pair: (pair[0].day, pair[0].id)):
            self.ledger.add(fact, came)

    def go_on_to(self, day: date) -> tuple[bool, frozenset[Key]]:
        """Take in what becomes known on a day.

        Says whether anything did, and which questions arise again because of what stands no longer.
        """
        arrived = self._arriving.get(day, ())
        for fact in arrived:
            self.ledger.add(fact, day)
        self.known += len(arrived)
        ending = self._ends.get(day)
        return bool(arrived), self._set_aside(ending, day) if ending else frozenset()

    def _replied(self) -> frozenset[str]:
        """The challenges that an entry which stands answers, by what is known so far."""
        return frozenset(
            one.of for one in self._ended if one.kind == REPLY and one.by.id not in self._aside
        )

    def _set_aside(self, ending: Iterable[Ending], day: date) -> frozenset[Key]:
        self._ended.extend(ending)
        aside = set_aside_by((one.by.id, one.of, one.kind) for one in self._ended)
        if aside == self._aside:
            self.ledger.replied = self._replied()
            return frozenset()
        before = {one.key for one in questions(self._patterns, self.ledger, day)}
        self._aside = aside
        self._arriving = self._joining()
        self.ledger = new_ledger(self._patterns, *self._scope)
        self.ledger.replied = self._replied()
        for came in sorted(self._arriving):
            for fact in self._arriving[came] if came <= day else ():
                self.ledger.add(fact, came)
        now = {one.key for one in questions(self._patterns, self.ledger, day)}
        return frozenset(now - before)
