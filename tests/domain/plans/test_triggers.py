"""What makes a plan need review, as a table a practitioner can read.

The plan: Ruth, Ada (baby) and Nan live here; Ruth cares, with Nan; Ruth is well; Ben must not be
here; Aunt calls in. Dean is nobody of the plan.
"""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.plans.currency import currency_of
from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger
from goldenthread.domain.provenance.vocabulary import Kind
from tests.domain.plans.example import (
    ADA,
    AUNT,
    BEN,
    CHILDREN,
    DEAN,
    ELSEWHERE,
    GROUND,
    HOME,
    NAN,
    NOW,
    RULES,
    RUTH,
    claim,
    entry,
    in_force,
)

NOTHING, LOOK = None, CurrencyState.NOT_YET_ASSESSED
ASK = CurrencyState.STALE


def how(*entries, **more):
    return currency_of(in_force(**more), entries, RULES, children=CHILDREN, as_of=NOW)


# What is recorded, about whom                                   because, and which assumptions
ASKS = [
    (entry("new_partner", people=(RUTH, DEAN)), Trigger.NEW_RELATIONSHIP, ("lives",)),
    (entry("relationship_ended", people=(RUTH,)), Trigger.RELATIONSHIP_ENDED, ("lives", "cares")),
    (entry("household_change", people=(NAN,)), Trigger.HOUSEHOLD, ("lives", "cares")),
    (entry("household_change", people=(AUNT,)), Trigger.HOUSEHOLD, ("eye",)),
    (entry("household_change", people=(DEAN,)), Trigger.HOUSEHOLD, ()),
    (entry("carer_change", people=(ADA, DEAN)), Trigger.CARER, ()),
    (entry("carer_change", people=(NAN,)), Trigger.CARER, ("cares",)),
    (entry("pregnancy", people=(RUTH,)), Trigger.PREGNANCY_OR_BIRTH, ("lives", "well")),
    (entry("birth", "strength", people=(RUTH,)), Trigger.PREGNANCY_OR_BIRTH, ("lives", "well")),
    (entry("death", people=(AUNT,)), Trigger.DEATH, ("eye",)),
    (entry("move", people=(RUTH, ADA)), Trigger.MOVE, ("lives", "cares")),
    (entry("arrest", people=(BEN,)), Trigger.ARREST_OR_RELEASE, ("away",)),
    (entry("admission", people=(NAN,)), Trigger.ADMISSION, ("cares",)),
    (entry("injury", "physical"), Trigger.INCIDENT, ()),
    (entry("incident", "domestic_abuse", people=(RUTH,)), Trigger.INCIDENT, ()),
    (entry("disclosure", people=(ADA,)), Trigger.INCIDENT, ()),
    (entry("missing", people=(RUTH,)), Trigger.INCIDENT, ()),
    (entry("allocation_change", people=(ADA,)), Trigger.WORKER, ("eye",)),
    (entry("court_order", people=(ADA,)), Trigger.COURT_ORDER, ()),
    (entry("visit", "parental_mental_health", people=(RUTH,)), Trigger.HEALTH, ("cares", "well")),
    (entry("health_contact", "parental_physical_health", people=(NAN,)), Trigger.HEALTH, ("cares",)),
    (entry("observation", "neglect"), Trigger.CONCERN, ()),
    (entry("contact", "unsafe_adult", people=(ADA, DEAN)), Trigger.CONCERN, ()),
    (entry("background", "unsafe_adult", people=(RUTH, DEAN)), Trigger.CONCERN, ()),
    (entry("core_group", "unsafe_adult", people=(ADA, DEAN)), Trigger.CONCERN, ()),
    (entry("assessment", "parental_mental_health", people=(RUTH,)), Trigger.HEALTH, ("cares", "well")),
    (entry("visit", people=(BEN, ADA)), Trigger.AWAY_BUT_HERE, ("away",)),
    (
        entry(claims=(claim("lives_at", "stays", BEN, household=HOME),)),
        Trigger.HOUSEHOLD, ("away",),
    ),
    # Over long ago, and yet what it claims is so to this day
    (
        entry("background", over_by=date(2024, 1, 1), claims=(claim("lives_at", "lives", DEAN, household=HOME),)),
        Trigger.HOUSEHOLD, (),
    ),
    (entry("observation", links=(("corrects", GROUND),)), Trigger.GROUND_CHANGED, ("lives",)),
    (entry("observation", links=(("withdraws", GROUND),)), Trigger.GROUND_CHANGED, ("lives",)),
    (entry("observation", links=(("disputes", GROUND),)), Trigger.GROUND_CHANGED, ("lives",)),
    # What an entry claims of the network
    (entry(claims=(claim("lives_at", "stays", DEAN, household=HOME),)), Trigger.HOUSEHOLD, ()),
    (
        entry(claims=(claim("lives_at", "stays", NAN, household=ELSEWHERE),)),
        Trigger.HOUSEHOLD, ("lives", "cares"),
    ),
    (
        entry(claims=(claim("lives_at", "lives", NAN, household=HOME, happened="2025/2026-03-01"),)),
        Trigger.HOUSEHOLD, ("lives", "cares"),
    ),
    (
        entry(claims=(claim("lives_at", "lives", NAN, household=HOME, polarity="denies"),)),
        Trigger.HOUSEHOLD, ("lives", "cares"),
    ),
    (entry(claims=(claim("cares_for", "nights", DEAN, ADA),)), Trigger.CARER, ()),
    (entry(claims=(claim("cares_for", "none", NAN, ADA),)), Trigger.NETWORK_WITHDREW, ("cares",)),
    (
        entry(claims=(claim("cares_for", "helps", AUNT, ADA, happened="2025/2026-03-01"),)),
        Trigger.NETWORK_WITHDREW, ("eye",),
    ),
    (entry(claims=(claim("couple", "undisclosed", RUTH, DEAN),)), Trigger.NEW_RELATIONSHIP, ("lives",)),
    (entry(claims=(claim("need", "mental_health", RUTH),)), Trigger.HEALTH, ("cares", "well")),
    (entry(claims=(claim("harm", "physical", DEAN, ADA, status="alleged"),)), Trigger.CONCERN, ()),
]  # fmt: skip


@pytest.mark.parametrize(("known", "trigger", "assumptions"), ASKS)
def test_this_makes_a_plan_need_review(known, trigger, assumptions):
    found = how(known)

    assert found.state is ASK
    assert [one.because for one in found.reasons] == [(known.id,)]
    assert found.reasons[0].trigger is trigger
    assert set(found.reasons[0].assumptions) == set(assumptions)


LOOKS = [
    entry("visit", people=(RUTH, ADA)),
    entry("strength", "strength", people=(NAN, ADA)),
    entry("visit", "strength", people=(BEN, ADA)),  # watched contact that went well
    entry("visit", people=(BEN,)),  # seen, and not with the family
    entry("conference", people=(BEN, ADA)),  # named on paper
    entry("conference", "neglect", "parental_mental_health", people=(RUTH, ADA)),  # told again
    entry("information_request", "parental_mental_health", people=(RUTH,)),
    entry(
        "background", "parental_mental_health", people=(RUTH,)
    ),  # what she has lived with for long
    # Known to the reader's agency before, and over more than ninety days when the plan was signed
    entry("pregnancy", people=(RUTH,), over_by=date(2025, 11, 2), days=-60),
    entry("observation", "neglect", over_by=date(2025, 11, 2), days=-60),
    entry(
        "background",
        claims=(claim("need", "mental_health", RUTH),),
        over_by=date(2025, 11, 2),
        days=-1,
    ),
    entry("new_partner", people=(RUTH, DEAN), polarity="denies"),
    entry("observation", "neglect", polarity="asked_no_answer"),
    entry("observation", "neurodivergence", people=(RUTH,)),  # a need is no worry by itself
    entry("challenge", "neglect", people=(ADA,)),  # what agencies say to each other
    entry("no_access", "non_engagement", people=(RUTH,)),  # one alone
    entry("observation", "neglect", people=(DEAN,)),  # nobody of the plan, and no child
    entry(claims=(claim("lives_at", "lives", NAN, household=HOME),)),  # as the plan takes it to be
    entry(claims=(claim("cares_for", "nights", NAN, ADA),)),
    entry(
        claims=(claim("lives_at", "lives", DEAN, household=HOME, happened="2019/2020"),)
    ),  # long over
    entry(claims=(claim("couple", "never_together", RUTH, DEAN),)),
    entry(claims=(claim("need", "strength", RUTH),)),
    entry("observation", links=(("corroborates", GROUND),)),
]


@pytest.mark.parametrize("known", LOOKS)
def test_this_asks_only_to_be_considered(known):
    found = how(known)

    assert (found.state, found.reasons) == (LOOK, ())
    assert found.unconsidered == (known.id,)


def test_every_kind_of_entry_is_placed():
    """A kind nobody thought of would be silently passed over."""
    for kind in Kind:
        assert how(entry(kind, people=(ADA, RUTH))).state in (LOOK, ASK)


def test_missed_visits_ask_once_there_are_as_many_as_the_partnership_says():
    first, second = entry("no_access", days=10), entry("missed_appointment", days=20)

    assert how(first).state is LOOK
    assert [one.trigger for one in how(second, first).reasons] == [Trigger.MISSED]
    assert how(first, second).reasons[0].because == (first.id, second.id)


def test_an_entry_that_was_withdrawn_or_corrected_asks_no_longer():
    said = entry("new_partner", people=(RUTH, DEAN), days=10)
    for kind in ("withdraws", "corrects"):
        found = how(said, entry("background", links=((kind, said.id),), days=20))
        assert (found.state, found.reasons, len(found.unconsidered)) == (LOOK, (), 2)
    assert how(said, entry("background", links=(("disputes", said.id),), days=20)).state is ASK


def test_an_entry_corrected_by_what_was_considered_already_asks_nothing():
    said = entry("new_partner", people=(RUTH, DEAN))
    correction = entry("background", links=(("corrects", said.id),), days=0)

    assert how(said, correction, considered=(correction.id,)).state is LOOK


def test_what_was_known_and_over_ninety_days_before_is_no_change_and_what_is_learned_later_is():
    def pregnancy(day: date, days: int):
        return how(entry("pregnancy", people=(RUTH,), over_by=day, days=days)).state

    assert pregnancy(date(2025, 11, 3), -60) is ASK
    assert pregnancy(date(2025, 11, 2), -60) is LOOK
    assert pregnancy(date(2025, 11, 2), 1) is ASK  # news, however old
    old = [entry("no_access", over_by=date(2025, 1, n), name=str(n), days=-60) for n in (1, 2, 3)]
    assert how(*old).state is LOOK
