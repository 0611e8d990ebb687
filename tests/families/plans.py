"""A safety plan for the Okafor family, signed by Priya as its allocated social worker.

It takes Ruth and Ada to live alone together, Ruth to be well, and Ama to keep an eye; no man is
named, and why is said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.plans.plan import (
    Assumption,
    DangerAndGoal,
    PlannedAction,
    SafetyPlan,
    WhatIf,
    Who,
    WhomToRing,
)
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.plans.write_plan import Signing, sign_plan
from tests.families.world import NOW, World, key

SIGNED = NOW
LATER = NOW + timedelta(days=5)


def who(name: str) -> Who:
    if name in ("ruth", "ada", "father"):
        return Who(key(f"person {name}"))
    return Who(key(f"practitioner {name}"), is_practitioner=True)


def okafor_plan(**more) -> SafetyPlan:
    """The plan; what is passed replaces a part of it."""
    ruth, ada = key("person ruth"), key("person ada")
    plan = SafetyPlan(
        dangers=(
            DangerAndGoal(
                "d1", "Priya and Ama", "Ruth does not wake when she is unwell",
                "Ada could cry unheard", "Ruth rings Ama when she has not slept",
                "Somebody comes when she cries", "Ada settled at each visit",
            ),
        ),
        actions=(
            PlannedAction(
                "a1", "Rings at nine each evening", who("ama"), (Part.NIGHTS, Part.WEEKENDS),
                own_words="Ring Ruth at nine.",
            ),
            PlannedAction("a2", "Puts Ada down on her back", who("ruth"), tuple(Part), red_flag="Not slept"),
        ),
        what_ifs=(
            WhatIf("w1", Situation.CARER_UNWELL, ruth, "", "Comes at once", who("ama")),
            WhatIf("w2", Situation.BABY_CRYING, None, "", "Puts her down safely, rings Ama", who("ruth")),
        ),
        non_negotiables=("Nobody who has been drinking looks after Ada.",),
        assumptions=(
            Assumption("s1", AssumptionNature.LIVES_HERE, "Only Ruth and Ada live here", (ruth, ada)),
            Assumption("s2", AssumptionNature.WELL, "Ruth is well", (ruth,)),
            Assumption("s3", AssumptionNature.KEEPS_AN_EYE, "Ama rings", (), (who("ama").id,)),
        ),
        ring=(WhomToRing("Priya", "01632 960101", "by day"),),
        child_view="She turns to Ruth’s voice.",
        no_men_because="Nobody knows yet who the father is.",
        review_on=date(2026, 7, 10),
    )  # fmt: skip
    return replace(plan, **more)


def signing(why: str = "A first plan after the conference.", **more) -> Signing:
    return Signing(why, more.pop("owner", key("practitioner priya")), **more)


def telling(world: World, agency: str, now: datetime = SIGNED) -> Telling:
    return Telling(world.agency(agency), told=on_day(now.date()))


def signed_plan(
    world: World, *told: str, plan: SafetyPlan | None = None, by: str = "priya", name: str = "first",
    now: datetime = SIGNED, **more,
) -> UUID:  # fmt: skip
    """Sign a plan and tell these agencies; gives the version's id."""
    said = signing(tellings=tuple(telling(world, one, now) for one in told), **more)
    draft = key(f"plan draft {name}")
    return sign_plan(world.actors[by], world.case, draft, plan or okafor_plan(), said, now=now).id
