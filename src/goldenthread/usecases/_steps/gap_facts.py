"""What the record says beside its claims that a question can rest on, by the partnership's rules.

The numbers and the kinds of entry stand in `gap_rules.toml`, each with its source, to be edited.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from goldenthread.domain.network.gaps import FactAt, GapFacts, GapRules
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind, Polarity
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.network.reading import SaidRow
from goldenthread.usecases._steps.network_seen import LoadedNetwork


class RulesNotUnderstood(Exception):
    """`gap_rules.toml` was edited into something that cannot be used; says which part."""


@dataclass(frozen=True, slots=True)
class CuriosityRules:
    """The thresholds, and the kinds of entry that count as each sort of fact."""

    thresholds: GapRules
    spoken_to: frozenset[str]
    seen_alone: frozenset[str]
    checks: frozenset[str]


@cache
def curiosity_rules() -> CuriosityRules:
    """The rules as the file in this package has them. Raises RulesNotUnderstood."""
    package = files("goldenthread.usecases.network")
    return rules_of((package / "gap_rules.toml").read_text(encoding="utf-8"))


def rules_of(text: str) -> CuriosityRules:
    """Read the rules from the text of a file. Raises RulesNotUnderstood naming the part."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise RulesNotUnderstood(f"The file is not TOML: {broken}.") from broken
    return CuriosityRules(
        thresholds=GapRules(
            partner_is_new_for=_number(told, "days", "partner_is_new_for"),
            history_stops_after=_number(told, "days", "history_stops_after"),
            not_seen_alone_after=_number(told, "days", "not_seen_alone_after"),
            seen_alone_from_age=_number(told, "days", "seen_alone_from_age", least=0),
        ),
        spoken_to=_kinds(told, "spoken_to"),
        seen_alone=_kinds(told, "seen_alone"),
        checks=_kinds(told, "checks"),
    )


def _number(told: dict[str, Any], part: str, name: str, *, least: int = 1) -> int:
    found = told.get(part, {}).get(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < least:
        raise RulesNotUnderstood(f"{part}.{name} must be a whole number, at least {least}.")
    return found


def _kinds(told: dict[str, Any], part: str) -> frozenset[str]:
    found = told.get(part, {}).get("kinds")
    known = dict(Kind.choices())
    if not isinstance(found, list) or any(kind not in known for kind in found):
        raise RulesNotUnderstood(f"{part}.kinds must be a list of kinds of entry.")
    return frozenset(found)


def facts_of(loaded: LoadedNetwork, rules: CuriosityRules) -> GapFacts:
    """The facts known from the viewpoint about the people the reader is shown."""
    known = [row for row in loaded.said if row.id in loaded.known]
    so = [row for row in known if row.polarity == Polarity.ASSERTS]
    first_hand = [row for row in so if row.how_known == HowKnown.SAW]
    in_person = [row for row in so if row.how_known in (HowKnown.SAW, HowKnown.TOLD)]
    identified = {member.person for member in loaded.members if member.is_identified}
    children = {member.person for member in loaded.members if member.is_child}
    return GapFacts(
        spoken_to=tuple(_facts(loaded, first_hand, rules.spoken_to, identified)),
        seen_alone=tuple(_facts(loaded, in_person, rules.seen_alone, children)),
        checks=tuple(_facts(loaded, so, rules.checks, identified)),
        mentioned=tuple(
            FactAt(str(person), day_of(row.known_at), str(row.id))
            for row in known
            for person in loaded.subjects.get(row.id, ())
        ),
    )


def _facts(
    loaded: LoadedNetwork, rows: list[SaidRow], kinds: frozenset[str], people: set[UUID]
) -> Iterator[FactAt]:
    for row in rows:
        if row.kind in kinds:
            for person in loaded.subjects.get(row.id, ()):
                if person in people:
                    yield FactAt(str(person), _day_of(row), str(row.id))


def _day_of(row: SaidRow) -> date:
    """The day a fact counts from: the earliest it can have been, else when it was known."""
    return row.happened.from_min or row.happened.from_max or day_of(row.known_at)
