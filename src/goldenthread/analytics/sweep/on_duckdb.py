"""The sweep in DuckDB, in this process: a batch of families at a time, to bound the memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from goldenthread.analytics.sweep.assembling import questions_by_family
from goldenthread.analytics.sweep.by_reference import questions_of
from goldenthread.analytics.sweep.compiling import is_covered, statement
from goldenthread.analytics.sweep.found import Question, in_order
from goldenthread.analytics.sweep.preparing import Prepared
from goldenthread.analytics.sweep.reading import Batch, Partnership, from_files
from goldenthread.domain.risk.pattern import Pattern

ENTRIES_A_BATCH = 2_000_000
MEMORY = "5GB"
# Of DuckDB 1.5.6, this one fails on "the last hundred of each family" over a join: "Failed to cast
# expression to type". tests/agreement/test_sweep.py keeps the pattern that showed it.
_LEFT_OUT = "top_n_window_elimination"
_READ = ("facts", "told", "people", "agencies")


def sweep(
    patterns: Sequence[Pattern],
    partnership: Partnership,
    on: date,
    *,
    batches: Sequence[Batch] | None = None,
    threads: int = 0,
    memory: str = MEMORY,
) -> Iterator[tuple[Batch, list[Question]]]:
    """The questions of every family on a day, a batch at a time, in the order of their numbers.

    Families that bits cannot hold are answered by the reference engine, in their place. `batches`
    are those to ask, all of them unless said; their size and `memory` (a limit, as DuckDB words it)
    bound what is held. `threads` is how many to use, 0 for all there are.
    """
    prepared = Prepared(tuple(one for one in patterns if is_covered(one)), on)
    others = tuple(one for one in patterns if not is_covered(one))
    with tempfile.TemporaryDirectory(prefix="goldenthread-sweep-") as spill:
        connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "temp_directory": spill,
                "preserve_insertion_order": False,
                "disabled_optimizers": _LEFT_OUT,
            }
            | ({"threads": threads} if threads else {})
        )
        with connection:
            for batch in partnership.batches(ENTRIES_A_BATCH) if batches is None else batches:
                _prepare(connection, prepared, partnership.folder, batch)
                names = partnership.names(batch)
                beyond = dict(partnership.beyond(batch))
                asked = dict(_asked(connection, prepared.patterns, names))
                for number, name in names.items():
                    if name in beyond:
                        asked[number] = list(questions_of(patterns, name, beyond[name], on))
                if others:
                    _ask_others(asked, partnership, batch, others, on)
                yield batch, [one for number in sorted(asked) for one in asked[number]]


def _ask_others(
    asked: dict[int, list[Question]],
    partnership: Partnership,
    batch: Batch,
    others: Sequence[Pattern],
    on: date,
) -> None:
    """Add what patterns ask that no statement can be made of, by the reference engine."""
    names = partnership.names(batch)
    for number, facts in partnership.facts(batch).items():
        more = questions_of(others, names[number], facts, on)
        asked[number] = list(in_order([*asked.get(number, []), *more]))


def _prepare(
    connection: duckdb.DuckDBPyConnection, prepared: Prepared, folder: Path, batch: Batch
) -> None:
    for table in _READ:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {table}_in AS SELECT * FROM {from_files(folder, table)} "
            f"WHERE family BETWEEN {batch.first} AND {batch.last}"
        )
    for name, select in prepared.tables():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE found "
        "(pattern INTEGER, family INTEGER, subject BIGINT, place INTEGER, raises BOOLEAN)"
    )
    for number, pattern in enumerate(prepared.patterns):
        connection.execute(
            f"INSERT INTO found SELECT {number}, family, subject, place, raises "
            f"FROM ({statement(pattern, prepared)})"
        )


_ENTRIES = """
SELECT q.family, q.pattern, q.subject, f.id, f.day, bool_or(q.raises), q.place
FROM found q JOIN fact f ON f.family = q.family AND f.place = q.place
GROUP BY ALL ORDER BY q.family, q.pattern, q.subject, q.place
"""


def _asked(
    connection: duckdb.DuckDBPyConnection, patterns: Sequence[Pattern], names: dict[int, str]
) -> Iterator[tuple[int, list[Question]]]:
    """Each family's questions, from the rows of all its patterns."""
    called = _called(connection)
    rows = _rows(connection.execute(_ENTRIES))
    return questions_by_family(rows, patterns, names, called)


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[Any]:
    while some := cursor.fetchmany(20_000):
        yield from some


def _called(connection: duckdb.DuckDBPyConnection) -> dict[tuple[int, int, bool], str]:
    """The people and agencies that some question is about."""
    found: dict[tuple[int, int, bool], str] = {}
    for table, is_person in (("people_in", True), ("agencies_in", False)):
        said = f"""SELECT n.family, n.bit, n.name FROM {table} n
SEMI JOIN found q ON q.family = n.family AND q.subject = n.bit"""
        found.update(
            ((family, bit, is_person), name)
            for family, bit, name in connection.execute(said).fetchall()
        )
    return found
