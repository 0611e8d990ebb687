"""A plan for one baby, in a house of four people, and entries about them. Everybody is invented.

Nan
 │
Ruth ── Ben (away: must not be here)        Dean (whom the plan does not know)
    │
   Ada (baby)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from goldenthread.domain.network.claim import Claim, Source
from goldenthread.domain.plans.currency import InForce
from goldenthread.domain.plans.plan import (
    Assumption,
    DangerAndGoal,
    Pin,
    PlannedAction,
    SafetyPlan,
    WhatIf,
    Who,
    WhomToRing,
)
from goldenthread.domain.plans.rules import Number, PlanRules
from goldenthread.domain.plans.triggers import KnownEntry
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.shared.partial_date import not_known, parse_edtf

SPACE = UUID("5f0a3e4c-6f6a-4c8c-9d8e-3f6d3a1b2c4d")
SIGNED = datetime(2026, 2, 1, 16, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
LOCAL = "ours"
RULES = PlanRules(
    immediate_review=Number(7, "days", "Queensland", "O"),
    answer_within=Number(2, "days", LOCAL, "L"),
    missed=Number(2, "visits", LOCAL, "L"),
    looks_back=Number(90, "days", LOCAL, "L"),
)


def of(name: str) -> UUID:
    return uuid5(SPACE, name)


RUTH, ADA, NAN, BEN, DEAN, AUNT = map(of, ("ruth", "ada", "nan", "ben", "dean", "aunt"))
HOME, ELSEWHERE = of("home"), of("elsewhere")
WORKER = of("worker")
CHILDREN = frozenset({ADA})
GROUND = of("the entry it rests on")

PLAN = SafetyPlan(
    dangers=(
        DangerAndGoal(
            "d1", "Priya and Nan", "Ruth sleeps deeply when she is unwell", "Ada cries unheard",
            "Ruth rings Nan when she is not sleeping", "Somebody comes when she cries",
            "Somebody awake in the house at night", about=(RUTH,),
        ),
    ),
    actions=(
        PlannedAction("a1", "Sleeps in the house", Who(NAN), (Part.NIGHTS,), "9 pm to 7 am"),
        PlannedAction("a2", "Takes Ada to the clinic", Who(RUTH), (Part.DAYS, Part.WEEKENDS)),
    ),
    what_ifs=(
        WhatIf("w1", Situation.CARER_UNWELL, NAN, "", "Rings Aunt, who comes", Who(AUNT)),
        WhatIf("w2", Situation.BABY_CRYING, None, "", "Puts Ada down safely and rings Nan", Who(RUTH)),
    ),
    assumptions=(
        Assumption("lives", AssumptionNature.LIVES_HERE, "Ruth, Ada and Nan live here",
                   (RUTH, ADA, NAN), household=HOME, rests_on=(Pin(GROUND, "a" * 64),)),
        Assumption("cares", AssumptionNature.CARES, "Ruth cares, with Nan", (RUTH, NAN)),
        Assumption("well", AssumptionNature.WELL, "Ruth is well", (RUTH,)),
        Assumption("away", AssumptionNature.AWAY, "Ben is not here", (BEN,)),
        Assumption("eye", AssumptionNature.KEEPS_AN_EYE, "Aunt calls in", (AUNT,), (WORKER,)),
    ),
    ring=(WhomToRing("Priya", "01632 960100"),),
    child_view="She settles with Nan.",
    review_on=date(2026, 5, 1),
)  # fmt: skip


def in_force(plan: SafetyPlan = PLAN, considered: tuple[UUID, ...] = (), **more) -> InForce:
    return InForce(plan, SIGNED, frozenset(considered), review_on=plan.review_on, **more)


def entry(kind: str = "observation", *concerns: str, **more) -> KnownEntry:
    name = more.pop("name", f"{kind} {concerns} {sorted(map(str, more.items()))}")
    days = more.pop("days", 40)
    return KnownEntry(
        id=of(name),
        kind=kind,
        known_from=SIGNED + timedelta(days=days),
        concerns=frozenset(concerns or ("none",)),
        people=frozenset(more.pop("people", (ADA,))),
        **more,
    )


def claim(kind: str, nature: str, person: UUID, other: UUID | None = None, **more) -> Claim:
    when = more.pop("happened", "2026-03-01/..")
    household = more.pop("household", None)
    made = Claim(
        id=str(of(f"claim {kind} {nature} {person} {other} {when}")),
        kind=kind,
        nature=nature,
        person=str(person),
        other=str(other or ""),
        household=str(household or ""),
        happened=parse_edtf(when) if when else not_known(),
        **more,
    )
    return replace(made, source=Source(str(of("s")), "x", "X", "saw", date(2026, 3, 1)))
