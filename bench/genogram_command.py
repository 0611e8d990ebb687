"""The whole command `goldenthread genogram FILE`, process start included, on every public file."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.genogram_tables import percentile, print_table
from goldenthread.interop.genealogy.reading import read_family

TIMES = 3
COMMAND = [sys.executable, "-m", "goldenthread.config.cli", "genogram"]


def run(files: Sequence[Path]) -> None:
    """Time the command, and check that everybody is there and the bytes never differ."""
    table, usual = [], []
    for path in dict.fromkeys(files):
        people = {one.id for one in read_family(path.read_bytes(), path.name).network.people}
        times, outputs = [], set()
        for _ in range(TIMES):
            started = time.perf_counter()
            done = subprocess.run([*COMMAND, str(path)], capture_output=True, check=False)
            times.append(time.perf_counter() - started)
            outputs.add(done.stdout)
        drawn = json.loads(done.stdout)["people"] if done.returncode == 0 else []
        missing = len(people - {one["id"] for one in drawn})
        if 8 <= len(people) <= 80:
            usual += times
        table.append(
            [path.name, str(len(people)), f"{min(times):.2f}", f"{max(times):.2f}", str(missing),
             "yes" if len(outputs) == 1 else "NO"]
        )  # fmt: skip
    print_table(
        "The whole command, process start included",
        ["file", "people", "least s", "most s", "missing", "same bytes"], table,
    )  # fmt: skip
    print(f"  8 to 80 people: p95 {percentile(usual, 0.95):.2f} s (bar: 1 s)")
