"""Compares rows that are corrected in place with the last that was kept of how each stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from psycopg import sql

from goldenthread.records.audit.log import SEALER

HISTORY = "audit_rowhistory"
_DIFFERING = sql.SQL("""
SELECT COALESCE(h.changed_row, t.id), h.done, t.id IS NOT NULL,
       ARRAY(SELECT key FROM (SELECT jsonb_object_keys(h.stands)
                              UNION SELECT jsonb_object_keys(t.stands)) AS both_have (key)
              WHERE h.stands -> key IS DISTINCT FROM t.stands -> key ORDER BY key)
  FROM (SELECT DISTINCT ON (changed_row) changed_row, done, stands FROM {history}
         WHERE changed_table = {name} ORDER BY changed_row, turn DESC) h
  FULL JOIN (SELECT id, jsonb_build_object({columns}) AS stands FROM {table}) t
    ON t.id = h.changed_row
 WHERE h.changed_row IS NULL OR (t.id IS NULL) <> (h.done = 'removed')
    OR (t.id IS NOT NULL AND h.stands IS DISTINCT FROM t.stands)
 ORDER BY 1
""")


@dataclass(frozen=True, slots=True)
class Differing:
    """A row that does not stand as its history leaves it.

    `done` is what was last kept of it ("changed", "removed"), None where nothing was. `columns` are
    the names of those that differ.
    """

    row: UUID
    done: str | None
    stands: bool
    columns: tuple[str, ...]


def differing(table: str, left_out: Sequence[str]) -> list[Differing]:
    """The rows of a table that differ from their history, by their ids."""
    with connections[SEALER].cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 "
            "AND NOT attisdropped AND NOT attname = ANY(%s)",
            [table, list(left_out)],
        )
        pairs = [
            part
            for (name,) in cursor.fetchall()
            for part in (sql.Literal(name), sql.Identifier(name))
        ]
        cursor.execute(
            _DIFFERING.format(
                history=sql.Identifier(HISTORY),
                name=sql.Literal(table),
                table=sql.Identifier(table),
                columns=sql.SQL(", ").join(pairs),
            )
        )
        return [Differing(row, done, stands, tuple(cols)) for row, done, stands, cols in cursor]


def service_roles() -> set[str]:
    """The roles of the database that the service itself writes as."""
    return {"gt_app", str(connections["default"].settings_dict["USER"])}
