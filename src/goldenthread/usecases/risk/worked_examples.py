"""The worked example of each shipped pattern: a few rows, when it asks, and when it stays silent.

They are read by the handbook and by the tests, so that what the handbook says is what happens.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.domain.shared.refusal import Refusal

CELLS = ("day", "agency", "how known", "people", "kind", "domain", "what", "told to")


class ExampleNotUnderstood(Refusal):
    """A worked example says something that cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an example: its cells as written, and the fact they say. Ids count from 1."""

    cells: tuple[str, ...]
    fact: Fact


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Almost the same history, on a day on which nothing is to be asked; `but` says why."""

    but: str
    on: date
    without: tuple[int, ...]
    plus: tuple[Row, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A history that asks a pattern's question on a day, because of these of its rows."""

    pattern: str
    rows: tuple[Row, ...]
    on: date
    because: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]


@cache
def worked_examples() -> dict[str, Example]:
    """Every shipped example, by the key of its pattern. Raises ExampleNotUnderstood."""
    folder = files("goldenthread.usecases.risk") / "examples"
    found: dict[str, Example] = {}
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name.endswith(".toml"):
            for key, told in tomllib.loads(one.read_text(encoding="utf-8")).items():
                found[key] = _example(key, told)
    return found


def _example(key: str, told: Mapping[str, Any]) -> Example:
    rows = _rows(told["history"], key, 1)
    return Example(
        pattern=key,
        rows=rows,
        on=told["on"],
        because=tuple(str(number) for number in told["because"]),
        near_misses=tuple(_near_miss(one, rows, told["on"], key) for one in told["near_misses"]),
    )


def _near_miss(told: Mapping[str, Any], rows: tuple[Row, ...], on: date, key: str) -> NearMiss:
    without = tuple(told.get("without", ()))
    plus = _rows(told.get("plus", ""), key, len(rows) + 1)
    kept = tuple(row for number, row in enumerate(rows, start=1) if number not in without)
    return NearMiss(told["but"], told.get("on", on), without, plus, (*kept, *plus))


def _rows(text: str, key: str, first: int) -> tuple[Row, ...]:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return tuple(_row(line, key, number) for number, line in enumerate(lines, start=first))


def _row(line: str, key: str, number: int) -> Row:
    cells = tuple(cell.strip() for cell in line.split("|"))
    if len(cells) not in (len(CELLS) - 1, len(CELLS)):
        raise ExampleNotUnderstood(f"{key}: “{line}” has {len(cells)} cells.")
    day, agency, how_known, people, kind, domain, what, *told = cells
    happened = parse_edtf(day)
    if happened.to_max is None:
        raise ExampleNotUnderstood(f"{key}: “{day}” is no day.")
    how, _, told_by = how_known.partition(" by ")
    pairs = [one.split() for one in (told[0].split(",") if told else ())]
    fact = Fact(
        id=str(number),
        agency=agency,
        kind=kind,
        happened=happened,
        known_from=happened.to_max,
        people=tuple(person.strip() for person in people.split(";")),
        concerns=frozenset(domain.split()),
        how_known=how,
        told_by=told_by,
        text=what,
        told=tuple((to, date.fromisoformat(on)) for to, on in pairs),
    )
    return Row(cells, fact)
