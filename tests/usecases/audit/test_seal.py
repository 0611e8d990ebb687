"""The sealer: everything once, in the order of transactions, whatever happens beside it."""

from __future__ import annotations

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from goldenthread.domain.audit.merkle import leaf_hash, root_of
from goldenthread.domain.audit.signed_note import SigningKey, checkpoint_by, parse_note
from goldenthread.records.audit import log
from goldenthread.records.audit import store as audit
from goldenthread.records.audit.models import AuditEvent, Checkpoint, Leaf, LeafSalt, LogNode
from goldenthread.records.audit.watching import watch_tables
from goldenthread.records.grants import SEALED, WAITING_FOR_THE_LOG, privileges_of
from goldenthread.usecases.audit.seal import NothingSealed, seal
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.sealing import KEY, new_salts, sealed
from tests.families.world import NOW, World, build_world, key


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def admin(postgres, record: str) -> psycopg.Connection:
    address = postgres.url("gt_admin").replace("/goldenthread?", f"/{record}?", 1)
    return psycopg.connect(address, autocommit=True)


def an_event(resource: str = "x") -> audit.Event:
    return audit.Event(
        key("account"), key("who"), key("agency"), "test", "allow", "r", resource=resource
    )


def leaves() -> list[tuple]:
    return list(Leaf.objects.using("sealer").order_by("place").values_list("place", "row"))


def test_every_sealed_table_is_watched(record: str):
    assert watch_tables(connections["owner"], SEALED) == []


def test_a_table_without_a_uuid_key_cannot_be_sealed(record: str):
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE numbered (id bigint PRIMARY KEY)")

    with pytest.raises(LookupError, match="numbered cannot be sealed"):
        watch_tables(connections["owner"], ["numbered"])


def test_everything_recorded_is_sealed_once(world: World):
    record_entry(world.actors["ama"], world.case, world.entry("health_visiting", "Seen."), now=NOW)

    first = sealed()
    assert first.rows == len(leaves()) > 10
    assert sealed().rows == 0
    for table in set(SEALED).intersection(connection.introspection.table_names()):
        with connections["sealer"].cursor() as cursor:
            cursor.execute(f"SELECT {log.key_of(table)} FROM {table}")
            rows = [id for (id,) in cursor.fetchall()]
        with log.one_transaction():
            assert log.sealed_already(table, rows) == set(rows), table


def test_the_checkpoint_is_signed_and_dated_and_is_the_root_of_the_leaves(world: World):
    one = sealed()

    hashes = [leaf_hash(bytes(c)) for (c,) in
              Leaf.objects.using("sealer").order_by("place").values_list("commitment")]  # fmt: skip
    checkpoint = checkpoint_by(KEY.verifier, one.note)
    assert (checkpoint.size, checkpoint.root) == (len(hashes), root_of(hashes))
    assert parse_note(one.note).cosigned_at(KEY.verifier.as_cosigner()) == int(NOW.timestamp())


def test_two_sealings_are_one_log(world: World):
    sealed()
    audit.append(an_event())
    second = sealed(now=NOW + timedelta(seconds=5))

    hashes = [leaf_hash(bytes(c)) for (c,) in
              Leaf.objects.using("sealer").order_by("place").values_list("commitment")]  # fmt: skip
    assert second.rows == 1
    assert checkpoint_by(KEY.verifier, second.note).root == root_of(hashes)
    assert [at for at, _ in leaves()] == list(range(len(hashes)))


def test_whole_subtrees_are_kept_for_proofs(world: World):
    audit.append(*(an_event(str(n)) for n in range(600)))
    total = sealed().rows

    kept = dict(
        ((level, place), bytes(one))
        for level, place, one in LogNode.objects.using("sealer").values_list(
            "level", "place", "hash"
        )
    )
    assert set(kept) == {(8, place) for place in range(total // 256)}
    hashes = [leaf_hash(bytes(c)) for (c,) in
              Leaf.objects.using("sealer").order_by("place").values_list("commitment")[:256]]  # fmt: skip
    assert kept[8, 0] == root_of(hashes)


def test_a_late_commit_is_late_and_not_skipped(world: World, postgres, record: str):
    """A transaction begun first commits last: nothing passes it, and it is not passed by."""
    sealed()
    app = postgres.url("gt_app").replace("/goldenthread?", f"/{record}?", 1)
    with psycopg.connect(app) as slow:
        slow.execute(INSERT, {"resource": "slow"})
        audit.append(an_event("quick"))
        assert sealed().rows == 0  # the order of the two is not settled yet
        slow.commit()
    assert sealed().rows == 2
    order = {id: n for n, (_, id) in enumerate(leaves())}
    events = {e.resource: e.id for e in AuditEvent.objects.using("reader").all()}
    assert order[events["slow"]] < order[events["quick"]]


INSERT = (
    "INSERT INTO audit_auditevent (id, account, practitioner, agency, action, outcome, rule,"
    " resource, detail) VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),"
    " gen_random_uuid(), 'test', 'allow', 'r', %(resource)s, '{}')"
)


def test_what_is_rolled_back_never_waits(world: World):
    sealed()
    with transaction.atomic():
        audit.append(an_event())
        transaction.set_rollback(True)
    assert sealed().rows == 0


def test_two_sealers_at_once_seal_everything_once(world: World):
    audit.append(*(an_event(str(n)) for n in range(300)))
    done, failed = [], []

    def work() -> None:
        try:
            for _ in range(40):
                done.append(sealed(at_most=20).rows)
        except Exception as error:  # told below
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert sum(done) + sealed().rows == len(leaves())
    with log.one_transaction():
        assert log.how_many_wait() == 0


@pytest.mark.parametrize("step", ["take_away", "append", "form_of"])
def test_a_crash_between_two_steps_leaves_everything_waiting(world: World, monkeypatch, step: str):
    before = NOW
    whole = getattr(log, step)

    def crashes(*given, **more):
        whole(*given, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(log, step, crashes)
    with pytest.raises(KeyboardInterrupt):
        sealed(now=before)
    monkeypatch.undo()

    assert leaves() == [] and not Checkpoint.objects.using("sealer").exists()
    assert sealed().rows == len(leaves()) > 0


def test_a_large_import_is_sealed_whole_and_the_next_waits(world: World):
    sealed()
    audit.append(*(an_event(str(n)) for n in range(50)))
    audit.append(*(an_event(str(n)) for n in range(50)))

    assert [sealed(at_most=10).rows for _ in range(3)] == [50, 50, 0]


def test_a_row_removed_before_it_was_sealed_still_has_a_leaf(world: World, postgres, record: str):
    sealed()
    audit.append(an_event("gone"))
    with admin(postgres, record) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("DELETE FROM audit_auditevent WHERE resource = 'gone'")

    assert sealed().rows == 1


def test_another_key_adds_nothing(world: World):
    sealed()
    audit.append(an_event())
    other = SigningKey("other.example/record", bytes(32))

    with pytest.raises(NothingSealed, match="not signed by this key"):
        seal(other, now=NOW, new_salts=new_salts)


def test_an_altered_checkpoint_is_not_gone_on_from(world: World, postgres, record: str):
    sealed()
    audit.append(an_event())
    with admin(postgres, record) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE audit_checkpoint SET peaks = peaks || peaks")

    with pytest.raises(NothingSealed, match="was altered"):
        sealed()


def test_a_log_that_went_back_is_not_gone_on_from(world: World, postgres, record: str):
    sealed()
    audit.append(an_event())
    latest = sealed(now=NOW + timedelta(seconds=5)).note
    with admin(postgres, record) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "DELETE FROM audit_checkpoint WHERE size = (SELECT max(size) FROM audit_checkpoint)"
        )
    audit.append(an_event())

    with pytest.raises(NothingSealed, match="older than the checkpoint"):
        sealed(signed_last=latest)


@pytest.mark.parametrize("alias", ["default", "reader"])
@pytest.mark.parametrize("table", ["audit_leafsalt", "audit_waiting"])
def test_nobody_else_reads_salts_or_what_waits(world: World, alias: str, table: str):
    with connections[alias].cursor() as cursor, pytest.raises(DatabaseError, match="denied"):
        cursor.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize("table", ["audit_leaf", "audit_checkpoint", WAITING_FOR_THE_LOG])
def test_the_web_role_neither_reads_nor_writes_the_log(world: World, table: str):
    assert privileges_of(table) == ""
    for statement in (f"SELECT count(*) FROM {table}", f"DELETE FROM {table}"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="denied"):
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET rule = 'x'",
        "DELETE FROM audit_auditevent",
        "INSERT INTO audit_waiting (recorded_table, recorded_rows) VALUES ('x', '{}')",
        "UPDATE audit_leaf SET place = place + 1",
        "DELETE FROM audit_leafsalt",
        "DELETE FROM audit_checkpoint",
        "UPDATE provenance_statement SET text = 'x'",
    ],
)
def test_the_sealer_may_only_add_to_the_log(world: World, statement: str):
    with connections["sealer"].cursor() as cursor, pytest.raises(DatabaseError, match="denied"):
        cursor.execute(statement)


def test_the_owner_may_erase_a_salt_and_no_leaf(world: World):
    sealed()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM audit_leafsalt WHERE place = 0")
        with pytest.raises(DatabaseError, match="is refused"):
            cursor.execute("DELETE FROM audit_leaf WHERE place = 0")
    assert not LeafSalt.objects.using("sealer").filter(place=0).exists()
