"""Is this server fit to hold a family's record? Asked at every start, whatever the server.

Two silent failures are looked for: a character type that drops every letter outside ASCII, so that
a child named Мария cannot be found; and a role that row-level security does not hold.
"""

import psycopg

from goldenthread.config.postgres.programs import OLDEST_MAJOR
from goldenthread.config.postgres.refusals import UnfitForUse

_ROLE = """
SELECT r.rolname,
       EXISTS (SELECT FROM pg_roles p WHERE p.rolsuper AND pg_has_role(r.oid, p.oid, 'MEMBER')),
       EXISTS (SELECT FROM pg_roles p WHERE p.rolbypassrls AND pg_has_role(r.oid, p.oid, 'MEMBER')),
       (SELECT format('%I.%I', n.nspname, c.relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(r.oid, c.relowner, 'MEMBER')
         ORDER BY 1 LIMIT 1)
  FROM pg_roles r WHERE r.rolname = current_user
"""


def assert_fit_for_use(url: str) -> None:
    """Check the server and the role that `url` logs in as (normally gt_app).

    Raises UnfitForUse with every reason found.
    """
    try:
        with psycopg.connect(url, connect_timeout=10, autocommit=True) as connection:
            reasons = _faults_of_server(connection) + _faults_of_role(connection)
    except psycopg.OperationalError as refused:
        raise UnfitForUse(f"The database cannot be reached: {str(refused).strip()}") from None
    if reasons:
        raise UnfitForUse("Goldenthread cannot use this database. " + " ".join(reasons))


def _faults_of_server(connection: psycopg.Connection) -> list[str]:
    faults = []
    version = connection.info.server_version
    if version // 10000 < OLDEST_MAJOR:
        faults.append(f"It is PostgreSQL {version // 10000}; {OLDEST_MAJOR} or later is needed.")
    if connection.execute("SHOW server_encoding").fetchone() != ("UTF8",):
        faults.append("Its encoding is not UTF8, so many names could not be stored.")
    try:
        trigrams = connection.execute("SELECT show_trgm('Мария')").fetchone()
    except psycopg.errors.UndefinedFunction:
        faults.append(
            "The extension pg_trgm, which finds people by name, is missing: run the SQL that "
            "makes the roles and the database."
        )
    else:
        if not trigrams or not trigrams[0]:
            faults.append(
                "Its character type drops letters outside English, so a child named Мария could "
                "never be found by name: make the database with LC_CTYPE 'C.UTF-8'."
            )
    return faults


def _faults_of_role(connection: psycopg.Connection) -> list[str]:
    found = connection.execute(_ROLE).fetchone()
    if found is None:
        return ["The role it logs in as cannot be looked at."]
    role, superuser, bypasses, owned = found
    faults = []
    if superuser:
        faults.append(f"The role {role} is, or may become, a superuser: no access rule holds it.")
    if bypasses:
        faults.append(f"The role {role} may pass by row-level security.")
    if owned:
        faults.append(
            f"The role {role} owns {owned}, so it could rewrite what was recorded: use a role "
            "that owns nothing."
        )
    return faults
