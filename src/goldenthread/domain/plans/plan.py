"""A safety plan: dangers with goals, who does what when, what if, and what it takes to be so.

Answers the findings that plans stayed the same while adults and the household changed, named no
fathers and did not fit the people who had to carry them out. Every action is by somebody named.
A signed plan is never edited: a later version stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from goldenthread.domain.needs.vocabulary import Demand
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """Somebody a plan names: a person of the family or network, or a practitioner."""

    id: UUID
    is_practitioner: bool = False

    @property
    def code(self) -> str:
        """How a form and a document write it: "person:ID" or "practitioner:ID"."""
        return f"{'practitioner' if self.is_practitioner else 'person'}:{self.id}"


@dataclass(frozen=True, slots=True)
class DangerAndGoal:
    """A danger statement beside its safety goal (NYSCP: the two are a pair).

    `about` are the people whose behaviour is the worry.
    """

    key: str
    who_is_worried: str = ""
    about_what: str = ""
    if_nothing_changes: str = ""
    adult_does: str = ""
    child_experiences: str = ""
    professionals_see: str = ""
    about: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What, by whom, when, at which red flag and until when; `own_words` are for whoever does it.

    `asks_of` is what it asks of the person, in the words that needs are said in.
    """

    key: str
    what: str = ""
    who: Who | None = None
    parts: tuple[Part, ...] = ()
    times: str = ""
    red_flag: str = ""
    until: str = ""
    own_words: str = ""
    asks_of: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """If this happens (to `about`, where it is about somebody), then `who` does that."""

    key: str
    situation: Situation = Situation.OTHER
    about: UUID | None = None
    if_words: str = ""
    then_words: str = ""
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """An entry relied on, with the digest it had."""

    statement: UUID
    digest: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the plan takes to be so, of whom, and on which entries that rests.

    `parts` says when somebody is away; nothing chosen means always. `household` is where, in
    "who lives here"; `practitioners` keep an eye beside people of the family.
    """

    key: str
    nature: AssumptionNature
    words: str = ""
    people: tuple[UUID, ...] = ()
    practitioners: tuple[UUID, ...] = ()
    household: UUID | None = None
    parts: tuple[Part, ...] = ()
    rests_on: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class WhomToRing:
    """Whom to ring, on which number, and when."""

    name: str
    number: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """All that one version says. `is_immediate` while the plan keeps a child safe day by day.

    `no_men_because` says why no father or male carer is named.
    """

    dangers: tuple[DangerAndGoal, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    non_negotiables: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    ring: tuple[WhomToRing, ...] = ()
    child_view: str = ""
    no_men_because: str = ""
    review_on: date | None = None
    is_immediate: bool = False

    @property
    def people(self) -> frozenset[UUID]:
        """Everybody of the family or network it names."""
        return frozenset(self._people())

    @property
    def practitioners(self) -> frozenset[UUID]:
        """Every practitioner it names."""
        named = {who.id for who in self.doers if who.is_practitioner}
        return frozenset(named | {one for a in self.assumptions for one in a.practitioners})

    @property
    def doers(self) -> tuple[Who, ...]:
        """Everybody who does something in it, each once, in the order they are named."""
        named = (*(one.who for one in self.actions), *(one.who for one in self.what_ifs))
        return tuple(dict.fromkeys(who for who in named if who))

    @property
    def rests_on(self) -> tuple[Pin, ...]:
        """The entries its assumptions rest on, each once."""
        return tuple(dict.fromkeys(pin for one in self.assumptions for pin in one.rests_on))

    def assumed(self, *natures: AssumptionNature) -> tuple[Assumption, ...]:
        """The assumptions of these natures."""
        return tuple(one for one in self.assumptions if one.nature in natures)

    def _people(self) -> Iterator[UUID]:
        yield from (who.id for who in self.doers if not who.is_practitioner)
        for danger in self.dangers:
            yield from danger.about
        for what_if in self.what_ifs:
            if what_if.about:
                yield what_if.about
        for assumption in self.assumptions:
            yield from assumption.people


def resting_only_on(plan: SafetyPlan, statements: Collection[UUID]) -> SafetyPlan:
    """The plan with only these of the entries it rests on, and without their digests.

    So nothing can be told from it of entries that a reader may not read, not even how many.
    """
    return replace(
        plan,
        assumptions=tuple(
            replace(
                one,
                rests_on=tuple(
                    Pin(pin.statement, "") for pin in one.rests_on if pin.statement in statements
                ),
            )
            for one in plan.assumptions
        ),
    )
