"""The sweep of every pattern over a partnership, beside the floor, the reference and pandas.

The floor is one aggregation by DuckDB over the same files. Two sizes, so that it shows whether the
time follows the statements. Each sweep is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.genogram_tables import print_table
from bench.sweep_pandas import follow_ups, whole_families
from goldenthread.analytics.sweep import by_reference, on_duckdb
from goldenthread.analytics.sweep.reading import Partnership, from_files
from goldenthread.interop.simulator.files import ENDS, simulate_files
from goldenthread.usecases.risk.shipped import shipped_patterns

SAMPLE_CHILDREN = 800
COMMAND = [sys.executable, "-m", "goldenthread.config.cli", "sweep"]
FLOORS = {
    "by family and kind": (
        "SELECT sum(n), max(day) FROM "
        "(SELECT family, kind, count(*) AS n, max(day) AS day FROM {facts} GROUP BY ALL)"
    ),
    "by family, reading every text": (
        "SELECT sum(n), sum(letters) FROM "
        "(SELECT family, count(*) AS n, sum(length(text)) AS letters FROM {facts} GROUP BY ALL)"
    ),
}


@dataclass(frozen=True, slots=True)
class Took:
    """What a process took: seconds on the wall, seconds of processor, megabytes at the most."""

    wall: float
    cpu: float
    megabytes: float


def run(*, children: int, folder: str = "", seed: int = 1) -> None:
    """Write two partnerships, half and whole, sweep each, and compare on a small sample.

    `folder` is one that is written already, in place of both.
    """
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as made:
        folders = [Path(folder)] if folder else []
        for size in () if folder else (children // 2, children):
            folders.append(Path(made) / str(size))
            started = time.perf_counter()
            _, entries = simulate_files(folders[-1], children=size, seed=seed)
            took = time.perf_counter() - started
            print(f"{size:,} children, {entries:,} statements written in {took:.1f} s")
        print_table(
            "Every pattern over every family, DuckDB (a process of its own)",
            ["statements", "wall s", "cpu s", "peak MB", "µs a statement", "times the floor"],
            [row for one in folders for row in _swept(one)],
        )
        sample = Path(made) / "sample"
        simulate_files(sample, children=SAMPLE_CHILDREN, seed=seed)
        _compare(sample)


def _swept(folder: Path) -> list[list[str]]:
    entries = _entries(folder)
    floors = {name: _floor(folder, said) for name, said in FLOORS.items()}
    took = swept_by("duckdb", folder)
    rows = [_row("the sweep", entries, took, floors["by family and kind"])]
    for name, seconds in floors.items():
        rows.append(
            [f"  floor: {name}", f"{seconds:.2f}", "", "", f"{seconds / entries * 1e6:.3f}", ""]
        )
    return rows


def _row(name: str, entries: int, took: Took, floor: float) -> list[str]:
    return [
        f"{entries:,}: {name}", f"{took.wall:.1f}", f"{took.cpu:.1f}", f"{took.megabytes:,.0f}",
        f"{took.wall / entries * 1e6:.1f}", f"{took.wall / floor:.0f}",
    ]  # fmt: skip


def swept_by(engine: str, folder: Path) -> Took:
    """Run the whole command, process start and output included."""
    words = [str(folder), "--engine", engine, "--on", ENDS.isoformat(), "--json", os.devnull]
    started = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *words], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the sweep by {engine} failed with {process.returncode}")
    wall = time.perf_counter() - started
    return Took(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _entries(folder: Path) -> int:
    facts = from_files(folder, "facts")
    return int(duckdb.sql(f"SELECT count(*) FROM {facts}").fetchall()[0][0])


def _floor(folder: Path, said: str) -> float:
    """The better of two runs of one aggregation, its groups summed and not fetched."""
    query = said.format(facts=from_files(folder, "facts"))
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        duckdb.sql(query).fetchall()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def _compare(folder: Path) -> None:
    """The reference engine on every pattern, pandas on those it can do, each beside DuckDB."""
    partnership, patterns = Partnership(folder), shipped_patterns()
    simple = whole_families(patterns)
    entries = _entries(folder)
    rows = []
    for name, asked in ((f"all {len(patterns)}", patterns), (f"{len(simple)} that wait", simple)):
        started = time.perf_counter()
        duck = [one for _, some in on_duckdb.sweep(asked, partnership, ENDS) for one in some]
        rows.append([name, "DuckDB", f"{time.perf_counter() - started:.2f}", f"{len(duck):,}"])
        started = time.perf_counter()
        if asked is patterns:
            histories = partnership.histories()
            other = [q for some in by_reference.sweep(asked, histories, ENDS) for q in some]
            who = "reference engine"
        else:
            other, who = follow_ups(folder, asked, ENDS), "pandas"
        rows.append([name, who, f"{time.perf_counter() - started:.2f}", f"{len(other):,}"])
        same = {(q.family, q.pattern, q.evidence) for q in duck}
        if {(q.family, q.pattern, q.evidence) for q in other} != same:
            raise SystemExit(f"{who} and DuckDB found different questions")
    print_table(
        f"On a sample of {entries:,} statements, start-up left out; the same questions found",
        ["patterns", "by", "wall s", "questions"],
        rows,
    )
