"""Who may do what: the table a practitioner can read. It is also a chapter of the handbook."""

from __future__ import annotations

from uuid import UUID

import pytest

from goldenthread.domain.access.decision import (
    RULES,
    Action,
    Actor,
    EntryHolders,
    FamilyTies,
    decide,
)

MINE, THEIRS = UUID(int=1), UUID(int=2)

# who asks, how they stand to the family, what they ask, whose entry, outcome, by which rule
TABLE = [
    ("inactive", "allocated", "view_family", None, "deny", "account-not-active"),
    ("administrator", "allocated", "view_family", None, "deny", "administrator-holds-no-content"),
    ("partnership_manager", "allocated", "view_family", None, "deny",
     "partnership-manager-holds-no-content"),
    ("partnership_manager", "chair", "view_entry", "mine", "deny",
     "partnership-manager-holds-no-content"),
    ("practitioner", "stranger", "view_family", None, "deny", "no-relationship-to-family"),
    ("practitioner", "stranger", "view_entry", "mine", "deny", "no-relationship-to-family"),
    ("practitioner", "allocated", "view_family", None, "allow", "allocated-worker"),
    ("practitioner", "named_member", "view_family", None, "allow", "named-member"),
    ("practitioner", "chair", "view_family", None, "allow", "conference-chair"),
    ("practitioner", "colleague", "view_family", None, "allow", "same-agency"),
    ("practitioner", "colleague", "add_entry", None, "allow", "same-agency"),
    ("practitioner", "colleague", "publish_chronology", None, "deny",
     "publishing-needs-own-membership"),
    ("practitioner", "named_member", "publish_chronology", None, "allow", "named-member"),
    ("practitioner", "colleague", "write_summary", None, "deny", "summary-needs-own-membership"),
    ("practitioner", "named_member", "write_summary", None, "allow", "named-member"),
    ("practitioner", "colleague", "write_plan", None, "deny", "plan-needs-own-membership"),
    ("practitioner", "named_member", "write_plan", None, "allow", "named-member"),
    ("practitioner", "colleague", "sign_decision", None, "deny", "decision-needs-own-membership"),
    ("practitioner", "chair", "sign_decision", None, "allow", "conference-chair"),
    ("practitioner", "colleague", "read_decision_back", None, "allow", "same-agency"),
    ("practitioner", "colleague", "challenge_decision", None, "allow", "same-agency"),
    ("practitioner", "named_member", "challenge_decision", None, "allow", "named-member"),
    ("practitioner", "stranger", "challenge_decision", None, "deny", "no-relationship-to-family"),
    ("administrator", "allocated", "challenge_decision", None, "deny",
     "administrator-holds-no-content"),
    ("practitioner", "colleague", "answer_gap", None, "allow", "same-agency"),
    ("practitioner", "colleague", "answer_question", None, "allow", "same-agency"),
    ("practitioner", "chair", "answer_question", None, "allow", "conference-chair"),
    ("practitioner", "stranger", "answer_question", None, "deny", "no-relationship-to-family"),
    ("practitioner", "named_member", "follow_link", None, "allow", "named-member"),
    ("practitioner", "colleague", "follow_link", None, "deny",
     "another-family-needs-own-membership"),
    ("practitioner", "stranger", "follow_link", None, "deny", "no-relationship-to-family"),
    ("practitioner", "allocated", "link_people", None, "allow", "allocated-worker"),
    ("practitioner", "colleague", "link_people", None, "deny",
     "another-family-needs-own-membership"),
    ("practitioner", "named_member", "view_entry", "mine", "allow", "own-agency-entry"),
    ("practitioner", "named_member", "view_entry", "told", "allow", "agency-was-told"),
    ("practitioner", "named_member", "view_entry", "theirs", "mask", "held-by-another-agency"),
    ("practitioner", "allocated", "view_entry", "theirs", "mask", "held-by-another-agency"),
    ("practitioner", "colleague", "view_entry", "theirs", "mask", "held-by-another-agency"),
    ("practitioner", "chair", "view_entry", "theirs", "allow", "chair-sees-pooled-record"),
    ("administrator", "chair", "view_entry", "theirs", "deny", "administrator-holds-no-content"),
]  # fmt: skip
ENTRIES = {
    None: None,
    "mine": EntryHolders(MINE),
    "told": EntryHolders(THEIRS, frozenset({MINE})),
    "theirs": EntryHolders(THEIRS),
}


def ties_of(standing: str) -> FamilyTies:
    if standing == "stranger":
        return FamilyTies()
    return FamilyTies(None if standing == "colleague" else standing, agency_on_team=True)


@pytest.mark.parametrize(("who", "standing", "asks", "entry", "outcome", "rule"), TABLE)
def test_the_policy_decides(who, standing, asks, entry, outcome, rule):
    actor = Actor(
        UUID(int=9), UUID(int=8), MINE,
        remit="practitioner" if who == "inactive" else who,
        is_active=who != "inactive",
    )  # fmt: skip

    decision = decide(actor, Action(asks), ties_of(standing), ENTRIES[entry])

    assert (decision.outcome, decision.rule) == (outcome, rule)
    assert decision.reason.endswith(".")


def test_the_table_reaches_every_rule():
    assert {rule.id for rule in RULES} == {row[5] for row in TABLE}


@pytest.mark.parametrize("action", list(Action))
def test_a_stranger_is_refused_whatever_they_ask(action):
    actor = Actor(UUID(int=9), UUID(int=8), MINE)

    assert decide(actor, action, FamilyTies(), ENTRIES["told"]).outcome == "deny"
