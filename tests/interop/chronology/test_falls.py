"""A job killed at any moment and begun again leaves exactly what one undisturbed run leaves."""

from __future__ import annotations

import os
import random
import signal
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections

from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.interop.chronology import bring_in as bringing
from goldenthread.interop.chronology.bring_in import bring_in, keep_file
from goldenthread.jobs import worker
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.models import ImportedStatement, ImportFile, ImportRow
from goldenthread.records.people.models import Filing
from goldenthread.records.provenance.models import Awareness, Statement
from goldenthread.usecases.chronology.imports import checking, keeping, receiving
from goldenthread.usecases.chronology.imports.arrangement import Arrangement, arrange_file
from tests.families.world import NOW, World, build_world
from tests.interop.chronology.files import ROWS, as_csv, with_cell

MANY = [
    with_cell(with_cell(ROWS[n % 3], "Ref", f"R{n}"), "Date", f"{n % 28 + 1}/0{n % 5 + 1}/2026")
    for n in range(60)
]


@pytest.fixture
def world(record) -> World:
    return build_world()


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 7)
    monkeypatch.setattr(checking, "BATCH", 7)


class Fall(BaseException):
    """What no code of ours catches: the process is gone."""


def confirmed_file(world: World, rows=MANY) -> UUID:
    file = uuid4()
    who = world.actors["ama"]
    bring_in(who, world.case, as_csv(*rows), "hv.csv", id=file, now=NOW, confirm=False)
    keeping.confirm_import(who, file, now=NOW, keep_in_background=False)
    return file


def falling(real, calls: int):
    """`real`, until it was called so many times; then the process is gone."""
    left = [calls]

    def falls(*args, **more):
        left[0] -= 1
        if left[0] < 0:
            raise Fall
        return real(*args, **more)

    return falls


def whole(world: World) -> None:
    """The record holds each row once, and everything about it."""
    assert Statement.objects.count() == len(MANY)
    assert {s.reference for s in Statement.objects.all()} == {row[0] for row in MANY}
    assert ImportedStatement.objects.count() == len(MANY)
    numbers = Filing.objects.filter(case=world.case).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, len(MANY) + 1))
    told = sum(1 for row in MANY if row[6])
    assert Awareness.objects.count() == len(MANY) + told


def test_a_fall_at_any_step_of_a_batch_leaves_whole_batches_and_goes_on(world, monkeypatch):
    file = confirmed_file(world)
    monkeypatch.setattr(keeping, "BATCH", 3)
    dice = random.Random(20)
    falls = 0
    for _ in range(20):
        step, most = dice.choice([("append_entries", 1), ("admit", 5), ("proposed_from", 5)])
        with monkeypatch.context() as broken:
            broken.setattr(keeping, step, falling(getattr(keeping, step), dice.randint(0, most)))
            try:
                keep_file(world.actors["ama"], file, now=NOW)
            except Fall:
                falls += 1
        kept = ImportFile.objects.get(id=file).rows_done
        assert Statement.objects.count() == kept, "a batch is in whole or not at all"
        assert kept % 3 == 0
    assert falls == 20

    assert keep_file(world.actors["ama"], file, now=NOW) == len(MANY)
    assert ImportFile.objects.get(id=file).stage == ImportStage.KEPT
    whole(world)


def test_a_worker_killed_between_batches_is_followed_by_another(world):
    who = world.actors["ama"]
    file = confirmed_file(world)
    connections.close_all()
    child = os.fork()
    if child == 0:
        keep_file(
            who, file, now=NOW,
            on_progress=lambda done, _: done < 21 or os.kill(os.getpid(), signal.SIGKILL),
        )  # fmt: skip
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert Statement.objects.count() == 21
    keep_file(who, file, now=NOW)
    whole(world)


def test_a_job_whose_worker_was_killed_is_picked_up(world, record, postgres):
    file = confirmed_file(world)
    ImportFile.objects.filter(id=file).update(stage=ImportStage.CHECKED.value)
    keeping.confirm_import(world.actors["ama"], file, now=NOW)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '5 minutes') RETURNING id"
        )
        (silent,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [silent])
    worker.run_waiting_jobs()

    whole(world)


def test_a_job_done_twice_does_nothing_the_second_time(world):
    who, file = world.actors["ama"], confirmed_file(world)
    keep_file(who, file, now=NOW)
    before = AuditEvent.objects.using("reader").count()
    keep_file(who, file, now=NOW)

    assert AuditEvent.objects.using("reader").count() == before
    whole(world)


def test_two_imports_of_one_file_confirmed_together_add_it_once(world):
    who = world.actors["ama"]
    first, second = confirmed_file(world), confirmed_file(world)
    keeping.keep_next_batch(who, first, now=NOW)
    keep_file(who, second, now=NOW)
    keep_file(who, first, now=NOW)

    whole(world)
    outcomes = ImportRow.objects.filter(file=first).values_list("outcome", flat=True)
    assert set(outcomes) == {"kept", "already_held"}


def test_a_check_broken_off_begins_again(world, monkeypatch):
    who, file = world.actors["ama"], uuid4()
    receiving.receive_file(
        who, world.case, id=file, content=as_csv(*MANY), file_name="hv.csv", now=NOW
    )
    bring_in_steps = iter([7, 14, 21])

    def falls(rows, total, on_progress):
        last = next(bring_in_steps)
        for count, row in enumerate(rows):
            if count == last:
                raise Fall
            yield row

    found = bringing.read_file(who, file, now=NOW)
    arrange_file(
        who, file, sheet=found[0].name, header_row=1, fingerprint="f", now=NOW,
        arrangement=Arrangement(bringing.suggested_columns(found[0].headers)),
    )  # fmt: skip
    with monkeypatch.context() as broken:
        broken.setattr(bringing, "_told", falls)
        for _ in range(3):
            with pytest.raises(Fall):
                bringing.check_file(who, file, now=NOW)
            assert Statement.objects.count() == 0

    assert bringing.check_file(who, file, now=NOW) == {"new": len(MANY)}
    assert ImportRow.objects.filter(file=file).count() == len(MANY)


def test_the_database_itself_refuses_the_same_row_twice(world, record):
    file = confirmed_file(world)
    keep_file(world.actors["ama"], file, now=NOW)
    row = ImportedStatement.objects.first()
    row.id = uuid4()
    with pytest.raises(Exception, match="imported_row_is_kept_once") as refused:
        ImportedStatement.objects.bulk_create([row])
    assert isinstance(refused.value.__cause__, psycopg.errors.UniqueViolation)
