"""The numbers in force for reviewing plans, read from `plan_rules.toml` beside this file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from goldenthread.domain.plans.rules import PlanRules, read_rules


@cache
def plan_rules() -> PlanRules:
    """The rules of the file. Raises RulesNotUnderstood."""
    text = (files("goldenthread.usecases.plans") / "plan_rules.toml").read_text("utf-8")
    return read_rules(tomllib.loads(text))
