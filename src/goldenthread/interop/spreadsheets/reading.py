"""Reading a spreadsheet from outside: what is in it, and its rows, without ever opening it here.

The file is parsed in a child process with limited memory and time, so that a file built to do harm
can only end the child. A person always gets one plain sentence for a file that is not read.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from goldenthread.interop.spreadsheets import limits, refusals
from goldenthread.interop.spreadsheets.refusals import (
    FileDamaged,
    FileRefused,
    ReadingTookTooLong,
    TooLarge,
)

__all__ = ["FileRefused", "RawRow", "SheetFound", "rows", "survey"]

# The longest line the child may send: one row at its limits, with room for JSON.
_LINE_BYTES = 32 * limits.MEGABYTE
_CHUNK = 64 * 1024
_SOURCE = Path(__file__).parents[3]


@dataclass(frozen=True)
class SheetFound:
    """One sheet of a file, as found.

    `rows` counts the rows that are not blank below the headings; `header_row` is the row the
    headings were guessed to be in (the lowest, where several are merged), None where no row looks
    like headings; `sample` has the first rows' cells in the order of `headers`.
    """

    name: str
    hidden: bool
    rows: int
    header_row: int | None
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class RawRow:
    """One row as typed: its number in the spreadsheet program, cells by heading, notes about it."""

    number: int
    cells: dict[str, str]
    notes: tuple[str, ...] = ()


def survey(content: bytes, filename: str) -> tuple[SheetFound, ...]:
    """Say what is in the file: every sheet, hidden ones marked.

    Raises a FileRefused with a plain sentence.
    """
    found = []
    with closing(_ask(content, ["survey", filename])) as answers:
        for answer in answers:
            told = answer["sheet"]
            told["headers"] = tuple(told["headers"])
            told["sample"] = tuple(tuple(row) for row in told["sample"])
            found.append(SheetFound(**told))
    return tuple(found)


def rows(content: bytes, filename: str, sheet: str, header_row: int) -> Iterator[RawRow]:
    """Give the rows of one sheet below its headings, one at a time.

    `header_row` 0 says there are no headings (columns are called Column A, ...). Raises a
    FileRefused with a plain sentence, perhaps after some rows: keep nothing until the end is
    reached.
    """
    with closing(_ask(content, ["rows", filename, sheet, str(header_row)])) as answers:
        for answer in answers:
            number, cells, notes = answer["row"]
            yield RawRow(number, cells, tuple(notes))


def _ask(content: bytes, request: list[str]) -> Generator[dict[str, Any], None, None]:
    """Run the child on the file and give its answers; the child is gone when this ends."""
    if len(content) > limits.UPLOAD_BYTES:
        raise TooLarge(
            f"This file is larger than {limits.UPLOAD_BYTES // limits.MEGABYTE} MB. "
            "Split it, or remove pictures from it."
        )
    with _in_memory(content) as file:
        child = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", "goldenthread.interop.spreadsheets.child"]
            + [argument.replace("\0", "") for argument in request],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # No database address, no keys: a file that took over the child would find nothing.
            env={"PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        try:
            yield from _answers(child)
        finally:
            _end(child)


def _answers(child: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert child.stdout is not None
    for line in _lines(child.stdout.fileno()):
        answer = json.loads(line)
        if "end" in answer:
            return
        if "refused" in answer:
            kind = refusals.BY_NAME.get(answer["refused"], FileRefused)
            raise kind(answer["reason"])
        yield answer
    status = child.wait(timeout=limits.SECONDS)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise ReadingTookTooLong(_too_long())
    raise FileDamaged("This file cannot be read. Open it, save it again as .xlsx, and try again.")


def _lines(pipe: int) -> Iterator[bytes]:
    """The lines the child writes; silence for longer than the limit ends the reading."""
    parts: list[bytes] = []
    size = 0
    while True:
        if not select.select([pipe], [], [], limits.SECONDS)[0]:
            raise ReadingTookTooLong(_too_long())
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            return
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            yield b"".join([*parts, line])
            parts, size = [], 0
        parts.append(rest)
        size += len(rest)
        if size > _LINE_BYTES:
            raise FileDamaged("A row of this file is too long to read.")


def _too_long() -> str:
    return (
        f"Reading this file took longer than {limits.SECONDS} seconds and was stopped. "
        "Split it, for example by year, and try again."
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    if child.stdout is not None:
        child.stdout.close()
    child.wait()


def _in_memory(content: bytes) -> IO[bytes]:
    """The file as the child's standard input, kept off the disk where the system allows it."""
    if hasattr(os, "memfd_create"):
        file: IO[bytes] = os.fdopen(os.memfd_create("chronology"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(content)
    file.flush()
    file.seek(0)
    return file
