"""Many rows into one table in one movement: one entry or fifty thousand.

PostgreSQL's COPY is the quickest way in, and refuses a table that has policies. A few rows are
inserted; many are copied beside the table and inserted from there, each asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from django.db import connection

# More rows than this are copied beside the table first, which costs some 2 ms to make.
A_FEW = 200
TOGETHER = 50_000  # rows beside the table at once


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert `rows` into `table`; policies, triggers and constraints apply as for any insert.

    Must run inside a transaction: a refused row refuses them all.
    """
    left = iter(rows)
    first = list(islice(left, A_FEW + 1))
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    if len(first) > A_FEW:
        _insert_from_beside(quote(table), quote(f"beside_{table}"), names, chain(first, left))
    elif first:
        values = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            # Whatever psycopg can write may stand in a row.
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({values})", first)  # type: ignore[arg-type]


def _insert_from_beside(
    table: str, beside: str, names: str, rows: Iterator[Sequence[object]]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {beside} AS SELECT {names} FROM {table} LIMIT 0")
        while part := list(islice(rows, TOGETHER)):
            with cursor.copy(f"COPY pg_temp.{beside} ({names}) FROM STDIN") as copy:
                for row in part:
                    copy.write_row(row)
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM pg_temp.{beside}")
            cursor.execute(f"TRUNCATE pg_temp.{beside}")
        cursor.execute(f"DROP TABLE pg_temp.{beside}")
