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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

from bench.genogram_tables import print_table
from bench.sweep_pandas import follow_ups, whole_families
from goldenthread.analytics.sweep import by_reference, on_duckdb
from goldenthread.analytics.sweep.found import Question
from goldenthread.analytics.sweep.reading import Partnership, from_files
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.interop.simulator.files import ENDS, simulate_files
from goldenthread.usecases.risk.shipped import shipped_patterns

Found = TypeVar("Found")
SAMPLE_CHILDREN = 400
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
            ["statements", "wall s", "cpu s", "peak MB", "cpu µs each"],
            [row for one in folders for row in _swept(one)],
        )
        sample = Path(made) / "sample"
        simulate_files(sample, children=SAMPLE_CHILDREN, seed=seed)
        _compare(sample)


def _swept(folder: Path) -> list[list[str]]:
    entries = _entries(folder)
    floors = {name: _floor(folder, said) for name, said in FLOORS.items()}
    took = swept_by("duckdb", folder)
    rows = [_row(f"{entries:,}: the sweep", entries, took, f"{took.megabytes:,.0f}")]
    for name, floor in floors.items():
        times = f"{took.cpu / floor.cpu:.0f} times, by cpu"
        rows.append(_row(f"  floor, {name}: {times}", entries, floor, ""))
    return rows


def _row(name: str, entries: int, took: Took, megabytes: str) -> list[str]:
    each = f"{took.cpu / entries * 1e6:.2f}"
    return [name, f"{took.wall:.2f}", f"{took.cpu:.2f}", megabytes, each]


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


def _floor(folder: Path, said: str) -> Took:
    """The better of two runs of one aggregation, its groups summed and not fetched."""
    query = said.format(facts=from_files(folder, "facts"))
    return min((_took(lambda: duckdb.sql(query).fetchall())[1] for _ in range(2)), key=_cpu)


def _cpu(took: Took) -> float:
    return took.cpu


def _took(work: Callable[[], Found]) -> tuple[Found, Took]:
    """What some work gives, and what it took of this process, all threads together."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, Took(time.perf_counter() - wall, time.process_time() - cpu, 0)


def _compare(folder: Path) -> None:
    """The reference engine on every pattern, pandas on those it can do, each beside DuckDB."""
    partnership, patterns = Partnership(folder), shipped_patterns()
    simple = whole_families(patterns)
    rows: list[list[str]] = []

    def by_duckdb(asked: Sequence[Pattern]) -> list[Question]:
        return [one for _, some in on_duckdb.sweep(asked, partnership, ENDS) for one in some]

    def by_the_reference() -> list[Question]:
        found = by_reference.sweep(patterns, partnership.histories(), ENDS)
        return [one for some in found for one in some]

    for name, asked, who, other in (
        (f"all {len(patterns)}", patterns, "reference engine", by_the_reference),
        (f"{len(simple)} that wait", simple, "pandas", lambda: follow_ups(folder, simple, ENDS)),
    ):
        found, took = _took(lambda asked=asked: by_duckdb(asked))
        found_too, took_too = _took(other)
        for engine, questions, one in (("DuckDB", found, took), (who, found_too, took_too)):
            rows.append([name, engine, f"{one.wall:.2f}", f"{one.cpu:.2f}", f"{len(questions):,}"])
        if _said(found) != _said(found_too):
            raise SystemExit(f"{who} and DuckDB found different questions")
    print_table(
        f"On a sample of {_entries(folder):,} statements, start-up left out; the same questions",
        ["patterns", "by", "wall s", "cpu s", "questions"],
        rows,
    )


def _said(questions: Sequence[Question]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(one.family, one.pattern, one.evidence) for one in questions}
