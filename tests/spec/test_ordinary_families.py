"""How quiet the patterns are: questions per family and month over many ordinary families.

The families are invented by chance from what happens to most: births, check-ups, colds, falls, flu,
a missed appointment, low mood, moves, separations, a new partner. One in eight has one worry that was
looked into well. Nobody here is anybody.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.risk.life import PromptState
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.thread.unfolding import unfold
from goldenthread.usecases.risk.shipped import shipped_patterns

FAMILIES, YEARS = 60, 4
START = date(2021, 1, 4)
# How often a year, which agency, how it is known, about whom, what kind, which domain.
ORDINARY = (
    (5.0, "gp", "saw", "child mother", "health_contact", "none"),
    (1.0, "hospital", "saw", "child father", "health_contact", "none"),
    (0.6, "hospital", "saw", "child mother", "injury", "none"),
    (0.8, "gp", "record", "child", "missed_appointment", "none"),
    (0.2, "gp", "record", "child", "missed_appointment", "neglect"),
    (1.5, "school", "record", "child", "absence", "none"),
    (3.0, "school", "saw", "child mother", "contact", "none"),
    (2.0, "school", "saw", "child", "strength", "strength"),
    (0.7, "health_visiting", "saw", "child mother", "visit", "strength"),
    (0.5, "gp", "told", "mother", "health_contact", "parental_mental_health"),
    (0.2, "school", "saw", "child", "observation", "neglect"),
    (0.15, "police", "saw", "mother father", "incident", "domestic_abuse"),
    (0.15, "school", "told", "child mother", "move", "none"),
    (0.10, "school", "told", "mother father", "relationship_ended", "none"),
    (0.12, "school", "told", "child mother partner", "new_partner", "none"),
    (0.3, "school", "told", "child", "child_voice", "none"),
)
# A worry met well: days after the referral.
LOOKED_INTO = (
    (0, "school", "record", "child mother", "referral", "neglect"),
    (4, "children_social_care", "saw", "child", "child_voice", "neglect"),
    (6, "children_social_care", "saw", "child mother father", "visit", "neglect"),
    (30, "children_social_care", "saw", "child mother father", "assessment", "neglect"),
    (40, "children_social_care", "saw", "child mother", "visit", "strength"),
    (45, "children_social_care", "record", "child mother father", "closure", "strength"),
)
SOCIAL_CARE_IS_TOLD = {"referral"}


def fact(number, day, agency, how_known, people, kind, domain):
    named = tuple({"partner": "mother's partner"}.get(one, one) for one in people.split())
    told = (("children_social_care", day),) if kind in SOCIAL_CARE_IS_TOLD else ()
    return Fact(
        id=str(number), agency=agency, kind=kind, happened=on_day(day), known_from=day,
        people=named, concerns=frozenset({domain}), how_known=how_known, told=told,
    )  # fmt: skip


def family(chance):
    """The years of one family."""
    rows = []
    for often, *row in ORDINARY:
        day = START + timedelta(days=chance.expovariate(often / 365))
        while (day - START).days < YEARS * 365:
            rows.append((day, row))
            day += timedelta(days=1 + chance.expovariate(often / 365))
    if chance.random() < 1 / 8:
        begun = START + timedelta(days=chance.randint(100, 1200))
        rows += [(begun + timedelta(days=later), row) for later, *row in LOOKED_INTO]
    return [fact(number, day, *row) for number, (day, row) in enumerate(rows)]


@pytest.mark.slow
def test_ordinary_families_are_hardly_ever_asked_about():
    chance = random.Random("ordinary families")
    patterns = shipped_patterns()
    asked = {}
    for _ in range(FAMILIES):
        for day in unfold(patterns, family(chance)):
            for change in day.changes:
                if change.state is not PromptState.CLEARED:
                    key = change.prompt.raised.pattern
                    asked[key] = asked.get(key, 0) + 1

    a_family_and_month = sum(asked.values()) / (FAMILIES * YEARS * 12)
    print(f"{a_family_and_month:.4f} questions per family and month: {asked}")

    assert a_family_and_month <= 0.01, asked  # one question in eight years of a family
