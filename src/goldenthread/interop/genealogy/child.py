"""The child process that opens family files from outside: `python -m ...genealogy.child`.

Reads the file from its standard input and writes one JSON line for each row of the network, as in
our own relations CSV, then the warnings, then how it ended. The service itself never imports it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from goldenthread.interop.confined import inside
from goldenthread.interop.genealogy import limits
from goldenthread.interop.genealogy.reading import read_family
from goldenthread.interop.genealogy.refusals import FamilyFileRefused
from goldenthread.interop.genealogy.relations_writing import rows_of


def main(arguments: list[str]) -> int:
    """Run one request: `FILENAME ENCODING`."""
    inside.confine(memory_bytes=limits.MEMORY_BYTES, seconds=limits.SECONDS)
    try:
        for message in _answers(*arguments):
            inside.say(message)
        ending: dict[str, Any] = {"end": True}
    except FamilyFileRefused as refused:
        ending = {"refused": type(refused).__name__, "reason": refused.reason}
    except (MemoryError, RecursionError):
        ending = {"refused": "FamilyFileTooLarge", "reason": "This file holds too much to be read."}
    inside.say(ending | {"peak_kilobytes": inside.peak_kilobytes()})
    return 0


def _answers(filename: str, encoding: str) -> Iterator[dict[str, Any]]:
    found = read_family(sys.stdin.buffer.read(), filename, encoding=encoding)
    for row in rows_of(found.network):
        yield {"row": {name: text for name, text in row.items() if text}}
    for warned in found.warnings:
        yield {"warned": [warned.record, warned.sentence]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
