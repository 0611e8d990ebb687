"""The second wall: which rows of each table the web role may see at all, said in the database.

The first wall is the table of rules and the query forms held to it. This one catches what forgets
them: a query that no family was opened for finds nothing, whatever it asks, and one that was opened
for a family finds nothing of another. What belongs to a family says so here by one of a few ways of
belonging; a table that is neither here nor in `NOT_OF_A_FAMILY` stops the migration. Put up by the
owner after every migration, as the grants are; one that stands is left as it is.

A transaction says for whom and about which family it is through `records.shared.wall`. Whether
that person is part of that family today is asked again here, by `wall_admits`.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

# Tables with a family's own id.
OF_A_CASE = (
    "people_casemember", "people_personalias", "people_filing", "people_filedwords",
    "access_teammember",
    "access_conflict", "access_staffmatch", "access_glassask", "access_glassbreak",
    "network_household", "network_gapanswer", "network_keptlayout",
    "addresses_address", "addresses_outgoingask", "subject_access_pack",
    "chronology_importfile", "chronology_importedstatement", "chronology_look",
    "chronology_significancejudgement", "chronology_publication",
    "risk_questionchange", "risk_questionnow", "risk_keptday", "risk_questionanswer",
    "risk_considered", "risk_summary",
    "needs_profile", "needs_adjustment",
    "plans_plan", "decisions_decision", "challenges_challenge",
)  # fmt: skip
# Tables whose rows belong where a row of another table does: the column that names it.
THROUGH = {
    "access_teamstep": ("member_id", "access_teammember"),
    "access_conflictend": ("conflict_id", "access_conflict"),
    "access_glassanswer": ("ask_id", "access_glassask"),
    "access_glassend": ("broken_id", "access_glassbreak"),
    "access_glassescalation": ("broken_id", "access_glassbreak"),
    "access_glassreview": ("broken_id", "access_glassbreak"),
    "access_staffmatchanswer": ("match_id", "access_staffmatch"),
    "access_unusuallookanswer": ("look_id", "access_unusuallook"),
    "access_sealname": ("seal_id", "access_seal"),
    "access_sealnameend": ("name_id", "access_sealname"),
    "access_sealowner": ("seal_id", "access_seal"),
    "access_sealstep": ("seal_id", "access_seal"),
    "access_withholdingend": ("withholding_id", "access_withholding"),
    "addresses_addresscontent": ("address_id", "addresses_address"),
    "addresses_addresskeptfrom": ("address_id", "addresses_address"),
    "addresses_addresstold": ("address_id", "addresses_address"),
    "addresses_outgoinghold": ("ask_id", "addresses_outgoingask"),
    # A hold has its ask's id.
    "addresses_outgoingdecision": ("hold_id", "addresses_outgoingask"),
    **dict.fromkeys(
        (
            "subject_access_packentry",
            "subject_access_packchoice",
            "subject_access_packredaction",
            "subject_access_packcheckasked",
        ),
        ("pack_id", "subject_access_pack"),
    ),
    "subject_access_packredactionundone": ("redaction_id", "subject_access_packredaction"),
    "subject_access_packcheck": ("asked_id", "subject_access_packcheckasked"),
    # A check has the id of what was asked.
    "subject_access_packrelease": ("check_made_id", "subject_access_packcheckasked"),
    "chronology_importrow": ("file_id", "chronology_importfile"),
    "chronology_publishedentry": ("publication_id", "chronology_publication"),
    "risk_changetakenback": ("change_id", "risk_questionchange"),
    "risk_summarypart": ("summary_id", "risk_summary"),
    "risk_summaryentry": ("summary_id", "risk_summary"),
    "risk_summarygiven": ("summary_id", "risk_summary"),
    "needs_profilefrom": ("profile_id", "needs_profile"),
    "needs_profileanswer": ("profile_id", "needs_profile"),
    "needs_profilestrength": ("profile_id", "needs_profile"),
    "needs_profileeffect": ("profile_id", "needs_profile"),
    "needs_agreedtotell": ("adjustment_id", "needs_adjustment"),
    "needs_delivery": ("adjustment_id", "needs_adjustment"),
    "plans_planversion": ("plan_id", "plans_plan"),
    "plans_plananswer": ("version_id", "plans_planversion"),
    "plans_plansignature": ("version_id", "plans_planversion"),
    "plans_plancopy": ("version_id", "plans_planversion"),
    "plans_plancopyend": ("copy_id", "plans_plancopy"),
    "plans_planreminder": ("version_id", "plans_planversion"),
    "decisions_decisionpart": ("decision_id", "decisions_decision"),
    "decisions_decisionoption": ("decision_id", "decisions_decision"),
    "decisions_decisionparty": ("decision_id", "decisions_decision"),
    "decisions_decisionpin": ("decision_id", "decisions_decision"),
    "decisions_decisionmusttell": ("decision_id", "decisions_decision"),
    "decisions_readertest": ("decision_id", "decisions_decision"),
    "challenges_challengeentry": ("challenge_id", "challenges_challenge"),
    "challenges_challengestep": ("challenge_id", "challenges_challenge"),
    "challenges_challengepraise": ("challenge_id", "challenges_challenge"),
}
# Tables whose rows belong where a statement was filed, by the column that names it. A statement
# that was filed nowhere yet is being recorded: its parts may be added, and nobody sees them.
OF_A_STATEMENT = {
    "provenance_statement": "id",
    "provenance_statementlink": "source_id",
    "provenance_shareevent": "statement_id",
    "provenance_awareness": "statement_id",
    "provenance_sharereceipt": "statement_id",
    "people_statementsubject": "statement_id",
    "network_claim": "statement_id",
    "access_statementlabel": "statement_id",
}
# Tables whose rows restrict either a family or a statement.
OF_EITHER = ("access_seal", "access_withholding")
# Everything else says nothing of a family; each with why.
NOT_OF_A_FAMILY = {
    "shared_agency": "an agency",
    "shared_practitioner": "a post",
    "shared_account": "an account",
    "accounts_postchange": "a post",
    "accounts_staffdetail": "somebody who works for an agency",
    "access_unusualweek": "that an agency's week was listed",
    "accounts_passwordlink": "an account",
    "accounts_passwordlinkuse": "an account",
    "accounts_confirmation": "an account",
    "accounts_confirmationnotice": "an account",
    "accounts_ratecount": "how often somebody asked",
    "access_clearance": "a person's clearance for a label",
    "access_clearanceend": "the end of a clearance",
    "chronology_layout": "how an agency's files are laid out",
    "risk_patternversion": "the patterns of the partnership",
    "challenges_ladderversion": "the partnership's stages of a challenge",
    "challenges_answererversion": "who answers challenges for an agency",
}
TRAIL = "audit_auditevent"
# Machinery that the web role either may not touch or that holds no record.
MACHINERY_PREFIXES = (
    "audit_", "django_", "auth_", "account_", "mfa_", "socialaccount_", "usersessions_", "axes_",
    "procrastinate_",
)  # fmt: skip

# A link between people stands in two families, and a line of unusual access may be of none.
_BY_HAND = {
    "access_unusuallook": (
        "(access_unusuallook.case_id IS NULL OR COALESCE((SELECT true FROM people_case c "
        "WHERE c.id = access_unusuallook.case_id LIMIT 1), false))"
    ),
    "people_person": (
        "COALESCE((SELECT true FROM people_casemember m WHERE m.person_id = people_person.id "
        "LIMIT 1), false)"
    ),
    "network_personlink": (
        "COALESCE((SELECT true FROM people_casemember m WHERE m.person_id IN "
        "(network_personlink.a_id, network_personlink.b_id) LIMIT 1), false)"
    ),
}
EVERYTHING = "current_setting('gt.reach', true) = 'all'"
# A transaction that is open for something: only then is anything added.
OPEN = f"(NULLIF(current_setting('gt.cases', true), '') IS NOT NULL OR {EVERYTHING})"
# Beside the owner, who puts the walls up, these see every row: what they may do the grants say.
ALSO_SEE_ALL = ("gt_seal",)

# What keeps a family from somebody who is part of it, for a family's id and with `who`, `of_agency`
# and `today` at hand.
NOT_BARRED = """
    NOT EXISTS (
        SELECT FROM shared_practitioner p
        WHERE p.id = who
        AND p.remit IN ('administrator', 'partnership_manager', 'information_governance')
    ) AND NOT EXISTS (
        SELECT FROM access_conflict c WHERE c.case_id = {family} AND c.practitioner_id = who
        AND NOT EXISTS (SELECT FROM access_conflictend e WHERE e.conflict_id = c.id)
    ) AND NOT EXISTS (
        SELECT FROM access_seal z WHERE z.case_id = {family}
        AND NOT EXISTS (SELECT FROM access_sealstep s WHERE s.seal_id = z.id AND s.lifts)
        AND NOT EXISTS (
            SELECT FROM access_sealname n WHERE n.seal_id = z.id AND n.practitioner_id = who
            AND n.from_on <= today AND (n.to_on IS NULL OR n.to_on > today)
            AND NOT EXISTS (
                SELECT FROM access_sealnameend e WHERE e.name_id = n.id AND e.to_on <= today))
    ) AND NOT EXISTS (
        SELECT FROM access_withholding w
        WHERE w.case_id = {family} AND (w.until IS NULL OR w.until >= today)
        AND (w.practitioner_id = who OR w.agency_id = of_agency)
        AND NOT EXISTS (SELECT FROM access_withholdingend e WHERE e.withholding_id = w.id)
    )"""

_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION wall_admits(family uuid, who uuid, of_agency uuid, today date)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (EXISTS (
        SELECT FROM access_teammember t JOIN shared_practitioner p ON p.id = t.practitioner_id
        WHERE t.case_id = family AND t.from_on <= today AND (t.to_on IS NULL OR t.to_on > today)
        AND (t.practitioner_id = who OR p.agency_id = of_agency)
    ) OR EXISTS (
        -- A broken glass: for its day here, for its hours in the table of rules.
        SELECT FROM access_glassbreak g
        WHERE g.case_id = family AND g.practitioner_id = who
        AND today BETWEEN (g.opened_at AT TIME ZONE 'Europe/London')::date
            AND (g.until AT TIME ZONE 'Europe/London')::date
        AND NOT EXISTS (SELECT FROM access_glassend e WHERE e.broken_id = g.id)
    )) AND {NOT_BARRED.format(family="family")};
END $$;
CREATE OR REPLACE FUNCTION wall_admits(family uuid)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN public.wall_admits(
        family,
        NULLIF(current_setting('gt.practitioner', true), '')::uuid,
        NULLIF(current_setting('gt.agency', true), '')::uuid,
        NULLIF(current_setting('gt.day', true), '')::date
    );
END $$;
CREATE OR REPLACE FUNCTION wall_is_filed(one uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM people_filing f WHERE f.statement_id = one)
$$;
REVOKE ALL ON FUNCTION wall_admits(uuid, uuid, uuid, date), wall_admits(uuid), wall_is_filed(uuid)
    FROM PUBLIC;
"""


# The walls that stand whole, each with what it was made from. One that is as it should be is left
# alone: to make it again waits for everybody who uses the table, and makes them wait.
_STANDING = """
SELECT c.relname, obj_description(p.oid, 'pg_policy')
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
 WHERE p.polname = 'wall_added' AND c.relrowsecurity AND c.relforcerowsecurity
   AND c.relnamespace = 'public'::regnamespace
   AND (SELECT count(*) FROM pg_policy o WHERE o.polrelid = c.oid) =
       CASE c.relname WHEN 'audit_auditevent' THEN 2 ELSE 5 END
"""


_POLICIES = """
SELECT c.relname, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
 WHERE c.relnamespace = 'public'::regnamespace
"""


def put_up_walls(connection: BaseDatabaseWrapper, *, app: str = "gt_app") -> None:
    """Enable and force row-level security on every table of a family, with its policies.

    Run with the owner's connection, inside a transaction. Safe to run again. Raises LookupError
    naming a table of which nobody has said how its rows belong to a family.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(_FUNCTIONS)
        cursor.execute(
            "GRANT EXECUTE ON FUNCTION wall_admits(uuid, uuid, uuid, date), wall_admits(uuid), "
            f"wall_is_filed(uuid) TO {connection.ops.quote_name(app)}"
        )
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[*ALSO_SEE_ALL, "gt_read"]]
        )
        there = {row[0] for row in cursor.fetchall()}
        cursor.execute(_STANDING)
        standing = dict(cursor.fetchall())
        cursor.execute(_POLICIES)
        others: dict[str, list[str]] = {}
        for table, name in cursor.fetchall():
            others.setdefault(table, []).append(name)
        for table in tables:
            statements = list(_wall_of(table, app, there))
            mark = sha256("\n".join(statements).encode()).hexdigest()
            if not statements or standing.get(table) == mark:
                continue
            for name in others.get(table, ()):  # whoever put one there, it opens the wall
                cursor.execute(f'DROP POLICY {connection.ops.quote_name(name)} ON "{table}"')
            for statement in statements:
                cursor.execute(statement)
            cursor.execute(f"""COMMENT ON POLICY wall_added ON "{table}" IS '{mark}'""")


def is_of_a_family(table: str) -> bool:
    """Whether a table's rows belong to a family. Raises LookupError where nobody has said."""
    if table in NOT_OF_A_FAMILY:
        return False
    if table == TRAIL or _belongs(table) is not None:
        return True
    if table.startswith(MACHINERY_PREFIXES):
        return False
    raise LookupError(f"Nobody has said how the rows of {table} belong to a family.")


def _belongs(table: str) -> tuple[str, str] | None:
    """The conditions on which a row is seen, and may be added; None where it is of no family."""
    if table == "people_case":
        seen = _within("id")
        return seen, seen
    if table in OF_A_CASE:
        seen = _within("case_id")
        return seen, seen
    if table in THROUGH:
        column, parent = THROUGH[table]
        seen = (
            f"({EVERYTHING} OR COALESCE((SELECT true FROM {parent} p "
            f"WHERE p.id = {table}.{column} LIMIT 1), false))"
        )
        return seen, seen
    if table in OF_A_STATEMENT:
        seen = _filed(table, OF_A_STATEMENT[table])
        being_made = f"({OPEN} AND NOT wall_is_filed({OF_A_STATEMENT[table]}))"
        return seen, f"({seen} OR {being_made})"
    if table in OF_EITHER:
        of_entry, of_family = _filed(table, "statement_id"), _within("case_id")
        seen = f"CASE WHEN case_id IS NULL THEN {of_entry} ELSE {of_family} END"
        return seen, seen
    if table in _BY_HAND:
        seen = f"({EVERYTHING} OR {_BY_HAND[table]})"
        return seen, OPEN
    if table == "chronology_draft":
        own = "account_id = NULLIF(current_setting('gt.account', true), '')::uuid"
        seen = f"({own} OR {_within('case_id')})"
        return seen, seen
    return None


def _within(column: str) -> str:
    """That a family's id is one that the transaction is open for."""
    return (
        f"({column} = ANY (NULLIF(current_setting('gt.cases', true), '')::uuid[]) OR {EVERYTHING} "
        f"OR (current_setting('gt.reach', true) = 'own' AND wall_admits({column})))"
    )


def _filed(table: str, column: str) -> str:
    """That a statement was filed on such a family.

    As a value and not as EXISTS: that could be answered by reading every filing there is, so that
    a family's page would cost what the whole database costs.
    """
    return (
        f"({EVERYTHING} OR COALESCE((SELECT true FROM people_filing f "
        f"WHERE f.statement_id = {table}.{column} LIMIT 1), false))"
    )


def _wall_of(table: str, app: str, roles: set[str]) -> Iterator[str]:
    if not is_of_a_family(table):
        return
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    also = roles & {*ALSO_SEE_ALL, *(("gt_read",) if table == TRAIL else ())}
    whole = ", ".join(["CURRENT_USER", *sorted(also)])
    yield f'CREATE POLICY wall_whole ON "{table}" TO {whole} USING (true) WITH CHECK (true)'
    if table == TRAIL:
        yield f'CREATE POLICY wall_added ON "{table}" FOR INSERT TO {app} WITH CHECK (true)'
        return
    belongs = _belongs(table)
    assert belongs is not None
    seen, added = belongs
    yield f'CREATE POLICY wall_seen ON "{table}" FOR SELECT TO {app} USING ({seen})'
    yield f'CREATE POLICY wall_added ON "{table}" FOR INSERT TO {app} WITH CHECK ({added})'
    yield f'CREATE POLICY wall_changed ON "{table}" FOR UPDATE TO {app} USING ({seen})'
    yield f'CREATE POLICY wall_removed ON "{table}" FOR DELETE TO {app} USING ({seen})'
