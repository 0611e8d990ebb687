"""Writes families as the files of a sweep, some thousands of entries at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from goldenthread.analytics.sweep.layout import META, TABLES, file_of, parts_of, write_meta
from goldenthread.analytics.sweep.rows import Row, rows_of
from goldenthread.domain.risk.fact import Fact

ENTRIES_AT_A_TIME = 100_000


def empty(folder: Path) -> None:
    """Make the folder ready: without an earlier partnership's files, and not yet whole."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / META).unlink(missing_ok=True)
    for table in TABLES:
        for part in parts_of(folder, table):
            part.unlink()


def open_table(folder: Path, table: str, part: int = 0) -> pq.ParquetWriter:
    """A writer of one part of a table."""
    schema = TABLES[table]
    words = [one.name for one in schema if pa.types.is_string(one.type)]
    return pq.ParquetWriter(
        folder / file_of(table, part), schema, compression="zstd", use_dictionary=words or False
    )


def write(folder: Path, families: Iterable[tuple[str, Iterable[Fact]]]) -> int:
    """Write families by name, in the order in which they come; gives how many entries there were.

    Raises TwoEntriesOfOneName.
    """
    empty(folder)
    written = 0
    waiting: dict[str, list[Row]] = defaultdict(list)
    with ExitStack() as stack:
        writers = {table: stack.enter_context(open_table(folder, table)) for table in TABLES}
        for number, (name, facts) in enumerate(families):
            for table, rows in rows_of(number, name, facts).rows.items():
                waiting[table].extend(rows)
                written += len(rows) if table in ("facts", "beyond") else 0
            if len(waiting["facts"]) >= ENTRIES_AT_A_TIME:
                _flush(writers, waiting)
        _flush(writers, waiting)
    write_meta(folder)
    return written


def _flush(writers: dict[str, pq.ParquetWriter], waiting: dict[str, list[Row]]) -> None:
    for table, rows in waiting.items():
        if rows:
            columns: list[Any] = list(zip(*rows, strict=True))
            schema = TABLES[table]
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
            ]
            writers[table].write_table(pa.Table.from_arrays(arrays, schema=schema))
            rows.clear()
