"""The same sweep on Apache Spark, where a region or a country outgrows one machine.

No question looks beyond one family, so families are spread over the workers in batches and each
worker asks of its own batch what `on_duckdb` would ask: the same statements, the same engine, the
same answer. Why not Spark's own SQL: docs/decisions/0013. An extra: `goldenthread[spark]` and Java
17; every worker reads the folder under the same path.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from pyspark.sql import SparkSession

from goldenthread.analytics.sweep import on_duckdb
from goldenthread.analytics.sweep.found import Question
from goldenthread.analytics.sweep.reading import Batch, Partnership
from goldenthread.domain.risk.pattern import Pattern

LOCAL = "local[*]"
# A worker asks of one batch at a time in each of its slots, so a batch is smaller than where all
# the memory of a machine is one sweep's.
ENTRIES_A_BATCH = 500_000
MEMORY = "2GB"
_ON_THIS_MACHINE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def session(master: str = LOCAL, **settings: str) -> Iterator[SparkSession]:
    """A session of this sweep's own, stopped at the end; on this machine unless told a cluster."""
    own = _ON_THIS_MACHINE if master.startswith("local") else {}
    if own:  # its workers are this Python, with what is installed here
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("goldenthread sweep")
    for key, value in {**_SETTINGS, **own, **settings}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def sweep(
    patterns: Sequence[Pattern],
    partnership: Partnership,
    on: date,
    spark: SparkSession | None = None,
    *,
    entries_a_batch: int = ENTRIES_A_BATCH,
) -> Iterator[tuple[Batch, list[Question]]]:
    """The questions of every family on a day, a batch at a time, in the order of their numbers.

    `spark` is the session to use; without one, one of this machine is made and stopped.
    """
    if spark is None:
        with session() as own:
            yield from sweep(patterns, partnership, on, own, entries_a_batch=entries_a_batch)
        return
    context = spark.sparkContext
    batches = partnership.batches(entries_a_batch)
    ask = partial(_ask, tuple(patterns), partnership.folder.resolve(), on)

    def asked_of(batch: Batch) -> list[Question]:
        [found] = context.parallelize([batch], 1).map(ask).collect()
        return found

    # One job a batch, as many at once as there are slots: they come back in their order while
    # others run, and a batch that fails is tried again by itself.
    with ThreadPoolExecutor(context.defaultParallelism) as slots:
        yield from zip(batches, slots.map(asked_of, batches), strict=True)


def _ask(patterns: tuple[Pattern, ...], folder: Path, on: date, batch: Batch) -> list[Question]:
    """What a worker does: every question of one batch."""
    partnership = Partnership(folder)
    found = on_duckdb.sweep(patterns, partnership, on, batches=[batch], threads=1, memory=MEMORY)
    return [one for _, questions in found for one in questions]
