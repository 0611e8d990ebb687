"""Which entries put a plan in question, by their kind, their concerns, whom they name and what they
claim of the network. Words are never read: an entry says by its kind what it is.

The list is the domain handbook's "stale triggers". What is only a strength puts nothing in
question, and what somebody denies, or could not say, only asks to be considered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import (
    CareNature,
    ClaimKind,
    CoupleNature,
    NeedNature,
)
from goldenthread.domain.plans.plan import Assumption, SafetyPlan
from goldenthread.domain.plans.vocabulary import AssumptionNature, Trigger
from goldenthread.domain.provenance.vocabulary import Concern, Kind, LinkKind, Polarity

# Kinds that are a change whoever they name, with what they are to a plan.
CHANGES: dict[str, Trigger] = {
    Kind.NEW_PARTNER: Trigger.NEW_RELATIONSHIP,
    Kind.RELATIONSHIP_ENDED: Trigger.RELATIONSHIP_ENDED,
    Kind.HOUSEHOLD_CHANGE: Trigger.HOUSEHOLD,
    Kind.CARER_CHANGE: Trigger.CARER,
    Kind.PREGNANCY: Trigger.PREGNANCY_OR_BIRTH,
    Kind.BIRTH: Trigger.PREGNANCY_OR_BIRTH,
    Kind.DEATH: Trigger.DEATH,
    Kind.MOVE: Trigger.MOVE,
    Kind.ARREST: Trigger.ARREST_OR_RELEASE,
    Kind.ADMISSION: Trigger.ADMISSION,
    Kind.INJURY: Trigger.INCIDENT,
    Kind.INCIDENT: Trigger.INCIDENT,
    Kind.DISCLOSURE: Trigger.INCIDENT,
    Kind.MISSING: Trigger.INCIDENT,
    Kind.ALLOCATION_CHANGE: Trigger.WORKER,
    Kind.COURT_ORDER: Trigger.COURT_ORDER,
}
MISSED = frozenset({Kind.NO_ACCESS.value, Kind.MISSED_APPOINTMENT.value})
# What agencies say to each other about a worry is no further worry about anybody.
BETWEEN_AGENCIES = frozenset(
    {
        Kind.CHALLENGE.value, Kind.DECISION.value, Kind.PLAN_CHANGE.value, Kind.SUPERVISION.value,
        Kind.INFORMATION_REQUEST.value, Kind.INFORMATION_REFUSED.value,
    }
)  # fmt: skip
# Where what is known is told again; what was new is an entry of its own. An unsafe adult is a worry
# wherever they are named.
MEETINGS = frozenset(
    {Kind.CONFERENCE.value, Kind.CORE_GROUP.value, Kind.STRATEGY_MEETING.value, Kind.CLOSURE.value}
)
# Those who are named at these are named on paper: nobody says that they were there.
ON_PAPER = BETWEEN_AGENCIES | MEETINGS | {
    Kind.ASSESSMENT.value, Kind.REFERRAL.value, Kind.COURT_ORDER.value,
    Kind.BACKGROUND.value, Kind.ALLOCATION_CHANGE.value,
}  # fmt: skip
HEALTH = frozenset(
    {
        Concern.PARENTAL_MENTAL_HEALTH.value, Concern.PARENTAL_PHYSICAL_HEALTH.value,
        Concern.SUBSTANCE_MISUSE.value,
    }
)  # fmt: skip
# A need to be met is no worry by itself.
_NO_WORRY = frozenset({Concern.NONE.value, Concern.STRENGTH.value, Concern.NEURODIVERGENCE.value})
_TOGETHER = frozenset(
    {
        CoupleNature.MARRIED.value, CoupleNature.COHABITING.value, CoupleNature.TOGETHER.value,
        CoupleNature.BRIEF.value, CoupleNature.UNDISCLOSED.value,
    }
)  # fmt: skip
_STILL_SO = frozenset({ClaimKind.LIVES_AT.value, ClaimKind.CARES_FOR.value})
_APART = frozenset({CoupleNature.SEPARATED.value, CoupleNature.DIVORCED.value})

# Which assumptions a trigger puts in question, where the entry names somebody they are about.
QUESTIONS: dict[Trigger, frozenset[AssumptionNature]] = {
    Trigger.NEW_RELATIONSHIP: frozenset({AssumptionNature.LIVES_HERE}),
    Trigger.RELATIONSHIP_ENDED: frozenset({AssumptionNature.LIVES_HERE, AssumptionNature.CARES}),
    Trigger.HOUSEHOLD: frozenset(
        {
            AssumptionNature.LIVES_HERE,
            AssumptionNature.CARES,
            AssumptionNature.KEEPS_AN_EYE,
            AssumptionNature.AWAY,
        }
    ),
    Trigger.CARER: frozenset({AssumptionNature.CARES, AssumptionNature.KEEPS_AN_EYE}),
    Trigger.PREGNANCY_OR_BIRTH: frozenset({AssumptionNature.LIVES_HERE, AssumptionNature.WELL}),
    Trigger.DEATH: frozenset(AssumptionNature),
    Trigger.MOVE: frozenset(
        {AssumptionNature.LIVES_HERE, AssumptionNature.CARES, AssumptionNature.KEEPS_AN_EYE}
    ),
    Trigger.ARREST_OR_RELEASE: frozenset({AssumptionNature.AWAY, AssumptionNature.CARES}),
    Trigger.HEALTH: frozenset(
        {AssumptionNature.WELL, AssumptionNature.CARES, AssumptionNature.KEEPS_AN_EYE}
    ),
    Trigger.ADMISSION: frozenset(
        {AssumptionNature.WELL, AssumptionNature.CARES, AssumptionNature.KEEPS_AN_EYE}
    ),
    Trigger.NETWORK_WITHDREW: frozenset({AssumptionNature.CARES, AssumptionNature.KEEPS_AN_EYE}),
    Trigger.AWAY_BUT_HERE: frozenset({AssumptionNature.AWAY}),
    Trigger.CONCERN: frozenset({AssumptionNature.OTHER}),
}


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """One entry as a reader knows it: no words, and no names.

    `known_from` is when the reader's scope came to know it, and `over_by` the last day on which
    what it tells of can have been so: None while it goes on, or where nobody knows when. `links`
    are what it does to other entries, as (kind of link, the other's id).
    """

    id: UUID
    kind: str
    known_from: datetime
    over_by: date | None = None
    concerns: frozenset[str] = frozenset()
    polarity: str = Polarity.ASSERTS
    people: frozenset[UUID] = frozenset()
    claims: tuple[Claim, ...] = ()
    links: tuple[tuple[str, UUID], ...] = field(default_factory=tuple)

    @property
    def worries(self) -> frozenset[str]:
        """The concerns it records that are more than a need."""
        return self.concerns - _NO_WORRY

    @property
    def is_strength(self) -> bool:
        """Whether it is a strength and nothing else: no concern, no change, no claim, no answer."""
        said = self.kind == Kind.STRENGTH or Concern.STRENGTH in self.concerns
        plain = self.kind not in CHANGES and self.kind not in MISSED
        return said and plain and not (self.worries or self.claims or self.links)


@dataclass(frozen=True, slots=True)
class Questioned:
    """That an entry puts a plan in question: how, of whom, and which assumptions (by key)."""

    trigger: Trigger
    entry: UUID
    people: frozenset[UUID] = frozenset()
    assumptions: tuple[str, ...] = ()


def questioned_by(
    entry: KnownEntry, plan: SafetyPlan, *, children: frozenset[UUID], since: date, on: date
) -> tuple[Questioned, ...]:
    """How one entry puts a plan in question by `on`; nothing where it only asks to be considered.

    What was over before `since` is no change to the plan; what an entry claims is so to this day
    is one all the same. The first is the plainest. Whether the entry still stands is not asked
    here, and missed visits are counted together elsewhere.
    """
    is_over = entry.over_by is not None and entry.over_by < since
    found = (
        *_by_ground(entry, plan),
        *_by_what_it_claims(entry, plan, on, is_over=is_over),
        *(() if entry.is_strength or is_over else _by_what_it_says(entry, plan, children)),
    )
    unique = {one.trigger: one for one in reversed(found)}
    return tuple(one for one in found if unique[one.trigger] is one)


def _by_ground(entry: KnownEntry, plan: SafetyPlan) -> Iterator[Questioned]:
    undone = {
        target
        for kind, target in entry.links
        if kind in (LinkKind.CORRECTS, LinkKind.WITHDRAWS, LinkKind.DISPUTES)
    }
    keys = tuple(
        one.key for one in plan.assumptions if undone & {pin.statement for pin in one.rests_on}
    )
    if keys:
        yield Questioned(Trigger.GROUND_CHANGED, entry.id, entry.people, keys)


def _by_what_it_claims(
    entry: KnownEntry, plan: SafetyPlan, on: date, *, is_over: bool
) -> Iterator[Questioned]:
    """By the network on the day: who lives and cares where, also where the entry itself is old."""
    if entry.polarity != Polarity.ASSERTS:
        return
    for claim in entry.claims:
        trigger = claimed(claim, plan, on)
        if trigger and not (is_over and claim.kind not in _STILL_SO):
            yield _of(trigger, entry, plan, _people_of(claim))


def _by_what_it_says(
    entry: KnownEntry, plan: SafetyPlan, children: frozenset[UUID]
) -> Iterator[Questioned]:
    if entry.polarity != Polarity.ASSERTS:
        return
    around = plan.people | children
    if away := _named_though_away(entry, plan, children):
        yield _of(Trigger.AWAY_BUT_HERE, entry, plan, away)
    if entry.kind in CHANGES:
        yield _of(CHANGES[entry.kind], entry, plan, entry.people)
    if entry.kind in MISSED:
        return
    worries = _new_worries(entry)
    if worries & HEALTH and entry.people & plan.people:
        yield _of(Trigger.HEALTH, entry, plan, entry.people & plan.people)
    if worries and entry.people & around:
        yield _of(Trigger.CONCERN, entry, plan, entry.people & around)


def _new_worries(entry: KnownEntry) -> frozenset[str]:
    """The concerns an entry brings: not those that agencies only speak of again, nor, of what
    somebody has lived with for long, their health."""
    if entry.kind in BETWEEN_AGENCIES:
        return frozenset()
    if entry.kind in MEETINGS:
        return entry.worries & {Concern.UNSAFE_ADULT.value}
    return entry.worries - HEALTH if entry.kind == Kind.BACKGROUND else entry.worries


def _of(
    trigger: Trigger, entry: KnownEntry, plan: SafetyPlan, people: frozenset[UUID]
) -> Questioned:
    natures = QUESTIONS.get(trigger, frozenset())
    keys = tuple(
        one.key
        for one in plan.assumptions
        if one.nature in natures and people & frozenset(one.people)
    )
    if trigger is Trigger.WORKER:
        watch = plan.assumed(AssumptionNature.KEEPS_AN_EYE)
        keys = tuple(one.key for one in watch if one.practitioners)
    return Questioned(trigger, entry.id, people, keys)


def _named_though_away(
    entry: KnownEntry, plan: SafetyPlan, children: frozenset[UUID]
) -> frozenset[UUID]:
    """Whom the plan says is always away, where they were met together with the household.

    Of somebody who is away at some times only, an entry does not say at which it was.
    """
    if entry.kind in ON_PAPER:
        return frozenset()
    always = (one for one in plan.assumed(AssumptionNature.AWAY) if not one.parts)
    away = frozenset(id for one in always for id in one.people)
    here = (_assumed(plan, AssumptionNature.LIVES_HERE) | children) - away
    return away & entry.people if here & entry.people else frozenset()


def claimed(claim: Claim, plan: SafetyPlan, on: date) -> Trigger | None:
    """What one claim of the network is to a plan on a day; None where it goes with the plan, is
    over without having been part of it, or says nothing that a plan rests on.
    """
    if claim.kind == ClaimKind.LIVES_AT:
        return _home(claim, plan, on)
    if claim.kind == ClaimKind.CARES_FOR:
        return _care(claim, plan, on)
    if not claim.asserts or claim.held_on(on) is False:
        return None
    if claim.kind == ClaimKind.COUPLE and claim.nature in _TOGETHER:
        return Trigger.NEW_RELATIONSHIP
    if claim.kind == ClaimKind.COUPLE and claim.nature in _APART:
        return Trigger.RELATIONSHIP_ENDED
    if claim.kind == ClaimKind.HARM:
        return Trigger.CONCERN if _people_of(claim) & plan.people else None
    if claim.kind == ClaimKind.NEED and claim.nature != NeedNature.STRENGTH:
        return Trigger.HEALTH if _people_of(claim) & plan.people else None
    return None


def _home(claim: Claim, plan: SafetyPlan, on: date) -> Trigger | None:
    living = [one for one in plan.assumed(AssumptionNature.LIVES_HERE)]
    is_here = any(_is_of(claim, one) for one in living)
    homes = {str(one.household) for one in living if one.household}
    at_home = claim.household in homes if homes else True
    so = claim.asserts and claim.held_on(on) is not False
    if so and at_home:
        return None if is_here else Trigger.HOUSEHOLD
    if so:  # somewhere else
        return Trigger.HOUSEHOLD if UUID(claim.person) in plan.people else None
    return Trigger.HOUSEHOLD if is_here and at_home and claim.still_counts else None


def _care(claim: Claim, plan: SafetyPlan, on: date) -> Trigger | None:
    caring = [one for one in plan.assumed(AssumptionNature.CARES, AssumptionNature.KEEPS_AN_EYE)]
    relied_on = any(_is_of(claim, one) for one in caring)
    relied_on = relied_on or UUID(claim.person) in {who.id for who in plan.doers}
    so = claim.asserts and claim.held_on(on) is not False and claim.nature != CareNature.NONE
    if so:
        return None if relied_on else Trigger.CARER
    return Trigger.NETWORK_WITHDREW if relied_on and claim.still_counts else None


def _is_of(claim: Claim, assumption: Assumption) -> bool:
    return UUID(claim.person) in assumption.people


def _people_of(claim: Claim) -> frozenset[UUID]:
    return frozenset(map(UUID, claim.people))


def _assumed(plan: SafetyPlan, nature: AssumptionNature) -> frozenset[UUID]:
    return frozenset(id for one in plan.assumed(nature) for id in one.people)
