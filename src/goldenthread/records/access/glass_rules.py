"""The policy of breaking the glass that ships with the product, checked whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.domain.access.glass import LONGEST, GlassRules, GlassRulesNotUnderstood
from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.access.remit import WITHOUT_FAMILIES, Remit
from goldenthread.records.access.labels import label_table


@cache
def glass_rules() -> GlassRules:
    """The shipped policy. Raises GlassRulesNotUnderstood."""
    rules = files("goldenthread.records.access") / "glass_rules.toml"
    return read_glass_rules(rules.read_text("utf-8"))


def read_glass_rules(text: str) -> GlassRules:
    """A policy from TOML. Raises GlassRulesNotUnderstood."""
    told = tomllib.loads(text)
    remits, labels = frozenset(told.get("remits", ())), frozenset(told.get("labels", ()))
    strangers = remits - {remit.value for remit in Remit} | remits & WITHOUT_FAMILIES
    if not remits or strangers:
        raise GlassRulesNotUnderstood("remits: name posts that open families' records.")
    table = label_table().labels
    shut = [key for key in labels if key not in table or table[key].uncleared != Uncleared.MASKED]
    if shut:
        raise GlassRulesNotUnderstood("labels: only a label that masks can be opened.")
    most_hours = int(LONGEST / timedelta(hours=1))
    return GlassRules(
        lasts=timedelta(hours=_number(told, "hours", most_hours)),
        alone_again_after=timedelta(days=_number(told, "again_alone_after_days", 366)),
        agreed_for=timedelta(hours=_number(told, "agreed_for_hours", 168)),
        remits=remits,
        labels=labels,
        reasons=_words(told, "reason"),
        bases=_words(told, "basis"),
        review_within_working_days=_number(told, "review_within_working_days", 20),
        escalates_after_days=_number(told, "escalates_after_days", 60),
        least_told=_number(told, "least_told", 100),
        sources=tuple(map(str, told.get("sources", ()))),
    )


def _number(told: Mapping[str, Any], name: str, most: int) -> int:
    value = told.get(name)
    if type(value) is not int or not 1 <= value <= most:
        raise GlassRulesNotUnderstood(f"{name}: give a whole number from 1 to {most}.")
    return value


def _words(told: Mapping[str, Any], name: str) -> dict[str, str]:
    found = {str(code): str(words) for code, words in told.get(name, {}).items()}
    if not found or any(not words.strip() or len(code) > 40 for code, words in found.items()):
        raise GlassRulesNotUnderstood(f"{name}: give each code of at most 40 letters its words.")
    return found
