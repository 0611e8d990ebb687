"""Is a server already running in this folder, and is it truly ours? Then it is adopted.

A stranger's process is left alone and only the old file set aside. When it cannot be told, nothing
is changed: this module must never start, stop or signal anything.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from goldenthread.config.postgres import cluster, lifetime, postmaster
from goldenthread.config.postgres.home import Home, Say, set_aside
from goldenthread.config.postgres.postmaster import Finding, HeldProcess, Holder
from goldenthread.config.postgres.programs import Programs, candidate_folders
from goldenthread.config.postgres.refusals import CannotDecide, WrongCluster
from goldenthread.config.postgres.server import PORT


def is_ours(home: Home) -> Callable[[str], bool]:
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
    # PostgreSQL takes an ended process that nobody has collected (usual in a container without an
    # init) for a live one, and would refuse to start (measured with 18.6).
    if finding.holder in (Holder.STRANGER, Holder.ENDED):
        _set_pid_file_aside(home, finding, pid_file.pid, say)
        return None
    return wait_for_ours(home, programs, finding, say)


def _set_pid_file_aside(home: Home, finding: Finding, pid: int, say: Say) -> None:
    aside = set_aside(home.cluster / "postmaster.pid", time.strftime("%Y%m%dT%H%M%S"))
    say(
        f"Process {pid}, named in the database's old file, is not a running database of ours: "
        f"{finding.why}. It was left alone and the old file set aside as {aside.name}."
    )


def wait_for_ours(
    home: Home, programs: Programs, finding: Finding, say: Say
) -> tuple[Path, HeldProcess] | None:
    process = finding.process
    assert process is not None
    try:
        waiting = time.monotonic() + lifetime.START_SECONDS
        while True:
            noted = postmaster.read_pid_file(home)
            socket_folder = (noted and noted.socket_folder) or home.run
            if lifetime.wait_ready(
                home, programs, socket_folder, process.alive, say=say, until=waiting
            ):
                compare_identity(home, socket_folder)
                return socket_folder, process
            if not process.alive():
                process.release()
                return None
            if time.monotonic() > waiting:
                raise CannotDecide(
                    f"A database server for {home.cluster} is running (process {process.pid}) but "
                    f"has not answered for {lifetime.START_SECONDS:.0f} seconds. Nothing was "
                    f"changed. Its last words:\n{cluster.last_log_lines(home)}"
                )
    except BaseException:
        process.release()
        raise


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
