"""An id put into a field, of what is hidden or of what never was: refused alike, and kept once.

What is typed is refused in place, in words that tell nothing; that somebody tried it is for whoever
asks of access.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from goldenthread.domain.decisions.proposing import ProposedPin
from goldenthread.domain.plans.plan import Pin, Who
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.audit.family_ledger import family_copy
from goldenthread.usecases.chronology.publish_chronology import publish_chronology
from goldenthread.usecases.plans.copies import CopyGiven, give_copy
from goldenthread.usecases.subject_access.prepare_pack import start_pack
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.hidden import HIDDEN, MAN, build
from tests.families.hidden_plans import PRIYAS_PLAN
from tests.families.packs import asked
from tests.families.plans import okafor_plan, signed_plan
from tests.families.world import NOW, World, key
from tests.usecases.challenging import decided, raised
from tests.usecases.decisions.deciding import signed
from tests.web.decisions.typed import form

RUTH = key("person ruth")


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        yield build(with_it=True)


def plan_by(who: UUID) -> object:
    first, *rest = okafor_plan().actions
    return okafor_plan(actions=(replace(first, who=Who(who)), *rest))


def plan_resting_on(statement: UUID) -> object:
    first, *rest = okafor_plan().assumptions
    return okafor_plan(assumptions=(replace(first, rests_on=(Pin(statement, ""),)), *rest))


def plan_with(world: World, plan: object = None, **more: object) -> None:
    signed_plan(world, plan=plan, name=str(uuid4()), written_from=PRIYAS_PLAN, **more)


def copy_given(world: World, who: UUID) -> None:
    given = CopyGiven(uuid4(), Who(who), "paper", NOW.date())
    give_copy(world.actors["priya"], world.case, PRIYAS_PLAN, given, now=NOW)


def published(world: World, *entries: UUID) -> None:
    publish_chronology(
        world.actors["priya"], world.case, id=uuid4(), title="For a meeting", purpose="",
        viewpoint=Viewpoint(NOW), entries=entries, now=NOW,
    )  # fmt: skip


def copied(world: World, recipient: UUID, *chosen: UUID) -> None:
    family_copy(
        world.actors["priya"], world.case, recipient=recipient, chosen=chosen, with_looks=False,
        now=NOW,
    )  # fmt: skip


FIELDS: dict[str, tuple[UUID, Callable[[World, UUID], object]]] = {
    "who does what a plan says": (MAN, lambda world, id: plan_with(world, plan_by(id))),
    "an entry a plan rests on": (HIDDEN, lambda world, id: plan_with(world, plan_resting_on(id))),
    "the decision of a plan": (HIDDEN, lambda world, id: plan_with(world, decision=id)),
    "who was given a copy of a plan": (MAN, copy_given),
    "an entry a decision rests on": (
        HIDDEN, lambda world, id: signed(world, pins=(ProposedPin(id),)),
    ),
    "about whom a decision is": (MAN, lambda world, id: signed(world, pins=(), about=(id,))),
    "an entry a challenge relies on": (
        HIDDEN, lambda world, id: raised(world, decided(world), "priya", entries=(id,)),
    ),
    "an entry of a chronology": (HIDDEN, published),
    "who asked for their record": (
        MAN, lambda world, id: start_pack(
            world.actors["priya"], world.case, uuid4(), asked(asked_by=id), now=NOW),
    ),
    "whom a family's copy is for": (MAN, copied),
    "what is told by a family's copy": (HIDDEN, lambda world, id: copied(world, RUTH, id)),
}  # fmt: skip


def refusals() -> list[tuple[str, str]]:
    """What was refused to Priya so far: the rule, and of which family."""
    rows = AuditEvent.objects.using("reader").filter(account=key("account priya"), outcome="deny")
    return [(rule, str(case)) for rule, case in rows.values_list("rule", "case")]


@pytest.mark.parametrize("field", FIELDS)
def test_it_is_refused_alike_and_each_try_leaves_one_refusal(world, field: str):
    hidden, tried = FIELDS[field]
    said = []
    for id in (hidden, uuid4()):
        before = len(refusals())
        with pytest.raises(NotTheirs) as refused:
            tried(world, id)
        said.append((refused.value.reason, refused.value.rule))
        assert refusals()[before:] == [(NOT_IN_WHAT_THEY_READ, str(world.case))]
    assert said[0] == said[1]


@pytest.mark.parametrize("id", [HIDDEN, key("never was")])
def test_a_decision_that_lacks_more_keeps_it_too(world, id):
    """A time that is none is refused as well, on the same page."""
    address = reverse("decision_write", kwargs={"case": world.case, "draft": uuid4()})
    before = len(refusals())

    answer = signed_in("priya").post(
        address, form(world, pin=[str(id)], decided_time="half past", go="sign")
    )

    words = answer.content.decode()
    assert answer.status_code == 422 and "half past" in words
    assert "This entry is not in what you can read" in words
    assert refusals()[before:] == [(NOT_IN_WHAT_THEY_READ, str(world.case))]
