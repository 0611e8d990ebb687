"""The same sweep on Apache Spark, where a region or a country outgrows one machine.

The statements are those of DuckDB, word for word. An extra: `goldenthread[spark]` and Java 17.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from pyspark.sql import SparkSession
from pyspark.storagelevel import StorageLevel

from goldenthread.analytics.sweep.assembling import questions_by_family
from goldenthread.analytics.sweep.by_reference import questions_of
from goldenthread.analytics.sweep.compiling import is_covered, statement
from goldenthread.analytics.sweep.found import Question, in_order
from goldenthread.analytics.sweep.layout import parts_of
from goldenthread.analytics.sweep.preparing import Prepared
from goldenthread.analytics.sweep.reading import Partnership
from goldenthread.domain.risk.pattern import Pattern

LOCAL = "local[*]"
_READ = ("facts", "told", "people", "agencies")
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.adaptive.enabled": "true",
}
_ON_THIS_MACHINE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


@contextmanager
def session(master: str = LOCAL, **settings: str) -> Iterator[SparkSession]:
    """A session of this sweep's own, stopped at the end; on this machine unless told a cluster."""
    own = _ON_THIS_MACHINE if master.startswith("local") else {}
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
) -> list[Question]:
    """The questions of every family on a day, in the order of their numbers.

    `spark` is the session to use; without one, one of this machine is made and stopped.
    """
    if spark is None:
        with session() as own:
            return sweep(patterns, partnership, on, own)
    prepared = Prepared(tuple(one for one in patterns if is_covered(one)), on)
    names = dict(partnership.rows(f"SELECT family, name FROM {partnership.table('families')}"))
    rows = _rows(spark, prepared, partnership)
    asked = dict(
        questions_by_family(rows, prepared.patterns, names, _called(partnership, prepared, rows))
    )
    others = tuple(one for one in patterns if not is_covered(one))
    beyond = {name for name, _ in partnership.beyond()}
    if others or beyond:
        _ask_the_reference(asked, patterns, others, beyond, partnership, names, on)
    return [one for number in sorted(asked) for one in asked[number]]


def _rows(spark: SparkSession, prepared: Prepared, partnership: Partnership) -> list[Any]:
    for table in _READ:
        files = map(str, parts_of(partnership.folder, table))
        spark.read.parquet(*files).createOrReplaceTempView(f"{table}_in")
    kept = []
    for name, select in prepared.tables():
        frame = spark.sql(select).persist(StorageLevel.MEMORY_AND_DISK)
        frame.createOrReplaceTempView(name)
        kept.append(frame)
    found: list[Any] = []
    for number, pattern in enumerate(prepared.patterns):
        entries = f"""SELECT q.family, {number} AS pattern, q.subject, f.id, f.day,
  bool_or(q.raises) AS raises, q.place
FROM ({statement(pattern, prepared)}) q
JOIN fact f ON f.family = q.family AND f.place = q.place
GROUP BY q.family, q.subject, f.id, f.day, q.place"""
        found.extend(map(tuple, spark.sql(entries).collect()))
    for frame in kept:
        frame.unpersist()
    return sorted(found, key=lambda row: (row[0], row[1], row[2], row[6]))


def _called(
    partnership: Partnership, prepared: Prepared, rows: Sequence[Any]
) -> dict[tuple[int, int, bool], str]:
    """The people and agencies that some question is about."""
    wanted = {
        (row[0], row[2], prepared.patterns[row[1]].per.is_person) for row in rows if row[2] != 0
    }
    return {
        (family, bit, is_person): name
        for table, is_person in (("people", True), ("agencies", False))
        for family, bit, name in partnership.rows(
            f"SELECT family, bit, name FROM {partnership.table(table)}"
        )
        if (family, bit, is_person) in wanted
    }


def _ask_the_reference(
    asked: dict[int, list[Question]],
    patterns: Sequence[Pattern],
    others: Sequence[Pattern],
    beyond: set[str],
    partnership: Partnership,
    names: dict[int, str],
    on: date,
) -> None:
    """Add what no statement can ask: of families that bits cannot hold, and by other shapes."""
    numbers = {name: number for number, name in names.items()}
    histories = partnership.histories() if others else partnership.beyond()
    for name, facts in histories:
        number = numbers[name]
        more = questions_of(patterns if name in beyond else others, name, facts, on)
        asked[number] = list(in_order([*asked.get(number, []), *more]))
