"""The entries that a simulated history is drawn from: each a fact, so that its columns are true.

Households of one to three children, with and without a partner, and for each a pool of calm and a
pool of worrying entries. What is frequent and what is rare are this product's working assumptions
for load, not findings about children.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.interop.simulator import words

ANY_DAY = on_day(date(2020, 1, 1))
AGENCIES = tuple(words.AGENCY_NAMES)
CALM_KINDS = (
    "visit", "visit", "contact", "contact", "contact", "health_contact", "health_contact",
    "health_contact", "observation", "observation", "strength", "strength", "child_voice",
    "home_assessment", "routine_enquiry", "safe_sleep", "coping_with_crying", "other", "absence",
    "missed_appointment", "supervision", "core_group", "information_request",
)  # fmt: skip
WORRY_KINDS = (
    "incident", "incident", "observation", "observation", "contact", "referral", "no_access",
    "missed_appointment", "missed_appointment", "assessment", "household_change", "new_partner",
    "carer_change", "disclosure", "injury", "child_voice", "arrest", "conference", "core_group",
    "plan_change", "strategy_meeting", "closure", "decision", "move", "allocation_change",
    "relationship_ended", "health_contact", "admission", "visit", "visit",
)  # fmt: skip
# Who mostly makes an entry of a kind; of any other kind, anybody.
MAKERS = {
    "conference": ("children_social_care",),
    "core_group": ("children_social_care",),
    "plan_change": ("children_social_care",),
    "strategy_meeting": ("children_social_care",),
    "closure": ("children_social_care", "early_help"),
    "allocation_change": ("children_social_care",),
    "supervision": ("children_social_care", "health_visiting"),
    "assessment": ("children_social_care", "early_help", "adult_mental_health"),
    "decision": ("children_social_care",),
    "visit": ("children_social_care", "health_visiting", "early_help"),
    "incident": ("police", "school", "housing"),
    "arrest": ("police",),
    "admission": ("hospital",),
    "injury": ("hospital", "school", "gp"),
    "safe_sleep": ("health_visiting", "midwifery"),
    "birth": ("midwifery",),
}
WORRIES = (
    "neglect", "domestic_abuse", "parental_mental_health", "substance_misuse", "emotional",
    "non_engagement", "unsafe_adult", "physical",
)  # fmt: skip
ADULTS = ("mother", "mother", "father", "grandmother")
ENTRIES_A_POOL = 400


@dataclass(frozen=True, slots=True)
class Household:
    """Who is in a family, by role."""

    children: int
    partner: bool

    @property
    def people(self) -> tuple[str, ...]:
        """The roles of everybody an entry may be about."""
        siblings = (f"sibling {n}" for n in range(1, self.children))
        partner = ("mother's partner",) if self.partner else ()
        return ("child", *siblings, "mother", "father", "grandmother", *partner)


HOUSEHOLDS = tuple(
    Household(children, partner) for children in (1, 2, 3) for partner in (False, True)
)


def entries(household: Household, *, calm: bool, seed: int) -> Iterator[Fact]:
    """A pool of entries for a household, the same for a seed; days and ids stand for nothing."""
    chance = random.Random(f"entries {seed} {household} {calm}")
    for _ in range(ENTRIES_A_POOL):
        yield _entry(chance, household, calm=calm)


def birth() -> Fact:
    """The birth of the child, which every history begins with."""
    return _fact("birth", "midwifery", ("child", "mother"), frozenset(), "saw", "Born at term.")


def _entry(chance: random.Random, household: Household, *, calm: bool) -> Fact:
    kind = chance.choice(CALM_KINDS if calm else WORRY_KINDS)
    children = [one for one in household.people if one.startswith(("child", "sibling"))]
    adults = [*ADULTS, *(["mother's partner"] * 2 if household.partner else [])]
    if kind in ("new_partner", "household_change") and household.partner:
        adults = ["mother's partner"]
    whom = [chance.choice(children)] if chance.random() < 0.8 else []
    if not whom or chance.random() < 0.6:
        whom.append(chance.choice(adults))
    concern = chance.choice(WORRIES) if not calm else chance.choice(("none", "none", "strength"))
    text = " ".join(chance.choice(part) for part in (words.OPENINGS, words.MIDDLES, words.ENDS))
    how = chance.choice(("saw", "saw", "told", "record"))
    agency = chance.choice(MAKERS.get(kind, AGENCIES))
    return _fact(kind, agency, tuple(whom), frozenset({concern}), how, text)


def _fact(
    kind: str, agency: str, people: tuple[str, ...], concerns: frozenset[str], how: str, text: str
) -> Fact:
    return Fact(
        id="",
        agency=agency,
        kind=kind,
        happened=ANY_DAY,
        known_from=date(2020, 1, 1),
        people=people,
        concerns=concerns,
        how_known=how,
        text=text,
    )
