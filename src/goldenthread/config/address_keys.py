"""The keys of safe addresses: made once and kept beside the data, or given; and changed.

A key file holds one `id:key` a line, the one that encrypts first. The key of 256 bits is written in
base64 for URLs. Whoever has the database and not this file has no address.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.config.postgres import Server

VARIABLE = "GOLDENTHREAD_ADDRESS_KEYS"
FILE = "address-keys"


def address_keys(server: Server) -> Mapping[str, str]:
    """What a process that may read safe addresses is given; nothing where no key is to be had."""
    given = os.environ.get(VARIABLE)
    if given:
        return {VARIABLE: given}
    if server.home is None:
        return {}
    return {VARIABLE: ",".join(kept_keys(server.home.path / FILE))}


def kept_keys(path: Path) -> list[str]:
    """The keys of a file, the one that encrypts first; a new one where there is no file."""
    if not path.exists():
        write_keys(path, [new_key()])
    return path.read_text().split()


def new_key() -> str:
    """A key and its id, as the file and the setting hold them."""
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return f"{secrets.token_hex(4)}:{key}"


def write_keys(path: Path, keys: list[str]) -> None:
    """Replace the file whole, readable by this account alone."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
