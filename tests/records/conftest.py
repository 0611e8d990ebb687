"""Tests of `records` run as the web role and ask beside any use case: every family is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.backends.signals import connection_created


def _open(connection, **_: object) -> None:
    if connection.alias == "default":
        with connection.cursor() as cursor:
            cursor.execute("SET gt.reach = 'all'")


@pytest.fixture(autouse=True)
def every_family_is_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open every family for the connections of a test; a test of the wall itself opens none."""
    if request.module.__name__.endswith("test_walls"):
        yield
        return
    connection_created.connect(_open)
    yield
    connection_created.disconnect(_open)
