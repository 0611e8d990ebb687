"""Making a database cluster, its configuration, and launching the server on it.

A half-made cluster is never taken for a whole one. This module must never turn off fsync or
full_page_writes except for a throw-away server, nor let the server listen on a network.
"""

import ctypes
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from goldenthread.config.postgres.home import (
    Home,
    Say,
    make_private,
    read_plainly,
    set_aside,
    write_whole,
)
from goldenthread.config.postgres.programs import Programs
from goldenthread.config.postgres.refusals import CannotDecide, DidNotStart

ADMIN = "gt_admin"
_LARGEST_LOG = 20_000_000

# Without --lc-ctype=C.UTF-8, trigram search drops every letter outside ASCII: a child named
# Мария could not be found by name. The builtin provider exists from PostgreSQL 17.
_LOCALE_FROM_17 = (
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
)
_LOCALE_BEFORE_17 = ("--locale=C.UTF-8",)


def ensure_cluster(
    home: Home, programs: Programs, *, throwaway: bool = False, say: Say = print
) -> None:
    """Make the cluster if there is none: into data.new, its identifier noted, then renamed.

    Raises DidNotStart with what initdb said.
    """
    if home.existing_major() is not None:
        return
    if home.unfinished_cluster.exists():
        aside = set_aside(home.unfinished_cluster, time.strftime("%Y%m%dT%H%M%S"))
        say(f"A database that was never finished was set aside as {aside}.")
    say(f"Making a new PostgreSQL {programs.major} database in {home.cluster}.")
    make_private(home.unfinished_cluster, home.account)
    _run_initdb(home, programs, throwaway)
    home.remember(
        system_identifier=_system_identifier(home, programs),
        started_with=[],
        made_with=programs.version,
    )
    os.rename(home.unfinished_cluster, home.cluster)


def _run_initdb(home: Home, programs: Programs, throwaway: bool) -> None:
    locale = _LOCALE_FROM_17 if programs.major >= 17 else _LOCALE_BEFORE_17
    arguments = [
        *(programs / "initdb", "-D", home.unfinished_cluster, "-U", ADMIN, "--pwfile=/dev/stdin"),
        *("--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8", *locale),
        "--data-checksums",
        *(["--no-sync"] if throwaway else []),
    ]
    with _in_memory(home.passwords()[ADMIN] + "\n") as password:
        made = home.account.run(arguments, stdin=password, timeout=300)
    if made.returncode != 0:
        raise DidNotStart(
            f"PostgreSQL could not make a database in {home.path}. It said: "
            f"{(made.stderr or made.stdout).strip()[-2000:]}"
        )


@contextmanager
def _in_memory(text: str) -> Iterator[IO[bytes]]:
    """An open file that never touches a disc where the system allows, read from its beginning."""
    with (
        os.fdopen(os.memfd_create("goldenthread"), "w+b")
        if hasattr(os, "memfd_create")
        else tempfile.TemporaryFile()
    ) as file:
        file.write(text.encode())
        file.flush()
        file.seek(0)
        yield file


def _system_identifier(home: Home, programs: Programs) -> str:
    told = home.account.run([programs / "pg_controldata", home.unfinished_cluster])
    found = re.search(r"Database system identifier:\s+(\d+)", told.stdout)
    if not found:
        raise DidNotStart(f"The new database in {home.path} cannot be read: {told.stderr.strip()}")
    return found.group(1)


def write_configuration(home: Home, socket_folder: Path, *, throwaway: bool = False) -> None:
    """Write HOME/postgresql.conf, which the account may read but not change.

    The cluster's own postgresql.conf (made by initdb) is included first; ours then prevails.
    """
    wal = shlex.quote(str(home.wal)).replace("%", "%%")
    archive = (
        f'if test -f {wal}/"%f"; then cmp -s "%p" {wal}/"%f"; else '
        f'cp "%p" {wal}/"%f.part" && sync {wal}/"%f.part" && mv {wal}/"%f.part" {wal}/"%f"; fi'
    )
    settings = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{socket_folder}"',
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "wal_level": "replica",
        "archive_mode": "on",
        "archive_command": archive,
        "archive_timeout": "60",
        "max_connections": "50",
        "log_min_messages": "warning",
        # A failed statement may hold a child's name: neither it nor its detail goes to the log.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_destination": "stderr",
        "logging_collector": "off",
        "log_timezone": "UTC",
        "timezone": "UTC",
        "jit": "off",
    }
    if throwaway:
        settings.update(
            archive_mode="off", fsync="off", full_page_writes="off", synchronous_commit="off"
        )
    lines = [
        "# Written by Goldenthread at every start. Changes belong in data/postgresql.auto.conf.",
        f"include_if_exists = {_quoted(str(home.cluster / 'postgresql.conf'))}",
        *(f"{name} = {_quoted(value)}" for name, value in settings.items()),
    ]
    write_whole(home.configuration, "\n".join(lines) + "\n", 0o644)


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def launch(
    home: Home, programs: Programs, *, dies_with_us: bool = False
) -> subprocess.Popen[bytes]:
    """Start the server as a direct child in its own session; ready only when pg_isready says so.

    `dies_with_us` (throw-away servers, on Linux) stops it when the thread that started it ends.
    """
    with _open_log(home) as log:
        options = home.account.options()
        return subprocess.Popen(
            [
                str(programs / "postgres"),
                *("-D", str(home.cluster)),
                *("-c", f"config_file={home.configuration}"),
                *("-c", f"hba_file={home.cluster / 'pg_hba.conf'}"),
                *("-c", f"ident_file={home.cluster / 'pg_ident.conf'}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_stop_with_parent() if dies_with_us else None,
            **options,
        )


def _stop_with_parent() -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)  # loaded before the fork, where little may be done
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)

    def ask() -> None:
        library.prctl(set_parent_death_signal, signal.SIGINT)

    return ask


def _open_log(home: Home) -> IO[bytes]:
    try:
        if home.log_file.lstat().st_size > _LARGEST_LOG:
            os.rename(home.log_file, home.log_file.with_suffix(".log.1"))
    except FileNotFoundError:
        pass
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    try:
        opened = os.open(home.log_file, flags, 0o600)
    except OSError as refused:
        raise CannotDecide(f"{home.log_file} cannot be opened: {refused.strerror}.") from refused
    if os.fstat(opened).st_nlink != 1:
        os.close(opened)
        raise CannotDecide(f"{home.log_file} has a second name elsewhere; it was not written to.")
    return os.fdopen(opened, "ab")


def log_length(home: Home) -> int:
    """Bytes in the log now, so that only later lines are shown."""
    try:
        return home.log_file.lstat().st_size
    except FileNotFoundError:
        return 0


def last_log_lines(home: Home, *, after: int = 0, lines: int = 12) -> str:
    """The last lines the server wrote after the given length, for a message to a person."""
    try:
        text = read_plainly(home.log_file, 2 * _LARGEST_LOG)
    except OSError:
        return "(no log)"
    later = text.encode()[after:].decode("utf-8", "replace")
    return "\n".join(later.splitlines()[-lines:]) or "(nothing in the log)"
