"""Search over a whole partnership: by the narrow functions, by the plain query behind the wall.

The same words, the same readers and the same database for each way, by turns in one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction

from bench.database import in_ms, table
from bench.partnership import load
from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import cases_of, standing, visible_filings
from goldenthread.records.people.models import CaseMember
from goldenthread.records.provenance.models import Statement
from goldenthread.records.search import entries_found, families_found
from goldenthread.records.shared import wall
from goldenthread.records.shared.models import Account
from goldenthread.records.shared.reading import actor_of
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.chronology.search_entries import entries_with

ROUNDS = 15
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
COMMON, RARE = "school", '"hand mark"'


def run(*, children: int) -> None:
    """Load a partnership and search it."""
    load(children)
    measure()


def measure() -> None:
    """Search what is loaded, as the practitioner who is on the most teams."""
    with transaction.atomic():
        wall.open_beyond_one_family()
        statements = Statement.objects.count()
        reader, families = busiest()
        names = list(CaseMember.objects.values_list("person__family_name", flat=True)[:200])
    rows: list[tuple[str, str]] = []
    for words in (COMMON, RARE):
        rows.append((f"words, on the teams of {families:,} families: {words}", ""))
        rows += _by_turns(_words(reader, words))
    for name in (max(names, key=len), names[0][:3]):
        rows.append((f"a name: {name}", ""))
        rows += _by_turns(_names(reader, name.casefold()))
    table(f"Search, {statements:,} statements", rows)


def _words(reader: Actor, words: str) -> dict[str, Callable[[], object]]:
    def plain() -> object:
        query = SearchQuery(words, config="english", search_type="websearch")
        pairs = [(case.id, role) for case, role in cases_of(reader, on=day_of(NOW)) if role]
        ties = standing(pairs, reader, on=day_of(NOW))
        rows = visible_filings(ties, reader, now=NOW).filter(statement__narrative=query)
        return list(rows.order_by("-statement__sort_on").values_list("case", "statement")[:31])

    return {
        "what the page asks": lambda: entries_with(reader, words, now=NOW),
        "the narrow function": _for(reader, lambda: entries_found(words, at=NOW, most=31)),
        "the plain query behind the wall": _for(reader, plain),
    }


def _names(reader: Actor, name: str) -> dict[str, Callable[[], object]]:
    def plain() -> object:
        rows = CaseMember.objects.filter(person__folded__contains=name)
        return list(rows.values_list("case", flat=True).distinct())

    return {
        "what the page asks": lambda: families_of(reader, now=NOW, words=name, most=11),
        "the narrow function": _for(reader, lambda: families_found([name])),
        "the plain query behind the wall": _for(reader, plain),
    }


def _for(reader: Actor, asks: Callable[[], object]) -> Callable[[], object]:
    def asked() -> object:
        with transaction.atomic():
            wall.open_for_own(reader, on=day_of(NOW))
            return asks()

    return asked


def _by_turns(ways: dict[str, Callable[[], object]]) -> list[tuple[str, str]]:
    times: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(ROUNDS):
        for way, asks in ways.items():
            if number > 2 and median(times[way]) > 2:
                continue  # seconds each: three times are enough
            started = time.perf_counter()
            asks()
            times[way].append(time.perf_counter() - started)
    return [(f"  {way}", f"{in_ms(took)}   of {len(took)}") for way, took in times.items()]


def busiest() -> tuple[Actor, int]:
    """Whoever is on the teams of most families, with how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.practitioner_id, count(DISTINCT t.case_id) FROM access_teammember t "
            "JOIN shared_account a ON a.practitioner_id = t.practitioner_id "
            "WHERE t.to_on IS NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
        )
        practitioner, families = cursor.fetchone()
    actor = actor_of(Account.objects.get(practitioner=practitioner).id)
    assert actor is not None
    return actor, families
