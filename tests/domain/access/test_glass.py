"""Breaking the glass: who may, what has to be said, who agrees, who reviews, what is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from goldenthread.domain.access.glass import (
    LEAST_WORDS,
    MOST_WORDS,
    Asked,
    Breaker,
    GlassRules,
    Other,
    is_escalated,
    may_break,
    needs_second_person,
    problems_of,
    reports_to,
    stands_over,
    told_count,
)
from goldenthread.domain.access.remit import Remit

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
HERE, THERE = UUID(int=1), UUID(int=2)
ME, YOU = UUID(int=7), UUID(int=8)
RULES = GlassRules(
    lasts=timedelta(hours=3), alone_again_after=timedelta(days=28), agreed_for=timedelta(hours=24),
    remits=frozenset({"emergency_duty"}), labels=frozenset({"csa"}),
    reasons={"child_in_danger": "A child may be in danger now"},
    bases={"vital_interests": "Vital interests"},
    review_within_working_days=3, escalates_after_days=7, least_told=5,
)  # fmt: skip
GOOD = {
    "reference": "GT-0001", "reason": "child_in_danger", "basis": "vital_interests",
    "words": "x" * LEAST_WORDS,
}  # fmt: skip


@pytest.mark.parametrize("remit", Remit)
def test_only_the_posts_of_the_policy_break_it(remit: Remit):
    assert may_break(remit, RULES) == (remit == "emergency_duty")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, set()),
        ({"reference": "  "}, {"reference"}),
        ({"reason": ""}, {"reason"}),
        ({"reason": "curiosity"}, {"reason"}),
        ({"basis": ""}, {"basis"}),
        ({"basis": "because"}, {"basis"}),
        ({"words": "x" * (LEAST_WORDS - 1)}, {"words"}),
        ({"words": " " * 40}, {"words"}),
        ({"words": f"{'x' * (LEAST_WORDS - 1)}      "}, {"words"}),
        ({"words": "x" * MOST_WORDS}, set()),
        ({"words": "x" * (MOST_WORDS + 1)}, {"words"}),
        (dict.fromkeys(GOOD, ""), set(GOOD)),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(typed: dict[str, str], wrong: set[str]):
    assert set(problems_of(Asked(**{**GOOD, **typed}), RULES)) == wrong


@pytest.mark.parametrize(
    ("days_ago", "needs"), [([], False), ([1], True), ([27], True), ([28], False), ([400, 3], True)]
)
def test_a_second_time_within_the_days_needs_somebody(days_ago: list[int], needs: bool):
    earlier = [NOW - timedelta(days=days) for days in days_ago]
    assert needs_second_person(earlier, now=NOW, rules=RULES) is needs


# who, their agency and post; the breaker's agency and posts; whether the first stands over them
OVER = [
    (YOU, HERE, "agency_lead", {"emergency_duty"}, True),
    (YOU, HERE, "agency_lead", {"agency_lead"}, True),
    (ME, HERE, "agency_lead", {"agency_lead"}, False),
    (ME, HERE, "information_governance", {"emergency_duty"}, False),
    (YOU, THERE, "agency_lead", {"emergency_duty"}, False),
    (YOU, HERE, "practitioner", {"emergency_duty"}, False),
    (YOU, HERE, "conference_chair", {"emergency_duty"}, False),
    (YOU, HERE, "administrator", {"emergency_duty"}, False),
    (YOU, HERE, "information_governance", {"emergency_duty"}, True),
    (YOU, THERE, "information_governance", {"agency_lead"}, True),
    # Whoever reports to a lead does not review what the lead did, then or now.
    (YOU, HERE, "information_governance", {"agency_lead"}, False),
    (YOU, HERE, "information_governance", {"practitioner", "agency_lead"}, False),
]


@pytest.mark.parametrize(("who", "agency", "remit", "remits", "over"), OVER)
def test_nobody_agrees_to_or_reviews_their_own_nor_their_leads(who, agency, remit, remits, over):
    assert stands_over(Other(who, agency, remit), Breaker(ME, HERE, remits)) is over


@pytest.mark.parametrize("remit", Remit)
def test_everybody_but_a_lead_reports_to_a_lead_of_their_agency(remit: Remit):
    assert reports_to(HERE, remit, HERE, "agency_lead") == (remit != "agency_lead")
    assert not reports_to(HERE, remit, THERE, "agency_lead")
    assert not reports_to(HERE, remit, HERE, "practitioner")


@pytest.mark.parametrize(("days", "escalated"), [(0, False), (6.99, False), (7, True), (30, True)])
def test_what_nobody_reviewed_is_taken_on_after_the_days(days: float, escalated: bool):
    at = NOW - timedelta(days=days)
    assert is_escalated(at, now=NOW, rules=RULES) is escalated


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "fewer than 5"), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (1234, "1,234")],
)
def test_a_small_count_is_not_told(number: int, told: str):
    assert told_count(number, 5) == told
