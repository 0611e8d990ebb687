"""Gives this process the addresses and keys it needs, and no more, before Django is set up."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from goldenthread.config.postgres import Server

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


def _kept_key(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def environment(
    server: Server, *, owner: bool, demonstration: bool = False, tls: bool = True
) -> Mapping[str, str]:
    """What a Goldenthread process for this server is started with, beside what it inherits."""
    return {
        **addresses(server, owner=owner),
        "GOLDENTHREAD_SECRET_KEY": web_key(server),
        "GOLDENTHREAD_DEMONSTRATION": "1" if demonstration else "0",
        "GOLDENTHREAD_TLS": "1" if tls else "0",
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
    }


def set_up_django(server: Server, *, demonstration: bool = False, tls: bool = True) -> None:
    """Set Django up in this process with the owner's rights, for migrations and set-up."""
    os.environ.update(environment(server, owner=True, demonstration=demonstration, tls=tls))
    import django

    django.setup()
