"""A draft stays in the form it was begun in: another form neither takes it over nor changes it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.challenges.drafts import keep_challenge_draft, open_challenge_draft
from goldenthread.usecases.chronology.keep_draft import keep_draft, read_draft
from goldenthread.usecases.decisions.sign_decision import keep_decision_draft, open_decision_draft
from goldenthread.usecases.needs.keep_profile import keep_needs_draft, open_needs_draft
from goldenthread.usecases.plans.write_plan import keep_plan_draft, open_plan_draft
from goldenthread.usecases.risk.write_summary import keep_summary_draft, open_summary_draft
from tests.families.world import NOW, World, build_world, key

TYPED = {"words": ["She is safe with her grandmother."]}
DRAFT = key("draft of one form")

Keep = Callable[[World, UUID], object]
KEEPS: dict[str, Keep] = {
    "entry": lambda w, id: keep_draft(
        w.actors["priya"], w.case, id, {"form": "add", "who": TYPED}, now=NOW
    ),
    "summary": lambda w, id: keep_summary_draft(w.actors["priya"], w.case, id, TYPED, now=NOW),
    "decision": lambda w, id: keep_decision_draft(w.actors["priya"], w.case, id, TYPED, now=NOW),
    "plan": lambda w, id: keep_plan_draft(
        w.actors["priya"], w.case, id, {"worries": TYPED}, now=NOW
    ),
    "needs": lambda w, id: keep_needs_draft(
        w.actors["priya"], w.case, id, {"words": TYPED}, now=NOW
    ),
    "challenge": lambda w, id: keep_challenge_draft(
        w.actors["priya"], w.case, id, TYPED, {"sort": "raise"}, now=NOW
    ),
}
OPENS = {
    "summary": open_summary_draft,
    "decision": open_decision_draft,
    "plan": open_plan_draft,
    "needs": open_needs_draft,
    "challenge": open_challenge_draft,
}


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.mark.parametrize("begun", KEEPS)
def test_no_other_form_takes_a_draft_over(world, begun):
    KEEPS[begun](world, DRAFT)
    before = read_draft(world.actors["priya"], DRAFT, now=NOW)

    for other in KEEPS.keys() - {begun}:
        with pytest.raises(NotFoundHere):
            KEEPS[other](world, DRAFT)
        if other in OPENS:
            with pytest.raises(NotFoundHere):
                OPENS[other](world.actors["priya"], world.case, DRAFT, now=NOW)

    assert read_draft(world.actors["priya"], DRAFT, now=NOW) == before
    KEEPS[begun](world, DRAFT)
