"""The identity providers of agencies that have their own, read from a file of the installation.

Each row of the TOML file (`GOLDENTHREAD_IDENTITY_PROVIDERS`) is one provider of one agency:

    [[provider]]
    agency = "3f0e..."                # the agency's id
    name = "Fenwick Health"           # as the sign-in page says it
    issuer = "https://login.fenwick.example"
    client_id = "goldenthread"
    client_secret_file = "/etc/goldenthread/fenwick.secret"
    also_at = ["https://keys.fenwick.example"]   # where it has addresses beside the issuer's host
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from goldenthread.domain.shared.refusal import Refusal

NEEDED = ("agency", "name", "issuer", "client_id", "client_secret_file")


class ProvidersNotUnderstood(Refusal):
    """The file of identity providers cannot be used."""


def provider_id(issuer: str) -> str:
    """The name of a provider in addresses and bindings: it changes with its issuer."""
    return hashlib.sha256(issuer.encode()).hexdigest()[:16]


def provider_apps(path: str, *, tls: bool) -> list[dict[str, Any]]:
    """The providers of the file, as allauth takes them. Raises ProvidersNotUnderstood."""
    if not path:
        return []
    rows = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("provider", [])
    apps = [_app(row, tls=tls) for row in rows]
    if len({app["provider_id"] for app in apps}) != len(apps):
        raise ProvidersNotUnderstood("Two identity providers have one issuer.")
    return apps


def _app(row: dict[str, Any], *, tls: bool) -> dict[str, Any]:
    missing = [part for part in NEEDED if not isinstance(row.get(part), str) or not row[part]]
    if missing:
        raise ProvidersNotUnderstood(f"An identity provider lacks {', '.join(missing)}.")
    also_at = row.get("also_at", [])
    if not isinstance(also_at, list) or not all(isinstance(one, str) for one in also_at):
        raise ProvidersNotUnderstood(f"“also_at” of “{row['name']}” is not a list of addresses.")
    if tls and any(urlsplit(one).scheme != "https" for one in (row["issuer"], *also_at)):
        raise ProvidersNotUnderstood(f"An address of “{row['name']}” is not an https address.")
    secret = Path(row["client_secret_file"]).read_text(encoding="utf-8").strip()
    app = app_of(row["name"], row["issuer"], UUID(row["agency"]), row["client_id"], secret)
    app["settings"]["also_at"] = also_at
    return app


def app_of(name: str, issuer: str, agency: UUID, client_id: str, secret: str) -> dict[str, Any]:
    """One provider as allauth takes it."""
    return {
        "provider_id": provider_id(issuer),
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "issuer": issuer, "agency": str(agency)},
    }


def origins(apps: Iterable[dict[str, Any]]) -> list[str]:
    """Where a form may lead: the origins of these providers."""
    parts = [urlsplit(app["settings"]["issuer"]) for app in apps]
    return sorted({f"{one.scheme}://{one.netloc}" for one in parts})
