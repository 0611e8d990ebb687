"""Has every row of a sealed table noted for the sealer, in the transaction that records it.

A trigger does it, once for each statement: an import of fifty thousand entries is one note. It is
put on after every migration, so that a table made later is covered by being classified.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

NOTED_TOGETHER = 1_000  # rows of a table that was there before, in one note
_UNWATCHED = """
SELECT c.relname, (SELECT a.attname FROM pg_index i
                     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                    WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1
                      AND a.atttypid = 'uuid'::regtype)
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
   AND NOT EXISTS (SELECT FROM pg_trigger t
                    WHERE t.tgrelid = c.oid AND t.tgname = 'note_recorded')
 ORDER BY c.relname
"""


_NOTE = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO public.audit_waiting (recorded_table, recorded_rows)
    SELECT TG_TABLE_NAME, array_agg(added.{key}) FROM added HAVING count(*) > 0;
    RETURN NULL;
END $$
"""
_WATCH = """
CREATE TRIGGER note_recorded AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION {function}()
"""
_NOTE_WHAT_IS_THERE = """
INSERT INTO audit_waiting (recorded_table, recorded_rows)
SELECT %s, array_agg(there.{key})
  FROM (SELECT {key}, row_number() OVER () / {together} AS part FROM {table}) AS there
 GROUP BY part ORDER BY part
"""


def watch_tables(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """Watch those of these tables that nobody watches yet; what they hold already is noted too.

    Run with the owner's connection. Answers with the tables that are new. Raises LookupError for a
    table whose rows have no UUID to be named by.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNWATCHED, [list(tables)])
        found = list(cursor.fetchall())
        for table, key in found:
            if key is None:
                raise LookupError(f"{table} cannot be sealed: its key is not one UUID.")
            parts = {
                "table": connection.ops.quote_name(table),
                "key": connection.ops.quote_name(key),
                "function": connection.ops.quote_name(f"gt_note_recorded_by_{key}"),
                "together": NOTED_TOGETHER,
            }
            cursor.execute(_NOTE.format(**parts))
            cursor.execute(_WATCH.format(**parts))
            cursor.execute(_NOTE_WHAT_IS_THERE.format(**parts), [table])
    return [table for table, _ in found]
