"""What the web role may do to each table: the lock behind "never rewritten".

Triggers can be switched off in a session; privileges cannot. A table that is not listed here is
granted nothing, and a test names it. Applied by the owner after every migration.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

WRITE_ONLY = ("audit_auditevent",)
# The log that proves the record: the sealer adds to it, and the web role may not even read it.
LOG = (
    "audit_leafform",
    "audit_leaf",
    "audit_leafsalt",
    "audit_lognode",
    "audit_checkpoint",
    "audit_witness",
    "audit_cosignature",
)
WAITING_FOR_THE_LOG = "audit_waiting"
APPEND_ONLY = (
    "provenance_statement",
    "provenance_statementlink",
    "provenance_shareevent",
    "provenance_awareness",
    "provenance_sharereceipt",
    "people_statementsubject",
    "people_filing",
    "network_household",
    "network_claim",
    "network_gapanswer",
    "network_personlink",
    "chronology_importedstatement",
    "chronology_significancejudgement",
    "chronology_publication",
    "chronology_publishedentry",
    "risk_questionchange",
    "risk_changetakenback",
    "risk_questionanswer",
    "risk_patternversion",
    "risk_summary",
    "risk_summarypart",
    "risk_summaryentry",
    "risk_summarygiven",
    "needs_profile",
    "needs_profilefrom",
    "needs_profileanswer",
    "needs_profilestrength",
    "needs_profileeffect",
    "needs_adjustment",
    "needs_agreedtotell",
    "needs_delivery",
    "plans_plan",
    "plans_planversion",
    "plans_plananswer",
    "plans_plansignature",
    "plans_plancopy",
    "plans_plancopyend",
    "plans_planreminder",
    "decisions_decision",
    "decisions_decisionpart",
    "decisions_decisionoption",
    "decisions_decisionparty",
    "decisions_decisionpin",
    "decisions_decisionmusttell",
    "decisions_readertest",
    "challenges_challenge",
    "challenges_challengeentry",
    "challenges_challengestep",
    "challenges_challengepraise",
    "challenges_ladderversion",
    "challenges_answererversion",
    "addresses_address",
    "addresses_addresskeptfrom",
    "addresses_addresstold",
    "addresses_outgoingask",
    "addresses_outgoinghold",
    "addresses_outgoingdecision",
    "subject_access_pack",
    "subject_access_packentry",
    "subject_access_packchoice",
    "subject_access_packredaction",
    "subject_access_packredactionundone",
    "subject_access_packcheckasked",
    "subject_access_packcheck",
    "subject_access_packrelease",
    "access_teamstep",
    "access_statementlabel",
    "access_clearance",
    "access_clearanceend",
    "access_seal",
    "access_sealname",
    "access_sealnameend",
    "access_sealowner",
    "access_sealstep",
    "access_withholding",
    "access_withholdingend",
    "access_conflict",
    "access_conflictend",
    "access_staffmatch",
    "access_staffmatchanswer",
    "access_unusualweek",
    "access_unusuallook",
    "access_unusuallookanswer",
    "access_glassask",
    "access_glassanswer",
    "access_glassbreak",
    "access_glassend",
    "access_glassescalation",
    "access_glassreview",
    "accounts_postchange",
    "accounts_staffdetail",
    "accounts_passwordlink",
    "accounts_passwordlinkuse",
    "accounts_confirmation",
    "accounts_confirmationnotice",
)
# Encrypted, and committed to by a row of the record: the owner alone encrypts it again, under
# another key.
ENCRYPTED = ("addresses_addresscontent",)
# People correct these in place, and how each row stood is kept by a trigger; by table, the columns
# that are not kept: secrets, and what is counted from rows that are sealed.
WITH_HISTORY: dict[str, tuple[str, ...]] = {
    "shared_agency": (),
    "shared_practitioner": (),
    "shared_account": ("password", "last_login"),
    "people_person": (),
    "people_case": ("entries_filed",),
    "people_casemember": (),
    "people_personalias": (),
    "access_teammember": (),
}
HISTORY = "audit_rowhistory"
# Changed in place and without a history: work that leads to a record and is none (decision 36).
CORRECTED_IN_PLACE = (
    *WITH_HISTORY,
    "chronology_layout",
    "chronology_importfile",
    "chronology_look",
    "risk_considered",
)
# Nothing here is part of the record: work in hand, sessions, sign-in machinery, the job queue.
WORKING_PREFIXES = (
    "django_session",
    "account_",
    "mfa_",
    "socialaccount_",
    "usersessions_",
    "axes_",
    "procrastinate_",
)
WORKING = (
    "chronology_draft",
    "chronology_importrow",
    "network_keptlayout",
    "risk_questionnow",
    "risk_keptday",
    "accounts_ratecount",
)
READ_ONLY = ("django_migrations", "django_content_type", "auth_group", "auth_permission")
READER_MAY_READ = (*WRITE_ONLY, "shared_agency", "shared_practitioner")
# Every row of these is sealed: a change of any is found and named. Who witnesses, and what they
# signed, is sealed too: taking a witness away must not go unseen.
SEALED = (*WRITE_ONLY, *APPEND_ONLY, HISTORY, "audit_witness", "audit_cosignature")
# Kept by the database itself, for functions that run as the owner.
OWNERS_ALONE = ("people_filedwords",)
# No account belongs to a group; Django makes the joining table and nothing may use it.
UNUSED = ("auth_group_permissions",)


def privileges_of(table: str) -> str | None:
    """The web role's privileges on one table, or None where the table is not classified."""
    if table in WRITE_ONLY:
        return "INSERT"
    if table in (*APPEND_ONLY, *ENCRYPTED):
        return "SELECT, INSERT"
    if table in CORRECTED_IN_PLACE:
        return "SELECT, INSERT, UPDATE"
    if table in WORKING or table.startswith(WORKING_PREFIXES):
        return "SELECT, INSERT, UPDATE, DELETE"
    if table in READ_ONLY:
        return "SELECT"
    return "" if table in (*UNUSED, *OWNERS_ALONE, *LOG, WAITING_FOR_THE_LOG, HISTORY) else None


def _sealers_privileges(table: str) -> str:
    if table == WAITING_FOR_THE_LOG:
        return "SELECT, DELETE"
    if table in LOG:
        return "SELECT, INSERT"
    return "SELECT" if table in (*SEALED, *WITH_HISTORY) else ""


def apply_grants(
    connection: BaseDatabaseWrapper,
    *,
    app: str = "gt_app",
    reader: str = "gt_read",
    sealer: str = "gt_seal",
) -> None:
    """Grant every table in the database what it is classified for, and nothing else.

    Run with the owner's connection. Raises LookupError naming a table nobody has classified.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        quoted_app, quoted_reader = (
            connection.ops.quote_name(app),
            connection.ops.quote_name(reader),
        )
        for table in tables:
            privileges = privileges_of(table)
            if privileges is None:
                raise LookupError(f"Nobody has said what the web role may do to {table}.")
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {name} FROM {quoted_app}")
            if privileges:
                cursor.execute(f"GRANT {privileges} ON {name} TO {quoted_app}")
            if table in READER_MAY_READ:
                cursor.execute(f"GRANT SELECT ON {name} TO {quoted_reader}")
        for table in tables if _is_role(cursor, sealer) else ():
            name = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {name} FROM {sealer}")
            if privileges := _sealers_privileges(table):
                columns = _columns_kept(cursor, connection, table)
                cursor.execute(f"GRANT {privileges}{columns} ON {name} TO {sealer}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted_app}")


def _columns_kept(cursor: CursorWrapper, connection: BaseDatabaseWrapper, table: str) -> str:
    """The columns of a table that the sealer may read, in brackets; nothing where it is all."""
    left_out = WITH_HISTORY.get(table)
    if not left_out:
        return ""
    found = connection.introspection.get_table_description(cursor, table)
    kept = [one.name for one in found if one.name not in left_out]
    return f" ({', '.join(map(connection.ops.quote_name, kept))})"


def _is_role(cursor: CursorWrapper, role: str) -> bool:
    """Whether the server has the role: one of the operator's own may not have the sealer's yet."""
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    return cursor.rowcount == 1


_OWNERS_TRIGGERS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
   AND p.prorettype = 'trigger'::regtype ORDER BY 1
"""


def keep_triggers_for_the_owner(connection: BaseDatabaseWrapper) -> None:
    """Let nobody put a trigger that runs as the owner on a table of their own.

    One made by the name of a table of the record would else write what it liked into what the
    trigger keeps. Run with the owner's connection, after every trigger was put on.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS_TRIGGERS)
        for (function,) in cursor.fetchall():
            cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
