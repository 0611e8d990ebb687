"""What was known to one agency on one day, in a small partnership and in one ten times as large."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from bench.database import in_ms, table
from bench.partnership import vacuum
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.interop.simulator.simulate import simulate
from goldenthread.records.chronology.reading import known_to

ASKED = 300


def run(*, children: int) -> None:
    """Load a tenth, ask; load the rest, ask again; the time must not grow with the database."""
    rows = []
    plan = ""
    for label, amount, seed in (("small", children // 10, 1), ("large", children * 9 // 10, 2)):
        started = time.perf_counter()
        made, statements = simulate(children=amount, seed=seed)
        loaded = time.perf_counter() - started
        vacuum()
        times, found, plan = _ask()
        rows.append(
            (f"{label}: loaded", f"{made:,} children, {statements:,} statements, {loaded:.0f} s")
        )
        rows.append(
            (f"{label}: {ASKED} questions", f"{in_ms(times)}   {found / ASKED:.0f} entries each")
        )
        rows.append((f"{label}: database", _size()))
        _remember(label, times)
    ratio = sorted(_kept["large"])[ASKED // 2] / sorted(_kept["small"])[ASKED // 2]
    rows.append(("large / small, medians", f"{ratio:.2f} times, for ten times the database"))
    table("As known to one agency on one day", rows)
    print("\nThe plan of one question:\n" + plan)


_kept: dict[str, list[float]] = {}


def _remember(label: str, times: list[float]) -> None:
    _kept[label] = times


def _ask() -> tuple[list[float], int, str]:
    """Ask of families and agencies drawn at random: statement ids known to the agency that day."""
    chance = random.Random(7)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.case_id, p.agency_id FROM access_teammember t"
            " JOIN shared_practitioner p ON p.id = t.practitioner_id"
        )
        pairs: list[tuple[UUID, UUID]] = cursor.fetchall()
    times, found = [], 0
    for case, agency in chance.choices(pairs, k=ASKED):
        view = Viewpoint(datetime(2026, chance.randint(1, 10), 3, tzinfo=UTC), agency)
        started = time.perf_counter()
        found += len(known_to(case, view).values_list("id", flat=True))
        times.append(time.perf_counter() - started)
    plan = known_to(case, view).values("id").explain(analyze=True, buffers=True)
    return times, found, plan


def _size() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return cursor.fetchone()[0]
