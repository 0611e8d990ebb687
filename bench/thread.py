"""What one new entry of a family of 2,000 statements leads to, beside an empty transaction.

Three floors stand beside it: a transaction that does nothing, the pure function run from nothing on
the same history already in memory, and the loading of that history alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.database import in_ms, table
from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import ProposedEntry
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.domain.thread.following import follow
from goldenthread.domain.thread.history import History
from goldenthread.interop.simulator.partnership import Partnership
from goldenthread.records.risk.lean import load_lean
from goldenthread.usecases._steps.consider import consider
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.people.load_families import load_families
from goldenthread.usecases.people.set_up import set_up_agencies

ENTRIES = 2_000
ASKED = 15
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def run() -> None:
    """Load one long family, consider it once, then record entries and time what each leads to."""
    partnership = Partnership(11, tag="thread")
    first = partnership.practitioners[0]
    by = Actor(first.account, first.id, first.agency)
    set_up_agencies(by, partnership.agencies, partnership.practitioners)
    one = partnership.family(0, children=3, entries=ENTRIES)
    load_families(by, [(one.family, one.entries)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    case = one.family.id
    member = next(p for p in partnership.practitioners if p.id == one.family.team[0].practitioner)
    recorder = Actor(member.account, member.id, member.agency)
    started = time.perf_counter()
    _considered(case, None)
    _considered(case, recorder.agency)
    begun = time.perf_counter() - started
    rows = [("everything and one agency for the first time", f"{begun * 1000:.0f} ms")]
    everything, own = _after_each_entry(one.family, recorder)
    loaded = load_lean(case, None)
    patterns = patterns_in_force(NOW)
    history = History(loaded.facts, loaded.endings)

    def unfold() -> object:
        return follow(patterns, history, day_of(NOW))

    rows += [
        ("an empty transaction", _line(_times(_nothing))),
        ("loading the history alone", _line(_times(lambda: load_lean(case, None)))),
        ("unfolding it from nothing", _line(_times(unfold, asked=5))),
        (f"a new entry: everything, {loaded.statements:,} statements", _line(everything)),
        ("a new entry: the recorder's agency", _line(own)),
        ("nothing new to consider", _line(_times(lambda: _considered(case, None)))),
        ("queries of one consideration", str(_queries(one.family, recorder))),
    ]
    table("What one new entry leads to, processor time of this process", rows)


def _after_each_entry(family, recorder: Actor) -> tuple[list[Sample], list[Sample]]:
    everything, own = [], []
    for _ in range(ASKED):
        _record(family, recorder)
        everything += _times(lambda: _considered(family.id, None), asked=1)
        own += _times(lambda: _considered(family.id, recorder.agency), asked=1)
    return everything, own


def _record(family, recorder: Actor) -> None:
    """Put one entry in the record, without what follows from it."""
    entry = ProposedEntry(
        id=uuid4(),
        agency=recorder.agency,
        text="Seen at home with her mother; the flat was cold and there was little to eat.",
        happened=on_day(day_of(NOW) - timedelta(days=1)),
        how_known="saw",
        kind="visit",
        concerns=("neglect",),
        subjects=(Subject(family.members[0].id),),
    )
    with permitted(recorder, family.id, "add_entry", now=NOW) as permission:
        keep_entry(permission, entry, now=NOW)


def _queries(family, recorder: Actor) -> int:
    _record(family, recorder)
    with CaptureQueriesContext(connection) as captured:
        _considered(family.id, None)
    return len(captured)


def _considered(case: UUID, agency: UUID | None) -> None:
    with transaction.atomic(durable=True):
        consider(case, agency, now=NOW)


def _nothing() -> None:
    with transaction.atomic(durable=True):
        pass


Sample = tuple[float, float]


def _times(do: Callable[[], object], *, asked: int = ASKED) -> list[Sample]:
    """Seconds on the clock and of this process's own, for each time it is done."""
    found = []
    for _ in range(asked):
        started, worked = time.perf_counter(), time.process_time()
        do()
        found.append((time.perf_counter() - started, time.process_time() - worked))
    return found


def _line(samples: list[Sample]) -> str:
    clock, processor = zip(*samples, strict=True)
    return f"{in_ms(list(clock))}   processor {median(processor) * 1000:6.1f} ms"
