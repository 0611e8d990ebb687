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

import click

from goldenthread.config.postgres import Server
from goldenthread.config.saying import demonstration_home, say
from goldenthread.domain.shared.refusal import Refusal

VARIABLE = "GOLDENTHREAD_ADDRESS_KEYS"
FILE = "address-keys"


class KeyCannotBeChanged(Refusal):
    """The key is given by the environment, and whoever gives it must give the new one."""


def address_keys(server: Server) -> Mapping[str, str]:
    """What a process that may read safe addresses is given; nothing where no key is to be had."""
    given = os.environ.get(VARIABLE)
    if given:
        return {VARIABLE: given}
    if server.home is None:
        return {}
    return {VARIABLE: ",".join(_kept(server.home.path / FILE))}


def _kept(path: Path) -> list[str]:
    if not path.exists():
        _write(path, [_new_key()])
    return path.read_text().split()


def _new_key() -> str:
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return f"{secrets.token_hex(4)}:{key}"


def _write(path: Path, keys: list[str]) -> None:
    """Replace the file whole, readable by this account alone."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)


@click.command("change-address-key")
@click.option("--forget-old", is_flag=True, help="Remove the keys that encrypt nothing any more.")
@click.option("--demo", "in_demo", is_flag=True, help="Of the demonstration's record.")
def change_address_key(forget_old: bool, in_demo: bool) -> None:
    """Make a new key for safe addresses and encrypt every one of them again with it.

    Start the service again afterwards: one that is at work has the old key alone. With a key given
    by the environment, put the new one first there and run this; it then encrypts everything again.
    """
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django

    given = bool(os.environ.get(VARIABLE))
    with postgres.running_server(demonstration_home() if in_demo else None, say=say) as at:
        path = at.home.path / FILE if at.home is not None and not given else None
        if path is None and not given:
            raise KeyCannotBeChanged(f"Give the keys in {VARIABLE}, the new one first.")
        if path is not None and not forget_old:
            _write(path, [_new_key(), *_kept(path)])
        set_up_django(at)
        from goldenthread.usecases.addresses.change_key import encrypt_again

        done = encrypt_again()
        if path is not None and forget_old:
            _write(path, _kept(path)[:1])
        say(f"{done} encrypted again. Start the service again, so that it has the new key.")
