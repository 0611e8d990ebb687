"""What protection costs: the same pages with both walls and the audit, then with either taken away.

The database is the same in every column and so are the queries: row-level security is switched off
and on by its owner, and the trail is written to or not. At the end the wall stands again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median
from unittest import mock
from uuid import UUID

from django.db import connection, connections, transaction

from bench.database import in_ms, table
from bench.history import long_family
from bench.partnership import load, vacuum
from bench.search import busiest
from goldenthread.domain.access.decision import Actor
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.access.models import TeamMember
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology.reading import Sought
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account
from goldenthread.records.shared.reading import actor_of
from goldenthread.records.walls import TRAIL, is_of_a_family
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.search_entries import entries_with

ROUNDS, ASKED = 8, 5
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def run(*, children: int) -> None:
    """Load a partnership beside one long family and ask for the same pages four ways."""
    load(children)
    measure()


def measure() -> None:
    """Load one long family beside what is loaded, and ask for the same pages four ways."""
    reader, family = long_family("protection")
    vacuum()
    history = f"/families/{family}/history/"
    busy, chair = busiest()[0], _chair_of(family)
    asked: list[tuple[str, Callable[[], object]]] = [
        ("a family's page, 2,000 entries", lambda: reader.get(history)),
        (
            "its entries with one word",
            lambda: read_history(
                chair, family, Viewpoint(NOW), now=NOW, sought=Sought(words="school")
            ),
        ),
        (
            "families by name, of whoever is on the most teams",
            lambda: families_of(busy, now=NOW, words="an", most=11),
        ),
        (
            "words in every family of theirs",
            lambda: entries_with(busy, "school", now=NOW),
        ),
    ]
    statements = Statement.objects.count()
    rows: list[tuple[str, str]] = []
    for name, one in asked:
        times: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(ROUNDS):  # by turns: what else the machine does falls on all of them
            for way, taken_away in WAYS.items():
                times[way] += _times(one, taken_away)
        floor = median(times["without either"])
        rows.append((name, ""))
        rows += [
            (f"  {way}", f"{in_ms(took)}   x {median(took) / floor:.2f}")
            for way, took in times.items()
        ]
    table(f"The cost of protection, {statements:,} statements", rows)


def _times(one: Callable[[], object], taken_away: list) -> list[float]:
    times = []
    with _all(taken_away):
        one()  # plans are made anew
        for _ in range(ASKED):
            started = time.perf_counter()
            one()
            times.append(time.perf_counter() - started)
    return times


@contextmanager
def _all(taken_away: list) -> Iterator[None]:
    if not taken_away:
        yield
        return
    with taken_away[0](), _all(taken_away[1:]):
        yield


@contextmanager
def _without_wall() -> Iterator[None]:
    _say("DISABLE")
    try:
        yield
    finally:
        _say("ENABLE")


@contextmanager
def _without_audit() -> Iterator[None]:
    with mock.patch.object(audit, "append", return_value=None):
        yield


def _say(verb: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name != TRAIL and is_of_a_family(name):
                cursor.execute(f'ALTER TABLE "{name}" {verb} ROW LEVEL SECURITY')


def _chair_of(family: UUID) -> Actor:
    (chair,) = TeamMember.objects.filter(case=family, role="chair")
    actor = actor_of(Account.objects.get(practitioner=chair.practitioner_id).id)
    assert actor is not None
    return actor


WAYS: dict[str, list] = {
    "protected": [],
    "without the second wall": [_without_wall],
    "without the audit": [_without_audit],
    "without either": [_without_wall, _without_audit],
}
