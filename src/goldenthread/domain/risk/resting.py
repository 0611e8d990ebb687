"""The shapes of what rests on something: a plan older than its facts, a closing too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.finding import Found
from goldenthread.domain.risk.looking import Look, since, subjects
from goldenthread.domain.risk.shapes import Closing, Stale

# A decision is asked about for so long; after that the next one is what counts. Ours.
FRESH_DECISION = 120


def stale(look: Look, shape: Stale) -> Iterator[Found]:
    """Events newer than what rests on them, by the subject of the question."""
    if not look.ledger.raising(shape.basis).facts:
        return
    find = _decided_without if shape.at_decision else _resting_on_older
    groups: dict[str, tuple[list[Fact], list[Fact]]] = {}
    for fact in look.raising(_earliest(look, shape)):
        if not look.is_due(fact) or look.is_answered(fact):
            continue
        basis = find(fact, look, shape)
        if basis is not None:
            for subject in subjects(look.pattern.per, fact):
                is_other = look.pattern.per.is_person and subject not in ("", *basis.people)
                if shape.about_same and is_other:
                    continue  # of an entry's people, only those it rests on
                events, scene = groups.setdefault(subject, ([], []))
                events.append(fact)
                scene.append(basis)
    for subject, (events, scene) in groups.items():
        yield Found(tuple(events), tuple(scene), subject)


def _earliest(look: Look, shape: Stale) -> date:
    """How far back an event may lie; at a decision, counted from a decision still fresh."""
    return since(look.on, shape.fresh + FRESH_DECISION if shape.at_decision else shape.fresh)


def _resting_on_older(fact: Fact, look: Look, shape: Stale) -> Fact | None:
    """The latest basis made before an event, where none since was made knowing of it."""
    ledger, found = look.ledger, None
    for basis in ledger.raising(shape.basis).between(date.min, look.on):
        if not _is_about_same(basis, fact, shape):
            continue
        if ledger.is_response(basis, fact, must_know=True):
            return None
        if basis.day < (fact.first or date.min):
            found = basis
    return found


def _decided_without(fact: Fact, look: Look, shape: Stale) -> Fact | None:
    """The latest decision taken after an event was known to somebody, without knowing of it."""
    ledger = look.ledger
    start = max(ledger.arrived(fact), since(look.on, FRESH_DECISION))
    start = max(start, fact.day + timedelta(days=shape.older_by))
    end = min(look.on, fact.day + timedelta(days=shape.fresh))
    for decision in reversed(ledger.raising(shape.basis).between(start, end)):
        if decision.id == fact.id or not _is_about_same(decision, fact, shape):
            continue
        whose, kind = decision.agency, decision.agency_kind
        if ledger.knew(whose, fact, look.on, kind=kind) or _was_carried(fact, decision, look):
            return None
        return decision
    return None


def _was_carried(fact: Fact, decision: Fact, look: Look) -> bool:
    """Whether those deciding knew of later news from the same agency on the same matter."""
    people = set(fact.adults()) or set(fact.people)
    return any(
        other.id != fact.id
        and not other.harms.isdisjoint(fact.harms)
        and not people.isdisjoint(other.people)
        and look.ledger.knew(decision.agency, other, decision.day, kind=decision.agency_kind)
        for other in look.ledger.of_agency(fact.agency, fact.day, decision.day)
    )


def _is_about_same(basis: Fact, fact: Fact, shape: Stale) -> bool:
    if shape.same_concern and not basis.harms & fact.harms:
        return False
    if not shape.about_same:
        return bool(set(basis.people) & set(fact.people))
    return bool(set(fact.newcomers()) & set(basis.people))


def closing(look: Look, shape: Closing) -> Iterator[Found]:
    """Decisions of the last days taken while something was open, or somebody unseen."""
    for subject, decisions in look.open_events(look.raising(since(look.on, shape.fresh))).items():
        events: list[Fact] = []
        scene: list[Fact] = []
        for decision in decisions:
            wanting = _wanting(decision, look, shape)
            if wanting is not None:
                events.append(decision)
                scene.extend(wanting)
        if events:
            yield Found((*events, *scene), subject=subject)


def _wanting(decision: Fact, look: Look, shape: Closing) -> tuple[Fact, ...] | None:
    """What was open at a decision, or last seen before it; None where nothing was wanting."""
    ledger = look.ledger
    start = decision.day - timedelta(days=min(shape.look_back, (decision.day - date.min).days))
    if shape.only_if:
        told = ledger.raising(shape.only_if).last(decision.day)
        if told is None:
            return None
    if shape.unseen:
        if ledger.all(shape.unseen).between(start, decision.day):
            return None
        last = ledger.all(shape.unseen).last(decision.day)
        if not shape.open:
            return (last,) if last is not None else ()
    left = tuple(
        fact
        for fact in ledger.raising(shape.open).between(start, decision.day)
        if fact.id != decision.id
        and ledger.arrived(fact) <= decision.day
        and not any(
            answer.day <= decision.day
            for answer in ledger.answers(shape.closed_by, fact, must_know=shape.must_know)
        )
    )
    return left if len(left) >= shape.at_least else None
