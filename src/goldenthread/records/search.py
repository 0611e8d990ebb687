"""Search among a reader's families: the one place where the database looks past the second wall.

Behind row-level security an index over words or names is never used, since a comparison might tell
of a row that is not seen: a search then costs what the whole database costs. These two functions
run as the owner, say again what the wall says (`records.walls`), and answer nothing but ids. For
whom they look they take from what the transaction was said to be for; where it is for
nobody they find nothing. What they find is asked for again behind both walls before it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from goldenthread.domain.access.team import TeamRole
from goldenthread.records.walls import NOT_BARRED

_WHO = """
    who uuid := NULLIF(current_setting('gt.practitioner', true), '')::uuid;
    of_agency uuid := NULLIF(current_setting('gt.agency', true), '')::uuid;
    today date := NULLIF(current_setting('gt.day', true), '')::date;
"""
_DEFINER = """STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_custom_plan"""  # a rare word and a common one are found another way
# Words come folded: letters, digits and single spaces. Anything else is taken literally.
_PATTERN = r"'%' || regexp_replace(one, '([\\%_])', '\\\1', 'g') || '%'"

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION find_families(wanted text[])
RETURNS TABLE (family uuid) LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE {_WHO}
    one text;
    these uuid[];
    found uuid[];
BEGIN
    FOREACH one IN ARRAY wanted LOOP
        SELECT COALESCE(array_agg(n.id), '{{}}') INTO these FROM (
            SELECT c.id FROM people_case c WHERE c.folded LIKE {_PATTERN}
            UNION
            SELECT m.case_id FROM people_person p JOIN people_casemember m ON m.person_id = p.id
            WHERE p.folded LIKE {_PATTERN}
        ) n WHERE found IS NULL OR n.id = ANY (found);
        found := these;
    END LOOP;
    RETURN QUERY SELECT mine.case_id FROM (
        SELECT t.case_id, bool_or(t.practitioner_id = who) AS own
        FROM access_teammember t JOIN shared_practitioner p ON p.id = t.practitioner_id
        WHERE p.agency_id = of_agency AND t.from_on <= today
        AND (t.to_on IS NULL OR t.to_on > today) AND (found IS NULL OR t.case_id = ANY (found))
        GROUP BY t.case_id
    ) mine JOIN people_case c ON c.id = mine.case_id
    WHERE {NOT_BARRED.format(family="mine.case_id")}
    ORDER BY NOT mine.own, c.reference;
END $$;
CREATE OR REPLACE FUNCTION find_entries(words text, at timestamptz, most integer)
RETURNS TABLE (family uuid, statement uuid) LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE {_WHO}
BEGIN
    RETURN QUERY WITH mine AS MATERIALIZED (
        SELECT t.case_id, bool_or(t.role = '{TeamRole.CHAIR}') AS reads_all
        FROM access_teammember t
        WHERE t.practitioner_id = who AND t.from_on <= today
        AND (t.to_on IS NULL OR t.to_on > today) AND {NOT_BARRED.format(family="t.case_id")}
        GROUP BY t.case_id
    )
    -- Whether the agency was told is asked of the newest first, and of no more than are wanted.
    SELECT n.case_id, n.statement_id FROM (
        SELECT f.case_id, f.statement_id, mine.reads_all
        FROM mine JOIN people_filedwords f ON f.case_id = mine.case_id
        WHERE f.narrative @@ websearch_to_tsquery('english', words)
        ORDER BY f.sort_on DESC, f.statement_id, f.case_id OFFSET 0
    ) n WHERE n.reads_all OR (
        -- As a value and not as EXISTS, which could be answered by reading all of the agency's.
        SELECT s.agency_id FROM provenance_statement s WHERE s.id = n.statement_id
    ) = of_agency OR EXISTS (
        SELECT FROM provenance_awareness a
        WHERE a.statement_id = n.statement_id AND a.agency_id = of_agency AND a.known_from <= at)
    LIMIT most;
END $$;
"""
NAMES = ("find_families(text[])", "find_entries(text, timestamptz, integer)")


def put_up_search(connection: BaseDatabaseWrapper, *, app: str = "gt_app") -> None:
    """Make the functions of search, for the web role alone. With the owner's connection."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(f"REVOKE ALL ON FUNCTION {', '.join(NAMES)} FROM PUBLIC")
        whom = connection.ops.quote_name(app)
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {', '.join(NAMES)} TO {whom}")


def families_found(wanted: Sequence[str]) -> list[UUID]:
    """The reader's families in which each of these folded words stands; all of them for none.

    It stands in the reference, the family's name, or the name of one of its people, whom the
    reader may or may not know of: that is for whoever calls this to ask. One's own families come
    first, then those of colleagues, by reference. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT family FROM find_families(%s)", [list(wanted)])
        return [family for (family,) in cursor.fetchall()]


def entries_found(words: str, *, at: datetime, most: int) -> list[tuple[UUID, UUID]]:
    """Entries with these words in families whose team the reader is on: family and statement.

    The latest first, `most` at most. A label, a seal or a withholding of the entry itself is not
    asked here. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT family, statement FROM find_entries(%s, %s, %s)", [words, at, most])
        return cursor.fetchall()
