"""An old file's number may name a stranger: leave him alone, and touch nothing we cannot tell."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from goldenthread.config.postgres import attached_server, lifetime, running_server, stop_server
from goldenthread.config.postgres.refusals import CannotDecide, FolderInUse

from .conftest import must_not_start, runs, server_pid, write_pid_file


def start_time(pid: int) -> int:
    ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    boot = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    return int(boot + ticks / os.sysconf("SC_CLK_TCK"))


def test_a_stranger_with_our_old_number_survives_start_and_stop(made, said, account, sleeper):
    write_pid_file(made, account, sleeper.pid, start_time(sleeper.pid), made / "data")
    stop_server(made, say=said.append)
    assert "sleep, not our PostgreSQL" in said[-1]
    assert sleeper.poll() is None
    with running_server(made, say=said.append) as server:
        assert not server.adopted
    assert sleeper.poll() is None
    assert len(list((made / "data").glob("postmaster.pid.set-aside-*"))) == 1


def test_a_process_of_another_account_is_left_alone(made, said, account):
    # The first process of the machine: never the database's account.
    write_pid_file(made, account, 1, start_time(1), made / "data")
    with running_server(made, say=said.append):
        pass
    assert any("it belongs to another account" in words for words in said)


def test_an_ended_process_not_yet_collected_does_not_count_as_running(made, said, account):
    ended = subprocess.Popen(["/bin/true"], **account.options())
    until = time.monotonic() + 10
    while runs(ended.pid) and time.monotonic() < until:
        time.sleep(0.01)
    write_pid_file(made, account, ended.pid, int(time.time()), made / "data")
    with running_server(made, say=said.append) as server:
        assert not server.adopted
    ended.wait()
    assert len(list((made / "data").glob("*.set-aside-*"))) == 1


def test_the_server_of_another_folder_is_left_alone(ground, made, said, account):
    with running_server(ground / "other", say=said.append):
        pid = server_pid(ground / "other")
        write_pid_file(made, account, pid, start_time(pid), made / "data")
        with running_server(made, say=said.append) as server:
            assert not server.adopted
            assert server_pid(made) != pid
        assert runs(pid)
    assert any("server of another folder" in words for words in said)


@pytest.mark.parametrize("text", ["", "not a number\n", "12\n/somewhere\n"])
def test_a_pid_file_that_does_not_read_stops_us_and_is_kept(made, said, account, text):
    path = write_pid_file(made, account, 1, 1, made)
    path.write_text(text)
    for act in (
        lambda: running_server(made, say=said.append).__enter__(),
        lambda: stop_server(made),
    ):
        with pytest.raises(CannotDecide, match="Nothing was changed"):
            act()
    assert path.read_text() == text


def test_a_pid_file_that_is_a_link_is_not_followed(made, said):
    (made / "data" / "postmaster.pid").symlink_to("/etc/passwd")
    must_not_start(made, said, CannotDecide)


def test_a_start_time_that_does_not_agree_stops_us_and_the_server_goes_on(made, said, supervisor):
    other = supervisor(made)
    other.stdout.readline()
    other.kill()
    other.wait()
    pid = server_pid(made)
    path = made / "data" / "postmaster.pid"
    before = path.read_text()
    lines = before.splitlines(keepends=True)
    path.write_text("".join([*lines[:2], f"{int(lines[2]) - 100}\n", *lines[3:]]))
    with pytest.raises(CannotDecide, match="seconds away"):
        stop_server(made, say=said.append)
    must_not_start(made, said, CannotDecide, match="seconds away")
    assert runs(pid)
    path.write_text(before)
    stop_server(made, say=said.append)
    assert not runs(pid)


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_not_touched(made, said, supervisor, monkeypatch):
    other = supervisor(made)
    other.stdout.readline()
    other.kill()
    other.wait()
    pid = server_pid(made)
    monkeypatch.setattr(lifetime, "START_SECONDS", 0.5)
    monkeypatch.setattr(lifetime, "PROGRESS_SECONDS", 0.1)
    os.kill(pid, signal.SIGSTOP)
    try:
        must_not_start(made, said, CannotDecide, match="has not answered")
    finally:
        os.kill(pid, signal.SIGCONT)
    assert runs(pid)
    assert any("please wait" in words for words in said)


def test_a_backup_may_attach_beside_a_running_goldenthread(made, said, supervisor):
    with pytest.raises(CannotDecide, match="not running"):
        attached_server(made, say=said.append)
    supervisor(made).stdout.readline()
    server = attached_server(made, say=said.append)
    told = server.run("psql", "-Atc", "SELECT current_user", role="gt_backup")
    assert told.stdout.strip() == "gt_backup", told.stderr
    must_not_start(made, said, FolderInUse)
