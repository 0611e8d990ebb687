"""A throw-away server for tests and benchmarks: a fresh cluster in a private temporary folder.

fsync is off, so nothing that matters may ever be kept in it. It must never outlive whoever asked
for it: it stops with the thread that made it, and a folder left behind is cleared by the next.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goldenthread.config.postgres.account import choose_account
from goldenthread.config.postgres.home import held_lock, make_parts, open_home
from goldenthread.config.postgres.programs import choose_programs
from goldenthread.config.postgres.server import Server
from goldenthread.config.postgres.supervisor import refuse_unsupported_system, served

_PREFIX = "goldenthread-throwaway-"
# Linux keeps what is written here in memory. Where it is small, as in most containers, it is not
# used: a suite's databases take some hundred megabytes.
IN_MEMORY = Path("/dev/shm")
ROOM = 6 * 2**30  # bytes


@contextmanager
def throwaway_server(*, major: int | None = None, in_memory: bool = False) -> Iterator[Server]:
    """A fresh server with the same roles and database, gone at the end of the block.

    `in_memory` keeps it there where there is room: for many small databases. `major` chooses the
    PostgreSQL; without it GOLDENTHREAD_TEST_POSTGRES, else the preferred one.
    DATABASE_URL is not looked at. Raises DatabaseRefused.
    """
    refuse_unsupported_system()
    wanted = major or int(os.environ.get("GOLDENTHREAD_TEST_POSTGRES") or 0) or None
    account = choose_account(say=_say_nothing)
    _clear_left_behind()
    folder = IN_MEMORY if in_memory and has_room_in_memory() else None
    top = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    us = os.getpid()
    try:
        if account.dropped:
            os.chmod(top, 0o711)  # made just above; the account passes through
        home = open_home(top / "home", account)
        with held_lock(home):
            make_parts(home)
            programs = choose_programs(home, say=_say_nothing, major=wanted)
            with served(home, programs, throwaway=True, say=_say_nothing) as server:
                yield server
    finally:
        if os.getpid() == us:  # not in a forked worker
            shutil.rmtree(top, ignore_errors=True)


def has_room_in_memory() -> bool:
    """Whether a throw-away server that asks for it is kept in memory here."""
    try:
        free = os.statvfs(IN_MEMORY)
    except OSError:
        return False
    return free.f_bavail * free.f_frsize >= ROOM and os.access(IN_MEMORY, os.W_OK)


def _say_nothing(words: str) -> None:
    del words


def _clear_left_behind() -> None:
    """Remove folders of throw-away servers whose makers have gone: ours, and their lock free."""
    import fcntl

    for top in (
        left
        for folder in {Path(tempfile.gettempdir()), IN_MEMORY}
        for left in folder.glob(f"{_PREFIX}*")
    ):
        try:
            # An empty lock file has not been taken yet: its maker is only now beginning.
            if top.lstat().st_uid != os.geteuid() or not (top / "home" / "lock").stat().st_size:
                continue
            lock = os.open(top / "home" / "lock", os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not (top / "home" / "data" / "postmaster.pid").exists():
                shutil.rmtree(top, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(lock)
