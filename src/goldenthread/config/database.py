"""Turns a PostgreSQL address into what Django wants, and says which addresses are in use.

Four connections are configured: `default` is the web role, which owns nothing and cannot change a
statement; `owner` is used by migrations alone; `reader` reads the audit trail; `sealer` writes the
log that proves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from goldenthread.config.postgres.over_network import over_tls

ROLES = {
    "default": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "reader": "DATABASE_READ_URL",
    "sealer": "DATABASE_SEAL_URL",
}


def connection_settings(url: str) -> dict[str, object]:
    """Django's settings for one `postgresql://` address; `?host=` may name a socket folder.

    Over a network only with TLS and a proof of the server. Raises UnfitForUse.
    """
    parts = urlsplit(over_tls(url))
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "goldenthread.config.engine",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "OPTIONS": {**query},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TIME_ZONE": "UTC",
    }


def databases(environment: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """The connections that the environment gives addresses for.

    Without an owner, reader or sealer address those connections fall back to the web role's, whose
    privileges then decide: nothing is gained by leaving them out.
    """
    fallback = environment.get("DATABASE_URL", "postgresql:///goldenthread")
    return {
        alias: connection_settings(environment.get(variable) or fallback)
        for alias, variable in ROLES.items()
    }
