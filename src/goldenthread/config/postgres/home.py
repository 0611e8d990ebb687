"""The folder Goldenthread keeps its database in: what lies where, who owns it, and its lock.

Only what is missing is made, and ownership is given at creation. This module must never change
the mode or owner of anything that exists, nor of any parent, and never deletes.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenthread.config.postgres.account import Account
from goldenthread.config.postgres.refusals import (
    CannotDecide,
    FolderInUse,
    FolderRefused,
    SecretsMissing,
)

ROLES = ("gt_admin", "gt_owner", "gt_app", "gt_read", "gt_seal", "gt_backup")

_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs"}


def default_home() -> Path:
    """GOLDENTHREAD_HOME; else /var/lib/goldenthread as root; else the person's own folder for
    application data (XDG base directory specification; on a Mac, Application Support)."""
    named = os.environ.get("GOLDENTHREAD_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/goldenthread")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "goldenthread"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "goldenthread"


@dataclass(frozen=True)
class Home:
    """The parts of the folder. `account` owns cluster, run, wal, base and log; we own the rest."""

    path: Path
    account: Account

    @property
    def cluster(self) -> Path:
        return self.path / "data"

    @property
    def unfinished_cluster(self) -> Path:
        return self.path / "data.new"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def wal(self) -> Path:
        return self.path / "wal"

    @property
    def base(self) -> Path:
        return self.path / "base"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def log_file(self) -> Path:
        return self.log / "postgres.log"

    @property
    def copies(self) -> Path:
        return self.path / "pg"

    @property
    def configuration(self) -> Path:
        return self.path / "postgresql.conf"

    @property
    def secrets_file(self) -> Path:
        return self.path / "secrets.json"

    @property
    def identity_file(self) -> Path:
        return self.path / "cluster.json"

    def existing_major(self) -> int | None:
        """The PostgreSQL major version of the database kept here; None when there is none.

        Raises CannotDecide when the folder is there but its version cannot be read.
        """
        if not self.cluster.exists():
            return None
        try:
            return int(read_plainly(self.cluster / "PG_VERSION", 16))
        except (OSError, ValueError) as unreadable:
            raise CannotDecide(
                f"{self.cluster} exists but does not say which PostgreSQL made it (no readable "
                "PG_VERSION). Nothing was changed."
            ) from unreadable

    def passwords(self) -> dict[str, str]:
        """One password for each role, made on first use; only ever in the secrets file (0600).

        Raises SecretsMissing when a database exists whose passwords are gone.
        """
        try:
            kept = json.loads(read_plainly(self.secrets_file, 65536))
        except FileNotFoundError:
            if self.cluster.exists():
                raise SecretsMissing(
                    f"There is a database in {self.cluster}, but its passwords "
                    f"({self.secrets_file}) are missing. Put that file back from your backup."
                ) from None
            kept = {role: secrets.token_urlsafe(32) for role in ROLES}
            self._keep(kept)
        except (OSError, ValueError) as unreadable:
            raise SecretsMissing(
                f"The passwords in {self.secrets_file} cannot be read. Nothing was changed."
            ) from unreadable
        missing = [role for role in ROLES if role not in kept]
        if missing:
            kept |= {role: secrets.token_urlsafe(32) for role in missing}
            self._keep(kept)
        return dict(kept)

    def _keep(self, passwords: dict[str, str]) -> None:
        write_whole(self.secrets_file, json.dumps(passwords, indent=1), 0o600)

    def identity(self) -> dict[str, Any]:
        """What is remembered of the cluster: system_identifier (text), started_with (paths)."""
        try:
            return dict(json.loads(read_plainly(self.identity_file, 65536)))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as unreadable:
            raise CannotDecide(
                f"{self.identity_file} cannot be read, so it cannot be told whether the database "
                "here is the right one. Nothing was changed."
            ) from unreadable

    def remember(self, **facts: Any) -> None:
        """Add to what is remembered of the cluster."""
        write_whole(self.identity_file, json.dumps({**self.identity(), **facts}, indent=1), 0o600)


def open_home(path: Path, account: Account) -> Home:
    """Find or make the folder itself. Raises FolderRefused, naming the folder that blocks."""
    home = Home(Path(os.path.abspath(path)), account)
    if any(ord(letter) < 32 for letter in str(home.path)):
        raise FolderRefused("The folder's name holds a control character; choose another.")
    try:
        _make_path(home)
    except PermissionError as refused:
        raise FolderRefused(
            f"{home.path} is out of reach for this account ({refused.strerror}). Choose another "
            "folder with GOLDENTHREAD_HOME."
        ) from refused
    _refuse_network_file_system(home.path)
    found = home.path.stat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise FolderRefused(
            f"{home.path} must belong to the account starting Goldenthread and be writable by it "
            "alone. It was left as it is; choose another folder with GOLDENTHREAD_HOME."
        )
    _refuse_unreachable(home.path, account)
    return home


def make_parts(home: Home) -> None:
    """Find or make the account's folders; with the lock held, since two might make them at once.

    Raises FolderRefused for one with another owner or a wider mode.
    """
    for part in (home.run, home.wal, home.base, home.log):
        make_private(part, home.account)
    if home.cluster.exists():
        make_private(home.cluster, home.account)


def make_private(folder: Path, account: Account) -> None:
    """Make a folder of mode 0700 belonging to the account; accept an existing one only if so.

    Raises FolderRefused.
    """
    try:
        found = os.lstat(folder)
    except FileNotFoundError:
        # Made aside and renamed: a folder under its proper name always has its proper owner.
        beginning = folder.with_name(f".{folder.name}.making")
        if beginning.exists():
            beginning.rmdir()
        os.mkdir(beginning, 0o700)
        if account.dropped:
            os.chown(beginning, account.uid, account.gid)
        os.rename(beginning, folder)
        return
    wrong = []
    if found.st_uid != account.uid:
        wrong.append(f"it does not belong to the account '{account.name}'")
    if found.st_mode & 0o170000 != 0o040000:
        wrong.append("it is not a folder")
    elif found.st_mode & 0o077:
        wrong.append("others may open it")
    if wrong:
        raise FolderRefused(f"{folder} cannot be used: {' and '.join(wrong)}. It was not changed.")


@contextmanager
def held_lock(home: Home) -> Iterator[None]:
    """Hold the folder for ourselves until the end. The database never inherits the lock: a server
    left behind by a crash must be adoptable.

    Raises FolderInUse.
    """
    import fcntl

    lock = os.open(home.path / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(lock, 32).decode("ascii", "replace").strip()
            raise FolderInUse(
                f"Another Goldenthread{f' (process {holder})' if holder else ''} is using "
                f"{home.path}. Stop that one first, or choose another folder with "
                "GOLDENTHREAD_HOME."
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(lock)


def set_aside(path: Path, stamp: str) -> Path:
    """Rename, never delete: `path` becomes `path.set-aside-STAMP`. Returns the new name."""
    aside = path.with_name(f"{path.name}.set-aside-{stamp}")
    number = 1
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{path.name}.set-aside-{stamp}-{number}")
    os.rename(path, aside)
    return aside


def read_plainly(path: Path, limit: int) -> str:
    """Read a small file without following a link: the account may have put one there, and we may
    be root. Raises OSError."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(opened, "rb") as file:
        return file.read(limit).decode("utf-8", "replace")


def write_whole(path: Path, text: str, mode: int) -> None:
    """Write a file so that it is either the old one or the whole new one, never a part."""
    beginning = path.with_name(f".{path.name}.{os.getpid()}.part")
    opened = os.open(beginning, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        os.fchmod(opened, mode)
        file.write(text)
        file.flush()
        os.fsync(opened)
    os.rename(beginning, path)


def reachable(path: Path, account: Account) -> bool:
    """Whether the account may pass through the folder, asked of the system as that account."""
    return account.run(["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]).returncode == 0


def _refuse_unreachable(path: Path, account: Account) -> None:
    if reachable(path, account):
        return
    for folder in (*reversed(path.parents), path):
        if not reachable(folder, account):
            raise FolderRefused(
                f"The account '{account.name}' cannot pass through {folder}, so the database "
                f"cannot be kept in {path}. Nothing was changed; choose another folder with "
                "GOLDENTHREAD_HOME."
            )


def _make_path(home: Home) -> None:
    missing: list[Path] = []
    step = home.path
    while not step.exists():
        missing.append(step)
        step = step.parent
    if missing:
        _refuse_unreachable(step, home.account)
    mode = 0o711 if home.account.dropped else 0o700  # the account passes through, nobody lists
    for folder in reversed(missing):
        try:
            os.mkdir(folder, mode)
        except FileExistsError:
            continue  # another Goldenthread was quicker; the lock decides between us
        except OSError as refused:
            raise FolderRefused(f"{folder} could not be made: {refused.strerror}.") from refused
        os.chmod(folder, mode)  # whatever our umask; made just above


def _refuse_network_file_system(path: Path) -> None:
    try:
        mounts = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return
    best = ("", "")
    for line in mounts:
        fields = line.split()
        point = fields[1].replace("\\040", " ")
        if path == Path(point) or Path(point) in path.parents:
            best = max(best, (point, fields[2]), key=lambda each: len(each[0]))
    if best[1] in _NETWORK_FILE_SYSTEMS:
        raise FolderRefused(
            f"{path} lies on a network file system ({best[1]}), where two machines could open the "
            "same database without seeing one another. Choose a local folder."
        )


Say = Callable[[str], None]
