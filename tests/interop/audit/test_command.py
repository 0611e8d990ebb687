"""What `goldenthread verify` says of a record, untouched and tampered with."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from goldenthread.domain.audit.signed_note import SigningKey
from goldenthread.interop.audit.command import (
    CannotVerify,
    as_json,
    check,
    exit_code,
    log_key,
    said_of,
)
from goldenthread.records.audit import store as audit
from tests.families.sealing import KEY, sealed
from tests.families.world import NOW, build_world, key


def quiet(done: int, of: int) -> None:
    del done, of


@pytest.fixture
def head(record: str, tmp_path: Path) -> Path:
    """A record sealed twice; the later checkpoint kept beside it."""
    build_world()
    sealed()
    audit.append(
        audit.Event(key("account"), key("practitioner priya"), key("agency social_care"),
                    "view_family", "allow", "same-agency", resource="last")
    )  # fmt: skip
    path = tmp_path / "latest-checkpoint"
    path.write_text(sealed(now=NOW + timedelta(seconds=5)).note, encoding="utf-8")
    return path


def superuser(postgres, record: str) -> psycopg.Connection:
    address = postgres.url("gt_admin").replace("/goldenthread?", f"/{record}?", 1)
    one = psycopg.connect(address, autocommit=True)
    one.execute("SET session_replication_role = replica")
    return one


def test_an_untouched_record_is_said_to_hold(head: Path):
    checked = check(KEY.verifier, head=head, witnessed=(), on_progress=quiet)

    assert checked.holds
    (line,) = said_of(checked)
    assert "2 checkpoints checked against 1 checkpoint kept elsewhere: all as sealed." in line
    assert as_json(checked)["findings"] == []


def test_what_nothing_elsewhere_can_show_is_said(head: Path):
    checked = check(KEY.verifier, head=None, witnessed=(), on_progress=quiet)

    assert "would not be seen" in said_of(checked)[-1]


def test_a_tampered_row_is_named_first(head: Path, postgres, record: str):
    with superuser(postgres, record) as admin:
        admin.execute("UPDATE audit_auditevent SET outcome = 'deny' WHERE resource = 'last'")

    checked = check(KEY.verifier, head=head, witnessed=(head,), on_progress=quiet)
    lines = said_of(checked)
    assert not checked.holds
    assert "Priya Nair" in lines[0] and "1 thing not as sealed" in lines[1]
    assert json.loads(json.dumps(as_json(checked)))["findings"][0]["kind"] == "altered"


def test_a_log_put_back_is_found_by_what_the_sealer_kept(head: Path, postgres, record: str):
    with superuser(postgres, record) as admin:
        admin.execute("DELETE FROM audit_auditevent WHERE resource = 'last'")
        admin.execute("DELETE FROM audit_leaf WHERE place = (SELECT max(place) FROM audit_leaf)")
        admin.execute(
            "DELETE FROM audit_checkpoint WHERE size = (SELECT max(size) FROM audit_checkpoint)"
        )

    checked = check(KEY.verifier, head=head, witnessed=(), on_progress=quiet)
    assert "put back to an older state" in said_of(checked)[0]


def test_what_cannot_be_read_is_said_plainly(head: Path, tmp_path: Path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(CannotVerify, match="cannot be read"):
        check(KEY.verifier, head=None, witnessed=(tmp_path / "bytes",), on_progress=quiet)


def test_the_key_is_the_one_given_or_the_one_kept():
    other = SigningKey("other.example/log", bytes(32))

    assert log_key("", KEY.text()) == KEY.verifier
    assert log_key(other.verifier.text(), KEY.text()) == other.verifier
    with pytest.raises(CannotVerify, match="--key"):
        log_key("", "")


def test_what_a_person_has_to_accept_has_an_exit_code_of_its_own(head: Path, postgres, record: str):
    with superuser(postgres, record) as admin:
        (event,) = admin.execute(
            "SELECT id FROM audit_auditevent WHERE resource = 'last'"
        ).fetchone()
        audit.append(
            audit.Event(key("account"), key("practitioner priya"), key("agency social_care"),
                        "erase", "allow", "court-order", resource=f"audit_auditevent:{event}")
        )  # fmt: skip
        sealed(now=NOW + timedelta(seconds=9))
        admin.execute("DELETE FROM audit_auditevent WHERE id = %s", [event])

    checked = check(KEY.verifier, head=head, witnessed=(), on_progress=quiet)
    assert exit_code(checked) == 4
    (number,) = as_json(checked)["to_accept"]
    assert f"--accept {number}" in said_of(checked)[0]
    assert any("1 thing for a person to accept or not" in line for line in said_of(checked))
    again = check(KEY.verifier, head=head, witnessed=(), on_progress=quiet, accepted=[number])
    assert exit_code(again) == 0 and said_of(again)[0] == said_of(checked)[0]
