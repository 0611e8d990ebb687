"""A database that is ready for use: its addresses by role, and its tools run as its account."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from goldenthread.config.postgres.home import Home
from goldenthread.config.postgres.programs import Programs
from goldenthread.config.postgres.refusals import AddressMissing
from goldenthread.config.postgres.roles import DATABASE

PORT = 5432


@dataclass(frozen=True)
class Server:
    """`major` is the PostgreSQL major version; `chosen` a plain sentence of which database this is,
    its version and folder, never a password. `home` and `programs` are None for a server named by
    DATABASE_URL."""

    major: int
    chosen: str
    home: Home | None = None
    programs: Programs | None = None
    socket_folder: Path | None = None
    adopted: bool = False
    addresses: Mapping[str, str] = field(default_factory=dict, repr=False)

    def url(self, role: str) -> str:
        """The postgresql:// address for 'gt_owner', 'gt_app', 'gt_read', 'gt_seal', 'gt_backup' or
        'gt_admin'; it holds the password. Raises AddressMissing."""
        try:
            return self.addresses[role]
        except KeyError:
            raise AddressMissing(
                f"No address is known for the database role {role}. On a server of your own, "
                "DATABASE_URL names gt_app, DATABASE_OWNER_URL gt_owner, DATABASE_READ_URL "
                "gt_read, DATABASE_SEAL_URL gt_seal and DATABASE_BACKUP_URL gt_backup."
            ) from None

    def run(
        self, program: str, *arguments: str, role: str | None = None, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run one of this PostgreSQL's programs (pg_basebackup, pg_dump, psql) as the database's
        account, logging in as `role` if given. Raises AddressMissing on an external server."""
        if self.home is None or self.programs is None:
            raise AddressMissing(f"{program} can be run only on Goldenthread's own server.")
        environment = {}
        if role:
            environment = {
                "PGHOST": str(self.socket_folder),
                "PGPORT": str(PORT),
                "PGUSER": role,
                "PGDATABASE": DATABASE,
                "PGPASSWORD": self.home.passwords()[role],
            }
        return self.home.account.run(
            [self.programs / program, *arguments], environment=environment, **more
        )


def socket_addresses(socket_folder: Path, passwords: Mapping[str, str]) -> dict[str, str]:
    """One address for each role, over the socket: nothing listens on a network."""
    where = urlencode({"host": str(socket_folder), "port": PORT})
    return {
        role: f"postgresql://{role}:{quote(password, safe='')}@/{DATABASE}?{where}"
        for role, password in passwords.items()
    }
