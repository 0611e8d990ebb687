"""Whose process does postmaster.pid name, and how may it be signalled?

After a crash or a container's restart the number may belong to a stranger. This module must never
signal by number alone: the process is held first, then verified, then signalled through the hold.
"""

import enum
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenthread.config.postgres.home import Home, read_plainly
from goldenthread.config.postgres.refusals import CannotDecide

# Measured: the gap between the file's start time and the kernel's was 0.4 to 0.5 s.
START_TOLERANCE = 2.0
_ENOUGH = 8192


@dataclass(frozen=True)
class PidFile:
    """What the server wrote of itself: `started` in seconds since 1970."""

    pid: int
    folder: str
    started: int
    socket_folder: Path | None
    port: int


@dataclass(frozen=True)
class Seen:
    """What the system says of a process: `started` in seconds since 1970."""

    uid: int
    program: str | None  # None when the system will not say
    arguments: tuple[str, ...]
    started: float
    ended: bool = False  # ended, but not yet collected by whoever began it


class Holder(enum.Enum):
    """Whose the process named in the file is."""

    NOBODY = "no such process"
    ENDED = "ended, not yet collected"
    STRANGER = "not ours"
    OURS = "ours"


@dataclass(frozen=True)
class Finding:
    """The answer, why, and (when ours) the held process."""

    holder: Holder
    why: str
    process: "HeldProcess | None" = None


def read_pid_file(home: Home) -> PidFile | None:
    """The server's own note of itself; None when there is none. Raises CannotDecide."""
    path = home.cluster / "postmaster.pid"
    try:
        lines = read_plainly(path, _ENOUGH).splitlines()
    except FileNotFoundError:
        return None
    except OSError as refused:
        raise CannotDecide(
            f"{path} cannot be read ({refused.strerror}); nothing was changed."
        ) from None
    try:
        socket = lines[4].strip() if len(lines) > 4 else ""
        return PidFile(
            pid=abs(int(lines[0])),
            folder=lines[1],
            started=int(lines[2]),
            port=int(lines[3]),
            socket_folder=Path(socket) if socket else None,
        )
    except (IndexError, ValueError):
        raise CannotDecide(
            f"{path} does not read as PostgreSQL writes it, so it cannot be told whether a "
            "database is running there. Nothing was changed."
        ) from None


class HeldProcess:
    """A process held so that its number cannot come to mean another while we look and signal.

    Held by a pidfd on Linux; by psutil, which checks the creation time, elsewhere.
    """

    def __init__(self, pid: int) -> None:
        """Raises ProcessLookupError when there is none, CannotDecide when it cannot be held."""
        self.pid = pid
        self._descriptor: int | None = None
        if hasattr(os, "pidfd_open"):
            try:
                self._descriptor = os.pidfd_open(pid)
            except ProcessLookupError:
                raise
            except OSError as refused:
                raise CannotDecide(
                    f"Process {pid} cannot be held for checking ({refused.strerror}), so nothing "
                    "was changed."
                ) from refused
        else:
            self._other = _psutil().Process(pid)

    def alive(self) -> bool:
        """Whether it still runs; one that has ended but not been collected has ended."""
        if self._descriptor is None:
            return bool(self._other.is_running() and self._other.status() != "zombie")
        return not select.select([self._descriptor], [], [], 0)[0]

    def send(self, number: int) -> None:
        """Signal this process and no other."""
        try:
            if self._descriptor is None:
                self._other.send_signal(number)
            else:
                signal.pidfd_send_signal(self._descriptor, number)
        except ProcessLookupError:
            return

    def wait(self, seconds: float) -> bool:
        """Wait for its end; whether it has ended."""
        until = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def release(self) -> None:
        """Let go; the process goes on."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def judge(pid_file: PidFile, home: Home, is_ours: Callable[[str], bool]) -> Finding:
    """Whose is the process? `is_ours` says whether a path is one of our postgres programs.

    Raises CannotDecide. The caller releases the process of an OURS finding.
    """
    try:
        held = HeldProcess(pid_file.pid)
    except ProcessLookupError:
        return Finding(Holder.NOBODY, "no such process")
    keep = False
    try:
        seen = observe(pid_file.pid)
        if seen is None:
            return Finding(Holder.NOBODY, "the process has ended")
        if seen.ended or not held.alive():
            return Finding(Holder.ENDED, "it has ended, though nobody has collected it")
        stranger = _why_a_stranger(seen, home, is_ours)
        if stranger:
            return Finding(Holder.STRANGER, stranger)
        if abs(seen.started - pid_file.started) > START_TOLERANCE:
            raise CannotDecide(
                f"Process {pid_file.pid} looks like the database in {home.cluster}, but it began "
                f"{abs(seen.started - pid_file.started):.0f} seconds away from the time the "
                "database wrote down. Nothing was changed; stop it yourself if it is yours."
            )
        keep = True
        return Finding(Holder.OURS, "our program, our folder and its start time agree", held)
    finally:
        if not keep:
            held.release()


def _why_a_stranger(seen: Seen, home: Home, is_ours: Callable[[str], bool]) -> str | None:
    if seen.uid != home.account.uid:
        return "it belongs to another account"
    if seen.program is None:
        raise CannotDecide(
            "It cannot be told which program the process in postmaster.pid is; nothing was changed."
        )
    if not is_ours(seen.program.removesuffix(" (deleted)")):
        return f"it is {seen.program or 'another program'}, not our PostgreSQL"
    folder = _folder_argument(seen.arguments)
    if folder is None or os.path.realpath(folder) != os.path.realpath(home.cluster):
        return "it is a PostgreSQL server of another folder"
    return None


def _folder_argument(arguments: tuple[str, ...]) -> str | None:
    for place, argument in enumerate(arguments):
        if argument == "-D" and place + 1 < len(arguments):
            return arguments[place + 1]
    return None


def observe(pid: int) -> Seen | None:
    """What the system says of the process; None when there is none. Raises CannotDecide."""
    folder = Path(f"/proc/{pid}")
    if not Path("/proc/self/stat").exists():
        return _observe_by_psutil(pid)
    try:
        # The name in parentheses may itself hold spaces and parentheses.
        fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
        status = (folder / "status").read_text(errors="replace")
        uid = int(next(each for each in status.splitlines() if each.startswith("Uid:")).split()[2])
        arguments = (folder / "cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
        ticks = int(fields[19])
        started = (
            time.time() - time.clock_gettime(time.CLOCK_BOOTTIME) + ticks / os.sysconf("SC_CLK_TCK")
        )
    except (FileNotFoundError, ProcessLookupError):
        return None
    except (OSError, ValueError, StopIteration, IndexError) as refused:
        raise CannotDecide(
            f"Process {pid} cannot be looked at ({refused}); nothing was changed."
        ) from refused
    return Seen(uid, _program(folder), tuple(arguments), started, ended=fields[0] in "ZX")


def _program(folder: Path) -> str | None:
    try:
        return os.readlink(folder / "exe")
    except FileNotFoundError:
        return ""  # a kernel thread has no program
    except PermissionError:
        return None


def _observe_by_psutil(pid: int) -> Seen | None:
    psutil = _psutil()
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return Seen(0, None, (), 0.0, ended=True)
        return Seen(
            process.uids().effective, process.exe(), tuple(process.cmdline()), process.create_time()
        )
    except psutil.NoSuchProcess:
        return None
    except psutil.AccessDenied as refused:
        raise CannotDecide(f"Process {pid} cannot be looked at; nothing was changed.") from refused


def _psutil() -> Any:
    try:
        import psutil  # type: ignore[import-untyped, unused-ignore]
    except ImportError as missing:
        raise CannotDecide(
            "On this operating system the package psutil is needed to tell whether a running "
            "database is ours. Install psutil; nothing was changed."
        ) from missing
    return psutil
