"""The reference engine: every pattern over one family, on one day, from one viewpoint.

Answers the review's finding that incidents were responded to one by one and their build-up was not
recognised. It is made to be obviously right: the same entries give the same questions in whatever
order they arrived, and nothing learned later can be looked at. It counts and links, never scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from goldenthread.domain.network.wording import day_in_words, listed
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk import counting, resting, shapes, waiting
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.finding import Found, Raised, ordered
from goldenthread.domain.risk.joining import arrivals
from goldenthread.domain.risk.ledger import Ledger
from goldenthread.domain.risk.looking import Look, occasions
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Per

_FINDERS: dict[type[shapes.Shape], Callable[[Look, Any], Iterator[Found]]] = {
    shapes.Count: counting.count,
    shapes.Sources: counting.sources,
    shapes.Acceleration: counting.acceleration,
    shapes.Needs: counting.needs,
    shapes.Recurrence: counting.recurrence,
    shapes.Silence: waiting.silence,
    shapes.FollowUp: waiting.follow_up,
    shapes.Untold: waiting.untold,
    shapes.Stale: resting.stale,
    shapes.Closing: resting.closing,
}


def evaluate(
    patterns: Sequence[Pattern],
    known: Iterable[Fact],
    on: date,
    viewpoint: str | None = None,
    viewpoint_kind: str = "",
) -> tuple[Raised, ...]:
    """Say which questions arise on a day, from what `viewpoint` knew by then (None pools all).

    `viewpoint_kind` is the kind of that agency, where agencies go by other names than their kinds.
    """
    ledger = ledger_of(patterns, known, on, viewpoint, viewpoint_kind)
    return questions(patterns, ledger, on)


def ledger_of(
    patterns: Sequence[Pattern],
    known: Iterable[Fact],
    on: date,
    viewpoint: str | None = None,
    viewpoint_kind: str = "",
) -> Ledger:
    """A ledger of what `viewpoint` knew by a day, and of nothing else."""
    ledger = new_ledger(patterns, viewpoint, viewpoint_kind)
    facts = sorted(known, key=lambda fact: (fact.day, fact.id))
    days = arrivals(facts, viewpoint)
    for fact in facts:
        if fact.id in days and days[fact.id] <= on:
            ledger.add(fact, days[fact.id])
    return ledger


def new_ledger(
    patterns: Sequence[Pattern], viewpoint: str | None = None, viewpoint_kind: str = ""
) -> Ledger:
    """An empty ledger for these patterns."""
    filters = (one for pattern in patterns for one in pattern.filters())
    return Ledger(filters, viewpoint, viewpoint_kind)


def questions(patterns: Sequence[Pattern], ledger: Ledger, on: date) -> tuple[Raised, ...]:
    """Every question that arises on a day from what a ledger holds, by pattern and subject."""
    raised = (one for pattern in patterns for one in _of_pattern(pattern, ledger, on))
    return tuple(sorted(raised, key=lambda one: one.key))


def _of_pattern(pattern: Pattern, ledger: Ledger, on: date) -> Iterator[Raised]:
    opened = date.min
    is_silence = isinstance(pattern.shape, shapes.Silence)  # which asks because of nothing
    if not is_silence and not ledger.all(pattern.shape.events).facts:
        return
    if pattern.viewpoints and not _may_ask(pattern, ledger):
        return
    if pattern.only_while is not None:
        episode = pattern.only_while
        begun = waiting.opening(ledger, episode.opens, episode.closes, on)
        latest = ledger.raising(episode.opens).last(on)
        if begun is None or latest is None or (on - latest.day).days > episode.lapses:
            return
        opened = max(begun.day, ledger.arrived(begun))
    look = Look(pattern, ledger, on, opened)
    found = tuple(_FINDERS[type(pattern.shape)](look, pattern.shape))
    if found and _has_such_a_child(pattern, ledger, on):
        for one in found:
            yield _raised(pattern, one, on)


def _may_ask(pattern: Pattern, ledger: Ledger) -> bool:
    return ledger.viewpoint is None or ledger.viewpoint_kind in pattern.viewpoints


def _has_such_a_child(pattern: Pattern, ledger: Ledger, on: date) -> bool:
    under, over = pattern.child_under, pattern.child_over
    if under is not None and not ledger.has_child_under(under, on):
        return False
    return over is None or ledger.has_child_over(over, on)


def _raised(pattern: Pattern, found: Found, on: date) -> Raised:
    events = ordered(found.events)
    facts = ordered((*found.events, *found.scene))
    about = _about(pattern, events, found.subject)
    words = {
        "who": listed(list(about)) if about else "this family",
        "agencies": listed(sorted({AgencyKind.label_of(f.agency_kind) for f in events})),
        "number": str(len(occasions(events))),
        "since": day_in_words(events[0].day),
    }
    asked_of = pattern.asked_of.format(**words)
    return Raised(
        pattern=pattern.key,
        version=pattern.version,
        nature=pattern.nature,
        type=pattern.type,
        on=on,
        question=f"{asked_of}: {pattern.question.format(**words)}",
        asked_of=asked_of,
        because=tuple(fact.id for fact in facts),
        evidence=frozenset(fact.id for fact in events),
        about=about,
        subject=found.subject,
    )


def _about(pattern: Pattern, events: Sequence[Fact], subject: str) -> tuple[str, ...]:
    """The person the question is about; else everybody the entries are about, by name."""
    if pattern.per in (Per.NEWCOMER, Per.CHILD) and subject:
        return (subject,)
    return tuple(sorted({person for fact in events for person in fact.people}))
