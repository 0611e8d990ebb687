"""Keeps a scanner on this machine: Python reads this before the scanner, whose path it is put on.

Whatever asks for another machine, by name or by number, is refused, and written down in the file
that GOLDENTHREAD_SCAN_LEFT names.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

NAMES = {"localhost", "127.0.0.1", "::1", "", None}


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host in NAMES:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _watch(event: str, given: tuple) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = given[0]
    elif event in ("socket.connect", "socket.sendto"):
        # An address of the machine's own file system is a string and no pair.
        host = given[1][0] if isinstance(given[1], tuple) else None
    else:
        return
    if not _is_here(host):
        with Path(os.environ["GOLDENTHREAD_SCAN_LEFT"]).open("a", encoding="utf-8") as left:
            left.write(f"{event} {host}\n")
        raise OSError(f"A scan stays on this machine; asked for {host}")


if "GOLDENTHREAD_SCAN_LEFT" in os.environ:
    sys.addaudithook(_watch)
