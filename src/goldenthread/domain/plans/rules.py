"""The numbers a plan is reviewed by: each with its unit, its source and how firm that source is.

They are data that a partnership edits, never constants of code. No national number is established
for England (domain handbook, safety plans).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.shared.refusal import Refusal


class RulesNotUnderstood(Refusal):
    """The file of numbers lacks one, or says something impossible."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number with what it counts and whose word it is."""

    value: int
    unit: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class PlanRules:
    """`immediate_review`: an immediate plan is looked at at least so often. `answer_within`: so
    long may a plan need review before an answer. `missed`: so many missed visits ask for one.
    `looks_back`: what an agency knew then, and was over for longer, is no change to the plan.
    """

    immediate_review: Number
    answer_within: Number
    missed: Number
    looks_back: Number


def read_rules(told: Mapping[str, Any]) -> PlanRules:
    """The rules of a file's tables. Raises RulesNotUnderstood."""
    return PlanRules(
        immediate_review=_number(told, "immediate_review"),
        answer_within=_number(told, "answer_within"),
        missed=_number(told, "missed"),
        looks_back=_number(told, "looks_back"),
    )


def _number(told: Mapping[str, Any], name: str) -> Number:
    try:
        one = told[name]
        number = Number(int(one["value"]), str(one["unit"]), str(one["source"]), str(one["mark"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RulesNotUnderstood(
            f"“{name}” needs a value, a unit, a source and how firm that source is."
        ) from error
    if number.value < 1 or not number.source.strip():
        raise RulesNotUnderstood(f"“{name}” needs a whole number from 1 and its source.")
    return number
