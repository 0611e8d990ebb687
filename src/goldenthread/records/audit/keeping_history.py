"""Keeps how every row of a table that is corrected in place stood, in the transaction that does it.

A trigger does it, once for each statement, for whoever writes: bulk changes and plain SQL are kept
as well. It runs with its owner's rights, so that the web role can neither read the history nor put
anything into it past a change that was made. The history is append-only and sealed like the record
itself, so that a row changed behind the trigger differs from what is proved. Put on after every
migration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# A time is written as text, which must not depend on who changes a row.
_KEEP = """
CREATE OR REPLACE FUNCTION gt_keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET TimeZone = 'UTC' AS $$
DECLARE
    left_out text[] := COALESCE(TG_ARGV, '{}');
    by_account uuid := NULLIF(current_setting('gt.account', true), '')::uuid;
    migrates boolean := COALESCE(current_setting('gt.migrates', true) = 'yes', false);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.audit_rowhistory
            (id, changed_table, changed_row, done, stands, account, database_role, in_migration)
        SELECT gen_random_uuid(), TG_TABLE_NAME, n.id, 'added', to_jsonb(n) - left_out,
               by_account, session_user, migrates
          FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.audit_rowhistory
            (id, changed_table, changed_row, done, stands, account, database_role, in_migration)
        SELECT gen_random_uuid(), TG_TABLE_NAME, o.id, 'removed', to_jsonb(o) - left_out,
               by_account, session_user, migrates
          FROM old_rows o;
    ELSE
        -- A row whose key was changed is another row from then on.
        INSERT INTO public.audit_rowhistory
            (id, changed_table, changed_row, done, stands, account, database_role, in_migration)
        SELECT gen_random_uuid(), TG_TABLE_NAME, COALESCE(n.id, o.id),
               CASE WHEN o.id IS NULL THEN 'added' WHEN n.id IS NULL THEN 'removed'
                    ELSE 'changed' END,
               COALESCE(to_jsonb(n), to_jsonb(o)) - left_out, by_account, session_user, migrates
          FROM new_rows n FULL JOIN old_rows o ON o.id = n.id
         WHERE (to_jsonb(n) - left_out) IS DISTINCT FROM (to_jsonb(o) - left_out);
    END IF;
    RETURN NULL;
END $$
"""
_ROWS_OF = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}
_STANDING = """
SELECT obj_description(t.oid, 'pg_trigger') FROM pg_trigger t
 WHERE t.tgrelid = to_regclass(%s) AND t.tgname = ANY(%s) AND t.tgenabled = 'O'
"""
_COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0
   AND NOT attisdropped AND NOT attname = ANY(%s) ORDER BY attname
"""
# Only where a table has no history at all: what was put in behind the trigger is never taken up.
_KEEP_WHAT_IS_THERE = """
INSERT INTO audit_rowhistory
    (id, changed_table, changed_row, done, stands, database_role, in_migration)
SELECT gen_random_uuid(), %(table)s, t.id, 'found', to_jsonb(t) - %(left_out)s::text[],
       session_user, true
  FROM {table} t
 WHERE NOT EXISTS (SELECT FROM audit_rowhistory WHERE changed_table = %(table)s)
"""
# Where a migration gave a table other columns: what its rows said in the old ones stays as the
# history has it, so that a row altered behind the trigger goes on differing.
_KEEP_NEW_COLUMNS = """
INSERT INTO audit_rowhistory
    (id, changed_table, changed_row, done, stands, database_role, in_migration)
SELECT gen_random_uuid(), %(table)s, h.changed_row, 'found',
       t.now || (h.stands - ARRAY(SELECT jsonb_object_keys(h.stands)
                                  EXCEPT SELECT jsonb_object_keys(t.now))),
       session_user, true
  FROM (SELECT DISTINCT ON (changed_row) changed_row, done, stands FROM audit_rowhistory
         WHERE changed_table = %(table)s ORDER BY changed_row, turn DESC) h
  JOIN (SELECT id, to_jsonb(r) - %(left_out)s::text[] AS now FROM {table} r) t
    ON t.id = h.changed_row
 WHERE h.done <> 'removed'
   AND ARRAY(SELECT jsonb_object_keys(h.stands) ORDER BY 1)
       IS DISTINCT FROM ARRAY(SELECT jsonb_object_keys(t.now) ORDER BY 1)
"""


def keep_histories(
    connection: BaseDatabaseWrapper, tables: Mapping[str, Sequence[str]]
) -> list[str]:
    """Have the history of these tables kept, but for the columns named with each.

    Run with the owner's connection, inside a transaction. One that is kept as it should be is left
    alone. Answers with the tables that were not. Raises LookupError for a table whose rows have no
    `id` to be named by.
    """
    done = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        cursor.execute(_KEEP)
        for table, left_out in tables.items():
            cursor.execute(_COLUMNS, [table, list(left_out)])
            columns = [name for (name,) in cursor.fetchall()]
            if "id" not in columns:
                raise LookupError(f"The history of {table} cannot be kept: its rows have no id.")
            mark = f"columns {', '.join(columns)}; left out {', '.join(left_out) or 'none'}"
            cursor.execute(_STANDING, [table, [f"keep_history_of_{one}" for one in _ROWS_OF]])
            if [one for (one,) in cursor.fetchall()] == [mark] * len(_ROWS_OF):
                continue
            _keep(cursor, table, left_out, mark, connection.ops.quote_name(table))
            done.append(table)
    return done


def _keep(
    cursor: CursorWrapper, table: str, left_out: Sequence[str], mark: str, quoted: str
) -> None:
    arguments = ", ".join(f"'{one}'" for one in left_out)
    for one, rows in _ROWS_OF.items():
        name = f"keep_history_of_{one}"
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {quoted}")
        cursor.execute(
            f"CREATE TRIGGER {name} AFTER {one.upper()} ON {quoted} {rows} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION gt_keep_history({arguments})"
        )
        cursor.execute(f"COMMENT ON TRIGGER {name} ON {quoted} IS '{mark}'")
    given: dict[str, str | list[str]] = {"table": table, "left_out": list(left_out)}
    cursor.execute(_KEEP_NEW_COLUMNS.format(table=quoted), given)
    cursor.execute(_KEEP_WHAT_IS_THERE.format(table=quoted), given)
