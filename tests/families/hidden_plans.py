"""A safety plan in the hidden family: one that several agencies read, and what one alone made of it.

Priya signed a plan and told health visiting and adult mental health. Dr Lund alone signed another
version of it, which names the hidden man, with a signature of his and a copy given to him; mental
health alone has said that Priya's is still right; and Dr Lund has begun to write more. Without the
hidden thing the same masked entries stand at the same ids, and carry nothing.
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
COPY_FORM, ANSWER_FORM = key("copy form hidden"), key("answer form hidden")


def _version(name: str, who: str) -> UUID:
    return uuid5(key(f"plan draft {name}"), f"plan version:{key(f'account {who}')}")


PRIYAS_PLAN, LUNDS_PLAN = _version("first", "priya"), _version("hidden", "lund")
ANSWER = uuid5(ANSWER_FORM, f"plan answer:{key('account lund')}")
COPY = uuid5(COPY_FORM, f"copy:{LUNDS_PLAN}:{key('account lund')}")
ENTRIES = (uuid5(ANSWER, "entry"), uuid5(LUNDS_PLAN, "entry"))
WORDS = {
    "tamarisk": "words of a plan",
    "ochreous": "words of a signature",
    "mulberry": "why a plan is still right",
    str(LUNDS_PLAN): "a version's id",
    str(COPY): "a copy's id",
    **{str(id): "the id of an entry that carries a plan" for id in ENTRIES},
}
DRAFTED = {"carnelian": "a draft of a plan", str(PLAN_DRAFT): "the id of that draft of a plan"}


def in_common(world: World) -> None:
    """What stands in the family with the hidden thing and in the one without it."""
    signed_plan(world, "health_visiting", "mental_health")


def without(world: World) -> None:
    """The same masked entries, which carry nothing; of the same kind, as they are counted alike."""
    for entry in ENTRIES:
        day = NOW.date().isoformat()
        plain = world.entry(
            "mental_health", "Ruth slept.", day, known=day, about=("ruth", "ada"),
            kind=Kind.PLAN_CHANGE, id=entry,
        )  # fmt: skip
        record_entry(world.actors["lund"], world.case, plain, now=NOW)


def with_it(world: World) -> None:
    """What adult mental health alone made of the plan."""
    lund, case, him = world.actors["lund"], world.case, Who(MAN)
    right = AnswerSaid("still_right", "Mulberry.", okafor_plan().review_on)
    answer_plan(lund, case, PRIYAS_PLAN, right, id=ANSWER_FORM, now=NOW)
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
        world, plan=plan, by="lund", name="hidden", written_from=PRIYAS_PLAN, why="Tamarisk.",
        owner=lund.practitioner,
    )  # fmt: skip
    said = SignatureSaid(key("signature hidden"), him, "agrees", "yes", "Ochreous.", NOW.date())
    sign_for(lund, case, LUNDS_PLAN, said, now=NOW)
    given = CopyGiven(COPY_FORM, him, "paper", NOW.date())
    give_copy(lund, case, LUNDS_PLAN, given, now=NOW)
    keep_plan_draft(lund, case, PLAN_DRAFT, {"worries": {"child_view": ["Carnelian."]}}, now=NOW)
