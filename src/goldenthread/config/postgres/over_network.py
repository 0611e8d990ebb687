"""The address of a database on a network: only over TLS, and only to a server that proves its name.

PostgreSQL's own client would try TLS, take any certificate, and go on in the clear where there is
none. A socket of this machine, or its own loopback, needs neither.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from goldenthread.config.postgres.refusals import UnfitForUse

# `verify-ca` is for a service whose certificates name no host and whose authority is its own.
PROVED = ("verify-full", "verify-ca")


def over_tls(address: str) -> str:
    """The address as it is connected to: with a proof of the server where a network is between.

    Raises UnfitForUse for one that asks for less, and for one that is no address.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise UnfitForUse("The database address must begin with postgresql://")
    asked = dict(parse_qsl(parts.query))
    try:
        hosts = (asked.get("host") or parts.hostname or "").split(",")
    except ValueError:
        raise UnfitForUse("The database address names no host that can be read.") from None
    if all(map(_is_here, hosts)) and "hostaddr" not in asked:
        return address
    if asked.setdefault("sslmode", PROVED[0]) not in PROVED:
        raise UnfitForUse(
            f"The database address says sslmode={asked['sslmode']}, so that anybody between could "
            "read the record. Leave it out, or say sslmode=verify-full."
        )
    if asked["sslmode"] == PROVED[0]:  # the authorities that this machine trusts, if none is named
        asked.setdefault("sslrootcert", "system")
    elif "sslrootcert" not in asked:
        raise UnfitForUse("With sslmode=verify-ca, sslrootcert must name the authority's file.")
    return urlunsplit(parts._replace(query=urlencode(asked)))


def _is_here(host: str) -> bool:
    """Whether nothing but this machine carries what is said: a socket's folder, or loopback."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
