"""Has every row of a sealed table noted for the sealer, in the transaction that records it.

A trigger does it, once for each statement: an import of fifty thousand entries is one note. It is
put on after every migration, so that a table made later is covered by being classified.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

NOTED_TOGETHER = 1_000  # rows of a table that was there before, in one note
_UNWATCHED = """
SELECT c.relname FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
   AND NOT EXISTS (SELECT FROM pg_trigger t
                    WHERE t.tgrelid = c.oid AND t.tgname = 'note_recorded')
 ORDER BY c.relname
"""


def watch_tables(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """Watch those of these tables that nobody watches yet; what they hold already is noted too.

    Run with the owner's connection. Answers with the tables that are new.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNWATCHED, [list(tables)])
        found = [name for (name,) in cursor.fetchall()]
        for table in found:
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"CREATE TRIGGER note_recorded AFTER INSERT ON {name} "
                "REFERENCING NEW TABLE AS added "
                "FOR EACH STATEMENT EXECUTE FUNCTION gt_note_recorded()"
            )
            cursor.execute(
                "INSERT INTO audit_waiting (recorded_table, recorded_rows) "
                "SELECT %s, array_agg(id) FROM "
                f"(SELECT id, row_number() OVER () / {NOTED_TOGETHER} AS part FROM {name}) there "
                "GROUP BY part ORDER BY part",
                [table],
            )
    return found
