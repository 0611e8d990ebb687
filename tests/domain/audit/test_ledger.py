"""What is held back from a family's copy, and that what is held back is held back whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from goldenthread.domain.audit.ledger import (
    LookFacts,
    TellingFacts,
    held_back,
    looks_to_tell,
)
from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, Kind
from goldenthread.usecases.audit.family_ledger import ledger_rules

RULES = ledger_rules()
PLAIN = TellingFacts(
    UUID(int=1), "visit", ("neglect",), "health_visiting", "children_social_care", "She agreed."
)


def test_a_plain_telling_that_the_family_was_told_of_may_be_on_the_copy():
    assert held_back(PLAIN, RULES) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"family_told": " "},
        {"informant": "a neighbour"},
        {"is_restricted": True},
        {"from_kind": "police"},
        {"to_kind": "domestic_abuse_service"},
        {"to_kind": "adult_mental_health"},
        {"kind": "disclosure"},
        {"kind": "strategy_meeting"},
        {"concerns": ("neglect", "domestic_abuse")},
        {"concerns": ("sexual",)},
    ],
)
def test_what_could_put_somebody_at_risk_is_held_back(change: dict):
    (reason,) = held_back(replace(PLAIN, **change), RULES)
    assert reason.endswith((".", "which."))


def test_every_reason_is_given_once():
    one = replace(PLAIN, from_kind="police", to_kind="police", informant="x", family_told="")

    assert len(held_back(one, RULES)) == 3


def test_the_shipped_rules_name_only_what_there_is():
    assert set(RULES.agencies) <= {value for value, _ in AgencyKind.choices()}
    assert set(RULES.kinds) <= {value for value, _ in Kind.choices()}
    assert set(RULES.concerns) <= {value for value, _ in Concern.choices()}


def test_looks_of_a_protected_agency_are_not_told():
    on = (date(2026, 3, 1),)
    looks = [LookFacts(UUID(int=1), "school", on), LookFacts(UUID(int=2), "probation", on)]

    assert [one.kind for one in looks_to_tell(looks, RULES)] == ["school"]
