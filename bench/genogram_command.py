"""The whole command `goldenthread genogram FILE`, process start included, on every public file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.genogram_tables import percentile, print_table
from bench.peers.drawing import timed
from goldenthread.interop.genealogy.reading import read_family

TIMES = 3
COMMAND = [sys.executable, "-m", "goldenthread.config.cli", "genogram"]


def run(files: Sequence[Path]) -> None:
    """Time the command, and check that everybody is there and the bytes never differ."""
    table, usual, usual_cpu = [], [], []
    for path in dict.fromkeys(files):
        people = {one.id for one in read_family(path.read_bytes(), path.name).network.people}
        times, cpu, outputs = [], [], set()
        for _ in range(TIMES):
            with timed() as took:
                done = subprocess.run([*COMMAND, str(path)], capture_output=True, check=False)
            times.append(took.seconds)
            cpu.append(took.cpu)
            outputs.add(done.stdout)
        drawn = json.loads(done.stdout)["people"] if done.returncode == 0 else []
        missing = len(people - {one["id"] for one in drawn})
        if 8 <= len(people) <= 80:
            usual += times
            usual_cpu += cpu
        table.append(
            [path.name, str(len(people)), f"{min(cpu):.2f}", f"{min(times):.2f}",
             f"{max(times):.2f}", str(missing), "yes" if len(outputs) == 1 else "NO"]
        )  # fmt: skip
    print_table(
        "The whole command, process start included",
        ["file", "people", "cpu s", "wall s", "most", "missing", "same bytes"], table,
    )  # fmt: skip
    print(
        f"  8 to 80 people: p95 {percentile(usual, 0.95):.2f} s on the wall (bar: 1 s), "
        f"{percentile(usual_cpu, 0.95):.2f} s of processor"
    )
