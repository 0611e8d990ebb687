"""One real PostgreSQL for the whole run; a test that asks for `record` has a database of its own.

It is cloned from a migrated template, so use cases commit for real, as the web role, and
the audit trail can be read through the reader's role.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import Any

import django
import psycopg
import pytest
from django.test.utils import setup_test_environment
from hypothesis import settings as properties

os.environ.setdefault("GOLDENTHREAD_SECRET_KEY", "a key for tests alone, which guards nothing")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
os.environ.setdefault("GOLDENTHREAD_ADDRESS_KEYS", f"tests:{'A' * 43}=")
os.environ["GOLDENTHREAD_TLS"] = "0"
os.environ["GOLDENTHREAD_REQUIRE_SECOND_STEP"] = "0"

from goldenthread.config.postgres import Server, throwaway_server
from goldenthread.config.postgres.throwaway import has_room_in_memory
from tests.looking import LooksAsOwner

# The same examples on every run, so that a change is judged by what it changed; `make soak` looks
# for new ones. No example is timed: these machines are shared.
properties.register_profile("repeatable", derandomize=True, deadline=None)
properties.register_profile("searching", deadline=None)
properties.load_profile(os.environ.get("GOLDENTHREAD_PROPERTIES", "repeatable"))

django.setup()
setup_test_environment()

from allauth.account.internal.flows.login import record_authentication  # noqa: E402
from django.contrib.auth.signals import user_logged_in  # noqa: E402 - after set-up
from django.db import connections, router  # noqa: E402
from django.dispatch import receiver  # noqa: E402

# The suite runs as the web role, behind both walls. What a test itself looks at in the tables it
# looks at as the owner: whoever asks for no family is shown none.
router.routers = [LooksAsOwner()]


# They take minutes each: begun first, none of them is left to one core while the other has ended.
LONGEST = (
    "test_no_second_surface.py", "test_restricted_surface.py", "test_every_form.py",
    "test_refusals_are_kept.py", "test_made_for_others.py", "test_printed_lines.py",
    "test_addresses_withheld.py", "test_clock_that_jumps.py", "test_policy_machine.py",
    "test_thread.py", "test_planted_policy_faults.py", "test_feed.py", "test_sweep.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and leave the rest in the order they have."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


@receiver(user_logged_in)
def _shows_what_signing_in_shows(request: Any, user: Any, **_: Any) -> None:
    """Somebody whom a test lets in without the form has shown just now what the form asks for.

    What asks again after a while is tested with that while over.
    """
    if request.method is None:  # `Client.force_login`
        for method in ("password", "mfa"):
            record_authentication(request, user, method)


# Nobody can connect to it, so a thread of a server that ends late never stops it being copied.
PRISTINE = "pristine"
ROLE_OF = {"default": "gt_app", "owner": "gt_owner", "reader": "gt_read", "sealer": "gt_seal"}
_numbers = itertools.count(1)
# Copying files is the quicker of PostgreSQL's two ways in memory, and the slower on a disk.
STRATEGY = "FILE_COPY" if has_room_in_memory() else "WAL_LOG"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A throw-away PostgreSQL, migrated and granted as an installation would be."""
    from goldenthread.config.migrating import migrate

    with throwaway_server(in_memory=True) as server:
        use_database(server, "goldenthread")
        migrate()
        connections.close_all()
        seal(server, "goldenthread", PRISTINE)
        yield server
        connections.close_all()


def use_database(server: Server, name: str) -> None:
    """Point Django's connections at one database of the server."""
    from goldenthread.config.database import connection_settings

    connections.close_all()
    for alias, role in ROLE_OF.items():
        settings = connections.settings[alias]
        settings.update(connection_settings(server.url(role)), NAME=name, CONN_MAX_AGE=0)
        if hasattr(connections._connections, alias):
            delattr(connections._connections, alias)


def admin_url(server: Server) -> str:
    """The administrator's address of the maintenance database."""
    return server.url("gt_admin").replace("/goldenthread?", "/postgres?", 1)


def seal(server: Server, source: str, name: str) -> None:
    """Copy a database under a name that can be copied again and never connected to."""
    with psycopg.connect(admin_url(server), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" OWNER gt_owner')
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')


def cloned(server: Server, template: str) -> Iterator[str]:
    """A copy of a database, in use until the generator is closed."""
    name = f"test_{next(_numbers)}"
    connections.close_all()
    with psycopg.connect(admin_url(server), autocommit=True) as admin:
        admin.execute(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER gt_owner STRATEGY {STRATEGY}'
        )
    use_database(server, name)
    try:
        yield name
    finally:
        connections.close_all()
        with psycopg.connect(admin_url(server), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        use_database(server, "goldenthread")


@pytest.fixture
def record(postgres: Server) -> Iterator[str]:
    """An empty, migrated database of this test's own."""
    yield from cloned(postgres, PRISTINE)


@pytest.fixture(scope="module")
def shared_record(postgres: Server) -> Iterator[str]:
    """One migrated database for all tests of a module that only read; never mix with `record`."""
    yield from cloned(postgres, PRISTINE)


@pytest.fixture(scope="session")
def demonstration(postgres) -> str:
    """A database with the family in it, brought in through the real import; copied, never used."""
    from goldenthread.interop.demo.loader import load

    for loaded in cloned(postgres, PRISTINE):
        load(say=lambda words: None)
        connections.close_all()
        seal(postgres, loaded, "demonstration")
    return "demonstration"
