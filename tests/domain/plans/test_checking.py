"""What cannot be signed, and what is worth another look, in plain words where it happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goldenthread.domain.plans.checking import PersonInPlan, problems_of, warnings_of
from goldenthread.domain.plans.plan import Assumption, PlannedAction, WhatIf, Who
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.shared.partial_date import parse_edtf
from tests.domain.plans.example import (
    ADA,
    AUNT,
    BEN,
    NAN,
    PLAN,
    RULES,
    RUTH,
    WORKER,
    of,
)

TODAY = date(2026, 2, 1)
PEOPLE = {
    Who(RUTH): PersonInPlan("Ruth", gender="woman"),
    Who(NAN): PersonInPlan("Nan", gender="woman"),
    Who(AUNT): PersonInPlan("Aunt", gender="woman"),
    Who(BEN): PersonInPlan("Ben", gender="man"),
    Who(ADA): PersonInPlan("Ada", is_child=True, born=parse_edtf("2026-01-02")),
    Who(WORKER, is_practitioner=True): PersonInPlan("Priya"),
}


def problems(plan):
    return [(one.place, one.sentence) for one in problems_of(plan, PEOPLE, today=TODAY)]


def warnings(plan):
    return [one.sentence for one in warnings_of(plan, PEOPLE, RULES, today=TODAY)]


def only_action(**said) -> PlannedAction:
    return PlannedAction(**{"key": "a1", "what": "Sleeps here", "who": Who(NAN), **said})


def unwell(key: str, about, who) -> WhatIf:
    return WhatIf(key, Situation.CARER_UNWELL, about, "", "Comes", who)


def test_a_whole_plan_can_be_signed():
    assert problems(PLAN) == []


@pytest.mark.parametrize(
    ("plan", "place", "words"),
    [
        (replace(PLAN, dangers=()), "dangers", "Say what the danger is"),
        (replace(PLAN, actions=(only_action(who=None),)), "action:a1", "Say who does this, by name."),
        (replace(PLAN, actions=(only_action(what=" "),)), "action:a1", "Say what is to be done."),
        (replace(PLAN, actions=(only_action(who=Who(of("stranger"))),)), "action:a1", "not in this"),
        (replace(PLAN, actions=()), "actions", "No adult is named who can act"),
        (replace(PLAN, actions=(only_action(who=Who(ADA)),)), "actions", "No adult is named"),
        (replace(PLAN, assumptions=()), "assumptions", "Say what this plan takes to be so"),
        (replace(PLAN, review_on=None), "review_on", "Say on which day"),
        (replace(PLAN, review_on=TODAY), "review_on", "must be after today"),
        (replace(PLAN, what_ifs=(unwell("w", NAN, None),)), "what_if:w", "Say who then does what."),
        (replace(PLAN, what_ifs=(unwell("w", None, Who(AUNT)),)), "what_if:w", "which carer"),
        (replace(PLAN, what_ifs=(unwell("w", NAN, Who(NAN)),)), "what_if:w", "stand in for themselves"),
        (replace(PLAN, actions=(only_action(what="x" * 2_001),)), "action:a1", "2,001 letters"),
    ],
)  # fmt: skip
def test_this_cannot_be_signed(plan, place, words):
    assert any(at == place and words in sentence for at, sentence in problems(plan))


def test_nobody_acts_at_night_who_is_away_at_night():
    at_night = Assumption(
        "n", AssumptionNature.AWAY, "Nan works nights", (NAN,), parts=(Part.NIGHTS,)
    )
    plan = replace(PLAN, assumptions=(*PLAN.assumptions, at_night))
    words = "This is for nights, and this plan takes Nan to be away at night."

    assert ("action:a1", words) in problems(plan)
    assert not problems(replace(plan, actions=(only_action(parts=(Part.DAYS,)),)))
    every = problems(replace(plan, actions=(only_action(),)))  # no part said: every part is meant
    assert ("action:a1", words) in every


def test_nobody_acts_who_must_not_be_here():
    plan = replace(PLAN, actions=(only_action(who=Who(BEN)),))

    assert [place for place, _ in problems(plan)] == ["action:a1", "actions"]


@pytest.mark.parametrize(
    ("stand_ins", "is_circle"),
    [
        ([(RUTH, NAN), (NAN, RUTH)], True),
        ([(RUTH, NAN), (NAN, AUNT), (AUNT, RUTH)], True),
        ([(RUTH, NAN), (NAN, AUNT)], False),
        ([(RUTH, NAN), (NAN, RUTH), (NAN, AUNT)], False),  # Aunt is there for when neither can
        ([(RUTH, NAN), (NAN, RUTH), (RUTH, "worker")], False),
    ],
)
def test_what_ifs_that_lead_in_a_circle(stand_ins, is_circle):
    rows = tuple(
        unwell(f"w{n}", about, Who(WORKER, is_practitioner=True) if who == "worker" else Who(who))
        for n, (about, who) in enumerate(stand_ins)
    )
    found = [s for _, s in problems(replace(PLAN, what_ifs=rows)) if "circle" in s]

    assert len(found) == is_circle


def test_fathers_and_male_carers_are_named_or_there_is_a_reason():
    nobody = replace(PLAN, assumptions=tuple(a for a in PLAN.assumptions if a.key != "away"))

    assert [place for place, _ in problems(nobody)] == ["men"]
    assert problems(replace(nobody, no_men_because="Ben has died; nobody else is known.")) == []


def test_what_is_worth_another_look():
    assert warnings(PLAN) == [
        "“Takes Ada to the clinic” relies on Ruth, whom this plan is worried about. "
        "Say who else makes sure of it."
    ]
    bare = replace(
        PLAN, actions=(only_action(who=Who(ADA), parts=(Part.DAYS,)),), what_ifs=(), child_view="",
        is_immediate=True,
    )  # fmt: skip
    assert warnings(bare) == [
        "Ada is a child. Keeping children safe is for adults: say which adult makes sure of it.",
        "No action is for nights.",
        "No action is for weekends.",
        "Nothing says who acts when a carer is unwell.",
        "Nothing says what to do when the baby will not stop crying.",
        "This plan keeps a child safe day by day, and is looked at again after more than 7 days "
        "(Queensland).",
        "Nobody has written what the child says, or shows where they cannot speak yet.",
    ]
