"""The sweep on Spark asks exactly what the reference engine asks, of every family once, in order.

Only where Spark is installed: `make sweep-spark`.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyspark")

from goldenthread.analytics.sweep import by_reference, on_spark
from goldenthread.analytics.sweep.reading import Partnership
from goldenthread.analytics.sweep.writing import write
from goldenthread.interop.replay.command import read_file
from goldenthread.usecases.risk.shipped import shipped_patterns
from tests.domain.risk.any_patterns import PARTS, patterns
from tests.domain.risk.chance import families as families_of_chance
from tests.domain.risk.histories import START, asking_days

SHIPPED = shipped_patterns()
HISTORIES = Path(__file__).parents[1] / "spec" / "histories"
pytestmark = [
    pytest.mark.timeout(3600),
    pytest.mark.filterwarnings("ignore"),  # what Spark says of its own parts
]


@pytest.fixture(scope="module")
def spark():
    with on_spark.session("local[2]") as started:
        yield started


def assert_agree(spark, asked, families, on, entries_a_batch=1_000):
    expected = [
        one
        for name, facts in families.items()
        for one in by_reference.questions_of(asked, name, facts, on)
    ]
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), families.items())
        partnership = Partnership(Path(folder))
        swept = on_spark.sweep(asked, partnership, on, spark, entries_a_batch=entries_a_batch)
        assert [one for _, some in swept for one in some] == expected
    return expected


def test_the_shipped_patterns_over_many_families_of_chance(spark):
    found = assert_agree(spark, SHIPPED, families_of_chance(1, 400), START + timedelta(days=140))

    assert len({one.pattern for one in found}) > 35


def test_any_patterns_over_many_families_of_chance(spark):
    asked = st.tuples(*(patterns(kind.__name__.lower(), (kind,)) for kind in PARTS for _ in "12"))
    named = asked.map(
        lambda some: tuple(
            one.__class__(**{**_parts(one), "key": f"{one.key}_{n}"}) for n, one in enumerate(some)
        )
    )

    @given(named, st.integers(0, 1_000_000), asking_days)
    @settings(max_examples=5)
    def agree(asked, seed, on):
        assert_agree(spark, asked, families_of_chance(seed, 100), on)

    agree()


def _parts(pattern):
    return {name: getattr(pattern, name) for name in pattern.__dataclass_fields__}


def test_the_histories_of_the_handbook(spark):
    families = {path.stem: read_file(path).placed.facts for path in HISTORIES.glob("*.csv")}
    known = sorted({one.known_from for facts in families.values() for one in facts})

    assert assert_agree(spark, SHIPPED, families, known[len(known) // 2])


def test_the_batches_do_not_change_the_answers(spark):
    families = families_of_chance(7, 12)
    crowd = tuple(f"somebody {n}" for n in range(70))  # more people than bits: the reference's
    families["family 0003"] = [replace(one, people=crowd) for one in families["family 0003"]]
    on = START + timedelta(days=150)

    found = [assert_agree(spark, SHIPPED[::6], families, on, size) for size in (1, 40, 1_000_000)]

    assert found[0] == found[1] == found[2] != []


def test_a_fault_of_one_batch_is_never_a_shorter_answer(spark, monkeypatch):
    partnership_of = on_spark.Partnership
    monkeypatch.setattr(on_spark, "_ask", lambda *_: [][0])
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), families_of_chance(1, 3).items())
        with pytest.raises(Exception, match="IndexError"):
            list(on_spark.sweep(SHIPPED[:1], partnership_of(Path(folder)), START, spark))
