"""A family's History page with 2,000 entries, beside an empty page of the same project."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.database import in_ms, table
from goldenthread.domain.access.decision import Actor
from goldenthread.interop.simulator.partnership import Partnership
from goldenthread.records.shared.models import Account
from goldenthread.usecases.people.load_families import load_families
from goldenthread.usecases.people.set_up import set_up_agencies

ENTRIES = 2_000
ASKED = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking for one page many times took, in seconds, and what came: bytes and queries.

    Beside the time on the clock, this process's own: on a machine that others use, only the second
    says what the page costs.
    """

    times: list[float]
    processor: list[float]
    size: int
    queries: int


def run() -> None:
    """Load one long family; ask for the page as its conference chair, who sees every entry."""
    reader, family = long_family("bench")
    history = f"/families/{family}/history/"
    pages = (
        ("empty page", "/accessibility/"),
        (f"history, {ENTRIES:,} entries", history),
        (f"lanes, {ENTRIES:,} entries", f"{history}?form=lanes"),
    )
    table("The History page, server time in this process", measured(reader, pages))


def long_family(tag: str, *, seed: int = 11) -> tuple[Client, UUID]:
    """One family of ENTRIES entries, and its conference chair signed in."""
    partnership = Partnership(seed, tag=tag)
    first = partnership.practitioners[0]
    set_up_agencies(
        Actor(first.account, first.id, first.agency),
        partnership.agencies,
        partnership.practitioners,
    )
    one = partnership.family(0, children=3, entries=ENTRIES)
    by = Actor(first.account, first.id, first.agency)
    load_families(by, [(one.family, one.entries)])
    return _chair_of(one.family), one.family.id


def measured(reader: Client, pages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each page by its name, asked for many times: its time, its size and its queries."""
    rows = []
    for name, address in pages:
        asked = _ask(reader, address)
        rows.append(
            (
                name,
                f"{in_ms(asked.times)}   processor {median(asked.processor) * 1000:6.1f} ms"
                f"   {asked.size / 1024:5.0f} KB   {asked.queries} queries",
            )
        )
    return rows


def _chair_of(family) -> Client:
    member = family.team[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_teammember SET role = 'chair' WHERE id = %s", [member.id])
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(practitioner=member.practitioner))
    return client


def _ask(client: Client, address: str) -> Asked:
    for _ in range(3):
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
    times, processor = [], []
    for _ in range(ASKED):
        started, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return Asked(times, processor, len(answer.content), len(captured))
