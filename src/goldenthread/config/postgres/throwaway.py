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


@contextmanager
def throwaway_server(*, major: int | None = None) -> Iterator[Server]:
    """A fresh server with the same roles and database, gone at the end of the block.

    `major` chooses the PostgreSQL; without it GOLDENTHREAD_TEST_POSTGRES, else the preferred one.
    DATABASE_URL is not looked at. Raises DatabaseRefused.
    """
    refuse_unsupported_system()
    wanted = major or int(os.environ.get("GOLDENTHREAD_TEST_POSTGRES") or 0) or None
    account = choose_account(say=_say_nothing)
    _clear_left_behind()
    top = Path(tempfile.mkdtemp(prefix=_PREFIX))
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


def _say_nothing(words: str) -> None:
    del words


def _clear_left_behind() -> None:
    """Remove folders of throw-away servers whose makers have gone: ours, and their lock free."""
    import fcntl

    for top in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
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
