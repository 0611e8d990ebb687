"""Counts how often something was asked, for every process alike; work in hand, and soon dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from goldenthread.domain.access.rates import Window
from goldenthread.domain.shared.instants import CLOCKS_DIFFER, is_of_the_future
from goldenthread.records.accounts.models import RateCount

# One statement, so that two processes never count one in place of two.
_COUNT = """
INSERT INTO accounts_ratecount AS kept (key, began, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN {over} THEN 1 ELSE kept.count + 1 END,
    began = CASE WHEN {over} THEN excluded.began ELSE kept.began END
RETURNING began, count
""".format(over="kept.began <= %(over)s OR kept.began > %(ahead)s")


def count_once(key: str, *, within: timedelta, now: datetime) -> Window:
    """Count once more under a key; a window that is over begins anew.

    So does one that began ahead of the clock, or whoever it holds back would wait until then.
    """
    asked: dict[str, str | datetime] = {
        "key": key,
        "now": now,
        "over": now - within,
        "ahead": now + CLOCKS_DIFFER,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)
        began, count = cursor.fetchone()
    return Window(began, count)


def window_of(key: str, *, now: datetime) -> Window | None:
    """The count under a key, without counting; none where it began ahead of the clock."""
    row = RateCount.objects.filter(key=key).values_list("began", "count").first()
    return None if row is None or is_of_the_future(row[0], now) else Window(*row)


def drop_before(began: datetime) -> int:
    """Drop the counts that began before an instant; how many that was."""
    return RateCount.objects.filter(began__lt=began).delete()[0]
