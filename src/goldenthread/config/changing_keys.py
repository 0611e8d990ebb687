"""The command that changes the key of safe addresses."""

from __future__ import annotations

import os

import click

from goldenthread.config.address_keys import FILE, VARIABLE, kept_keys, new_key, write_keys
from goldenthread.config.saying import demonstration_home, say
from goldenthread.domain.shared.refusal import Refusal


class KeyCannotBeChanged(Refusal):
    """The key is given by the environment, and whoever gives it must give the new one."""


@click.command("change-address-key")
@click.option("--forget-old", is_flag=True, help="Remove the keys that encrypt nothing any more.")
@click.option("--demo", "in_demo", is_flag=True, help="Of the demonstration's record.")
def change_address_key(forget_old: bool, in_demo: bool) -> None:
    """Make a new key for safe addresses and encrypt every one of them again with it.

    The service is stopped for it: one that is at work has the old key alone. With a key given by
    the environment, put the new one first there and run this; it then encrypts everything again.
    """
    from goldenthread.config import postgres
    from goldenthread.config.environment import set_up_django

    given = bool(os.environ.get(VARIABLE))
    with postgres.running_server(demonstration_home() if in_demo else None, say=say) as at:
        path = at.home.path / FILE if at.home is not None and not given else None
        if path is None and not given:
            raise KeyCannotBeChanged(f"Give the keys in {VARIABLE}, the new one first.")
        if path is not None and not forget_old:
            write_keys(path, [new_key(), *kept_keys(path)])
        set_up_django(at)
        from goldenthread.usecases.addresses.change_key import encrypt_again

        done = encrypt_again()
        if path is not None and forget_old:
            write_keys(path, kept_keys(path)[:1])
        say(f"{done} encrypted again. Start the service again now.")
