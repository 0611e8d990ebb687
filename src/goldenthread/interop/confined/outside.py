"""Asking a confined child process about a file, so that a file built to do harm ends only it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from goldenthread.domain.shared.refusal import Refusal

_CHUNK = 64 * 1024
_SOURCE = Path(__file__).parents[3]


@dataclass(frozen=True)
class Child:
    """Which program is the child, what it may refuse with, and what to say when it dies.

    `seconds` is how long it may stay silent, `line_bytes` the longest line it may send.
    """

    program: str
    refusals: Mapping[str, type[Refusal]]
    otherwise: type[Refusal]
    took_too_long: Refusal
    broken: Refusal
    line_too_long: Refusal
    seconds: float
    line_bytes: int


def ask(
    content: bytes, request: Sequence[str], child: Child
) -> Generator[dict[str, Any], None, None]:
    """Run the child on the file and give its answers; the child is gone when this ends.

    Raises the child's refusals, or one of the three that say how it died.
    """
    with _in_memory(content) as file:
        process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", child.program]
            + [argument.replace("\0", "") for argument in request],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # No database address, no keys: a file that took over the child would find nothing.
            env={"PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        try:
            yield from _answers(process, child)
        finally:
            _end(process)


def _answers(process: subprocess.Popen[bytes], child: Child) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in _lines(process.stdout.fileno(), child):
        answer = json.loads(line)
        if "end" in answer:
            return
        if "refused" in answer:
            raise child.refusals.get(answer["refused"], child.otherwise)(answer["reason"])
        yield answer
    status = process.wait(timeout=child.seconds)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise child.took_too_long
    raise child.broken


def _lines(pipe: int, child: Child) -> Iterator[bytes]:
    """The lines the child writes; silence for longer than the limit ends the reading."""
    parts: list[bytes] = []
    size = 0
    while True:
        if not select.select([pipe], [], [], child.seconds)[0]:
            raise child.took_too_long
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            return
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            yield b"".join([*parts, line])
            parts, size = [], 0
        parts.append(rest)
        size += len(rest)
        if size > child.line_bytes:
            raise child.line_too_long


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _in_memory(content: bytes) -> IO[bytes]:
    """The file as the child's standard input, kept off the disk where the system allows it."""
    if hasattr(os, "memfd_create"):
        file: IO[bytes] = os.fdopen(os.memfd_create("from-outside"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(content)
    file.flush()
    file.seek(0)
    return file
