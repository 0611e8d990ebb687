"""A plan as a document, its digest, what changed between two, and the version for one person."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

import pytest

from goldenthread.domain.plans.difference import ChangeOf, changes_between
from goldenthread.domain.plans.document import (
    digest_of_version,
    document_of,
    plan_of,
    who_of,
)
from goldenthread.domain.plans.own_copy import own_copy_of
from goldenthread.domain.plans.plan import SafetyPlan, Who
from goldenthread.domain.plans.rules import RulesNotUnderstood, read_rules
from tests.domain.plans.example import ADA, AUNT, NAN, PLAN, RUTH, of

PINNED = {
    "id": of("version"), "statement": of("entry"), "decision": None, "written_from": None,
    "owner": of("priya"), "considered": (of("one"), of("two")), "signed_at": "2026-02-01T16:00:00",
}  # fmt: skip


@pytest.mark.parametrize("plan", [PLAN, SafetyPlan()])
def test_a_plan_is_the_same_after_it_was_kept_as_a_document(plan):
    assert plan_of(json.loads(json.dumps(document_of(plan)))) == plan


def test_the_digest_is_of_everything_the_version_says():
    document = document_of(PLAN)
    digest = digest_of_version(document, **PINNED)

    assert digest == digest_of_version(plan_reordered(document), **PINNED)
    others = [
        digest_of_version(document, **{**PINNED, name: other})
        for name, other in (
            ("considered", (of("one"),)), ("decision", of("d")), ("owner", of("sam")),
            ("signed_at", "2026-02-02T16:00:00"), ("statement", of("x")),
        )
    ]  # fmt: skip
    quieter = document_of(replace(PLAN, child_view="She settles."))
    others.append(digest_of_version(quieter, **PINNED))
    assert len({digest, *others}) == 7


def plan_reordered(document: dict) -> dict:
    return dict(reversed(document.items()))


def test_a_code_that_names_nobody_names_nobody():
    assert who_of("") is who_of("person:") is who_of("animal:" + str(RUTH)) is None
    assert who_of(Who(RUTH).code) == Who(RUTH)
    assert who_of(Who(RUTH, is_practitioner=True).code) == Who(RUTH, is_practitioner=True)


def test_what_changed_is_said_row_by_row():
    first, second = PLAN.actions
    newer = replace(
        PLAN,
        actions=(replace(first, times="8 pm to 8 am"), replace(second, key="a3", what="Sings")),
        child_view="She turns to Nan.",
        no_men_because="Ben must not be here.",
    )

    found = [(one.part, one.change, one.fields) for one in changes_between(PLAN, newer)]

    assert found == [
        ("actions", ChangeOf.REWORDED, ("times",)),
        ("actions", ChangeOf.ADDED, ()),
        ("actions", ChangeOf.TAKEN_OUT, ()),
        ("child_view", ChangeOf.REWORDED, ("child_view",)),
        ("no_men_because", ChangeOf.ADDED, ("no_men_because",)),
    ]
    assert changes_between(PLAN, PLAN) == ()
    there, back = changes_between(PLAN, newer), changes_between(newer, PLAN)
    assert {(c.before, c.after) for c in there} == {(c.after, c.before) for c in back}


def test_ones_own_version_holds_ones_own_part_and_nothing_else():
    action = replace(PLAN.actions[0], own_words="You sleep at Ruth’s. You go to Ada if she cries.")
    plan = replace(PLAN, actions=(action, PLAN.actions[1]))

    nan, aunt = own_copy_of(plan, Who(NAN)), own_copy_of(plan, Who(AUNT))

    assert [one.words for one in nan.actions] == [action.own_words]  # never changed
    assert [(one.then_words, one.is_theirs) for one in nan.what_ifs] == [
        ("Rings Aunt, who comes", False)
    ]
    assert (aunt.actions, [one.is_theirs for one in aunt.what_ifs]) == ((), [True])
    assert own_copy_of(plan, Who(ADA)).what_ifs == ()
    said = json.dumps([str(nan), str(aunt)])
    for private in ("sleeps deeply", "Ruth is well", "cries unheard", "Takes Ada"):
        assert private not in said


def test_numbers_are_data_with_a_source():
    one = {"value": 7, "unit": "days", "source": "Ours", "mark": "L"}
    told = dict.fromkeys(("immediate_review", "answer_within", "missed", "looks_back"), one)

    assert read_rules(told).missed.value == 7
    for wrong in ({}, {**one, "value": 0}, {**one, "source": " "}, {**one, "value": "soon"}):
        with pytest.raises(RulesNotUnderstood, match="missed"):
            read_rules({**told, "missed": wrong})


def test_everybody_a_plan_names_is_known_to_it():
    assert {RUTH, NAN, AUNT} < PLAN.people
    assert isinstance(next(iter(PLAN.practitioners)), UUID)
    assert PLAN.doers == (Who(NAN), Who(RUTH), Who(AUNT))
