"""Which PostgreSQL: what the folder holds settles it, else the wheel, else the system."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from goldenthread.config.postgres import programs as choice
from goldenthread.config.postgres import running_server, throwaway_server
from goldenthread.config.postgres.home import open_home
from goldenthread.config.postgres.refusals import CannotDecide, ProgramsMissing, WrongMajorVersion

from .conftest import must_not_start

SYSTEM = next(iter(sorted(Path("/usr/lib/postgresql").glob("15/bin"))), None)
needs_fifteen = pytest.mark.skipif(SYSTEM is None, reason="needs the system's PostgreSQL 15")
needs_wheel = pytest.mark.skipif(choice.wheel_folder() is None, reason="needs the wheel")


@needs_wheel
def test_the_wheel_comes_first_for_a_new_folder(home, account):
    found = choice.choose_programs(open_home(home, account))
    assert (found.source, found.major) == ("wheel", 18)


@pytest.mark.slow
@needs_fifteen
def test_without_the_wheel_the_systems_own_is_used(home, said, monkeypatch):
    monkeypatch.setattr(choice, "wheel_folder", lambda: None)
    with running_server(home, say=said.append) as server:
        assert server.major >= choice.OLDEST_MAJOR
        assert "the operating system's PostgreSQL" in server.chosen
        assert str(home / "data") in server.chosen


@needs_fifteen
@needs_wheel
def test_an_existing_database_of_fifteen_keeps_fifteen_though_the_wheel_is_here(
    home, said, monkeypatch
):
    with monkeypatch.context() as without:
        without.setattr(choice, "wheel_folder", lambda: None)
        without.setattr(choice, "candidate_folders", lambda: {SYSTEM: "operating system"})
        with running_server(home, say=said.append):
            pass
    with running_server(home, say=said.append) as server:
        assert server.major == 15


@needs_fifteen
@needs_wheel
def test_an_existing_database_whose_version_is_not_here_is_refused_unchanged(
    made, said, monkeypatch
):
    before = sorted((each.name, each.stat().st_mtime_ns) for each in (made / "data").iterdir())
    monkeypatch.setattr(choice, "candidate_folders", lambda: {SYSTEM: "operating system"})
    must_not_start(made, said, WrongMajorVersion, match=r"made by PostgreSQL 18.*Found here: 15\.")
    after = sorted((each.name, each.stat().st_mtime_ns) for each in (made / "data").iterdir())
    assert after == before


def test_a_data_folder_of_no_known_version_is_refused(home, said, account):
    opened = open_home(home, account)
    from goldenthread.config.postgres.home import make_private

    make_private(opened.cluster, account)
    must_not_start(home, said, CannotDecide, match="PG_VERSION")


def test_with_no_programs_at_all_the_three_ways_out_are_named(home, account):
    with pytest.raises(ProgramsMissing, match="DATABASE_URL") as refused:
        choice.choose_programs(open_home(home, account), paths={})
    assert "goldenthread[embedded]" in str(refused.value)


@pytest.mark.slow
@needs_fifteen
def test_both_ends_of_the_supported_range_find_a_name_by_its_trigrams():
    answers = []
    for major in (15, None):
        with (
            throwaway_server(major=major) as server,
            psycopg.connect(server.url("gt_app")) as connection,
        ):
            answers.append(
                connection.execute(
                    "SELECT show_trgm('Мария'), show_trgm('王'), similarity('Zoë', 'Zo')"
                ).fetchone()
            )
    assert answers[0] == answers[1]
    assert all(answers[0][:2])
    assert answers[0][2] < 1
