"""A simulated partnership of any size as the files of the sweep, drawn many families at a time.

Every entry is one of the pools of `templates`, so its columns are what the domain says; numbers,
days and whom it was told to are drawn for all families at once. The same seed gives the same files.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goldenthread.analytics.sweep.bits import AGENCY_KINDS
from goldenthread.analytics.sweep.layout import TABLES, write_meta
from goldenthread.analytics.sweep.rows import fact_columns
from goldenthread.analytics.sweep.writing import empty, open_table
from goldenthread.domain.risk.fact import CHILDREN, class_of
from goldenthread.interop.simulator import templates

ENDS = date(2026, 11, 1)
YEARS = 5
ENTRIES_A_CHILD = 150
FAMILIES_A_PART = 6_000
CHILDREN_OF = np.array((1, 1, 1, 2, 2, 3))
_AGENCY_BITS = {name: 1 << place for place, name in enumerate(templates.AGENCIES)}
_LONGEST = 4_096  # more entries than any simulated family has
_DRAWN = ("id", "earliest", "day", "known", "text")
_Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pools:
    """Every entry of every pool, a column at a time; pool n is rows n * size and on."""

    columns: dict[str, Any]
    texts: pa.Array

    @staticmethod
    def of_seed(seed: int) -> Pools:
        """The pools of a seed: calm and worrying by turns for each household, and births last."""
        names = TABLES["facts"].names[2:]
        rows, texts = [], []
        for household in templates.HOUSEHOLDS:
            people = {name: 1 << place for place, name in enumerate(household.people)}
            for calm in (True, False):
                for fact in templates.entries(household, calm=calm, seed=seed):
                    rows.append(fact_columns(fact, people, _AGENCY_BITS))
                    texts.append(fact.text)
        for household in templates.HOUSEHOLDS:
            people = {name: 1 << place for place, name in enumerate(household.people)}
            rows.append(fact_columns(templates.birth(), people, _AGENCY_BITS))
            texts.append(templates.birth().text)
        by_name = dict(zip(names, zip(*rows, strict=True), strict=True))
        columns = {
            name: np.array(values)
            for name, values in by_name.items()
            if name not in (*_DRAWN, "told_by")
        }
        return Pools(columns, pa.array(texts))


@dataclass(frozen=True)
class Families:
    """Some families: the number of each, its household, how many entries, and when it begins."""

    numbers: np.ndarray
    household: np.ndarray
    children: np.ndarray
    entries: np.ndarray
    begins: np.ndarray
    worry: np.ndarray


def simulate_files(
    folder: Path, *, children: int, seed: int, on_progress: _Progress | None = None
) -> tuple[int, int]:
    """Write families of at least so many children; gives how many children and entries there are.

    `on_progress` is told how many of each were written so far.
    """
    empty(folder)
    pools = Pools.of_seed(seed)
    ids = pa.array([f"e{place:04}" for place in range(_LONGEST)])
    made = written = part = number = 0
    while made < children or part == 0:
        chance = np.random.default_rng([seed, part])
        some = _families(chance, number, children - made)
        written += _write_part(folder, part, chance, some, pools, ids, seed)
        made += int(some.children.sum())
        number += len(some.numbers)
        part += 1
        if on_progress:
            on_progress(made, written)
    with open_table(folder, "beyond"):
        pass  # a table of its own, though nobody simulated needs it
    write_meta(folder)
    return made, written


def _families(chance: np.random.Generator, first: int, wanted: int) -> Families:
    """The next families, until so many children are there or the part is full."""
    children = chance.choice(CHILDREN_OF, FAMILIES_A_PART)
    partner = chance.random(FAMILIES_A_PART) < 0.4
    each = np.clip(chance.normal(ENTRIES_A_CHILD, 50, FAMILIES_A_PART), 5, 600).round()
    begins = ENDS.toordinal() - chance.integers(200, YEARS * 365, FAMILIES_A_PART)
    worry = chance.beta(1.2, 8, FAMILIES_A_PART)  # most families worry nobody much
    kept = max(1, int(np.searchsorted(children.cumsum(), wanted) + 1))
    some = slice(0, min(kept, FAMILIES_A_PART))
    return Families(
        numbers=np.arange(first, first + some.stop, dtype=np.int32),
        household=((children - 1) * 2 + partner)[some],
        children=children[some],
        entries=(each * children).astype(np.int64)[some] + 1,
        begins=begins[some],
        worry=worry[some],
    )


def _write_part(
    folder: Path,
    part: int,
    chance: np.random.Generator,
    some: Families,
    pools: Pools,
    ids: pa.Array,
    seed: int,
) -> int:
    whose = np.repeat(np.arange(len(some.numbers)), some.entries)
    place = np.arange(len(whose)) - np.repeat(some.entries.cumsum() - some.entries, some.entries)
    is_birth = place == 0
    happened = _days(chance, some, whose, is_birth)
    order = np.lexsort((happened, whose))
    happened, is_birth = happened[order], is_birth[order]
    calm = chance.random(len(whose)) >= some.worry[whose]
    pool = some.household[whose] * 2 + ~calm
    drawn = pool * templates.ENTRIES_A_POOL + chance.integers(
        0, templates.ENTRIES_A_POOL, len(whose)
    )
    births = 2 * len(templates.HOUSEHOLDS) * templates.ENTRIES_A_POOL
    drawn = np.where(is_birth, births + some.household[whose], drawn)
    late = chance.random(len(whose)) < 0.3
    known = np.minimum(
        happened + late * chance.exponential(2, len(whose)).round(), ENDS.toordinal()
    ).astype(np.int32)
    vague = (chance.random(len(whose)) < 0.07) & ~is_birth
    earliest = happened - vague * chance.integers(0, 30, len(whose))
    family = some.numbers[whose]
    told = _told(chance, family, place, known, pools.columns["agency"][drawn])
    columns = {
        "family": family,
        "place": place.astype(np.int32),
        "id": pc.take(ids, pa.array(place)),
        "earliest": earliest.astype(np.int32),
        "day": happened.astype(np.int32),
        "known": known,
        "told_by": pa.repeat("", len(whose)),
        "text": _texts(chance, pools, drawn),
        **{name: values[drawn] for name, values in pools.columns.items()},
    }
    tables = {"facts": columns, "told": told, **_who(some, seed)}
    with ExitStack() as stack:
        for table, values in tables.items():
            writer = stack.enter_context(open_table(folder, table, part))
            schema = TABLES[table]
            arrays = [pa.array(values[one.name], one.type) for one in schema]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), 250_000)
    return len(whose)


def _days(
    chance: np.random.Generator, some: Families, whose: np.ndarray, is_birth: np.ndarray
) -> np.ndarray:
    """The day of each entry: in bursts of about a fortnight, a birth some time before all."""
    bursts = np.maximum(1, some.entries // 12)
    first = bursts.cumsum() - bursts
    lasts = ENDS.toordinal() - some.begins
    starts = (chance.random(int(bursts.sum())) * np.repeat(lasts, bursts)).astype(np.int64)
    burst = first[whose] + (chance.random(len(whose)) * bursts[whose]).astype(np.int64)
    near = starts[burst] + chance.exponential(10, len(whose)).round().astype(np.int64)
    days = some.begins[whose] + np.minimum(near, lasts[whose] - 1)
    born = some.begins[whose] - chance.integers(1, 6 * 365, len(whose))
    return np.where(is_birth, born, days)


def _texts(chance: np.random.Generator, pools: Pools, drawn: np.ndarray) -> pa.Array:
    """What people wrote: a sentence of its own each, so that no engine reads one for many."""
    numbers = pa.array(chance.integers(0, 1_000_000_000, len(drawn))).cast(pa.string())
    return pc.binary_join_element_wise(pc.take(pools.texts, pa.array(drawn)), numbers, " note ")


def _told(
    chance: np.random.Generator,
    family: np.ndarray,
    place: np.ndarray,
    known: np.ndarray,
    made_by: np.ndarray,
) -> dict[str, Any]:
    """Whom each entry was told to: nobody, one agency or two, within three weeks."""
    often = chance.choice((0, 1, 1, 2), len(family))
    row = np.repeat(np.arange(len(family)), often)
    to = chance.integers(0, len(templates.AGENCIES), len(row))
    bits = np.left_shift(np.int64(1), to)
    row, to, bits = (one[bits != made_by[row]] for one in (row, to, bits))
    kinds = np.array([AGENCY_KINDS.bit(name) for name in templates.AGENCIES])
    days = np.minimum(known[row] + chance.integers(0, 20, len(row)), ENDS.toordinal())
    return {
        "family": family[row],
        "place": place[row].astype(np.int32),
        "agency": bits,
        "kind": kinds[to],
        "day": days.astype(np.int32),
    }


def _who(some: Families, seed: int) -> dict[str, dict[str, Any]]:
    people: list[tuple[int, int, str, bool]] = []
    for number, household in zip(some.numbers.tolist(), some.household.tolist(), strict=True):
        names = templates.HOUSEHOLDS[household].people
        people.extend(
            (number, 1 << bit, name, class_of(name) in CHILDREN) for bit, name in enumerate(names)
        )
    number, bit, name, is_child = zip(*people, strict=True)
    agencies = len(templates.AGENCIES)
    return {
        "people": {"family": number, "bit": bit, "name": name, "is_child": is_child},
        "agencies": {
            "family": np.repeat(some.numbers, agencies),
            "bit": np.tile(list(_AGENCY_BITS.values()), len(some.numbers)),
            "name": list(_AGENCY_BITS) * len(some.numbers),
        },
        "families": {
            "family": some.numbers,
            "name": [f"SIM-{seed}-{number:06}" for number in some.numbers.tolist()],
            "entries": some.entries.astype(np.int32),
            "beyond": np.zeros(len(some.numbers), bool),
        },
    }
