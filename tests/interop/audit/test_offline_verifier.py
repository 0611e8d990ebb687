"""A partner agency witnesses the log with a program of its own, and finds what was done to it."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from goldenthread.domain.audit.findings import Kind
from goldenthread.domain.audit.signed_note import (
    NoteRefused,
    SigningKey,
    parse_note,
    parse_signing_key,
    parse_verifier,
)
from goldenthread.interop.audit.command import check, export_to, keep_file
from goldenthread.records.audit import store as audit
from goldenthread.usecases.audit.verify import Kept, verify
from goldenthread.usecases.audit.witness import NotWitnessed, add_witness, keep
from tests.families.sealing import KEY, sealed, sign_everything_anew
from tests.families.world import NOW, build_world, key

PROGRAM = Path(__file__).resolve().parents[3] / "verifier" / "goldenthread_verifier.py"
AGENCY = "Harbour Adult Mental Health"
OF_LOG = ("--log-key", KEY.verifier.text())


def run(*given: object) -> subprocess.CompletedProcess[str]:
    """Run the program by itself, where Goldenthread cannot be imported from the working folder."""
    command = [sys.executable, "-I", str(PROGRAM), *map(str, given)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def an_event(resource: str, agency: str = "mental_health") -> audit.Event:
    return audit.Event(
        key("account lund"), key("practitioner lund"), key(f"agency {agency}"),
        "view_family", "allow", "named-member", key("case"), resource, {"é": 1},
    )  # fmt: skip


@pytest.fixture
def folder(record: str, tmp_path: Path) -> Path:
    """A sealed record, and the folder of an agency that has made its key."""
    build_world()
    made = run("make-key", "harbour.example/witness", "--to", tmp_path / "harbour.key")
    assert made.returncode == 0, made.stderr
    (tmp_path / "public").write_text(made.stdout.strip())
    add_witness(uuid4(), agency_name=AGENCY, key=made.stdout)
    sealed()
    return tmp_path


def exported(folder: Path, *, old: int = 0, with_events: bool = False) -> Path:
    written = io.StringIO()
    export_to(written, KEY.verifier, old=old, agency=AGENCY, with_events=with_events)
    path = folder / f"export-{old}.json"
    path.write_text(written.getvalue(), encoding="utf-8")
    return path


def witnessed(folder: Path, *, old: int = 0) -> Path:
    """Have the agency check and co-sign the log as it is now."""
    kept = folder / "kept"
    done = run("witness", exported(folder, old=old), *OF_LOG, "--kept", kept,
               "--key", folder / "harbour.key")  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return kept


def size_of(kept: Path) -> int:
    return int(kept.read_text().split("\n")[1])


def superuser(postgres, record: str) -> psycopg.Connection:
    address = postgres.url("gt_admin").replace("/goldenthread?", f"/{record}?", 1)
    one = psycopg.connect(address, autocommit=True)
    one.execute("SET session_replication_role = replica")
    return one


def test_it_needs_nothing_of_the_service_and_no_library_but_one():
    tree = ast.parse(PROGRAM.read_text())
    names = {
        (one.module if isinstance(one, ast.ImportFrom) else one.names[0].name).split(".")[0]
        for one in ast.walk(tree)
        if isinstance(one, ast.Import | ast.ImportFrom)
    }
    assert names - set(sys.stdlib_module_names) == {"cryptography"}
    assert not names & {"socket", "urllib", "http", "ssl", "subprocess"}


def test_a_key_is_readable_by_its_owner_alone_and_never_overwritten(folder: Path):
    private = folder / "harbour.key"
    before = private.read_text()

    assert private.stat().st_mode & 0o777 == 0o600
    assert run("make-key", "again", "--to", private).returncode == 1
    assert private.read_text() == before


def test_the_log_is_witnessed_and_the_cosignature_is_kept_once(folder: Path):
    kept = witnessed(folder)

    at = parse_note(kept.read_text()).cosigned_at(parse_verifier((folder / "public").read_text()))
    assert at is not None
    assert f"{AGENCY} co-signed {size_of(kept):,} rows" in keep_file(kept, KEY.verifier)
    assert "kept already" in keep_file(kept, KEY.verifier)
    assert verify(KEY.verifier).holds
    assert verify(KEY.verifier).kept == 1


def test_a_later_state_is_shown_to_begin_with_the_earlier(folder: Path):
    kept = witnessed(folder)
    old = size_of(kept)
    audit.append(*(an_event(str(n)) for n in range(700)))
    sealed(now=NOW + timedelta(seconds=5))

    done = run("check", exported(folder, old=old), *OF_LOG, "--kept", kept)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"begins with the {old:,} rows that you witnessed before" in done.stdout
    assert size_of(witnessed(folder, old=old)) == old + 700


def test_what_the_agencys_own_people_did_is_shown_and_proved(folder: Path):
    kept = witnessed(folder)
    audit.append(an_event("ours"), an_event("theirs", agency="police"), an_event("ours too"))
    sealed(now=NOW + timedelta(seconds=5))
    path = exported(folder, old=size_of(kept), with_events=True)

    done = run("check", path, *OF_LOG, "--kept", kept)
    assert "2 events of your own people are in it" in done.stdout
    assert "1 events are shown to you as other agencies'" in done.stdout
    assert "theirs" not in path.read_text() and str(key("agency police")) not in path.read_text()


@pytest.mark.parametrize("change", ["row", "salt", "place", "path", "commitment"])
def test_an_event_that_is_shown_otherwise_than_it_was_sealed_is_found(folder: Path, change: str):
    audit.append(an_event("ours"))
    sealed(now=NOW + timedelta(seconds=5))
    path = exported(folder, with_events=True)
    export = json.loads(path.read_text())
    event = export["events"][-1]
    if change == "row":
        event["row"]["outcome"] = "deny"
    elif change == "place":
        event["place"] -= 1
    elif change in ("salt", "commitment"):
        event[change] = "A" * 43 + "="
    else:
        event["path"].pop()
    path.write_text(json.dumps(export))

    done = run("check", path, *OF_LOG)
    assert done.returncode == 3
    assert "DOES NOT HOLD" in done.stdout and "view_family" in done.stdout


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("DELETE FROM audit_auditevent WHERE resource = 'ours'", "is there no more"),
        ("UPDATE audit_auditevent SET agency = gen_random_uuid() WHERE resource = 'ours'",
         "was altered since"),
        ("UPDATE audit_auditevent SET rule = 'x' WHERE resource = 'theirs'", "was altered since"),
        ("UPDATE audit_leaf SET form_id = form_id + 1 WHERE row ="
         " (SELECT id FROM audit_auditevent WHERE resource = 'ours')", "Number"),
        ("DELETE FROM audit_leafsalt", "its salt was taken away"),
    ],
)  # fmt: skip
def test_what_was_done_to_an_event_is_found_by_the_agency(
    folder: Path, postgres, record: str, how: str, words: str
):
    """Its own event removed, or given to another agency: neither may look as if it never was."""
    kept = witnessed(folder)
    audit.append(an_event("ours"), an_event("theirs", agency="police"))
    sealed(now=NOW + timedelta(seconds=5))
    with superuser(postgres, record) as admin:
        admin.execute(how)

    done = run("check", exported(folder, old=size_of(kept), with_events=True), *OF_LOG,
               "--kept", kept)  # fmt: skip
    assert done.returncode == 3, done.stdout + done.stderr
    number = size_of(kept) + (2 if "theirs" in how else 1)
    assert f"Number {number:,} " in done.stdout and words in done.stdout


def test_an_entry_altered_since_is_found_by_the_agency_and_only_its_number_is_told(
    folder: Path, postgres, record: str
):
    with superuser(postgres, record) as admin:
        admin.execute("UPDATE people_filing SET number = number + 1")
        admin.execute("UPDATE audit_rowhistory SET done = 'removed'")

    path = exported(folder, with_events=True)
    assert run("check", path, *OF_LOG).returncode == 3
    assert "people_" not in path.read_text()


def test_events_are_shown_to_an_agency_that_there_is(folder: Path):
    with pytest.raises(NotWitnessed, match="no agency called Nobody"):
        export_to(io.StringIO(), KEY.verifier, old=0, agency="Nobody", with_events=True)


def test_a_log_put_back_to_an_older_state_is_found(folder: Path, postgres, record: str):
    audit.append(an_event("last"))
    sealed(now=NOW + timedelta(seconds=5))
    kept = witnessed(folder)
    with superuser(postgres, record) as admin:
        admin.execute("DELETE FROM audit_leaf WHERE place = (SELECT max(place) FROM audit_leaf)")
        admin.execute(
            "DELETE FROM audit_checkpoint WHERE size = (SELECT max(size) FROM audit_checkpoint)"
        )

    with pytest.raises(NotWitnessed, match="put back to an older state"):
        exported(folder, old=size_of(kept))
    done = run("check", exported(folder), *OF_LOG, "--kept", kept)
    assert done.returncode == 3 and "put back to an older state" in done.stdout


def test_a_log_rewritten_with_the_stolen_key_is_found(folder: Path, postgres, record: str):
    audit.append(*(an_event(str(n)) for n in range(5)))
    sealed(now=NOW + timedelta(seconds=5))
    kept = witnessed(folder)
    old = size_of(kept)
    with superuser(postgres, record) as admin:
        admin.execute("UPDATE audit_leaf SET commitment = sha256(commitment) WHERE place = 3")
        sign_everything_anew(admin, KEY)
    audit.append(an_event("after"))
    sealed(now=NOW + timedelta(seconds=9))

    done = run("check", exported(folder, old=old), *OF_LOG, "--kept", kept)
    assert done.returncode == 3 and "it was rewritten" in done.stdout
    found = verify(KEY.verifier, kept=[Kept(kept.read_text(), "Harbour")])
    assert "is not the one whose checkpoint Harbour holds" in " ".join(
        one.sentence for one in found.findings
    )


def test_a_log_of_another_key_is_found(folder: Path):
    other = SigningKey(KEY.name, bytes(32)).verifier.text()

    done = run("check", exported(folder), "--log-key", other)
    assert done.returncode == 3 and "not signed by the log's key" in done.stdout


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "goldenthread-witness/1"}'])
def test_what_is_no_export_is_said_and_nothing_is_signed(folder: Path, content: str):
    path = folder / "odd.json"
    path.write_text(content)

    done = run("witness", path, *OF_LOG, "--kept", folder / "kept", "--key", folder / "harbour.key")
    assert done.returncode == 1 and "Could not be checked" in done.stderr
    assert not (folder / "kept").exists()


def test_an_export_from_another_size_is_asked_for_again(folder: Path):
    kept = witnessed(folder)
    audit.append(an_event("more"))
    sealed(now=NOW + timedelta(seconds=5))

    done = run("check", exported(folder), *OF_LOG, "--kept", kept)
    assert done.returncode == 1 and f"--since {size_of(kept)}" in done.stderr


def test_what_no_witness_signed_is_not_kept(folder: Path):
    audit.append(an_event("more"))
    note = sealed(now=NOW + timedelta(seconds=5)).note

    with pytest.raises(NotWitnessed, match="No witness"):
        keep(KEY.verifier, note, id=uuid4())
    with pytest.raises(NotWitnessed, match="not a checkpoint of this log"):
        keep(SigningKey("other", bytes(32)).verifier, note, id=uuid4())


@pytest.mark.parametrize(
    ("agency", "which"),
    [("Nobody", "public"), (AGENCY, "public"), (AGENCY, "signing"), (AGENCY, "x")],
)
def test_only_an_agency_with_a_new_key_for_cosigning_becomes_a_witness(
    folder: Path, agency: str, which: str
):
    text = {"public": (folder / "public").read_text(), "signing": KEY.verifier.text(), "x": "x"}

    with pytest.raises((NotWitnessed, NoteRefused)):
        add_witness(uuid4(), agency_name=agency, key=text[which])


def test_a_cosignature_altered_in_the_database_is_named(folder: Path, postgres, record: str):
    kept = witnessed(folder)
    keep_file(kept, KEY.verifier)
    with superuser(postgres, record) as admin:
        admin.execute("UPDATE audit_cosignature SET note = replace(note, 'fenwick', 'elsewhere')")

    (one,) = check(
        KEY.verifier, head=None, witnessed=(), on_progress=lambda done, of: None
    ).findings
    assert "co-signature" in one.sentence


def kept_and_sealed(folder: Path) -> None:
    keep_file(witnessed(folder), KEY.verifier)
    sealed(now=NOW + timedelta(seconds=7))
    assert verify(KEY.verifier).holds


@pytest.mark.parametrize(
    ("how", "kinds"),
    [
        ("DELETE FROM audit_cosignature", {Kind.REMOVED}),
        ("UPDATE audit_witness SET name = 'Somebody else'", {Kind.ALTERED}),
        ("UPDATE audit_cosignature SET note = left(note, -(length(note) - strpos(note,"
         " '— harbour') + 1))", {Kind.ALTERED, Kind.CHECKPOINT}),
        ("UPDATE audit_cosignature SET cosigned_at = cosigned_at - interval '1 day'",
         {Kind.ALTERED, Kind.CHECKPOINT}),
        ("DELETE FROM audit_witness", {Kind.REMOVED, Kind.CHECKPOINT}),
        ("INSERT INTO audit_cosignature SELECT gen_random_uuid(), size, note, cosigned_at +"
         " interval '1 day', recorded_at, witness_id FROM audit_cosignature",
         {Kind.INSERTED, Kind.CHECKPOINT}),
    ],
)  # fmt: skip
def test_what_is_done_to_a_witness_or_to_what_it_signed_is_found(
    folder: Path, postgres, record: str, how: str, kinds: set[Kind]
):
    kept_and_sealed(folder)
    with superuser(postgres, record) as admin:
        assert admin.execute(how).rowcount == 1

    assert {one.kind for one in verify(KEY.verifier).findings} == kinds


def test_a_cosignature_without_the_witnesses_own_line_is_no_witness_before_it_is_sealed_too(
    folder: Path, postgres, record: str
):
    """The log's own signature on it proves nothing of the witness."""
    kept = witnessed(folder)
    keep_file(kept, KEY.verifier)
    with superuser(postgres, record) as admin:
        admin.execute(
            "UPDATE audit_cosignature c SET note = p.note FROM audit_checkpoint p"
            " WHERE p.size = c.size"
        )

    checked = verify(KEY.verifier)
    assert [one.kind for one in checked.findings] == [Kind.CHECKPOINT] and checked.kept == 0


@pytest.mark.parametrize(
    "how",
    ["UPDATE audit_lognode SET hash = sha256(hash) WHERE place = 1", "DELETE FROM audit_lognode WHERE place = 1",
     "UPDATE audit_lognode SET place = 7 WHERE place = 1"],
)  # fmt: skip
def test_an_altered_hash_for_proofs_is_named_and_accuses_nobody(
    folder: Path, postgres, record: str, how: str
):
    kept = witnessed(folder)
    audit.append(*(an_event(str(n)) for n in range(900)))
    sealed(now=NOW + timedelta(seconds=5))
    assert verify(KEY.verifier).holds
    with superuser(postgres, record) as admin:
        assert admin.execute(how).rowcount == 1

    named = verify(KEY.verifier).findings
    assert {one.kind for one in named} == {Kind.NODE}
    assert "numbers 257 to 512" in named[0].sentence
    path = exported(folder, old=size_of(kept), with_events=True)
    done = run("check", path, *OF_LOG, "--kept", kept)
    assert done.returncode == 0, done.stdout
    assert run("check", exported(folder, with_events=True), *OF_LOG).returncode == 0


def test_any_key_it_makes_can_be_read_again(tmp_path: Path):
    """Keys are base64, which may hold the plus sign that parts a key from its name."""
    for number in range(12):
        private = tmp_path / f"{number}.key"
        made = run("make-key", "harbour.example/witness", "--to", private)
        assert parse_signing_key(private.read_text()).verifier.as_cosigner() == parse_verifier(
            made.stdout
        )
