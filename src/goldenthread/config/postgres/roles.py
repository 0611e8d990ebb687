"""The database's roles, and the database itself: who may do what.

The lock on what was recorded is the privileges: the role the web pages use owns nothing. Grants on
tables belong to the migrations; only roles, the database, its settings and extensions are made
here. This module must never write a password into SQL: only its scram verifier.
"""

import psycopg
from psycopg import sql

DATABASE = "goldenthread"
EXTENSIONS = ("btree_gin", "btree_gist", "fuzzystrmatch", "pg_trgm", "unaccent")
# amcheck (checking indexes for damage) may be made by the superuser alone.
ADMIN_EXTENSIONS = ("amcheck",)

_PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
ATTRIBUTES = {
    "gt_owner": _PLAIN,
    "gt_app": _PLAIN,
    "gt_read": _PLAIN,
    "gt_seal": _PLAIN,
    "gt_backup": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE REPLICATION BYPASSRLS",
}


def ensure_roles_and_database(admin: psycopg.Connection, passwords: dict[str, str]) -> None:
    """Make what is missing and put right what has drifted. Safe to run at every start.

    `admin` is an autocommit connection of gt_admin to the database `postgres`.
    """
    for role, attributes in ATTRIBUTES.items():
        known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount
        verb = "ALTER" if known else "CREATE"
        verifier = admin.pgconn.encrypt_password(
            passwords[role].encode(), role.encode(), b"scram-sha-256"
        ).decode()
        admin.execute(
            sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                sql.SQL(verb), sql.Identifier(role), sql.SQL(attributes), sql.Literal(verifier)
            )
        )
    if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
        admin.execute(
            f"CREATE DATABASE {DATABASE} OWNER gt_owner TEMPLATE template0 ENCODING 'UTF8'"
        )
    for statement in _database_settings():
        admin.execute(statement)


def ensure_extensions(admin: psycopg.Connection) -> None:
    """Extensions and schema privileges. `admin` is an autocommit connection to the database."""
    for statement in _inside_the_database():
        admin.execute(statement)
    admin.execute("SET ROLE gt_owner")  # so that a dump restores as the owner
    for name in EXTENSIONS:
        admin.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public")
    admin.execute("RESET ROLE")
    for name in ADMIN_EXTENSIONS:
        admin.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public")


def _database_settings() -> list[str]:
    return [
        f"ALTER DATABASE {DATABASE} OWNER TO gt_owner",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO gt_app, gt_read, gt_seal, gt_backup",
        # Many rows at once are copied beside a table and inserted from there: see records.copying.
        f"GRANT TEMPORARY ON DATABASE {DATABASE} TO gt_app",
        f"ALTER DATABASE {DATABASE} SET timezone TO 'UTC'",
        # Measured: compiling the look-back queries cost more than running them.
        f"ALTER DATABASE {DATABASE} SET jit TO off",
        "ALTER ROLE gt_read SET default_transaction_read_only TO on",
        "GRANT pg_read_all_data TO gt_backup",
    ]


def _inside_the_database() -> list[str]:
    return [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO gt_app, gt_read, gt_seal, gt_backup",
    ]


def roles_sql() -> str:
    """What an operator runs once with psql, as an administrator, on a server of their own.

    Passwords are asked for by psql and never stand in the text. The addresses are then given as
    DATABASE_URL (gt_app), DATABASE_OWNER_URL (gt_owner), DATABASE_READ_URL (gt_read) and
    DATABASE_SEAL_URL (gt_seal).
    """
    lines = [
        "-- Run with psql as an administrator of the server. It may be run again.",
        r"\set ON_ERROR_STOP on",
        "SET password_encryption = 'scram-sha-256';",
    ]
    for role, attributes in ATTRIBUTES.items():
        lines += [
            (
                f"SELECT 'CREATE ROLE {role}' WHERE NOT EXISTS "
                rf"(SELECT FROM pg_roles WHERE rolname = '{role}') \gexec"
            ),
            f"ALTER ROLE {role} {attributes};",
        ]
    lines += [
        "-- A managed service's administrator must be a member of the role it gives away to.",
        "GRANT gt_owner TO CURRENT_USER;",
        f"SELECT 'CREATE DATABASE {DATABASE} OWNER gt_owner TEMPLATE template0 ENCODING ''UTF8'''",
        "  || ' LC_COLLATE ''C'' LC_CTYPE ''C.UTF-8'''",
        rf"  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \gexec",
        *(f"{each};" for each in _database_settings()),
        rf"\connect {DATABASE}",
        *(f"{each};" for each in _inside_the_database()),
        *(f"CREATE EXTENSION IF NOT EXISTS {each} SCHEMA public;" for each in EXTENSIONS),
        "-- Choose a different long password for each.",
        *(rf"\password {role}" for role in ATTRIBUTES),
    ]
    return "\n".join(lines) + "\n"
