"""How disagreements were resolved, in numbers in which no family can be found."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.challenges.in_numbers import Counted, Resolving, resolving
from goldenthread.domain.risk.unanswered import CountingRules
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.audit import store as audit
from goldenthread.records.challenges.reading import every_course
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere

__all__ = ["InNumbers", "NotFoundHere", "challenges_in_numbers"]


@dataclass(frozen=True, slots=True)
class InNumbers:
    """Families by their challenges, in words, and the words of the bands of days."""

    bands: tuple[str, ...]
    found: Resolving


def challenges_in_numbers(actor: Actor, *, now: datetime) -> InNumbers:
    """Count families by how their challenges were settled. Raises NotFoundHere."""
    with permitted_beside_families(actor, PartnershipAction.COUNT_CHALLENGES) as permission:
        rules = counting_rules()
        told = (Counted(case, course) for case, course in every_course())
        found = resolving(told, rules, day_of(now))
        audit.append(permission.event())
    return InNumbers(tuple(words for _, words in rules.bands), found)


@cache
def counting_rules() -> CountingRules:
    """The rules in `counting_rules.toml`. Raises CountingNotUnderstood."""
    text = (files("goldenthread.usecases.challenges") / "counting_rules.toml").read_text("utf-8")
    told = tomllib.loads(text)
    bands = tuple((int(day), str(words)) for day, words in told["bands"])
    return CountingRules(bands, int(told["least_told"]), int(told["rounded_to"]))
