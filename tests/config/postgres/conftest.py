"""Real folders, real servers, real signals. Whatever a test leaves running is stopped after it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goldenthread.config.postgres import (
    DatabaseRefused,
    Server,
    running_server,
    stop_server,
    throwaway_server,
)
from goldenthread.config.postgres.account import Account, choose_account

_SUPERVISOR = """
import sys, time
from pathlib import Path
from goldenthread.config.postgres import DatabaseRefused, running_server
try:
    with running_server(Path(sys.argv[1]), say=lambda words: None) as server:
        print("ready", server.adopted, flush=True)
        time.sleep(float(sys.argv[2]))
except DatabaseRefused as refused:
    print("refused", type(refused).__name__, refused, flush=True)
"""


def in_memory() -> str | None:
    """A roomy folder in memory, where programs may run; none, and the ordinary one is used."""
    try:
        found = os.statvfs("/dev/shm")
    except OSError:
        return None
    roomy = found.f_bavail * found.f_frsize > 4_000_000_000
    return "/dev/shm" if roomy and not found.f_flag & os.ST_NOEXEC else None


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READ_URL", "GT_DB_USER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ground() -> Iterator[Path]:
    """A private folder the database account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="gt-test-", dir=in_memory()))
    folder.chmod(0o711)
    yield folder
    for home in folder.glob("*/data"):
        with contextlib.suppress(DatabaseRefused):
            stop_server(home.parent, say=lambda words: None)
    shutil.rmtree(folder)


@pytest.fixture
def home(ground: Path) -> Path:
    return ground / "home"


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A home whose database was made and stopped, to be copied: making one takes a second."""
    folder = Path(tempfile.mkdtemp(prefix="gt-test-", dir=in_memory()))
    folder.chmod(0o711)
    with running_server(folder / "home", say=lambda words: None):
        pass
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def made(made_once: Path, home: Path) -> Path:
    """A home of this test's own whose database has been made and stopped."""
    subprocess.run(["/bin/cp", "-a", made_once, home], check=True)
    return home


@pytest.fixture
def said() -> list[str]:
    """What was said to the person at the keyboard: pass `said.append` as `say`."""
    return []


@pytest.fixture
def account() -> Account:
    return choose_account(say=lambda words: None)


@pytest.fixture(scope="session")
def throwaway() -> Iterator[Server]:
    with throwaway_server() as server:
        yield server


@pytest.fixture
def supervisor() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start another Goldenthread, in a process of its own, on a folder."""
    started: list[subprocess.Popen[str]] = []

    def begin(home: Path, seconds: float = 60) -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", _SUPERVISOR, str(home), str(seconds)]
        started.append(subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield begin
    for each in started:
        each.kill()
        each.wait()
        assert each.stdout is not None
        each.stdout.close()


@pytest.fixture
def sleeper(account: Account) -> Iterator[subprocess.Popen[bytes]]:
    """A stranger: a live process of the database's own account, which is no database."""
    process = subprocess.Popen(["/bin/sleep", "60"], **account.options())
    yield process
    process.kill()
    process.wait()


def server_pid(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])


def runs(pid: int) -> bool:
    """Whether the process is there and has not ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def write_pid_file(home: Path, account: Account, pid: int, started: int, folder: Path) -> Path:
    """A pid file as PostgreSQL writes one, left from before."""
    path = home / "data" / "postmaster.pid"
    path.write_text(f"{pid}\n{folder}\n{started}\n5432\n{home / 'run'}\n\n  1 1\nready\n")
    os.chown(path, account.uid, account.gid)
    return path


def must_not_start(
    home: Path, said: list[str], refusal: type[DatabaseRefused], match: str | None = None
) -> None:
    """Try to start there; fail the test unless refused so."""
    with pytest.raises(refusal, match=match), running_server(home, say=said.append):
        pytest.fail("started")
