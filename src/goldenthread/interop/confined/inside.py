"""What a child process that opens files from outside does before, and when it is done.

It has little memory, little time, no secrets and no database, and answers in lines of JSON.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from typing import Any


def confine(*, memory_bytes: int, seconds: int) -> None:
    """Give up what reading a file does not need, before a byte of the file is read."""
    for what, amount in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is already there
            resource.setrlimit(what, (amount, amount))


def say(message: dict[str, Any]) -> None:
    """Answer with one line."""
    sys.stdout.write(json.dumps(message) + "\n")


def peak_kilobytes() -> int:
    """The most memory this process has held, in kilobytes."""
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
