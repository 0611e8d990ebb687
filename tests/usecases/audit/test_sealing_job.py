"""The worker's sealing: with a key it alone is given, and the latest checkpoint kept outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from goldenthread.config import serving
from goldenthread.config.environment import sealing
from goldenthread.domain.audit.signed_note import (
    NoteRefused,
    checkpoint_by,
    parse_signing_key,
)
from goldenthread.jobs.sealing import seal_now
from goldenthread.records.audit import store as audit
from goldenthread.records.audit.models import Checkpoint
from goldenthread.usecases.audit.seal import NothingSealed
from tests.families.sealing import KEY
from tests.families.world import build_world, key


def an_event() -> audit.Event:
    return audit.Event(
        key("account"), key("who"), key("agency"), "test", "allow", "same-agency", resource="x"
    )


def test_everything_is_sealed_and_the_latest_checkpoint_kept_outside(record: str, tmp_path: Path):
    build_world()
    head = tmp_path / "latest-checkpoint"
    with override_settings(SEAL_KEY=KEY.text(), SEAL_HEAD=str(head)):
        first = seal_now()
        before = head.read_text()
        audit.append(an_event())
        assert (first > 0, seal_now(), seal_now()) == (True, 1, 0)

    assert checkpoint_by(KEY.verifier, before).size == first
    assert checkpoint_by(KEY.verifier, head.read_text()).size == first + 1
    assert [path.name for path in tmp_path.iterdir()] == ["latest-checkpoint"]


def test_a_log_older_than_the_kept_checkpoint_is_not_gone_on_from(record: str, tmp_path: Path):
    build_world()
    head = tmp_path / "latest-checkpoint"
    with override_settings(SEAL_KEY=KEY.text(), SEAL_HEAD=str(head)):
        seal_now()
        text = f"{KEY.name}\n99999\n{'A' * 43}=\n"
        head.write_text(text + "\n" + KEY.sign(text).line())
        audit.append(an_event())
        with pytest.raises(NothingSealed, match="99,999"):
            seal_now()
    assert Checkpoint.objects.using("sealer").count() == 1


def test_without_a_key_that_can_be_read_nothing_is_sealed(record: str):
    with override_settings(SEAL_KEY="nothing of a key"), pytest.raises(NoteRefused):
        seal_now()


def test_the_key_is_made_once_and_is_readable_by_its_owner_alone(postgres):
    given = sealing(postgres)

    kept = postgres.home.path / "seal-key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert sealing(postgres) == given
    assert parse_signing_key(given["GOLDENTHREAD_SEAL_KEY"]).name.startswith("goldenthread.local/")


def test_the_worker_alone_is_given_what_seals(monkeypatch, tmp_path: Path):
    """Whoever gets into a web process finds neither the key nor the sealer's address."""
    tells = "import json, os, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w'))"
    web, worker = ([sys.executable, "-c", tells, str(tmp_path / who)] for who in ("web", "worker"))
    monkeypatch.setattr(serving, "worker_command", lambda: worker)
    monkeypatch.setenv("GOLDENTHREAD_SEAL_KEY", "inherited")
    monkeypatch.setenv("DATABASE_SEAL_URL", "inherited")
    seals = {"GOLDENTHREAD_SEAL_KEY": "secret", "DATABASE_SEAL_URL": "sealer"}

    with serving.running([web, worker], {"PLAIN": "1"}, of_worker=seals) as processes:
        for process in processes:
            assert isinstance(process, subprocess.Popen)
            process.wait(60)
    found = {who: json.loads((tmp_path / who).read_text()) for who in ("web", "worker")}
    assert not [name for name in found["web"] if "SEAL" in name]
    assert {name: found["worker"][name] for name in seals} == seals
    assert found["web"]["PLAIN"] == found["worker"]["PLAIN"] == "1"
