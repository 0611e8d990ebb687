"""Gives this process the addresses and keys it needs, and no more, before Django is set up."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from goldenthread.config.address_keys import address_keys
from goldenthread.config.postgres import Server
from goldenthread.domain.audit.signed_note import SigningKey

WEB_ROLES = {"DATABASE_URL": "gt_app", "DATABASE_READ_URL": "gt_read"}
OWNER_ROLES = {**WEB_ROLES, "DATABASE_OWNER_URL": "gt_owner"}


def addresses(server: Server, *, owner: bool) -> dict[str, str]:
    """The database addresses of this server; the owner's only for those who migrate."""
    roles = OWNER_ROLES if owner else WEB_ROLES
    return {variable: server.url(role) for variable, role in roles.items()}


def web_key(server: Server) -> str:
    """The key that signs sessions: given, or made once and kept beside the data."""
    given = os.environ.get("GOLDENTHREAD_SECRET_KEY")
    if given:
        return given
    if server.home is None:
        raise SystemExit(
            "Set GOLDENTHREAD_SECRET_KEY to a long random value: with DATABASE_URL there is no "
            "folder of ours to keep one in."
        )
    return _kept_key(server.home.path / "web-key")


def _kept_key(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
    return path.read_text().strip()


def sealing(server: Server) -> Mapping[str, str]:
    """What whoever seals and verifies is given: the sealer's address, its key, and where the latest
    checkpoint is kept. On a server of the operator's own, those that the environment gives."""
    given = {
        name: os.environ[name]
        for name in ("GOLDENTHREAD_SEAL_KEY", "GOLDENTHREAD_SEAL_HEAD")
        if os.environ.get(name)
    }
    if server.home is None:
        address = os.environ.get("DATABASE_SEAL_URL")
        return {**given, **({"DATABASE_SEAL_URL": address} if address else {})}
    kept = server.home.path
    return {
        "DATABASE_SEAL_URL": server.url("gt_seal"),
        "GOLDENTHREAD_SEAL_KEY": _kept_key(kept / "seal-key", _new_seal_key),
        "GOLDENTHREAD_SEAL_HEAD": str(kept / "latest-checkpoint"),
        **given,
    }


def _new_seal_key() -> str:
    """A key whose name no other installation has; for production, one is named and given."""
    return SigningKey(f"goldenthread.local/{secrets.token_hex(6)}", secrets.token_bytes(32)).text()


def environment(
    server: Server, *, owner: bool, demonstration: bool = False, tls: bool = True
) -> Mapping[str, str]:
    """What a Goldenthread process for this server is started with, beside what it inherits."""
    return {
        **addresses(server, owner=owner),
        **address_keys(server),
        "GOLDENTHREAD_SECRET_KEY": web_key(server),
        "GOLDENTHREAD_DEMONSTRATION": "1" if demonstration else "0",
        "GOLDENTHREAD_TLS": "1" if tls else "0",
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
    }


def set_up_django(server: Server, *, demonstration: bool = False, tls: bool = True) -> None:
    """Set Django up in this process with the owner's rights, for migrations and set-up."""
    os.environ.update(environment(server, owner=True, demonstration=demonstration, tls=tls))
    os.environ.update({k: v for k, v in sealing(server).items() if k.startswith("DATABASE_")})
    import django

    django.setup()
