"""When a seal is due for review, and where each kind of seal comes from, as their file has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.domain.access.restrictions import SealKind


class SealRulesNotUnderstood(Exception):
    """`seal_rules.toml` was edited into something that cannot be used; says which part."""


@dataclass(frozen=True, slots=True)
class SealRules:
    """Days after which a seal is due for review, with its source, and the source of each kind."""

    review_after_days: int
    source: str
    kinds: Mapping[str, str]


@cache
def seal_rules() -> SealRules:
    """The rules as the file beside this one has them. Raises SealRulesNotUnderstood."""
    return rules_of((files("goldenthread.usecases.access") / "seal_rules.toml").read_text("utf-8"))


def rules_of(text: str) -> SealRules:
    """Read the rules from the text of a file. Raises SealRulesNotUnderstood."""
    told = tomllib.loads(text)
    days, kinds = told.get("review_after_days"), told.get("kind", {})
    if not isinstance(days, int) or not 1 <= days <= 366:
        raise SealRulesNotUnderstood("review_after_days must be a number from 1 to 366.")
    if set(kinds) != {kind.value for kind in SealKind}:
        raise SealRulesNotUnderstood("Every kind of seal, and no other, needs a source.")
    return SealRules(days, str(told.get("source", "")), kinds)
