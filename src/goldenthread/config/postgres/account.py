"""The operating-system account the database programs run as, and how they are run as it.

PostgreSQL refuses to run as root, while containers and one-command demonstrations often do.
As root, privileges are dropped for the database programs alone. This module must never create
an account, and never use the account that owns the operating system's own PostgreSQL clusters.
"""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenthread.config.postgres.refusals import AccountRefused

# Fixed: the caller's locale and PG* variables must not reach the server or its tools.
MINIMAL_ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}

_CREATE_ONE = (
    "An administrator may create one with:  "
    "useradd --system --no-create-home --shell /usr/sbin/nologin goldenthread"
)


@dataclass(frozen=True)
class Account:
    """Who the database runs as. `dropped` is true when we are root and the programs must not be."""

    name: str
    uid: int
    gid: int
    dropped: bool

    def options(self, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Keyword arguments for subprocess that run a program as this account and nothing more."""
        chosen: dict[str, Any] = {
            "cwd": "/",
            "umask": 0o077,
            "env": {**MINIMAL_ENVIRONMENT, **(environment or {})},
        }
        if self.dropped:
            chosen.update(user=self.uid, group=self.gid, extra_groups=[])
        return chosen

    def run(
        self,
        arguments: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        timeout: float | None = 60,
        **more: Any,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this account; text output captured, no exit code refused."""
        if "input" not in more:
            more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        return subprocess.run(
            [str(each) for each in arguments],
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            **self.options(environment),
            **more,
        )


def choose_account(*, pilot: bool = False, say: Callable[[str], None] = print) -> Account:
    """The account to run the database as: ourselves, or when we are root the first that applies of
    GT_DB_USER, `goldenthread`, and (never in a pilot) `nobody`.

    Raises AccountRefused with the one command an administrator may run.
    """
    if os.geteuid() != 0:
        return Account(_own_name(), os.geteuid(), os.getegid(), dropped=False)
    configured = os.environ.get("GT_DB_USER", "").strip()
    if configured:
        return _configured(configured, pilot=pilot)
    account = _existing("goldenthread")
    if account:
        return account
    account = _existing("nobody")
    if account is None or pilot:
        raise AccountRefused(
            "PostgreSQL will not run as root, and there is no account named goldenthread to run it "
            f"as. {_CREATE_ONE}"
        )
    say(
        "Warning: you are root, so the database runs as the account 'nobody'. That is acceptable "
        f"for a demonstration only. {_CREATE_ONE}"
    )
    return account


def _configured(name: str, *, pilot: bool) -> Account:
    if name in {"postgres", "root"} or (pilot and name == "nobody"):
        raise AccountRefused(
            f"GT_DB_USER names '{name}', which must not run Goldenthread's database. {_CREATE_ONE}"
        )
    account = _existing(name)
    if account is None:
        # A bare user number ends here too: initdb fails for a number with no account entry.
        raise AccountRefused(
            f"GT_DB_USER names '{name}', but there is no such account. {_CREATE_ONE}"
        )
    return account


def _existing(name: str) -> Account | None:
    import pwd

    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    if entry.pw_uid == 0:
        raise AccountRefused(f"The account '{name}' is root by another name. {_CREATE_ONE}")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, dropped=True)


def _own_name() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as nobody_by_that_number:
        raise AccountRefused(
            f"This program runs as user number {os.geteuid()}, which has no account entry, and "
            "PostgreSQL needs one. Run it as a named account."
        ) from nobody_by_that_number
