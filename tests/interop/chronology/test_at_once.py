"""Two hands on one import at the same moment: it is confirmed once, and each row is kept once.

A third connection holds a row that both must come by, until both are seen to wait.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections

from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.interop.chronology.bring_in import bring_in, keep_file
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.models import ImportFile, ImportRow
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases.chronology.imports import keeping
from tests.families.world import NOW, World, build_world
from tests.interop.chronology.files import ROWS, as_csv, with_cell

BATCH = 7
MANY = [with_cell(ROWS[n % 3], "Ref", f"R{n}") for n in range(3 * BATCH)]
WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def world(record: str, monkeypatch) -> World:
    monkeypatch.setattr(keeping, "BATCH", BATCH)
    return build_world()


@pytest.fixture
def checked(world: World) -> UUID:
    file = uuid4()
    who = world.actors["ama"]
    bring_in(who, world.case, as_csv(*MANY), "hv.csv", id=file, now=NOW, confirm=False)
    return file


@pytest.fixture
def holding(postgres, record: str) -> Callable:
    """A row of a table that nobody else gets by until so many have been seen to wait for it."""

    @contextmanager
    def held(table: str, id: UUID, *, until_waiting: int) -> Iterator[None]:
        address = postgres.url("gt_admin").replace("/goldenthread?", f"/{record}?")
        with psycopg.connect(address) as holder, psycopg.connect(address, autocommit=True) as look:
            holder.execute(f"SELECT id FROM {table} WHERE id = %s FOR UPDATE", [id])
            yield
            last = time.monotonic() + 30
            while look.execute(WAITING).fetchone()[0] < until_waiting:
                assert time.monotonic() < last, "nobody came to wait"
                time.sleep(0.02)
            holder.rollback()

    return held


def at_once(*steps: Callable[[], object]) -> tuple[list[threading.Thread], list[BaseException]]:
    """Begin each step in a thread with a connection of its own."""
    wrong: list[BaseException] = []

    def does(step: Callable[[], object]) -> None:
        try:
            step()
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=does, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    return threads, wrong


def together(holding, table: str, id: UUID, step: Callable[[], object]) -> None:
    """Do a step twice at one moment; nothing may go wrong in either."""
    with holding(table, id, until_waiting=2):
        threads, wrong = at_once(step, step)
    for thread in threads:
        thread.join()
    assert wrong == []


def test_one_import_confirmed_twice_at_once_is_confirmed_once(world, checked, holding):
    together(
        holding, "chronology_importfile", checked,
        lambda: keeping.confirm_import(world.actors["ama"], checked, now=NOW),
    )  # fmt: skip

    confirms = AuditEvent.objects.using("reader").filter(detail__step="confirm")
    assert confirms.count() == 1
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'import.keep'")
        assert cursor.fetchone() == (1,)
    assert ImportFile.objects.get(id=checked).stage == ImportStage.KEEPING


def test_two_workers_on_one_import_keep_each_row_once_and_count_it_once(world, checked, holding):
    ama = world.actors["ama"]
    keeping.confirm_import(ama, checked, now=NOW, keep_in_background=False)
    together(
        holding, "people_case", world.case, lambda: keeping.keep_next_batch(ama, checked, now=NOW)
    )

    assert Statement.objects.count() == ImportFile.objects.get(id=checked).rows_done == 2 * BATCH
    outcomes = Counter(ImportRow.objects.filter(file=checked).values_list("outcome", flat=True))
    assert outcomes == {"kept": 2 * BATCH, "new": BATCH}

    assert keep_file(ama, checked, now=NOW) == len(MANY)
    assert Statement.objects.count() == len(MANY)
