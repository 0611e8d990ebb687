"""What holds for challenges at an instant: the stages, who answers, and which days are holidays."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID

from goldenthread.domain.challenges.ladder import Ladder, ladder_of
from goldenthread.records.challenges.ladders import (
    AnswererRow,
    LadderRow,
    answerer_versions,
    ladder_versions,
)

_HERE = "goldenthread.usecases.challenges"


@cache
def generic_ladder() -> Ladder:
    """The ladder that holds until the partnership decides its own."""
    stages = [(s["name"], s["who"], s["days"], s["unit"]) for s in _generic()["stage"]]
    return ladder_of(stages, is_generic=True)


def generic_says() -> tuple[str, str]:
    """How the generic ladder is labelled, and what it rests on."""
    told = _generic()
    return str(told["label"]), str(told["source"])


@cache
def _generic() -> dict:
    return tomllib.loads((files(_HERE) / "generic_ladder.toml").read_text("utf-8"))


def ladder_in_force(now: datetime) -> Ladder:
    """The stages that hold: of the versions decided by then, the one decided last."""
    return ladder_by(ladder_versions(), now)


def ladder_by(versions: Iterable[LadderRow], now: datetime) -> Ladder:
    """Of these versions in order, the last that holds; the generic one where none does."""
    holding = [one for one in versions if one.holds_from <= now]
    return read_ladder(holding[-1].stages, holding[-1].version) if holding else generic_ladder()


def read_ladder(stages: Sequence[Sequence[str]], version: int) -> Ladder:
    """A ladder as it was kept."""
    return ladder_of([(s[0], s[1], s[2], s[3]) for s in stages], version=version)


def answerers_in_force(
    now: datetime, agency: UUID | None = None
) -> dict[tuple[UUID, int], AnswererRow]:
    """Who answers, by agency and stage, as decided last of what holds."""
    return answerers_by(answerer_versions(agency), now)


def answerers_by(
    versions: Iterable[AnswererRow], now: datetime
) -> dict[tuple[UUID, int], AnswererRow]:
    """The same of these versions, which are in the order of their numbers."""
    return {(one.agency, one.stage): one for one in versions if one.holds_from <= now}
