"""Who may do what that concerns no family on record: a table a practitioner can read."""

from __future__ import annotations

from uuid import UUID

import pytest

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import (
    PARTNERSHIP_RULES,
    PartnershipAction,
    decide_beside_families,
)

# who asks, what they ask, outcome, by which rule
TABLE = [
    ("inactive", "read_patterns", "deny", "account-not-active"),
    ("practitioner", "read_patterns", "allow", "handbook-is-for-everybody"),
    ("administrator", "read_patterns", "allow", "handbook-is-for-everybody"),
    ("partnership_manager", "read_patterns", "allow", "handbook-is-for-everybody"),
    ("practitioner", "set_pattern", "deny", "patterns-are-set-for-the-partnership"),
    ("conference_chair", "set_pattern", "deny", "patterns-are-set-for-the-partnership"),
    ("administrator", "set_pattern", "deny", "administrator-opens-no-case"),
    ("partnership_manager", "set_pattern", "allow", "partnership-manager-sets-patterns"),
    ("inactive", "set_pattern", "deny", "account-not-active"),
    ("practitioner", "replay_file", "allow", "own-file-of-a-past-case"),
    ("conference_chair", "replay_file", "allow", "own-file-of-a-past-case"),
    ("partnership_manager", "replay_file", "allow", "own-file-of-a-past-case"),
    ("administrator", "replay_file", "deny", "administrator-opens-no-case"),
    ("practitioner", "count_unanswered", "deny", "counts-are-for-the-partnership"),
    ("conference_chair", "count_unanswered", "deny", "counts-are-for-the-partnership"),
    ("partnership_manager", "count_unanswered", "allow", "partnership-manager-counts"),
    ("administrator", "count_unanswered", "deny", "administrator-opens-no-case"),
    ("inactive", "read_stages", "deny", "account-not-active"),
    ("practitioner", "read_stages", "allow", "stages-are-for-everybody"),
    ("administrator", "read_stages", "allow", "stages-are-for-everybody"),
    ("partnership_manager", "read_stages", "allow", "stages-are-for-everybody"),
    ("practitioner", "set_stages", "deny", "stages-are-set-for-the-partnership"),
    ("conference_chair", "set_stages", "deny", "stages-are-set-for-the-partnership"),
    ("administrator", "set_stages", "deny", "administrator-opens-no-case"),
    ("partnership_manager", "set_stages", "allow", "partnership-manager-sets-stages"),
    ("inactive", "set_stages", "deny", "account-not-active"),
    ("practitioner", "count_challenges", "deny", "counts-are-for-the-partnership"),
    ("administrator", "count_challenges", "deny", "administrator-opens-no-case"),
    ("partnership_manager", "count_challenges", "allow", "partnership-manager-counts"),
    ("practitioner", "look_after", "deny", "restrictions-are-for-a-lead"),
    ("conference_chair", "look_after", "deny", "restrictions-are-for-a-lead"),
    ("partnership_manager", "look_after", "deny", "restrictions-are-for-a-lead"),
    ("administrator", "look_after", "deny", "administrator-opens-no-case"),
    ("inactive", "look_after", "deny", "account-not-active"),
    ("agency_lead", "look_after", "allow", "lead-looks-after-restrictions"),
    ("practitioner", "ask_of_access", "deny", "restrictions-are-for-a-lead"),
    ("conference_chair", "ask_of_access", "deny", "restrictions-are-for-a-lead"),
    ("partnership_manager", "ask_of_access", "deny", "restrictions-are-for-a-lead"),
    ("administrator", "ask_of_access", "deny", "administrator-opens-no-case"),
    ("inactive", "ask_of_access", "deny", "account-not-active"),
    ("agency_lead", "ask_of_access", "allow", "lead-looks-after-restrictions"),
    ("information_governance", "look_after", "deny", "restrictions-are-for-a-lead"),
    ("information_governance", "ask_of_access", "allow", "governance-asks-of-a-lone-lead"),
    ("emergency_duty", "break_glass", "allow", "glass-may-be-asked-for"),
    ("practitioner", "break_glass", "allow", "glass-may-be-asked-for"),
    ("inactive", "break_glass", "deny", "account-not-active"),
    ("administrator", "break_glass", "deny", "administrator-opens-no-case"),
    ("partnership_manager", "break_glass", "deny", "glass-is-not-for-this-post"),
    ("information_governance", "break_glass", "deny", "glass-is-not-for-this-post"),
    ("agency_lead", "review_glass", "allow", "lead-reviews-glass"),
    ("information_governance", "review_glass", "allow", "governance-reviews-glass"),
    ("emergency_duty", "review_glass", "deny", "glass-is-reviewed-by-others"),
    ("practitioner", "review_glass", "deny", "glass-is-reviewed-by-others"),
    ("information_governance", "count_glass", "allow", "governance-reviews-glass"),
    ("agency_lead", "count_glass", "deny", "glass-is-reviewed-by-others"),
    ("partnership_manager", "count_glass", "deny", "glass-is-reviewed-by-others"),
]


@pytest.mark.parametrize(("who", "asks", "outcome", "rule"), TABLE)
def test_the_policy_decides(who, asks, outcome, rule):
    actor = Actor(
        UUID(int=9), UUID(int=8), UUID(int=1),
        remit="practitioner" if who == "inactive" else who,
        is_active=who != "inactive",
    )  # fmt: skip

    decision = decide_beside_families(actor, PartnershipAction(asks))

    assert (decision.outcome, decision.rule) == (outcome, rule)
    assert decision.reason.endswith(".")


def test_the_table_reaches_every_rule():
    assert {rule.id for rule in PARTNERSHIP_RULES} == {row[3] for row in TABLE}
