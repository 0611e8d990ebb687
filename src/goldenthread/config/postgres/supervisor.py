"""Starts, adopts and stops the database: one command, real PostgreSQL, nothing else installed.

A server is stopped only by whoever started it, or by the explicit stop command, and only once it
has been verified to be ours. This module must never send SIGKILL, and never decide by a process
number alone.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from goldenthread.config.postgres import cluster, postmaster
from goldenthread.config.postgres.account import Account, choose_account
from goldenthread.config.postgres.fitness import assert_fit_for_use
from goldenthread.config.postgres.home import (
    Home,
    Say,
    default_home,
    held_lock,
    open_home,
    set_aside,
)
from goldenthread.config.postgres.postmaster import Finding, HeldProcess, Holder
from goldenthread.config.postgres.programs import (
    Programs,
    candidate_folders,
    choose_programs,
)
from goldenthread.config.postgres.refusals import (
    CannotDecide,
    DidNotStart,
    DidNotStop,
    NotSupportedHere,
    WrongCluster,
)
from goldenthread.config.postgres.roles import (
    DATABASE,
    ensure_extensions,
    ensure_roles_and_database,
)
from goldenthread.config.postgres.server import PORT, Server, socket_addresses

START_SECONDS = 300.0
STOP_SECONDS = 60.0
PROGRESS_SECONDS = 5.0
_LONGEST_SOCKET = 103 if sys.platform == "darwin" else 107
_EXTERNAL = {
    "gt_app": "DATABASE_URL",
    "gt_owner": "DATABASE_OWNER_URL",
    "gt_read": "DATABASE_READ_URL",
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
    socket_folder = socket_folder_for(home, say)
    child = start(home, programs, socket_folder, throwaway=throwaway, say=say)
    try:
        server = ready(home, programs, socket_folder, adopted=False)
        say(server.chosen)
        yield server
    finally:
        stop_child(child, home, say=say)
        if socket_folder != home.run:
            shutil.rmtree(socket_folder, ignore_errors=True)


def external_server() -> Server:
    """The server DATABASE_URL names; nothing is started. Raises UnfitForUse."""
    addresses = {role: os.environ[name] for role, name in _EXTERNAL.items() if os.environ.get(name)}
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


def socket_folder_for(home: Home, say: Say) -> Path:
    """HOME/run, or a fresh private folder when that is too long for a socket or holds a comma
    (which separates hosts in an address)."""

    def fits(folder: Path) -> bool:
        whole = len(os.fsencode(folder / f".s.PGSQL.{PORT}"))
        return whole <= _LONGEST_SOCKET and not set(str(folder)) & set(',"\\')

    if fits(home.run):
        return home.run
    account = home.account
    runtime = Path("/run" if account.dropped else os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    parent = runtime if os.access(runtime, os.W_OK) else Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="goldenthread-", dir=parent))
    if account.dropped:
        os.chown(folder, account.uid, account.gid)
    say(f"The path of {home.run} cannot hold the database's socket; it is in {folder} instead.")
    return folder


def is_ours(home: Home):
    """A test of a path: is it one of our postgres programs, now or when last started here?"""
    known = {str(folder / "postgres") for folder in candidate_folders()}
    known |= set(home.identity().get("started_with", []))
    known |= {os.path.realpath(each) for each in known}
    copies = f"{os.path.realpath(home.copies)}/"
    return lambda path: (
        path in known or (path.startswith(copies) and path.endswith("/bin/postgres"))
    )


def adoptable(
    home: Home, programs: Programs, *, say: Say = print
) -> tuple[Path, HeldProcess] | None:
    """A running server of this very folder: its socket folder and the held process.

    None when one may be started (a stranger's pid file having been set aside). Raises CannotDecide.
    """
    pid_file = postmaster.read_pid_file(home)
    if pid_file is None:
        return None
    finding = postmaster.judge(pid_file, home, is_ours(home))
    if finding.holder is Holder.NOBODY:
        return None  # PostgreSQL clears the file itself
    if finding.holder is Holder.STRANGER:
        _set_pid_file_aside(home, finding, pid_file.pid, say)
        return None
    return _wait_for_ours(home, programs, finding, say)


def _set_pid_file_aside(home: Home, finding: Finding, pid: int, say: Say) -> None:
    aside = set_aside(home.cluster / "postmaster.pid", time.strftime("%Y%m%dT%H%M%S"))
    say(
        f"The database's old process number ({pid}) now names something else: {finding.why}. "
        f"That process was left alone and the old file set aside as {aside.name}."
    )


def _wait_for_ours(
    home: Home, programs: Programs, finding: Finding, say: Say
) -> tuple[Path, HeldProcess] | None:
    process = finding.process
    assert process is not None
    try:
        waiting = time.monotonic() + START_SECONDS
        while True:
            noted = postmaster.read_pid_file(home)
            socket_folder = (noted and noted.socket_folder) or home.run
            if wait_ready(home, programs, socket_folder, process.alive, say=say, until=waiting):
                compare_identity(home, socket_folder)
                return socket_folder, process
            if not process.alive():
                process.release()
                return None
            if time.monotonic() > waiting:
                raise CannotDecide(
                    f"A database server for {home.cluster} is running (process {process.pid}) but "
                    f"has not answered for {START_SECONDS:.0f} seconds. Nothing was changed. Its "
                    f"last words:\n{cluster.last_log_lines(home)}"
                )
    except BaseException:
        process.release()
        raise


def wait_ready(
    home: Home, programs: Programs, socket_folder: Path, alive, *, say: Say, until: float
) -> bool:
    """Wait on pg_isready alone until the server accepts (true), ends, or time is up (false)."""
    spoken = time.monotonic()
    pause = 0.03
    while alive():
        answer = home.account.run(
            [programs / "pg_isready", "-q", "-t", "3", "-h", socket_folder, "-p", str(PORT)]
        ).returncode
        if answer == 0:
            return True
        if answer == 3:
            raise DidNotStart("The database could not be asked whether it is ready.")
        if time.monotonic() > until:
            return False
        if time.monotonic() - spoken > PROGRESS_SECONDS:
            spoken = time.monotonic()
            say(
                "The database is starting or recovering; please wait."
                if answer == 1
                else "The database has not answered yet; please wait."
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)
    return False


def start(
    home: Home,
    programs: Programs,
    socket_folder: Path,
    *,
    throwaway: bool = False,
    say: Say = print,
) -> subprocess.Popen:
    """Start the server as our child and wait until it accepts. Raises DidNotStart."""
    cluster.write_configuration(home, socket_folder, throwaway=throwaway)
    program = os.path.realpath(programs / "postgres")
    earlier = home.identity().get("started_with", [])
    if program not in earlier:
        home.remember(started_with=[*earlier[-4:], program])
    patience = time.monotonic() + 15
    while True:
        before = cluster.log_length(home)
        child = cluster.launch(home, programs)
        try:
            until = time.monotonic() + START_SECONDS
            if wait_ready(
                home, programs, socket_folder, lambda: child.poll() is None, say=say, until=until
            ):
                return child
        except BaseException:
            stop_child(child, home, say=say)
            raise
        words = cluster.last_log_lines(home, after=before)
        if child.poll() is None:
            stop_child(child, home, say=say)
            raise DidNotStart(
                f"The database did not become ready in {START_SECONDS:.0f} seconds. Its last "
                f"words:\n{words}"
            )
        # The children of a server killed outright take a moment to notice and let go.
        if "shared memory block" not in words or time.monotonic() > patience:
            raise DidNotStart(f"The database would not start. It said:\n{words}")
        time.sleep(0.3)


def log_in(home: Home, socket_folder: Path, database: str = "postgres") -> psycopg.Connection:
    """An autocommit connection as gt_admin, for the supervisor alone."""
    return psycopg.connect(
        host=str(socket_folder),
        port=PORT,
        user=cluster.ADMIN,
        dbname=database,
        password=home.passwords()[cluster.ADMIN],
        connect_timeout=10,
        autocommit=True,
        application_name="goldenthread supervisor",
    )


def compare_identity(home: Home, socket_folder: Path) -> None:
    """Raises WrongCluster when the server answering is not the one this folder was made with."""
    try:
        with log_in(home, socket_folder) as admin:
            row = admin.execute(
                "SELECT system_identifier::text FROM pg_control_system()"
            ).fetchone()
    except psycopg.OperationalError as refused:
        raise WrongCluster(
            f"The database in {home.cluster} does not accept Goldenthread's own password: "
            f"{str(refused).strip()}. Nothing was changed."
        ) from None
    if not row or row[0] != home.identity().get("system_identifier"):
        raise WrongCluster(
            f"The database answering in {socket_folder} is not the one {home.path} was made with "
            "(their identifiers differ). Nothing was changed."
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
    programs = choose_programs(opened, say=say)
    pid_file = postmaster.read_pid_file(opened)
    finding = pid_file and postmaster.judge(pid_file, opened, is_ours(opened))
    if not finding or finding.holder is not Holder.OURS:
        raise CannotDecide(f"Goldenthread's database in {opened.path} is not running.")
    found = _wait_for_ours(opened, programs, finding, say)
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


def stop_child(child: subprocess.Popen, home: Home, *, say: Say = print) -> None:
    """Stop the server we started, and collect it. Raises DidNotStop."""
    if child.poll() is not None:
        return
    process = HeldProcess(child.pid)  # uncollected, so the number is still its own
    try:
        _stop(process, home, say)
    finally:
        process.release()
    child.wait(timeout=10)


def _stop(process: HeldProcess, home: Home, say: Say) -> None:
    """SIGINT (fast), then SIGQUIT with a warning; never SIGKILL. Raises DidNotStop."""
    process.send(signal.SIGINT)
    if process.wait(STOP_SECONDS):
        return
    say(
        f"Warning: the database has not stopped in {STOP_SECONDS:.0f} seconds; telling it to stop "
        "at once. It will recover when it next starts."
    )
    process.send(signal.SIGQUIT)
    if not process.wait(STOP_SECONDS):
        raise DidNotStop(
            f"The database (process {process.pid}) has not stopped. Its last words:\n"
            f"{cluster.last_log_lines(home)}"
        )


def stop_server(home: Path | None = None, *, say: Say = print) -> None:
    """Stop the server left running in `home`, once verified to be ours; the explicit stop command.

    Raises FolderInUse while another Goldenthread is at work there, and CannotDecide when whose the
    server is cannot be told.
    """
    refuse_unsupported_system()
    account = choose_account(say=lambda words: None)
    opened = existing_home(home, account)
    with held_lock(opened):
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
            _stop(finding.process, opened, say)
        finally:
            finding.process.release()
        say(f"The database in {opened.path} has stopped.")


__all__ = ["attached_server", "external_server", "running_server", "stop_server"]
