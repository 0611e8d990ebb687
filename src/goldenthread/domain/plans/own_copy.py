"""One person's own version of a plan: what they do, the what-ifs that involve them, whom to ring.

It holds nothing else: no danger, no assumption, nobody else's action. The words are those written
for them, where somebody did; no word is ever changed here.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.domain.plans.plan import PlannedAction, SafetyPlan, WhatIf, Who, WhomToRing
from goldenthread.domain.plans.vocabulary import Part


@dataclass(frozen=True, slots=True)
class OwnAction:
    """One thing for this person to do, in the words written for them."""

    words: str
    parts: tuple[Part, ...]
    times: str
    red_flag: str
    until: str


@dataclass(frozen=True, slots=True)
class OwnWhatIf:
    """If this (to `about`, where it is of somebody), then what; `is_theirs` where they act."""

    if_words: str
    about: Who | None
    then_words: str
    is_theirs: bool
    who: Who | None


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """The version for one person."""

    actions: tuple[OwnAction, ...]
    what_ifs: tuple[OwnWhatIf, ...]
    ring: tuple[WhomToRing, ...]


def own_copy_of(plan: SafetyPlan, who: Who) -> OwnCopy:
    """The part of a plan that is for one person."""
    return OwnCopy(
        actions=tuple(_action(one) for one in plan.actions if one.who == who),
        what_ifs=tuple(_what_if(one, who) for one in plan.what_ifs if _involves(one, who)),
        ring=plan.ring,
    )


def _involves(one: WhatIf, who: Who) -> bool:
    return one.who == who or (not who.is_practitioner and one.about == who.id)


def _action(one: PlannedAction) -> OwnAction:
    return OwnAction(
        one.own_words.strip() or one.what, one.parts, one.times, one.red_flag, one.until
    )


def _what_if(one: WhatIf, who: Who) -> OwnWhatIf:
    about = Who(one.about) if one.about else None
    return OwnWhatIf(
        one.if_words or one.situation.label, about, one.then_words, one.who == who, one.who
    )
