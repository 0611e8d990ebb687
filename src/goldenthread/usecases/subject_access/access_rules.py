"""The law of a request, as the file beside this one has it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from goldenthread.domain.subject_access.rules import AccessRules, read_rules

__all__ = ["AccessRules", "access_rules"]


@cache
def access_rules() -> AccessRules:
    """The rules of this partnership. Raises AccessRulesNotUnderstood."""
    file = files("goldenthread.usecases.subject_access") / "subject_access_rules.toml"
    return read_rules(tomllib.loads(file.read_text("utf-8")))
