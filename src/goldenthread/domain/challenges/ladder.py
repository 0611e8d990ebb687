"""The stages a challenge may be taken through, each with who answers it and how soon.

Local settings: the ladder that ships is generic and says so, and a partnership replaces it with its
own. National guidance asks for a published way to resolve disagreements and sets neither the number
of stages nor the days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.challenges.working_days import LEAST_DAYS, MOST_DAYS, Unit
from goldenthread.domain.shared.refusal import Refusal

MOST_STAGES = 9
LONGEST_NAME, LONGEST_WHO = 80, 200


class LadderNotUnderstood(Refusal):
    """A ladder cannot be used as it was written; `problems` are sentences by the part they mean.

    A part is "stages", or "2.days" for the days of the second stage.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its number from 1, its name, who answers at it in words, and the response time.

    `days` is None where the partnership set none: then no clock runs at this stage.
    """

    number: int
    name: str
    who: str
    days: int | None
    unit: Unit = Unit.WORKING


@dataclass(frozen=True, slots=True)
class Ladder:
    """Every stage in order, the first where a challenge is raised.

    `is_generic` is whether it is the one that ships, which nobody here has decided.
    """

    stages: tuple[Stage, ...]
    version: int = 0
    is_generic: bool = False

    def at(self, number: int) -> Stage:
        """The stage of a number; the last one where the ladder has become shorter since."""
        return self.stages[max(1, min(number, len(self.stages))) - 1]

    def after(self, number: int) -> tuple[Stage, ...]:
        """The stages that follow one, nearest first."""
        return tuple(stage for stage in self.stages if stage.number > number)


def ladder_of(
    stages: Iterable[tuple[str, str, str, str]], *, version: int = 0, is_generic: bool = False
) -> Ladder:
    """Read a ladder from (name, who answers, days, unit) as typed, in order.

    Days may be empty. Raises LadderNotUnderstood naming every part that cannot be used.
    """
    told = list(stages)
    problems: dict[str, str] = {}
    if not told:
        problems["stages"] = "Give at least one stage."
    elif len(told) > MOST_STAGES:
        problems["stages"] = f"Give {MOST_STAGES} stages at most."
    read = [_stage(place, *one, problems) for place, one in enumerate(told, start=1)]
    seen: set[str] = set()
    for stage in read:
        if stage.name and stage.name.casefold() in seen:
            problems[f"{stage.number}.name"] = "Two stages have this name. Tell them apart."
        seen.add(stage.name.casefold())
    if problems:
        raise LadderNotUnderstood(problems)
    return Ladder(tuple(read), version, is_generic)


def _stage(
    number: int, name: str, who: str, days: str, unit: str, problems: dict[str, str]
) -> Stage:
    name, who, days = name.strip(), who.strip(), days.strip()
    for part, said, longest in (("name", name, LONGEST_NAME), ("who", who, LONGEST_WHO)):
        if not said:
            what = "Give this stage a name." if part == "name" else "Say who answers at this stage."
            problems[f"{number}.{part}"] = what
        elif len(said) > longest:
            problems[f"{number}.{part}"] = f"Say this in {longest} characters at most."
    count = None
    if days:
        plain = days.isascii() and days.isdigit() and len(days) <= 4
        count = int(days) if plain else 0
        if not LEAST_DAYS <= count <= MOST_DAYS:
            problems[f"{number}.days"] = (
                f"Write a whole number of days from {LEAST_DAYS} to {MOST_DAYS}, or leave it empty."
            )
    if unit not in Unit._value2member_map_:
        problems[f"{number}.unit"] = "Choose working days or days."
        unit = Unit.WORKING
    return Stage(number, name, who, count, Unit(unit))
