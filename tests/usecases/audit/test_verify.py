"""The record checked against its log, after the database's own superuser has been at it.

Each way of tampering is planted in a record of its own, and must be found and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from goldenthread.domain.audit.findings import Kind
from goldenthread.domain.audit.merkle import leaf_hash, root_of
from goldenthread.domain.audit.signed_note import Checkpoint, Note, SigningKey
from goldenthread.records.audit import store as audit
from goldenthread.usecases.audit.verify import Kept, NotAKeptCheckpoint, Verified, verify
from goldenthread.usecases.chronology.read_entry import read_entry
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.conftest import PRISTINE, cloned, seal
from tests.families.sealing import KEY, sealed, sign_everything_anew
from tests.families.world import NOW, build_world, key

ENTRY = key("sealed entry")
TEMPLATE = "sealed_record"


@pytest.fixture(scope="module")
def template(postgres) -> str:
    """A record sealed in four steps, to be copied for each way of tampering."""
    for name in cloned(postgres, PRISTINE):
        world = build_world()
        sealed(now=NOW)
        entry = world.entry(
            "health_visiting", "Seen.", id=ENTRY, told={"social_care": "2026-03-20"}
        )
        record_entry(world.actors["ama"], world.case, entry, now=NOW)
        sealed(now=NOW + timedelta(seconds=5))
        for who in ("priya", "ama"):
            read_entry(world.actors[who], world.case, ENTRY, now=NOW)
        sealed(now=NOW + timedelta(seconds=10))
        audit.append(*(an_event(f"one {n}") for n in range(6)))
        sealed(now=NOW + timedelta(seconds=15))
        connections.close_all()
        seal(postgres, name, TEMPLATE)
    return TEMPLATE


@pytest.fixture
def tampered(postgres, template: str) -> Iterator[psycopg.Connection]:
    """A copy, and the database's superuser with every trigger switched off."""
    for name in cloned(postgres, template):
        address = postgres.url("gt_admin").replace("/goldenthread?", f"/{name}?", 1)
        with psycopg.connect(address, autocommit=True) as superuser:
            superuser.execute("SET session_replication_role = replica")
            yield superuser


def an_event(resource: str) -> audit.Event:
    return audit.Event(
        key("account priya"), key("practitioner priya"), key("agency social_care"),
        "view_family", "allow", "allocated-worker", key("case"), resource,
    )  # fmt: skip


def found(**more) -> Verified:
    return verify(KEY.verifier, **more)


def kinds(checked: Verified) -> list[Kind]:
    return [one.kind for one in checked.findings]


def id_of(superuser, resource: str) -> UUID:
    return superuser.execute(
        "SELECT id FROM audit_auditevent WHERE resource = %s", [resource]
    ).fetchone()[0]


def place_of(superuser, row: UUID) -> int:
    return superuser.execute("SELECT place FROM audit_leaf WHERE row = %s", [row]).fetchone()[0]


def test_an_untouched_record_holds(tampered):
    told = []
    checked = found(on_progress=lambda done, of: told.append((done, of)))

    assert checked.holds and checked.findings == ()
    assert checked.checkpoints == 4 and checked.waiting == 0
    assert told[-1] == (checked.leaves, checked.leaves)


def test_an_altered_event_is_named_with_who_and_when(tampered):
    tampered.execute("UPDATE audit_auditevent SET rule = 'named-member' WHERE resource = 'one 3'")

    checked = found()
    (one,) = checked.findings
    assert not checked.holds and one.kind is Kind.ALTERED
    assert one.row == str(id_of(tampered, "one 3"))
    assert re.fullmatch(
        rf"Number {one.place + 1}, the event of \d+ \w+ \d{{4}}, \d\d:\d\d, Priya Nair, Fenwick "
        rf"Children's Services: Open a family's record, {one.row}, does not match what was sealed.",
        one.sentence,
    )


@pytest.mark.parametrize(
    "change",
    ["recorded_at = recorded_at + interval '1 microsecond'", "practitioner = gen_random_uuid()",
     "agency = gen_random_uuid()", "outcome = 'deny'", "\"case\" = NULL", "resource = ''",
     "detail = '{\"a\": 1}'", "action = 'x'", "account = gen_random_uuid()"],
)  # fmt: skip
def test_no_column_of_an_event_can_be_altered(tampered, change: str):
    event = id_of(tampered, "one 2")
    tampered.execute(f"UPDATE audit_auditevent SET {change} WHERE id = %s", [event])

    (one,) = found().findings
    assert (one.kind, one.row) == (Kind.ALTERED, str(event))


@pytest.mark.parametrize(
    ("table", "change", "where"),
    [
        ("provenance_statement", "text = 'Not seen.'", f"id = '{ENTRY}'"),
        ("provenance_statement", "known_at = known_at - interval '9 days'", f"id = '{ENTRY}'"),
        ("provenance_awareness", "known_from = '2026-01-01'", "level = 'told'"),
        ("provenance_shareevent", "told_at = '2026-01-01'", "shared"),
        ("people_statementsubject", "role = 'father'", "true"),
    ],
)
def test_an_altered_row_of_the_record_is_named(tampered, table: str, change: str, where: str):
    rows = tampered.execute(
        f"UPDATE {table} SET {change} WHERE id = (SELECT min(id::text)::uuid FROM {table} WHERE {where})"
        " RETURNING id"
    ).fetchall()

    (one,) = found().findings
    assert (one.kind, one.table, one.row) == (Kind.ALTERED, table, str(rows[0][0]))


def test_a_removed_event_is_named(tampered):
    event = id_of(tampered, "one 1")
    tampered.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])

    (one,) = found().findings
    assert (one.kind, one.row) == (Kind.REMOVED, str(event))
    assert "has been removed" in one.sentence and "sealed 10 June 2026, 10:30" in one.sentence


def test_a_removed_event_whose_leaf_was_removed_too_is_named_by_its_number(tampered):
    event = id_of(tampered, "one 1")
    place = place_of(tampered, event)
    tampered.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])
    tampered.execute("DELETE FROM audit_leaf WHERE row = %s", [event])

    (one,) = found().findings
    assert (one.kind, one.place) == (Kind.LEAF_LOST, place)


def test_an_event_put_in_behind_the_seal_is_named(tampered):
    tampered.execute(
        "INSERT INTO audit_auditevent SELECT gen_random_uuid(), recorded_at, account, practitioner,"
        " agency, action, outcome, rule, \"case\", 'planted', detail FROM audit_auditevent"
        " WHERE resource = 'one 0'"
    )

    (one,) = found().findings
    assert (one.kind, one.row) == (Kind.INSERTED, str(id_of(tampered, "planted")))
    assert "Priya Nair" in one.sentence and "behind the seal" in one.sentence


def test_two_events_that_changed_places_are_named(tampered):
    one, other = id_of(tampered, "one 1"), id_of(tampered, "one 4")
    spare = UUID(int=1)
    for was, becomes in ((one, spare), (other, one), (spare, other)):
        tampered.execute("UPDATE audit_auditevent SET id = %s WHERE id = %s", [becomes, was])

    assert {(f.kind, f.row) for f in found().findings} == {
        (Kind.ALTERED, str(one)), (Kind.ALTERED, str(other))
    }  # fmt: skip


@pytest.mark.parametrize("salts_too", [True, False])
def test_two_leaves_that_changed_places_are_named(tampered, salts_too: bool):
    one, other = (place_of(tampered, id_of(tampered, f"one {n}")) for n in (1, 4))
    for table in ("audit_leaf", "audit_leafsalt") if salts_too else ("audit_leaf",):
        for was, becomes in ((one, -1), (other, one), (-1, other)):
            tampered.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS leaf_has_a_place")
            tampered.execute(f"UPDATE {table} SET place = %s WHERE place = %s", [becomes, was])

    checked = found()
    moved = [f for f in checked.findings if f.kind is Kind.REORDERED]
    assert {f.place for f in moved} == {one, other}
    assert (
        f"was sealed as number {other + 1} and now stands as number {one + 1}" in moved[0].sentence
    )


def test_an_event_rewritten_with_its_leaf_is_found_among_those_sealed_with_it(tampered):
    """Whoever holds the salt can make a leaf that fits the altered row; the root then does not."""
    from goldenthread.domain.audit.commitment import canonical, commitment
    from goldenthread.records.audit import log

    event = id_of(tampered, "one 3")
    place = place_of(tampered, event)
    tampered.execute("UPDATE audit_auditevent SET outcome = 'deny' WHERE id = %s", [event])
    with log.one_transaction():
        form = log.form_of("audit_auditevent")
        values = log.contents(form, [event])[event]
    salt = bytes(
        tampered.execute("SELECT salt FROM audit_leafsalt WHERE place = %s", [place]).fetchone()[0]
    )
    fits = commitment(salt, canonical(form.table, form.columns, values, place=place))
    tampered.execute("UPDATE audit_leaf SET commitment = %s WHERE place = %s", [fits, place])

    (one,) = found().findings
    assert one.kind is Kind.LOG_ALTERED
    assert str(event) in one.sentence and f"numbers {place - 2} to {place + 3}" in one.sentence


def test_a_whole_log_signed_anew_by_another_key_is_found(tampered):
    """Even with every leaf and root worked out again: the signature is not the log's."""
    thief = SigningKey(KEY.name, bytes(32))
    tampered.execute("UPDATE audit_auditevent SET outcome = 'deny' WHERE resource = 'one 3'")
    sign_everything_anew(tampered, thief)

    checked = found()
    assert Kind.CHECKPOINT in kinds(checked) and Kind.ALTERED in kinds(checked)


def test_a_whole_log_rewritten_with_the_stolen_key_is_found_by_a_witness(tampered):
    note = tampered.execute("SELECT note FROM audit_checkpoint ORDER BY size DESC").fetchone()[0]
    event = id_of(tampered, "one 3")
    tampered.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])
    gone = place_of(tampered, event)
    last = tampered.execute("SELECT max(place) FROM audit_leaf").fetchone()[0]
    for table in ("audit_leaf", "audit_leafsalt"):
        tampered.execute(f"DELETE FROM {table} WHERE place = %s", [gone])
    rewrite_leaf(tampered, last, gone)
    sign_everything_anew(tampered, KEY)

    assert found().holds  # nothing within the database can tell
    (one,) = found(kept=[Kept(note, "Harbour Trust")]).findings
    assert one.kind is Kind.ROLLED_BACK and "Harbour Trust" in one.sentence


def rewrite_leaf(superuser, was: int, place: int) -> None:
    """Move a leaf and make it fit its new place, as whoever holds every salt can."""
    from goldenthread.domain.audit.commitment import canonical, commitment
    from goldenthread.records.audit import log

    row = superuser.execute("SELECT row FROM audit_leaf WHERE place = %s", [was]).fetchone()[0]
    for table in ("audit_leaf", "audit_leafsalt"):
        superuser.execute(f"UPDATE {table} SET place = %s WHERE place = %s", [place, was])
    salt = superuser.execute("SELECT salt FROM audit_leafsalt WHERE place = %s", [place]).fetchone()
    with log.one_transaction():
        form = log.form_of("audit_auditevent")
        content = canonical(form.table, form.columns, log.contents(form, [row])[row], place=place)
    superuser.execute(
        "UPDATE audit_leaf SET commitment = %s WHERE place = %s",
        [commitment(bytes(salt[0]), content), place],
    )


@pytest.mark.parametrize(
    "change",
    ["root = sha256(root)", "made_at = made_at - interval '1 day'", "peaks = sha256(peaks)",
     "peaks = ''", "note = replace(note, E'\\n\\n', E'0\\n\\n')", "note = ''"],
)  # fmt: skip
def test_an_altered_checkpoint_is_named(tampered, change: str):
    size = tampered.execute("SELECT size FROM audit_checkpoint ORDER BY size OFFSET 1").fetchone()[
        0
    ]
    tampered.execute(f"UPDATE audit_checkpoint SET {change} WHERE size = %s", [size])

    checked = found()
    assert set(kinds(checked)) == {Kind.CHECKPOINT}
    assert f"{size:,} rows" in checked.findings[0].sentence


def test_a_log_put_back_whole_to_an_older_state_is_found_with_a_later_checkpoint(tampered):
    """Rows, leaves and checkpoints alike: as if the last hour had never been."""
    latest = tampered.execute("SELECT note FROM audit_checkpoint ORDER BY size DESC").fetchone()[0]
    sizes = [s for (s,) in tampered.execute("SELECT size FROM audit_checkpoint ORDER BY size")]
    tampered.execute("DELETE FROM audit_auditevent WHERE resource LIKE 'one %'")
    for table in ("audit_leaf", "audit_leafsalt"):
        tampered.execute(f"DELETE FROM {table} WHERE place >= %s", [sizes[-2]])
    tampered.execute("DELETE FROM audit_checkpoint WHERE size = %s", [sizes[-1]])

    assert found().holds
    (one,) = found(kept=[Kept(latest, "Harbour Trust")]).findings
    assert one.kind is Kind.ROLLED_BACK
    assert f"{sizes[-1]:,} rows" in one.sentence and f"{sizes[-2]:,}" in one.sentence


def test_leaves_that_nothing_was_signed_over_are_named(tampered):
    tampered.execute(
        "DELETE FROM audit_checkpoint WHERE size = (SELECT max(size) FROM audit_checkpoint)"
    )

    checked = found()
    assert kinds(checked) == [Kind.INSERTED] * 6


def test_a_lost_salt_is_named(tampered):
    place = place_of(tampered, id_of(tampered, "one 3"))
    tampered.execute("DELETE FROM audit_leafsalt WHERE place = %s", [place])

    (one,) = found().findings
    assert (one.kind, one.place) == (Kind.SALT_LOST, place)


def say_it_was_erased(row: UUID, *, table: str = "audit_auditevent", and_seal: bool = True) -> None:
    """The event that names an erasure, as whoever has the database can write one."""
    audit.append(
        audit.Event(key("account priya"), key("practitioner priya"), key("agency social_care"),
                    "erase", "allow", "court-order", resource=f"{table}:{row}")
    )  # fmt: skip
    if and_seal:
        sealed(now=NOW + timedelta(seconds=20))


@pytest.mark.parametrize("what", ["row", "both"])
def test_an_erasure_holds_only_where_a_person_accepts_it_by_its_number(tampered, what: str):
    """The law had one row taken away: every proof still verifies, and nothing is silent."""
    event, other = id_of(tampered, "one 3"), id_of(tampered, "one 4")
    place = place_of(tampered, event)
    say_it_was_erased(event)
    if what == "both":
        tampered.execute("DELETE FROM audit_leafsalt WHERE place = %s", [place])
    tampered.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])

    checked = found()
    (one,) = checked.findings
    assert (one.kind, one.place) == (Kind.ERASED, place)
    assert not checked.holds and checked.faults == () and checked.to_accept == (one,)
    assert f"--accept {place + 1}" in one.sentence and "Priya Nair" in one.sentence
    assert not found(accepted=[place_of(tampered, other)]).holds
    accepted = found(accepted=[place])
    assert accepted.holds and accepted.findings == (one,)
    assert root_of([leaf_hash(bytes(c)) for (c,) in tampered.execute(
        "SELECT commitment FROM audit_leaf ORDER BY place")])  # fmt: skip


def test_a_forged_erasure_hides_no_altered_row(tampered):
    """An event that says so, honestly sealed, and the salt gone: the row stands, and was altered."""
    place = place_of(tampered, ENTRY)
    say_it_was_erased(ENTRY, table="provenance_statement")
    tampered.execute("DELETE FROM audit_leafsalt WHERE place = %s", [place])
    tampered.execute("UPDATE provenance_statement SET text = 'REWRITTEN' WHERE id = %s", [ENTRY])

    checked = found(accepted=[place])
    assert not checked.holds
    assert {(one.kind, one.place) for one in checked.faults} >= {(Kind.SALT_LOST, place)}
    assert Kind.ERASURE_NOT_DONE in kinds(checked)


@pytest.mark.parametrize("how", ["not sealed", "altered afterwards", "refused"])
def test_an_erasure_that_no_sealed_event_tells_of_is_a_removal(tampered, how: str):
    event = id_of(tampered, "one 3")
    say_it_was_erased(event, and_seal=how != "not sealed")
    if how != "not sealed":
        change = "outcome = 'deny'" if how == "refused" else "rule = 'x'"
        tampered.execute(f"UPDATE audit_auditevent SET {change} WHERE action = 'erase'")
    tampered.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])

    checked = found(accepted=[place_of(tampered, event)])
    assert not checked.holds
    assert Kind.REMOVED in kinds(checked) and Kind.ERASED not in kinds(checked)


def test_an_event_that_says_something_was_erased_is_told_while_it_still_stands(tampered):
    say_it_was_erased(id_of(tampered, "one 3"))

    checked = found()
    assert kinds(checked) == [Kind.ERASURE_NOT_DONE] and not checked.holds
    assert "The service writes no such event by itself" in checked.findings[0].sentence


def test_what_waits_is_told_and_is_no_fault(tampered):
    audit.append(an_event("waits"))

    checked = found()
    assert checked.holds and checked.waiting == 1


def test_a_dropped_column_is_found(tampered):
    tampered.execute("ALTER TABLE audit_auditevent DROP COLUMN resource CASCADE")
    tampered.execute("ALTER TABLE audit_auditevent ADD COLUMN resource text DEFAULT ''")

    assert Kind.ALTERED in kinds(found())


def test_a_column_that_a_migration_adds_leaves_what_was_sealed_as_it_was(tampered):
    tampered.execute("ALTER TABLE audit_auditevent ADD COLUMN later text NOT NULL DEFAULT 'x'")
    audit.append(an_event("after"))
    sealed(now=NOW + timedelta(seconds=20))

    assert found().holds


def test_many_at_once_are_each_named(tampered):
    altered, removed = id_of(tampered, "one 1"), id_of(tampered, "one 2")
    tampered.execute("UPDATE audit_auditevent SET outcome = 'mask' WHERE id = %s", [altered])
    tampered.execute("DELETE FROM audit_auditevent WHERE id = %s", [removed])
    tampered.execute("UPDATE provenance_statement SET text = 'x' WHERE id = %s", [ENTRY])
    tampered.execute("UPDATE audit_checkpoint SET made_at = now() WHERE size > 50")

    by_row = {f.row: f.kind for f in found().findings if f.row}
    assert by_row == {
        str(altered): Kind.ALTERED, str(removed): Kind.REMOVED, str(ENTRY): Kind.ALTERED
    }  # fmt: skip
    assert Kind.CHECKPOINT in kinds(found())


def test_what_is_no_checkpoint_of_this_log_is_refused(tampered):
    text = Checkpoint("other.example/log", 3, bytes(32)).text()
    other = Note(text, (SigningKey("other.example/log", bytes(32)).sign(text),)).whole()

    with pytest.raises(NotAKeptCheckpoint, match="Harbour"):
        found(kept=[Kept(other, "Harbour")])
