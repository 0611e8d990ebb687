"""Who may do what: the table a practitioner can read. It is also a chapter of the handbook."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from goldenthread.domain.access.decision import (
    RULES,
    Action,
    Actor,
    EntryHolders,
    FamilyTies,
    by_glass,
    decide,
)
from goldenthread.domain.access.glass import OpenGlass
from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.access.restrictions import EntryRestriction, Restrictions
from goldenthread.domain.access.team import Candidate

MINE, THEIRS = UUID(int=1), UUID(int=2)

SOMEBODY, ME = UUID(int=7), UUID(int=8)

# who asks, how they stand to the family, what they ask, whose entry or about whom, outcome, rule
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
    # What restricts comes before any relationship, in this order.
    ("practitioner", "chair in conflict", "view_family", None, "deny", "conflict-of-interest"),
    ("practitioner", "chair in conflict", "view_entry", "sealed for me", "deny",
     "conflict-of-interest"),
    ("inactive", "chair in conflict", "view_family", None, "deny", "account-not-active"),
    ("administrator", "stranger in conflict", "view_family", None, "deny", "conflict-of-interest"),
    ("practitioner", "named but in conflict", "view_family", None, "deny", "conflict-of-interest"),
    ("practitioner", "in conflict, sealed out", "view_family", None, "deny",
     "conflict-of-interest"),
    ("practitioner", "allocated, sealed out", "view_family", None, "deny", "family-sealed"),
    ("practitioner", "sealed out and withheld", "view_family", None, "deny", "family-sealed"),
    ("practitioner", "named on the seal", "view_family", None, "allow", "named-member"),
    ("practitioner", "stranger named on the seal", "view_family", None, "deny",
     "no-relationship-to-family"),
    ("practitioner", "chair, withheld", "view_family", None, "deny", "family-withheld"),
    ("practitioner", "chair", "view_entry", "sealed", "deny", "entry-sealed"),
    ("practitioner", "chair", "view_entry", "sealed for me", "allow", "chair-sees-pooled-record"),
    ("practitioner", "stranger", "view_entry", "sealed", "deny", "entry-sealed"),
    ("practitioner", "chair", "view_entry", "sealed and withheld", "deny", "entry-sealed"),
    ("practitioner", "allocated", "view_entry", "withheld from me", "deny", "entry-withheld"),
    ("practitioner", "chair", "view_entry", "withheld from us", "deny", "entry-withheld"),
    # A label is asked about once there is a relationship; one that hides outranks one that masks.
    ("practitioner", "allocated", "view_entry", "hiding", "deny", "label-hides"),
    ("practitioner", "chair", "view_entry", "hiding", "deny", "label-hides"),
    ("practitioner", "allocated", "view_entry", "hiding, theirs", "deny", "label-hides"),
    ("practitioner", "cleared", "view_entry", "hiding", "allow", "own-agency-entry"),
    ("practitioner", "allocated", "view_entry", "hiding, by me", "allow", "own-agency-entry"),
    ("practitioner", "allocated", "view_entry", "masking", "mask", "label-masks"),
    ("practitioner", "chair", "view_entry", "masking", "mask", "label-masks"),
    ("practitioner", "allocated", "view_entry", "masking, theirs", "mask",
     "held-by-another-agency"),
    ("practitioner", "cleared", "view_entry", "masking", "allow", "own-agency-entry"),
    ("practitioner", "cleared", "view_entry", "masking and hiding", "deny", "label-hides"),
    ("practitioner", "allocated", "view_entry", "its source kept", "allow", "own-agency-entry"),
    # Who restricts.
    ("practitioner", "named_member", "label_entry", None, "allow", "named-member"),
    ("practitioner", "colleague", "label_entry", None, "deny", "restricting-needs-own-part"),
    ("agency_lead", "colleague", "label_entry", None, "allow", "same-agency"),
    ("practitioner", "named_member", "label_entry", "told", "deny", "label-is-for-its-agency"),
    ("practitioner", "named_member", "label_entry", "mine", "allow", "own-agency-entry"),
    ("practitioner", "allocated", "label_entry", "told", "allow", "agency-was-told"),
    ("practitioner", "chair", "label_entry", "theirs", "allow", "chair-sees-pooled-record"),
    ("practitioner", "colleague", "withhold_entry", None, "deny", "restricting-needs-own-part"),
    ("practitioner", "named_member", "seal_record", None, "deny", "restricting-needs-own-part"),
    ("practitioner", "allocated", "seal_record", None, "allow", "allocated-worker"),
    ("practitioner", "chair", "seal_record", None, "allow", "conference-chair"),
    ("agency_lead", "colleague", "seal_record", None, "allow", "same-agency"),
    ("agency_lead", "stranger", "seal_record", None, "deny", "no-relationship-to-family"),
    # Who answers a request for what is kept about somebody, and who checks it.
    ("practitioner", "allocated", "prepare_pack", None, "allow", "allocated-worker"),
    ("practitioner", "named_member", "prepare_pack", None, "deny", "pack-needs-own-part"),
    ("practitioner", "chair", "prepare_pack", None, "deny", "pack-needs-own-part"),
    ("practitioner", "colleague", "prepare_pack", None, "deny", "pack-needs-own-part"),
    ("agency_lead", "colleague", "prepare_pack", None, "allow", "same-agency"),
    ("agency_lead", "stranger", "prepare_pack", None, "deny", "no-relationship-to-family"),
    ("practitioner", "named_member", "check_pack", None, "allow", "named-member"),
    ("practitioner", "chair", "check_pack", None, "allow", "conference-chair"),
    ("practitioner", "colleague", "check_pack", None, "deny", "pack-needs-own-part"),
    ("agency_lead", "colleague", "check_pack", None, "allow", "same-agency"),
    ("practitioner", "allocated", "release_pack", None, "allow", "allocated-worker"),
    ("practitioner", "chair", "release_pack", None, "deny", "pack-needs-own-part"),
    ("administrator", "allocated", "release_pack", None, "deny", "administrator-holds-no-content"),
    # A part for a term, and whoever supervises: as a named member, and never as the chair.
    ("practitioner", "core_group", "view_family", None, "allow", "core-group-member"),
    ("practitioner", "core_group", "view_entry", "mine", "allow", "own-agency-entry"),
    ("practitioner", "core_group", "view_entry", "told", "allow", "agency-was-told"),
    ("practitioner", "core_group", "view_entry", "theirs", "mask", "held-by-another-agency"),
    ("practitioner", "core_group", "view_entry", "masking", "mask", "label-masks"),
    ("practitioner", "core_group", "seal_record", None, "deny", "restricting-needs-own-part"),
    ("practitioner", "strategy_meeting", "view_family", None, "allow", "strategy-meeting-member"),
    ("practitioner", "strategy_meeting", "view_entry", "theirs", "mask",
     "held-by-another-agency"),
    ("practitioner", "review_panel", "view_family", None, "allow", "review-panel-member"),
    ("practitioner", "review_panel", "view_entry", "theirs", "mask", "held-by-another-agency"),
    ("practitioner", "supervisor", "view_family", None, "allow", "supervisor"),
    ("practitioner", "supervisor", "view_entry", "theirs", "mask", "held-by-another-agency"),
    # Who says who is on the team, and about whom.
    ("practitioner", "allocated", "join_team", "somebody of another agency", "allow",
     "allocated-worker"),
    ("practitioner", "chair", "join_team", "somebody of another agency", "allow",
     "conference-chair"),
    ("practitioner", "allocated", "join_team", "myself", "deny", "nobody-joins-by-themselves"),
    ("agency_lead", "colleague", "join_team", "myself", "deny", "nobody-joins-by-themselves"),
    ("agency_lead", "colleague", "join_team", "somebody of my agency", "allow", "same-agency"),
    ("agency_lead", "colleague", "join_team", "somebody of another agency", "deny",
     "lead-for-own-agency"),
    ("agency_lead", "stranger", "join_team", "somebody of my agency", "deny",
     "no-relationship-to-family"),
    *(
        ("practitioner", part, action, "somebody of my agency", "deny", "team-needs-own-part")
        for part in ("named_member", "colleague", "core_group", "strategy_meeting",
                     "review_panel", "supervisor")
        for action in ("join_team", "end_membership")
    ),
    ("practitioner", "allocated", "end_membership", "myself", "allow", "allocated-worker"),
    ("agency_lead", "colleague", "end_membership", "somebody of my agency", "allow",
     "same-agency"),
    ("agency_lead", "colleague", "end_membership", "somebody of another agency", "deny",
     "lead-for-own-agency"),
    ("administrator", "allocated", "join_team", "somebody of my agency", "deny",
     "administrator-holds-no-content"),
    ("emergency_duty", "broke the glass", "join_team", "somebody of my agency", "deny",
     "glass-is-read-only"),
    # A broken glass: in place of a relationship and of some clearances, after all that bars, to read.
    ("information_governance", "allocated", "view_family", None, "deny",
     "governance-holds-no-content"),
    ("information_governance", "broke the glass", "view_family", None, "deny",
     "governance-holds-no-content"),
    ("inactive", "broke the glass", "view_family", None, "deny", "account-not-active"),
    ("emergency_duty", "broke the glass", "view_family", None, "allow", "glass-broken"),
    ("emergency_duty", "broke the glass", "view_entry", "theirs", "allow", "glass-broken"),
    ("emergency_duty", "broke the glass", "view_entry", "mine", "allow", "glass-broken"),
    ("emergency_duty", "broke the glass", "view_entry", "masking", "allow", "glass-broken"),
    ("emergency_duty", "broke the glass", "view_entry", "masking, theirs", "allow", "glass-broken"),
    ("emergency_duty", "broke the glass", "view_entry", "masking for all", "mask", "label-masks"),
    ("emergency_duty", "broke the glass", "view_entry", "hiding", "deny", "label-hides"),
    ("emergency_duty", "broke the glass", "view_entry", "masking and hiding", "deny",
     "label-hides"),
    ("emergency_duty", "broke the glass", "view_entry", "sealed", "deny", "entry-sealed"),
    ("emergency_duty", "broke the glass", "view_entry", "withheld from me", "deny",
     "entry-withheld"),
    ("emergency_duty", "broke the glass", "add_entry", None, "deny", "glass-is-read-only"),
    ("emergency_duty", "broke the glass", "export_chronology", None, "deny", "glass-is-read-only"),
    ("emergency_duty", "broke the glass", "add_entry", "sealed", "deny", "entry-sealed"),
    ("practitioner", "allocated, broke the glass", "view_family", None, "allow", "glass-broken"),
    ("practitioner", "allocated, broke the glass", "add_entry", None, "deny",
     "glass-is-read-only"),
    ("emergency_duty", "in conflict, broke the glass", "view_family", None, "deny",
     "conflict-of-interest"),
    ("emergency_duty", "sealed out, broke the glass", "view_family", None, "deny",
     "family-sealed"),
    ("emergency_duty", "withheld, broke the glass", "view_family", None, "deny",
     "family-withheld"),
]  # fmt: skip
CANDIDATES = {
    "myself": Candidate(ME, MINE, "named_member"),
    "somebody of my agency": Candidate(SOMEBODY, MINE, "named_member"),
    "somebody of another agency": Candidate(SOMEBODY, THEIRS, "named_member"),
}
HIDES, MASKS = {"adoption": Uncleared.HIDDEN}, {"csa": Uncleared.MASKED}
ENTRIES = {
    None: None,
    "mine": EntryHolders(MINE),
    "told": EntryHolders(THEIRS, frozenset({MINE})),
    "theirs": EntryHolders(THEIRS),
    "sealed": EntryHolders(MINE, restriction=EntryRestriction(named=frozenset({SOMEBODY}))),
    "sealed for me": EntryHolders(
        MINE, restriction=EntryRestriction(named=frozenset({ME, SOMEBODY}))
    ),
    "sealed and withheld": EntryHolders(
        MINE,
        restriction=EntryRestriction(
            named=frozenset({SOMEBODY}), withheld_agencies=frozenset({MINE})
        ),
    ),
    "withheld from me": EntryHolders(
        MINE, restriction=EntryRestriction(withheld_people=frozenset({ME}))
    ),
    "withheld from us": EntryHolders(
        THEIRS,
        frozenset({MINE}),
        EntryRestriction(withheld_agencies=frozenset({MINE})),
    ),
    "hiding": EntryHolders(MINE, restriction=EntryRestriction(labels=HIDES)),
    "hiding, theirs": EntryHolders(THEIRS, restriction=EntryRestriction(labels=HIDES)),
    "hiding, by me": EntryHolders(MINE, restriction=EntryRestriction(author=ME, labels=HIDES)),
    "masking": EntryHolders(MINE, restriction=EntryRestriction(labels=MASKS)),
    "masking, theirs": EntryHolders(THEIRS, restriction=EntryRestriction(labels=MASKS)),
    "masking and hiding": EntryHolders(
        MINE, restriction=EntryRestriction(labels={**MASKS, "police_live": Uncleared.HIDDEN})
    ),
    "masking for all": EntryHolders(
        THEIRS, restriction=EntryRestriction(labels={"legal_privilege": Uncleared.MASKED})
    ),
    "its source kept": EntryHolders(
        MINE, restriction=EntryRestriction(labels={"source_protected": Uncleared.SOURCE})
    ),
}
RESTRICTED = {
    "chair in conflict": ("chair", Restrictions(in_conflict=True)),
    "named but in conflict": (
        "named_member",
        Restrictions(in_conflict=True, is_sealed=True, is_named=True),
    ),
    "in conflict, sealed out": (
        "allocated",
        Restrictions(in_conflict=True, is_sealed=True, is_withheld=True),
    ),
    "allocated, sealed out": ("allocated", Restrictions(is_sealed=True)),
    "sealed out and withheld": ("allocated", Restrictions(is_sealed=True, is_withheld=True)),
    "named on the seal": ("named_member", Restrictions(is_sealed=True, is_named=True)),
    "chair, withheld": ("chair", Restrictions(is_withheld=True)),
    "cleared": ("named_member", Restrictions(cleared=frozenset({"csa", "adoption"}))),
}
GLASS = OpenGlass(
    UUID(int=5),
    datetime(2026, 6, 10, 9, 30, tzinfo=UTC),
    datetime(2026, 6, 10, 12, 30, tzinfo=UTC),
    frozenset({"csa"}),
)
BROKEN = {
    "broke the glass": FamilyTies(),
    "allocated, broke the glass": FamilyTies("allocated", True),
    "in conflict, broke the glass": FamilyTies(
        restrictions=Restrictions(in_conflict=True, is_sealed=True)
    ),
    "sealed out, broke the glass": FamilyTies(restrictions=Restrictions(is_sealed=True)),
    "withheld, broke the glass": FamilyTies(restrictions=Restrictions(is_withheld=True)),
}


def ties_of(standing: str) -> FamilyTies:
    if standing in BROKEN:
        return by_glass(BROKEN[standing], GLASS)
    if standing in RESTRICTED:
        role, restrictions = RESTRICTED[standing]
        return FamilyTies(role, True, restrictions)
    if standing == "stranger in conflict":
        return FamilyTies(restrictions=Restrictions(in_conflict=True))
    if standing == "stranger named on the seal":
        return FamilyTies(restrictions=Restrictions(is_sealed=True, is_named=True))
    if standing == "stranger":
        return FamilyTies()
    return FamilyTies(None if standing == "colleague" else standing, agency_on_team=True)


@pytest.mark.parametrize(("who", "standing", "asks", "entry", "outcome", "rule"), TABLE)
def test_the_policy_decides(who, standing, asks, entry, outcome, rule):
    actor = Actor(
        UUID(int=9), ME, MINE,
        remit="practitioner" if who == "inactive" else who,
        is_active=who != "inactive",
    )  # fmt: skip

    about = CANDIDATES.get(entry)
    of = None if about else ENTRIES[entry]
    decision = decide(actor, Action(asks), ties_of(standing), of, candidate=about)

    assert (decision.outcome, decision.rule) == (outcome, rule)
    assert decision.reason.endswith(".")


def test_the_table_reaches_every_rule():
    assert {rule.id for rule in RULES} == {row[5] for row in TABLE}


@pytest.mark.parametrize("action", list(Action))
def test_a_stranger_is_refused_whatever_they_ask(action):
    actor = Actor(UUID(int=9), UUID(int=8), MINE)

    assert decide(actor, action, FamilyTies(), ENTRIES["told"]).outcome == "deny"
