"""How the sweep on Spark grows with the workers: a local cluster of one worker and of two.

Each worker has one core, so two are what two cores can do; DuckDB on one thread and on two stand
beside them in the same run. Needs Spark: `make bench-spark`.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import pyspark

from bench.genogram_tables import print_table
from goldenthread.analytics.sweep import on_duckdb, on_spark
from goldenthread.analytics.sweep.found import Question
from goldenthread.analytics.sweep.reading import Batch, Partnership
from goldenthread.interop.simulator.files import ENDS, simulate_files
from goldenthread.usecases.risk.shipped import shipped_patterns

MEGABYTES_A_WORKER = 3072
WORKERS = (1, 2)


def run(*, children: int, folder: str = "", seed: int = 1) -> None:
    """Sweep one partnership four times and say how long each took, start-up apart."""
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    with tempfile.TemporaryDirectory(prefix="goldenthread-bench-") as made:
        where = Path(folder or made)
        if not folder:
            simulate_files(where, children=children, seed=seed)
        partnership, patterns = Partnership(where), shipped_patterns()
        batches = partnership.batches(on_spark.ENTRIES_A_BATCH)
        rows: list[list[str]] = []
        for threads in WORKERS:
            found = on_duckdb.sweep(patterns, partnership, ENDS, batches=batches, threads=threads)
            rows.append([f"DuckDB, {threads} thread(s)", "", *_timed(found)])
        for workers in WORKERS:
            started = time.perf_counter()
            with on_spark.session(f"local-cluster[{workers},1,{MEGABYTES_A_WORKER}]") as spark:
                start_up = f"{time.perf_counter() - started:.1f}"
                found = on_spark.sweep(patterns, partnership, ENDS, spark)
                rows.append([f"Spark, {workers} worker(s)", start_up, *_timed(found)])
    entries = sum(batch.entries for batch in batches)
    print_table(
        f"All {len(patterns)} patterns over {entries:,} statements in {len(batches)} batches",
        ["by", "start-up s", "wall s", "questions"],
        rows,
    )
    if len({row[-1] for row in rows}) > 1:
        raise SystemExit("they found different questions")


def _timed(found: Iterable[tuple[Batch, list[Question]]]) -> tuple[str, str]:
    started = time.perf_counter()
    questions = sum(len(some) for _, some in found)
    return f"{time.perf_counter() - started:.1f}", f"{questions:,}"
