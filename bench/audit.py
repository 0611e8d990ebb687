"""What it costs to prove the record: appending with sealing and without, sealing, and checking."""

from __future__ import annotations

import itertools
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

from django.db import connections

from bench.database import table
from goldenthread.domain.audit.signed_note import SigningKey
from goldenthread.records.audit import store as audit
from goldenthread.usecases.audit.seal import seal
from goldenthread.usecases.audit.verify import verify

KEY = SigningKey("bench.example/record", bytes(range(32)))
APPENDED = 1_000
ROUNDS = 4
EVENT = audit.Event(
    UUID(int=1), UUID(int=2), UUID(int=3), "view_family", "allow", "same-agency", UUID(int=4)
)
_MANY = """
INSERT INTO audit_auditevent (id, account, practitioner, agency, action, outcome, rule, "case",
                              resource, detail)
SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'view_entry',
       'allow', 'own-agency-entry', gen_random_uuid(), gen_random_uuid()::text, '{"entries": 12}'
  FROM generate_series(1, %s)
"""
IN_ONE_STATEMENT = 1_000
_salts = itertools.count()


def run(*, events: int) -> None:
    """Append, seal and check so many events; one client, one transaction an event."""
    ways = {
        "append, nobody notes or seals": _without_notes,
        "append, noted for the sealer": _appended,
        "append, sealed beside it": _while_sealing,
    }
    # In turn, and the best of each: on a machine that others use, the rest says what they did.
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            taken[name].append(way())
            _seal_all()
    rows = [(name, _each_second(min(seconds))) for name, seconds in taken.items()]
    _fill(events)
    sealed, seconds = _timed(_seal_all)
    rows.append((f"seal {sealed:,} events", _rate(sealed, seconds)))
    checked, seconds = _timed(lambda: verify(KEY.verifier))
    assert checked.holds, checked.findings[:3]
    rows.append((f"check {checked.leaves:,} rows", _rate(checked.leaves, seconds)))
    table("The audit that can be proved", rows)


def _rate(number: int, seconds: float) -> str:
    million = seconds / number * 1_000_000
    return f"{number / seconds:9,.0f} a second   {million:6.0f} s for a million"


def _each_second(seconds: float) -> str:
    return f"{APPENDED / seconds:9,.0f} a second   {seconds / APPENDED * 1000:6.2f} ms each"


def _timed(work):
    started = time.perf_counter()
    done = work()
    return done, time.perf_counter() - started


def _appended() -> float:
    """Seconds for APPENDED events, each in a transaction of its own."""
    return _timed(lambda: [audit.append(EVENT) for _ in range(APPENDED)])[1]


def _without_notes() -> float:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER note_recorded")
        try:
            seconds = _appended()
        finally:
            cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER note_recorded")
        # They were never noted, and a check would rightly name each.
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM audit_auditevent e WHERE NOT EXISTS "
            "(SELECT FROM audit_leaf l WHERE l.row = e.id)"
        )
        cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER USER")
    return seconds


def _while_sealing() -> float:
    done = threading.Event()

    def keep_sealing() -> None:
        while not done.is_set():
            _seal()
            time.sleep(0.2)
        connections.close_all()

    beside = threading.Thread(target=keep_sealing)
    beside.start()
    try:
        return _appended()
    finally:
        done.set()
        beside.join()


def _seal() -> int:
    now = datetime.now(UTC)
    return seal(KEY, now=now, new_salts=lambda size: next(_salts).to_bytes(size)).rows


def _seal_all() -> int:
    return sum(iter(_seal, 0))


def _fill(events: int) -> None:
    """So many events, a thousand in a statement, as an import would make them."""
    with connections["owner"].cursor() as cursor:
        for _ in range(0, events, IN_ONE_STATEMENT):
            cursor.execute(_MANY, [IN_ONE_STATEMENT])
