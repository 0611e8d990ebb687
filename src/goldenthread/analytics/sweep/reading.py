"""Reads the files of a sweep: how families fall into batches, and their facts one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from goldenthread.analytics.sweep.layout import TABLES, check_folder, parts_of
from goldenthread.analytics.sweep.rows import fact_beyond, fact_of
from goldenthread.domain.risk.fact import Fact


@dataclass(frozen=True, slots=True)
class Batch:
    """Families of numbers from `first` to `last`, both included, and their entries."""

    first: int
    last: int
    entries: int


def from_files(folder: Path, table: str) -> str:
    """What stands after FROM to read a table in DuckDB."""
    quoted = ", ".join("'" + str(part).replace("'", "''") + "'" for part in parts_of(folder, table))
    return f"read_parquet([{quoted}])"


class Partnership:
    """A folder of files. Raises NotASweepFolder where it is none."""

    def __init__(self, folder: Path) -> None:
        check_folder(folder)
        self.folder = folder
        self._connection = duckdb.connect()

    def rows(self, said: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, some thousands at a time."""
        cursor = self._connection.cursor().execute(said)
        while some := cursor.fetchmany(20_000):
            yield from some

    def families(self) -> int:
        """How many families there are."""
        return int(next(self.rows(f"SELECT count(*) FROM {self.table('families')}"))[0])

    def table(self, name: str) -> str:
        """What stands after FROM to read a table."""
        return from_files(self.folder, name)

    def names(self, batch: Batch) -> dict[int, str]:
        """The names of a batch's families by number."""
        return dict(
            self.rows(f"SELECT family, name FROM {self.table('families')} WHERE {_within(batch)}")
        )

    def batches(self, entries: int) -> list[Batch]:
        """All families in ranges of about so many entries, never a family in two."""
        found: list[Batch] = []
        first, held = 0, 0
        number = -1
        sizes = f"SELECT family, entries FROM {self.table('families')} ORDER BY family"
        for number, size in self.rows(sizes):
            held += size
            if held >= entries:
                found.append(Batch(first, number, held))
                first, held = number + 1, 0
        if held:
            found.append(Batch(first, number, held))
        return found

    def beyond(self, batch: Batch | None = None) -> Iterator[tuple[str, list[Fact]]]:
        """The families that bits cannot hold, by name, with their facts; all, or a batch's."""
        among = "true" if batch is None else _within(batch)
        said = f"""SELECT b.family, f.name, b.fact
FROM (SELECT * FROM {self.table("beyond")} WHERE {among}) b
JOIN {self.table("families")} f ON f.family = b.family ORDER BY b.family"""
        held: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        for number, name, fact in self.rows(said):
            held[(number, name)].append(fact_beyond(fact))
        yield from ((name, facts) for (_, name), facts in held.items())

    def histories(self, batch_entries: int = 200_000) -> Iterator[tuple[str, list[Fact]]]:
        """Every family by name with its facts, in the order of their numbers."""
        beyond = dict(self.beyond())
        for batch in self.batches(batch_entries):
            facts = self.facts(batch)
            for number, name in sorted(self.names(batch).items()):
                yield name, beyond[name] if name in beyond else facts.get(number, [])

    def facts(self, batch: Batch) -> dict[int, list[Fact]]:
        """The facts of a batch's families by number, but for those that bits cannot hold."""
        people: dict[int, dict[int, str]] = defaultdict(dict)
        agencies: dict[int, dict[int, str]] = defaultdict(dict)
        told: dict[tuple[int, int], list[tuple[int | None, int | None, int]]] = defaultdict(list)
        for number, bit, name in self.rows(self._of("people", batch, "family, bit, name")):
            people[number][bit] = name
        for number, bit, name in self.rows(self._of("agencies", batch, "family, bit, name")):
            agencies[number][bit] = name
        for number, place, *row in self.rows(
            self._of("told", batch, "family, place, agency, kind, day")
        ):
            told[(number, place)].append((row[0], row[1], row[2]))
        found: dict[int, list[Fact]] = defaultdict(list)
        names = TABLES["facts"].names
        for values in self.rows(self._of("facts", batch, ", ".join(names))):
            row = dict(zip(names, values, strict=True))
            number = row["family"]
            told_of = told[(number, row["place"])]
            found[number].append(fact_of(row, people[number], agencies[number], told_of))
        return found

    def _of(self, table: str, batch: Batch, columns: str) -> str:
        order = "family, place" if table == "facts" else "family"
        return f"SELECT {columns} FROM {self.table(table)} WHERE {_within(batch)} ORDER BY {order}"


def _within(batch: Batch) -> str:
    return f"family BETWEEN {batch.first} AND {batch.last}"
