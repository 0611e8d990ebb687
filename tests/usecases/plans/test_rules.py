"""The numbers a plan is reviewed by are data: each has a unit, a source, and how firm that is."""

from __future__ import annotations

from dataclasses import fields

from goldenthread.usecases.plans.rules import plan_rules


def test_every_shipped_number_says_where_it_comes_from():
    rules = plan_rules()

    for field in fields(rules):
        number = getattr(rules, field.name)
        assert number.value >= 1
        assert number.unit and number.source
        assert number.mark in {"V", "O", "L"}
    assert "not an English rule" in rules.immediate_review.source
