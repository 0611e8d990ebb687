"""A plan's form says the plan it was begun from, row by row, and loses nothing typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.web.plan.form import (
    STEPS,
    day_typed,
    fields_of,
    plan_typed,
    rows_of,
    with_row,
    without_row,
)
from goldenthread.web.plan.places import place_of
from goldenthread.web.record.answers import Answers, answers_in
from tests.domain.plans.example import PLAN, RUTH


def without_day(plan: SafetyPlan) -> SafetyPlan:
    """As a form gives it back: entries are pinned on signing, and the day is asked anew."""
    rests = tuple(
        replace(one, rests_on=tuple(replace(pin, digest="") for pin in one.rests_on))
        for one in plan.assumptions
    )
    return replace(plan, assumptions=rests, review_on=None)


def test_a_draft_that_begins_with_a_plan_says_that_plan():
    plan = replace(
        PLAN, non_negotiables=("No drink.", "No Ben."), is_immediate=True, no_men_because="x"
    )

    assert plan_typed(fields_of(plan)) == without_day(plan)
    assert plan_typed({}) == SafetyPlan()


def test_an_empty_row_says_nothing_and_a_started_one_is_not_lost():
    fields = fields_of(PLAN)
    fields["actions"] = with_row(fields["actions"], "action", "n1")
    assert plan_typed(fields) == without_day(PLAN)

    fields["actions"]["action-n1-what"] = ["  Sings to her  "]
    assert plan_typed(fields).actions[-1].what == "Sings to her"
    assert plan_typed(fields).actions[-1].who is None  # and signing will ask who


def test_a_row_is_taken_out_with_everything_typed_in_it():
    fields = fields_of(PLAN)
    fields["actions"] = without_row(fields["actions"], "action", "a1")

    assert [one.key for one in plan_typed(fields).actions] == ["a2"]
    assert not [name for name in fields["actions"] if "a1" in name]


def test_what_is_no_word_and_no_id_is_left_out():
    typed = {
        "actions": {
            "action-row": ["a", "a"], "action-a-what": ["x"], "action-a-who": ["nobody"],
            "action-a-parts": ["nights", "sometimes"], "action-a-asks_of": ["flying"],
        },
        "what_ifs": {
            "what_if-row": ["w"], "what_if-w-then_words": ["y"], "what_if-w-situation": ["?"],
            "what_if-w-about": ["not an id"],
        },
        "assumptions": {
            "assumption-row": ["s"], "assumption-s-words": ["z"], "assumption-s-nature": ["?"],
            "assumption-s-people": [f"person:{RUTH}", "person:x"], "assumption-s-rests_on": ["?"],
            "review-day": ["31"], "review-month": ["2"], "review-year": ["2026"],
        },
    }  # fmt: skip
    plan = plan_typed(typed)

    (action,), (what_if,), (assumption,) = plan.actions, plan.what_ifs, plan.assumptions
    assert (action.who, action.parts, action.asks_of) == (None, (Part.NIGHTS,), ())
    assert (what_if.situation, what_if.about) == (Situation.OTHER, None)
    assert (assumption.nature, assumption.people) == (AssumptionNature.OTHER, (RUTH,))
    assert plan.review_on is None
    assert day_typed(Answers({"r-day": ["1"], "r-month": ["5"], "r-year": ["2026"]}), "r") == date(
        2026, 5, 1
    )


def test_every_problem_leads_to_a_step():
    steps = {step for step, _ in STEPS}
    for place in ("danger:x", "dangers", "action:x", "actions", "men", "what_if:x", "what_ifs",
                  "assumption:x", "assumptions", "review_on", "child_view"):  # fmt: skip
        assert place_of(place)[0] in steps
    assert place_of("why") == ("sign", "why")
    assert place_of("action:a1") == ("actions", "action-a1")
    fields = fields_of(PLAN)
    assert [row.key for row in rows_of(answers_in(fields, "actions"), "action")] == ["a1", "a2"]
