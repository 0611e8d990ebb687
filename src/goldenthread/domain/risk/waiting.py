"""The shapes that wait: silence, and something that nothing followed, or that nobody passed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.domain.provenance.vocabulary import AgencyKind, Kind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.finding import Found
from goldenthread.domain.risk.ledger import Ledger
from goldenthread.domain.risk.looking import Look, since, subjects
from goldenthread.domain.risk.matching import Filter
from goldenthread.domain.risk.shapes import FollowUp, Silence, Untold

# Families and the public keep no file that somebody could be asked to share.
NO_SERVICE = frozenset({AgencyKind.FAMILY.value, AgencyKind.NEIGHBOUR_PUBLIC.value})
# Those who should know have the same news already where an entry they know of is no older than
# this before it. Ours; no guidance gives a number.
THE_SAME_NEWS = timedelta(days=14)


def silence(look: Look, shape: Silence) -> Iterator[Found]:
    """The last event, or what began the wait, where nothing came for so long."""
    begun = opening(look.ledger, shape.since, shape.until, look.on)
    if begun is None:
        return
    seen = look.ledger.all(shape.events).last(look.on)
    last = seen if seen is not None and seen.day >= begun.day else begun
    waited = (look.on - last.day).days
    if waited >= shape.days:
        scene = () if last is begun else (begun,)
        yield Found((last,), scene)


def opening(ledger: Ledger, opens: Filter, closes: Filter, on: date) -> Fact | None:
    """The entry that began the time that is open on a day, or None where none is open.

    What closes on a day outweighs what opens on it.
    """
    closed = ledger.raising(closes).last(on)
    begun = ledger.raising(opens).first_after(closed.day if closed else date.min)
    return begun if begun is not None and begun.day <= on else None


def follow_up(look: Look, shape: FollowUp) -> Iterator[Found]:
    """Events whose grace is over and that nothing followed."""
    for subject, facts in look.open_events(look.raising(since(look.on, shape.fresh))).items():
        yield Found(tuple(facts), subject=subject)


def untold(look: Look, shape: Untold) -> Iterator[Found]:
    """What an agency has held for longer than the grace and told to none of those who should know.

    One agency's viewpoint is asked only of its own entries: whom others told, it cannot see.
    """
    ledger = look.ledger
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in look.raising(since(look.on, shape.fresh)):
        own = ledger.viewpoint in (None, fact.agency) and fact.agency_kind not in NO_SERVICE
        if not own or fact.agency_kind in shape.should_know or not look.is_due(fact):
            continue
        if ledger.knew_any(shape.should_know, fact, look.on) or _is_known_otherwise(
            fact, look, shape
        ):
            continue
        if not look.is_answered(fact):
            for subject in subjects(look.pattern.per, fact):
                found[subject].append(fact)
    for subject, facts in found.items():
        yield Found(tuple(facts), subject=subject)


def _is_known_otherwise(fact: Fact, look: Look, shape: Untold) -> bool:
    """Whether those who should know have the same news by another way."""
    people = set(fact.newcomers()) or set(fact.people)
    for other in look.ledger.raising(shape.events).from_day(fact.day - THE_SAME_NEWS):
        if other.id == fact.id or not people & set(other.people):
            continue
        # That a relationship ended is no news of one that goes on.
        opposite = Kind.RELATIONSHIP_ENDED in (other.kind, fact.kind)
        alike = other.kind == fact.kind or (bool(other.harms & fact.harms) and not opposite)
        if alike and look.ledger.knew_any(shape.should_know, other, look.on):
            return True
    return False
