"""Is a plan still true? Current, needs review because ..., or not yet considered: always computed.

A plan that has not been considered against everything a reader knows is never current for that
reader. What makes it need review is worked out from the entries alone, in whatever order they came,
and names them. Nothing is stored: absence of a reason proves nothing until somebody has looked.

What a reader does not know is not here: whoever asks passes the entries of one scope.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.domain.plans.rules import PlanRules
from goldenthread.domain.plans.triggers import MISSED, KnownEntry, Questioned, questioned_by
from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger
from goldenthread.domain.provenance.links import Link, Standing, standings
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.instants import day_of

_UNDONE = (Standing.CORRECTED, Standing.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class InForce:
    """A version as its currency is asked about.

    `considered` are the entries it, or a later answer about it, was given on. `confirmed_at` is
    when it was last signed or found still right, and `review_on` the day then set for looking
    again. `owner_on_team` is whether whoever looks after it still belongs to the family's team.
    """

    plan: SafetyPlan
    confirmed_at: datetime
    considered: Collection[UUID]
    review_on: date | None = None
    owner_on_team: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a plan needs review: the trigger, the entries, and the assumptions it questions.

    `since` is the day the reader's scope could know it, and never before the plan was last
    considered. `because` is empty where time alone did it.
    """

    trigger: Trigger
    since: date
    because: tuple[UUID, ...] = ()
    assumptions: tuple[str, ...] = ()
    people: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanCurrency:
    """How a plan stands for one scope. `unconsidered` are entries nobody has considered it against.

    Needing review outranks not yet considered; both are told.
    """

    state: CurrencyState
    reasons: tuple[Reason, ...] = ()
    unconsidered: tuple[UUID, ...] = ()
    confirmed_on: date = date.min

    @property
    def since(self) -> date | None:
        """Since when it has needed review; None where it does not."""
        return min((one.since for one in self.reasons), default=None)

    def answer_by(self, rules: PlanRules) -> date | None:
        """By when somebody is to say what becomes of it; None where nothing is asked."""
        if self.since is None:
            return None
        return self.since + timedelta(days=rules.answer_within.value)

    def questions(self, assumption: str) -> tuple[Reason, ...]:
        """Why one assumption may no longer hold, by its key."""
        return tuple(one for one in self.reasons if assumption in one.assumptions)


def currency_of(
    version: InForce,
    entries: Iterable[KnownEntry],
    rules: PlanRules,
    *,
    children: frozenset[UUID],
    as_of: datetime,
) -> PlanCurrency:
    """Say how a version stands by what one scope knew at `as_of`.

    `entries` are what the scope knows. What it came to know later is left aside here, and of what
    was considered only what it says of other entries counts. `children` are the family's children
    whom the reader knows of.
    """
    known = sorted(
        (entry for entry in entries if entry.known_from <= as_of),
        key=lambda entry: (entry.known_from, entry.id),
    )
    new = [entry for entry in known if entry.id not in version.considered]
    on = day_of(as_of)
    standing = standings(
        Link(entry.id, target, kind) for entry in known for kind, target in entry.links
    )
    stand = [e for e in new if not (e.id in standing and standing[e.id].standing in _UNDONE)]
    reasons = (
        *_by_entry(stand, version, rules, children, on),
        *_missed(stand, version, rules),
        *_by_time(version, rules, on),
    )
    state = CurrencyState.CURRENT
    if new:
        state = CurrencyState.NOT_YET_ASSESSED
    if reasons:
        state = CurrencyState.STALE
    return PlanCurrency(
        state,
        tuple(sorted(reasons, key=_order)),
        tuple(entry.id for entry in new),
        day_of(version.confirmed_at),
    )


def _by_entry(
    entries: Iterable[KnownEntry],
    version: InForce,
    rules: PlanRules,
    children: frozenset[UUID],
    on: date,
) -> Iterable[Reason]:
    """One reason for each entry: its plainest trigger, and every assumption it questions."""
    for entry in entries:
        since = _since(entry, version, rules)
        found = questioned_by(entry, version.plan, children=children, since=since, on=on)
        if found:
            yield _reason(found, entry, version)


def _reason(found: tuple[Questioned, ...], entry: KnownEntry, version: InForce) -> Reason:
    plainest = next((one for one in found if one.assumptions), found[0])
    keys = dict.fromkeys(key for one in found for key in one.assumptions)
    people = frozenset().union(*(one.people for one in found))
    since = day_of(max(entry.known_from, version.confirmed_at))
    return Reason(plainest.trigger, since, (entry.id,), tuple(keys), people)


def _missed(entries: Iterable[KnownEntry], version: InForce, rules: PlanRules) -> Iterable[Reason]:
    """Missed visits and appointments, once there are so many of them."""
    missed = [
        entry
        for entry in entries
        if entry.kind in MISSED and entry.polarity == Polarity.ASSERTS
        if entry.over_by is None or entry.over_by >= _since(entry, version, rules)
    ]
    if len(missed) >= rules.missed.value:
        enough = missed[rules.missed.value - 1]
        since = day_of(max(enough.known_from, version.confirmed_at))
        people = frozenset().union(*(one.people for one in missed))
        yield Reason(Trigger.MISSED, since, tuple(e.id for e in missed), people=people)


def _since(entry: KnownEntry, version: InForce, rules: PlanRules) -> date:
    """From which day on what an entry tells of is a change: what the scope learned since the plan
    was last considered is news, however old."""
    if entry.known_from > version.confirmed_at:
        return date.min
    return day_of(version.confirmed_at) - timedelta(days=rules.looks_back.value)


def look_again_by(version: InForce, rules: PlanRules) -> date | None:
    """The last day on which a version is to be looked at again; None where none is set."""
    due = [version.review_on] if version.review_on else []
    if version.plan.is_immediate:
        due.append(day_of(version.confirmed_at) + timedelta(days=rules.immediate_review.value))
    return min(due, default=None)


def _by_time(version: InForce, rules: PlanRules, on: date) -> Iterable[Reason]:
    due = look_again_by(version, rules)
    if due is not None and due < on:
        yield Reason(Trigger.REVIEW_PASSED, due + timedelta(days=1))
    if not version.owner_on_team:
        yield Reason(Trigger.OWNER_LEFT, on)


def _order(reason: Reason) -> tuple[bool, date, tuple[UUID, ...], str]:
    """Those that question an assumption first; then as they came to be known."""
    return (not reason.assumptions, reason.since, reason.because, str(reason.trigger))
