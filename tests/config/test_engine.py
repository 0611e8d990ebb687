"""An instant read from memory is the instant Django's own engine would have read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.pq import Format

from goldenthread.config.engine import base

TIMESTAMPTZ = 1184


def asked(*instants: datetime) -> list[datetime]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(%s::timestamptz[])", [list(instants)])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 3, 12, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC),
        datetime(1987, 6, 1, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1850, 1, 1, tzinfo=UTC),
    ],
)
def test_an_instant_is_read_alike_the_first_time_and_again(shared_record, instant):
    first, again = asked(instant), asked(instant)

    assert first == again == [instant]
    own = get_adapters_template(settings.USE_TZ, connection.timezone)
    plainly = own.get_loader(TIMESTAMPTZ, Format.TEXT)(TIMESTAMPTZ, connection.connection)
    assert again[0].tzinfo == plainly.load(f"{instant:%Y-%m-%d %H:%M:%S.%f}+00".encode()).tzinfo


def test_what_is_remembered_is_bounded_and_nothing_is_mistaken(shared_record, monkeypatch):
    monkeypatch.setattr(base, "REMEMBERED", 3)
    instants = [datetime(2026, 3, 12, tzinfo=UTC) + timedelta(seconds=n) for n in range(50)]

    assert asked(*instants, *instants) == instants * 2


def test_no_instant_is_no_instant(shared_record):
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULL::timestamptz")
        assert cursor.fetchone() == (None,)
