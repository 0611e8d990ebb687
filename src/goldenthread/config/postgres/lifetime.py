"""The life of a server: where its socket lies, its start, the wait until it is ready, its stop.

Readiness is asked of pg_isready alone. This module must never send SIGKILL, and signals only a
process that is held.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from goldenthread.config.postgres import cluster
from goldenthread.config.postgres.home import Home, Say
from goldenthread.config.postgres.postmaster import HeldProcess
from goldenthread.config.postgres.programs import Programs
from goldenthread.config.postgres.refusals import DidNotStart, DidNotStop
from goldenthread.config.postgres.server import PORT

START_SECONDS = 300.0  # recovery of a large log of changes can be long
STOP_SECONDS = 60.0
PROGRESS_SECONDS = 5.0
_LETTING_GO_SECONDS = 15.0
_LONGEST_SOCKET = 103 if sys.platform == "darwin" else 107


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


def forget_socket_folder(folder: Path, home: Home) -> None:
    """Remove a private socket folder made by `socket_folder_for`; HOME/run stays."""
    if folder != home.run:
        shutil.rmtree(folder, ignore_errors=True)


def wait_ready(
    home: Home,
    programs: Programs,
    socket_folder: Path,
    alive: Callable[[], bool],
    *,
    say: Say,
    until: float,
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
        if time.monotonic() - spoken > PROGRESS_SECONDS:
            spoken = time.monotonic()
            say(
                "The database is starting or recovering; please wait."
                if answer == 1
                else "The database has not answered yet; please wait."
            )
        if time.monotonic() > until:
            return False
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
) -> subprocess.Popen[bytes]:
    """Start the server as our child and wait until it accepts. Raises DidNotStart."""
    cluster.write_configuration(home, socket_folder, throwaway=throwaway)
    program = os.path.realpath(programs / "postgres")
    earlier = home.identity().get("started_with", [])
    if program not in earlier:
        home.remember(started_with=[*earlier[-4:], program])
    patience = time.monotonic() + _LETTING_GO_SECONDS
    while True:
        before = cluster.log_length(home)
        child = cluster.launch(home, programs, dies_with_us=throwaway)
        if _became_ready(child, home, programs, socket_folder, say):
            return child
        words = cluster.last_log_lines(home, after=before)
        # The children of a server killed outright take a moment to notice and let go.
        if "shared memory block" not in words or time.monotonic() > patience:
            raise DidNotStart(f"The database would not start. It said:\n{words}")
        time.sleep(0.3)


def _became_ready(
    child: subprocess.Popen[bytes], home: Home, programs: Programs, socket_folder: Path, say: Say
) -> bool:
    """True when it accepts, false when it ended by itself; otherwise stopped, and DidNotStart."""

    def running() -> bool:
        return child.poll() is None

    until = time.monotonic() + START_SECONDS
    try:
        if wait_ready(home, programs, socket_folder, running, say=say, until=until):
            return True
    except BaseException:
        stop_child(child, home, say=say)
        raise
    if not running():
        return False
    stop_child(child, home, say=say)
    raise DidNotStart(
        f"The database did not become ready in {START_SECONDS:.0f} seconds. Its last words:\n"
        f"{cluster.last_log_lines(home)}"
    )


def stop_child(child: subprocess.Popen[bytes], home: Home, *, say: Say = print) -> None:
    """Stop the server we started, and collect it. Raises DidNotStop."""
    if child.poll() is not None:
        return
    process = HeldProcess(child.pid)  # uncollected, so the number is still its own
    try:
        stop_held(process, home, say)
    finally:
        process.release()
    child.wait(timeout=10)


def stop_held(process: HeldProcess, home: Home, say: Say) -> None:
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
