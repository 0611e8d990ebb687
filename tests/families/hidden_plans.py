"""A safety plan in the hidden family: one that several agencies read, and what one alone made of it.

Priya signed a plan and told health visiting and adult mental health. Dr Lund alone signed another
version of it, which the hidden entry carries and which names the hidden man, with a signature of
his and a copy given to him; mental health alone has said that Priya's is still right; and Dr Lund
has begun to write more. Without the hidden thing the same entries carry nothing.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from goldenthread.domain.plans.plan import Assumption, PlannedAction, Who
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.plans.answer_plan import AnswerSaid, answer_plan
from goldenthread.usecases.plans.copies import CopyGiven, SignatureSaid, give_copy, sign_for
from goldenthread.usecases.plans.write_plan import keep_plan_draft
from tests.families.plans import okafor_plan, signed_plan
from tests.families.world import NOW, World, key

MAN = key("person zephyrine")
PLAN_DRAFT = key("plan draft hidden 2")
COPY_FORM = key("copy form hidden")
CARRIES, SLEPT = key("entry that carries a plan"), key("entry that carries an answer")


def _version(name: str, who: str) -> UUID:
    return uuid5(key(f"plan draft {name}"), f"plan version:{key(f'account {who}')}")


PRIYAS_PLAN, LUNDS_PLAN = _version("first", "priya"), _version("hidden", "lund")
COPY = uuid5(COPY_FORM, f"copy:{LUNDS_PLAN}:{key('account lund')}")
WORDS = {
    "tamarisk": "words of a plan",
    "ochreous": "words of a signature",
    str(LUNDS_PLAN): "a version's id",
    str(COPY): "a copy's id",
}
DRAFTED = {"carnelian": "a draft of a plan", str(PLAN_DRAFT): "the id of that draft of a plan"}


def in_common(world: World) -> None:
    """What stands in the family with the hidden thing and in the one without it.

    Entries that are there carry it, so that no question of the history is asked because of it.
    """
    day = NOW.date().isoformat()
    told = {"health_visiting": day, "mental_health": day}
    plan = world.entry("social_care", "We wrote a plan.", day, known=day, told=told, id=CARRIES,
                       kind=Kind.OTHER)  # fmt: skip
    record_entry(world.actors["priya"], world.case, plan, now=NOW)
    slept = world.entry("mental_health", "Ruth slept.", day, known=day, about=("ruth",), id=SLEPT,
                        kind=Kind.OTHER)  # fmt: skip
    record_entry(world.actors["lund"], world.case, slept, now=NOW)
    signed_plan(world, carried_by=CARRIES, why="")


def with_it(world: World) -> None:
    """What adult mental health alone made of the plan."""
    lund, case, him = world.actors["lund"], world.case, Who(MAN)
    right = AnswerSaid("still_right", "", okafor_plan().review_on, carried_by=SLEPT)
    answer_plan(lund, case, PRIYAS_PLAN, right, id=key("answer form hidden"), now=NOW)
    own = okafor_plan()
    plan = replace(
        own,
        actions=(*own.actions, PlannedAction("a9", "Tamarisk.", him, (Part.NIGHTS,))),
        assumptions=(
            *own.assumptions,
            Assumption("s9", AssumptionNature.CARES, "Tamarisk.", (MAN,)),
        ),
    )
    signed_plan(
        world, plan=plan, by="lund", name="hidden", written_from=PRIYAS_PLAN, why="",
        owner=lund.practitioner, carried_by=key("entry hidden"),
    )  # fmt: skip
    said = SignatureSaid(key("signature hidden"), him, "agrees", "yes", "Ochreous.", NOW.date())
    sign_for(lund, case, LUNDS_PLAN, said, now=NOW)
    given = CopyGiven(COPY_FORM, him, "paper", NOW.date())
    give_copy(lund, case, LUNDS_PLAN, given, now=NOW)
    keep_plan_draft(lund, case, PLAN_DRAFT, {"worries": {"child_view": ["Carnelian."]}}, now=NOW)
