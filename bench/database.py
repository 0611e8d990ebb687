"""A throw-away PostgreSQL for measuring, and the figures of a list of times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from django.db import connections
from django.db.backends.signals import connection_created

from goldenthread.config.database import connection_settings
from goldenthread.config.postgres import Server, throwaway_server

ROLES = {"default": "gt_app", "owner": "gt_owner", "reader": "gt_read", "sealer": "gt_seal"}


@contextmanager
def migrated_server() -> Iterator[Server]:
    """A fresh server with the tables made and Django pointed at it.

    What a benchmark itself asks of the tables it may see; a use case stands behind the wall.
    """
    from goldenthread.config.migrating import migrate

    connection_created.connect(_open_to_the_benchmark)

    with throwaway_server() as server:
        for alias, role in ROLES.items():
            connections.settings[alias].update(connection_settings(server.url(role)))
        migrate()
        print(server.chosen)
        yield server
        connections.close_all()


def _open_to_the_benchmark(connection, **_: object) -> None:
    if connection.alias == "default":
        with connection.cursor() as cursor:
            cursor.execute("SET gt.reach = 'all'")


def in_ms(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"median {median(ordered) * 1000:7.1f} ms   p95 {p95 * 1000:7.1f} ms"


def table(title: str, rows: list[tuple[str, str]]) -> None:
    """Print one table."""
    print(f"\n{title}\n{'-' * len(title)}")
    widest = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"  {name:<{widest}}  {value}")
