"""An nginx of a test's own on loopback."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Folders that nginx would make where only root may.
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def folders_in(folder: Path) -> str:
    """The lines of a configuration that keep what nginx writes within a folder."""
    return "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in FOLDERS)


@contextmanager
def running(configuration: str, folder: Path, port: int) -> Iterator[None]:
    """An nginx so configured, from when it answers at this port."""
    (folder / "nginx.conf").write_text(configuration)
    process = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
        stderr=subprocess.PIPE,
    )
    try:
        for _ in range(100):
            if process.poll() is not None:
                pytest.fail(process.stderr.read().decode())
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()
