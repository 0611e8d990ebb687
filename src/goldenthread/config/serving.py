"""Runs the web server and the job worker beside the database, and stops them in the right order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

READY_SECONDS = 60
STOP_SECONDS = 20
# Never inherited: each process is given those it needs.
SECRETS = ("DATABASE_", "GOLDENTHREAD_SEAL_")


def web_command(*, host: str, port: int) -> list[str]:
    """How the web server is started: two processes of four threads, for a machine of two cores."""
    return [
        sys.executable, "-m", "gunicorn", "goldenthread.config.wsgi:application",
        "--config", "python:goldenthread.config.web_server",
        "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4",
        "--timeout", "60", "--graceful-timeout", "15", "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """How the job worker is started."""
    return [sys.executable, "-m", "goldenthread.config.cli", "worker"]


@contextmanager
def running(
    commands: list[list[str]],
    environment: Mapping[str, str],
    *,
    of_worker: Mapping[str, str],
) -> Iterator[list]:
    """Start each command; at the end stop them in that order, web first, and wait for them.

    `of_worker` is what the worker is given besides: the web pages never hold what seals the record.
    """
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(SECRETS)}
    started = [
        subprocess.Popen(
            command,
            env={**inherited, **environment, **(of_worker if command == worker_command() else {})},
            start_new_session=True,
        )
        for command in commands
    ]
    try:
        yield started
    finally:
        for process in started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_answering(url: str, processes: list, *, say: Callable[[str], None] = print) -> None:
    """Wait until the web server answers; SystemExit with a plain sentence when it does not."""
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends:
        if any(process.poll() is not None for process in processes):
            raise SystemExit("The web server stopped as it started: see the lines above.")
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The web server did not answer within {READY_SECONDS} seconds.")


def until_told_to_stop(processes: list) -> None:
    """Wait for Ctrl-C, a polite signal, or one of the processes to end."""
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: told.append(received))
    while not told and all(process.poll() is None for process in processes):
        time.sleep(0.3)
    if not told:
        raise SystemExit("A part of the service stopped by itself: see the lines above.")
