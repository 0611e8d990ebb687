"""One command, real PostgreSQL, nothing else installed: starts, adopts and stops the database.

A server is stopped only by whoever started it, or by the explicit stop command, and only once it
has been verified to be ours. This module must never act on a folder whose lock it does not hold.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from goldenthread.config.postgres import cluster, postmaster
from goldenthread.config.postgres.account import Account, choose_account
from goldenthread.config.postgres.adoption import (
    adoptable,
    compare_identity,
    is_ours,
    log_in,
    wait_for_ours,
)
from goldenthread.config.postgres.fitness import assert_fit_for_use
from goldenthread.config.postgres.home import (
    Home,
    Say,
    default_home,
    held_lock,
    make_parts,
    open_home,
)
from goldenthread.config.postgres.lifetime import (
    forget_socket_folder,
    socket_folder_for,
    start,
    stop_child,
    stop_held,
)
from goldenthread.config.postgres.over_network import over_tls
from goldenthread.config.postgres.postmaster import Holder
from goldenthread.config.postgres.programs import Programs, choose_programs
from goldenthread.config.postgres.refusals import CannotDecide, NotSupportedHere
from goldenthread.config.postgres.roles import (
    DATABASE,
    ensure_extensions,
    ensure_roles_and_database,
)
from goldenthread.config.postgres.server import Server, socket_addresses

_EXTERNAL = {
    "gt_app": "DATABASE_URL",
    "gt_owner": "DATABASE_OWNER_URL",
    "gt_read": "DATABASE_READ_URL",
    "gt_seal": "DATABASE_SEAL_URL",
    "gt_backup": "DATABASE_BACKUP_URL",
}


@contextmanager
def running_server(
    home: Path | None = None, *, say: Say = print, pilot: bool = False
) -> Iterator[Server]:
    """A server that is ready, with its roles and database made, for the length of the block.

    DATABASE_URL is used if set; otherwise a server in `home` is adopted or started, and stopped at
    the end only if it was started here. `pilot` refuses the account `nobody`. Raises a
    DatabaseRefused saying why, having changed nothing that was not ours.
    """
    if os.environ.get("DATABASE_URL"):
        server = external_server()
        say(server.chosen)
        yield server
        return
    refuse_unsupported_system()
    account = choose_account(pilot=pilot, say=say)
    opened = open_home(home or default_home(), account)
    with held_lock(opened):
        make_parts(opened)
        programs = choose_programs(opened, say=say)
        with served(opened, programs, say=say) as server:
            yield server


@contextmanager
def served(
    home: Home, programs: Programs, *, throwaway: bool = False, say: Say = print
) -> Iterator[Server]:
    """Start or adopt the server of a home whose lock is held. Raises DatabaseRefused."""
    cluster.ensure_cluster(home, programs, throwaway=throwaway, say=say)
    adopted = adoptable(home, programs, say=say)
    if adopted:
        socket_folder, process = adopted
        process.release()
        server = ready(home, programs, socket_folder, adopted=True)
        say(f"{server.chosen} It was already running, and will be left running.")
        yield server
        return
    us = os.getpid()
    socket_folder = socket_folder_for(home, say)
    try:
        child = start(home, programs, socket_folder, throwaway=throwaway, say=say)
        try:
            server = ready(home, programs, socket_folder, adopted=False)
            say(server.chosen)
            yield server
        finally:
            if os.getpid() == us:  # a forked worker leaving the block did not start it
                stop_child(child, home, say=say)
    finally:
        if os.getpid() == us:
            forget_socket_folder(socket_folder, home)


def external_server() -> Server:
    """The server DATABASE_URL names; nothing is started. Raises UnfitForUse."""
    given = {role: os.environ.get(name, "") for role, name in _EXTERNAL.items()}
    addresses = {role: over_tls(address) for role, address in given.items() if address}
    assert_fit_for_use(addresses["gt_app"])
    with psycopg.connect(addresses["gt_app"], connect_timeout=10) as connection:
        major = connection.info.server_version // 10000
        host, database = connection.info.host, connection.info.dbname
    return Server(
        major=major,
        chosen=f"Using the PostgreSQL {major} named by DATABASE_URL: {database} on {host}.",
        addresses=addresses,
    )


def refuse_unsupported_system() -> None:
    """Raises NotSupportedHere on Windows, where the embedded server has not been tried."""
    if os.name != "posix":
        raise NotSupportedHere(
            "Goldenthread cannot start its own database on this operating system yet. Set "
            "DATABASE_URL to a PostgreSQL server, or use Linux or a Mac."
        )


def ready(home: Home, programs: Programs, socket_folder: Path, *, adopted: bool) -> Server:
    """Verify whose it is, make roles and database, and assert it fit. Raises DatabaseRefused."""
    compare_identity(home, socket_folder)
    passwords = home.passwords()
    with log_in(home, socket_folder) as admin:
        ensure_roles_and_database(admin, passwords)
    with log_in(home, socket_folder, DATABASE) as admin:
        ensure_extensions(admin)
    server = server_at(home, programs, socket_folder, adopted=adopted)
    assert_fit_for_use(server.url("gt_app"))
    return server


def server_at(home: Home, programs: Programs, socket_folder: Path, *, adopted: bool) -> Server:
    """What is said and known of the server in a home."""
    source = {"wheel": "the embedded", "operating system": "the operating system's"}
    return Server(
        major=programs.major,
        chosen=(
            f"Using {source.get(programs.source, 'a')} PostgreSQL {programs.version}, with its "
            f"data in {home.cluster}, run as '{home.account.name}'."
        ),
        home=home,
        programs=programs,
        socket_folder=socket_folder,
        adopted=adopted,
        addresses=socket_addresses(socket_folder, home.passwords()),
    )


def attached_server(home: Path | None = None, *, say: Say = print) -> Server:
    """The server another Goldenthread keeps running in `home` (a backup beside `serve`).

    Takes no lock, starts and stops nothing. Raises CannotDecide when none is running.
    """
    if os.environ.get("DATABASE_URL"):
        return external_server()
    refuse_unsupported_system()
    account = choose_account(say=lambda words: None)
    opened = existing_home(home, account)
    make_parts(opened)
    programs = choose_programs(opened, say=say)
    pid_file = postmaster.read_pid_file(opened)
    finding = pid_file and postmaster.judge(pid_file, opened, is_ours(opened))
    if not finding or finding.holder is not Holder.OURS:
        raise CannotDecide(f"Goldenthread's database in {opened.path} is not running.")
    found = wait_for_ours(opened, programs, finding, say)
    if found is None:
        raise CannotDecide(f"Goldenthread's database in {opened.path} has just stopped.")
    socket_folder, process = found
    process.release()
    return server_at(opened, programs, socket_folder, adopted=True)


def existing_home(path: Path | None, account: Account) -> Home:
    """A home that is already there; makes nothing. Raises CannotDecide."""
    home = Home(Path(os.path.abspath(path or default_home())), account)
    if not home.cluster.exists():
        raise CannotDecide(f"There is no Goldenthread database in {home.path}.")
    return open_home(home.path, account)


def stop_server(home: Path | None = None, *, say: Say = print) -> None:
    """Stop the server left running in `home`, once verified to be ours; the explicit stop command.

    Raises FolderInUse while another Goldenthread is at work there, and CannotDecide when whose the
    server is cannot be told.
    """
    refuse_unsupported_system()
    account = choose_account(say=lambda words: None)
    opened = existing_home(home, account)
    with held_lock(opened):
        make_parts(opened)
        pid_file = postmaster.read_pid_file(opened)
        if pid_file is None:
            say(f"No database is running in {opened.path}.")
            return
        finding = postmaster.judge(pid_file, opened, is_ours(opened))
        if finding.holder is not Holder.OURS or finding.process is None:
            say(f"No database of ours is running in {opened.path}: {finding.why}.")
            return
        try:
            # Not asked to log in: a server that no longer answers must still be stoppable. Program,
            # folder, account and start time have all been checked, and the process is held.
            stop_held(finding.process, opened, say)
        finally:
            finding.process.release()
        say(f"The database in {opened.path} has stopped.")
