"""The child process that opens files from outside: `python -m ...spreadsheets.child`.

Reads the file from its standard input and writes one JSON line for each sheet or row, then a last
line that says how it ended. It has little memory, little time, no secrets and no database, and it
must never be imported by the service itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from goldenthread.interop.confined import inside
from goldenthread.interop.spreadsheets import contents, limits
from goldenthread.interop.spreadsheets.archive import TOO_LARGE
from goldenthread.interop.spreadsheets.refusals import FileRefused, NoSuchSheet


def main(arguments: list[str]) -> int:
    """Run one request: `survey FILENAME` or `rows FILENAME SHEET HEADER_ROW`."""
    inside.confine(memory_bytes=limits.MEMORY_BYTES, seconds=limits.SECONDS)
    try:
        for message in _answers(arguments):
            inside.say(message)
        ending: dict[str, Any] = {"end": True}
    except FileRefused as refused:
        ending = {"refused": type(refused).__name__, "reason": refused.reason}
    except (MemoryError, RecursionError):
        ending = {"refused": "TooLargeInside", "reason": TOO_LARGE}
    inside.say(ending | {"peak_kilobytes": inside.peak_kilobytes()})
    return 0


def _answers(arguments: list[str]) -> Iterator[dict[str, Any]]:
    wanted, filename, *rest = arguments
    found = contents.sheets(sys.stdin.buffer, filename)
    if wanted == "survey":
        for sheet in found:
            yield {"sheet": contents.survey(sheet)}
        return
    name, header_row = rest
    for sheet in found:
        if sheet.name == name:
            for number, cells, notes in contents.read(sheet, int(header_row)):
                yield {"row": [number, cells, notes]}
            return
    raise NoSuchSheet(f"There is no sheet called “{name}” in this file.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
