"""What sharing would have changed: each time a question was put, beside when one agency could ask.

Answers "would it have been seen?" of what was known and by whom, never of anybody's judgement. That
telling would have been enough is never assumed: the question is asked again of the agency's own
knowledge with the missing entries in it, as if told on the day their agency knew them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.finding import Raised
from goldenthread.domain.risk.from_statements import set_aside_by
from goldenthread.domain.risk.joining import arrival
from goldenthread.domain.risk.life import OPEN, Key
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.thread.becoming_known import Ending
from goldenthread.domain.thread.unfolding import Day


@dataclass(frozen=True, slots=True)
class Asking:
    """One time that a question was put: on which day, and on which it ceased to be asked.

    `ended` is None while it is still asked on the last day. `raised` is the question as it was put
    then.
    """

    key: Key
    on: date
    ended: date | None
    raised: Raised


@dataclass(frozen=True, slots=True)
class NotYetTold:
    """An entry behind a question that the one agency did not know when the question arose.

    `held_by` made it and knew it from `held_from`; `told_on` is the day on which the one agency was
    told, None where it never was.
    """

    entry: str
    held_by: str
    held_from: date
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One question as all together would have been asked it, beside the one agency.

    `together` and `alone` are when each was asked; one of them may be None. `not_told` are entries
    behind it that the one agency lacked. Had it been told each when its own agency knew it:
    `would_be_asked` says that the agency would have been asked on that same day, and
    `would_be_settled` that nobody would have had to ask.
    """

    together: Asking | None
    alone: Asking | None
    not_told: tuple[NotYetTold, ...] = ()
    would_be_asked: bool = False
    would_be_settled: bool = False

    @property
    def asking(self) -> Asking:
        """The first time it was put, to whomever."""
        found = self.together or self.alone
        assert found is not None
        return found

    @property
    def days_earlier(self) -> int | None:
        """How many days before the one agency all together were asked; None where one never was."""
        if self.together is None or self.alone is None:
            return None
        return (self.alone.on - self.together.on).days


def askings(days: Iterable[Day]) -> tuple[Asking, ...]:
    """Each time a question was put in a history that is lived through, by day and question."""
    found: list[Asking] = []
    still: dict[Key, int] = {}
    for day in days:
        for change in day.changes:
            key = change.prompt.raised.key
            if change.state in OPEN:
                still[key] = len(found)
                found.append(Asking(key, change.on, None, change.prompt.raised))
            elif key in still:
                place = still.pop(key)
                found[place] = replace(found[place], ended=change.on)
    return tuple(sorted(found, key=lambda one: (one.on, one.key)))


def told_at_once(facts: Iterable[Fact], agency: str) -> tuple[Fact, ...]:
    """The facts as if the agency had been told each on the day its own agency knew it.

    Only of those it was ever told; what it never learned stays untold.
    """
    return tuple(
        fact
        if fact.agency == agency or arrival(fact, agency) is None
        else _told(fact, agency, fact.known_from)
        for fact in facts
    )


@dataclass(frozen=True, slots=True)
class _Whose:
    """The one agency, of which kind it is, and what ends entries of the history."""

    agency: str
    kind: str
    endings: tuple[Ending, ...]


def differences(
    patterns: Sequence[Pattern],
    facts: Sequence[Fact],
    together: Sequence[Asking],
    alone: Sequence[Asking],
    agency: str,
    agency_kind: str = "",
    endings: Iterable[Ending] = (),
) -> tuple[Difference, ...]:
    """Set what all together would have been asked beside what one agency would, day by day.

    Each time together is matched with the first time of the same question alone that rests on one
    of the same entries, or that was put while it was open; what was asked alone and matches nothing
    stands by itself. `endings` are as `unfold` takes them.
    """
    by_id = {fact.id: fact for fact in facts}
    by_key = {pattern.key: pattern for pattern in patterns}
    whose = _Whose(agency, agency_kind or agency, tuple(endings))
    left = list(alone)
    found: list[Difference] = []
    for asked in together:
        match = next((one for one in left if _is_the_same(asked, one)), None)
        if match is not None:
            left.remove(match)
        if match is not None and match.on <= asked.on:
            found.append(Difference(asked, match))
            continue
        not_told = tuple(_not_told(asked, by_id, agency))
        pattern, missing = by_key.get(asked.raised.pattern), frozenset(n.entry for n in not_told)
        would_be = (False, False)
        if pattern is not None and missing:
            would_be = _had_it_been_told(pattern, facts, asked, missing, whose)
        found.append(Difference(asked, match, not_told, *would_be))
    found.extend(Difference(None, one) for one in left)
    return tuple(sorted(found, key=lambda one: (one.asking.on, one.asking.key)))


def _is_the_same(together: Asking, alone: Asking) -> bool:
    if together.key != alone.key:
        return False
    if together.raised.evidence & alone.raised.evidence:
        return True
    return together.on <= (alone.ended or date.max) and alone.on <= (together.ended or date.max)


def _not_told(asked: Asking, by_id: Mapping[str, Fact], agency: str) -> Iterator[NotYetTold]:
    for id in asked.raised.because:
        fact = by_id[id]
        told_on = arrival(fact, agency)
        if told_on is None or told_on > asked.on:
            yield NotYetTold(id, fact.agency, fact.known_from, told_on)


def _had_it_been_told(
    pattern: Pattern, facts: Sequence[Fact], asked: Asking, missing: frozenset[str], whose: _Whose
) -> tuple[bool, bool]:
    """Whether the agency would then be asked on that day; if not, whether nobody would be."""
    as_told = [
        _told(fact, whose.agency, fact.known_from, whose.kind) if fact.id in missing else fact
        for fact in facts
        if fact.known_from <= asked.on
    ]
    standing = _standing(as_told, whose.endings, asked.on, whose.agency)
    alone = evaluate((pattern,), standing, asked.on, whose.agency, whose.kind)
    if any(one.key == asked.key for one in alone):
        return True, False  # somebody is asked, so it is not settled; nothing more to work out
    together = evaluate((pattern,), _standing(as_told, whose.endings, asked.on, None), asked.on)
    return False, not any(one.key == asked.key for one in together)


def _standing(
    facts: Sequence[Fact], endings: Sequence[Ending], on: date, viewpoint: str | None
) -> list[Fact]:
    """The facts that still stand on a day, as far as a viewpoint knew by then."""
    known = ((one, arrival(one.by, viewpoint)) for one in endings)
    aside = set_aside_by(
        (one.by.id, one.of, one.kind) for one, day in known if day is not None and day <= on
    )
    return [fact for fact in facts if fact.id not in aside]


def _told(fact: Fact, agency: str, on: date, agency_kind: str = "") -> Fact:
    others = tuple(pair for pair in fact.told if pair[0] != agency)
    kinds = (*fact.told_kinds, (agency_kind or agency, on))
    return replace(fact, told=(*others, (agency, on)), told_kinds=kinds)
