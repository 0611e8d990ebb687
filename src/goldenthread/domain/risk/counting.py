"""The shapes that count: a window, its sources, the family's own pace, needs, the same again.

Each counts only what nobody has answered: a count that somebody has already drawn together is not
asked about again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.finding import Found, later
from goldenthread.domain.risk.looking import Look, occasions, shared_adults, since
from goldenthread.domain.risk.shapes import Acceleration, Count, Needs, Recurrence, Sources

ONE_DAY = timedelta(days=1)


def count(look: Look, shape: Count) -> Iterator[Found]:
    """At least so many occasions in the window."""
    window = look.raising(since(look.on, shape.within))
    if len(window) < shape.at_least:
        return
    for subject, facts in look.open_events(window).items():
        if len(occasions(facts)) >= shape.at_least:
            yield Found(tuple(facts), subject=subject)


def sources(look: Look, shape: Sources) -> Iterator[Found]:
    """Entries of at least so many agencies in the window."""
    window = look.raising(since(look.on, shape.within))
    if len(window) < shape.at_least:
        return
    for subject, facts in look.open_events(window).items():
        enough = len({fact.agency for fact in facts}) >= shape.at_least
        if enough and len(occasions(facts)) >= shape.occasions:
            yield Found(tuple(facts), subject=subject)


def acceleration(look: Look, shape: Acceleration) -> Iterator[Found]:
    """Recent occasions against those of the family's own earlier pace, day for day."""
    recent_start = since(look.on, shape.recent)
    recent = look.raising(recent_start)
    if len(recent) < shape.at_least:
        return
    before_start = since(recent_start, shape.baseline + 1)
    before = occasions(look.raising(before_start, recent_start - timedelta(days=1)))
    if not before:
        return  # without an own pace there is nothing to be faster than
    for subject, facts in look.open_events(recent).items():
        now = len(occasions(facts))
        faster = now * shape.baseline >= shape.times * len(before) * shape.recent
        if now >= shape.at_least and faster:
            yield Found(tuple(facts), tuple(group[0] for group in before), subject)


def needs(look: Look, shape: Needs) -> Iterator[Found]:
    """The latest entry for each need, where enough different ones are there at once."""
    latest: dict[str, Fact] = {}
    for facts in look.open_events(look.raising(since(look.on, shape.within))).values():
        for fact in facts:
            for need in fact.harms & shape.needs:
                latest[need] = later(latest.get(need, fact), fact)
    if len(latest) >= shape.at_least:
        yield Found(tuple(latest[need] for need in sorted(latest)))


def recurrence(look: Look, shape: Recurrence) -> Iterator[Found]:
    """Each event that comes again after what was thought to end it."""
    ended = look.ledger.raising(shape.after)
    if not ended.facts:
        return
    groups = look.open_events(look.raising(since(look.on, shape.fresh)))
    for subject, facts in groups.items():
        again: list[Fact] = []
        ends: list[Fact] = []
        for fact in facts:
            end = _ended_before(fact, shape, look)
            if end is not None:
                again.append(fact)
                ends.append(end)
        if again:
            yield Found(tuple(again), tuple(ends), subject)


def _ended_before(fact: Fact, shape: Recurrence, look: Look) -> Fact | None:
    """The latest ending that an event contradicts or follows, within the time."""
    begun = fact.first or date.max
    start = fact.day - timedelta(days=shape.within)
    for end in reversed(look.ledger.raising(shape.after).between(start, begun)):
        if end.id == fact.id or end.day >= begun:
            continue
        if shape.same_concern and end.harms and not end.harms & fact.harms:
            continue
        if shape.first_only and look.raising(end.day + ONE_DAY, begun - ONE_DAY):
            continue
        if len(shared_adults(end, fact)) >= shape.same_people:
            return end
    return None
