"""How many families have a question nobody has answered, and for how long, told without naming one.

Counts families and never ranks them. A count is published so that nobody can be found in it: a
small one is not told, nor is anything more of the families in it; the others are rounded, totals by
themselves, so that no difference of two numbers gives a small one away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.shared.refusal import Refusal

NOT_TOLD = "not told"


class CountingNotUnderstood(Refusal):
    """The rules of counting were edited into something that cannot be used; says which part."""


@dataclass(frozen=True, slots=True)
class CountingRules:
    """How counts are told: `bands` gives the first day of each band of age with its words.

    A count under `least_told` is not told, others are rounded to `rounded_to`.
    """

    bands: tuple[tuple[int, str], ...]
    least_told: int
    rounded_to: int

    def __post_init__(self) -> None:
        """Refuse rules that would hide everything, or tell of one family."""
        days = [day for day, _ in self.bands]
        if not days or days[0] != 0 or days != sorted(set(days)):
            raise CountingNotUnderstood("The bands of age begin at day 0 and go up.")
        if self.least_told < 3:
            raise CountingNotUnderstood("A count under 3 would tell of one family: least_told.")
        if not 1 <= self.rounded_to <= self.least_told:
            raise CountingNotUnderstood("rounded_to lies between 1 and least_told.")

    def band_of(self, days: int) -> int:
        """The place of the band that so many days lie in."""
        return max(place for place, (first, _) in enumerate(self.bands) if first <= max(days, 0))

    def told(self, count: int) -> str:
        """A count in the words it may be told in: "fewer than 5", "about 40".

        None at all is told like a few: that there is one where there was none tells of that one.
        """
        if count < self.least_told:
            return f"fewer than {self.least_told}"
        rounded = (count + self.rounded_to // 2) // self.rounded_to * self.rounded_to
        return f"about {rounded:,}" if self.rounded_to > 1 else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One open question of one family: what it is counted under, and since when it is open."""

    family: UUID
    under: str
    since: date


@dataclass(frozen=True, slots=True)
class Line:
    """The families counted under one heading: in each band of age, and in all; in words."""

    heading: str
    bands: tuple[str, ...]
    all: str


def lines_of(
    questions: Iterable[Unanswered], rules: CountingRules, on: date, headings: Sequence[str] = ()
) -> tuple[Line, ...]:
    """Count families under each heading, by the age of the oldest open question under it.

    `headings` are listed first, in their order, whatever is counted under them; others follow by
    name, and only those that enough are counted under. Never in the order of the counts.
    """
    oldest: dict[str, dict[UUID, date]] = defaultdict(dict)
    for one in questions:
        families = oldest[one.under]
        families[one.family] = min(one.since, families.get(one.family, one.since))
    enough = {one for one, families in oldest.items() if not is_too_few(len(families), rules)}
    others = sorted(enough - set(headings))
    return tuple(_line(one, oldest.get(one, {}), rules, on) for one in [*headings, *others])


def is_too_few(families: int, rules: CountingRules) -> bool:
    """Whether so few families are counted that saying anything more of them tells of one."""
    return families < rules.least_told


def _line(heading: str, families: Mapping[UUID, date], rules: CountingRules, on: date) -> Line:
    places = range(len(rules.bands))
    if is_too_few(len(families), rules):
        return Line(heading, tuple(NOT_TOLD for _ in places), rules.told(len(families)))
    counts = Counter(rules.band_of((on - since).days) for since in families.values())
    return Line(heading, tuple(rules.told(counts[n]) for n in places), rules.told(len(families)))
