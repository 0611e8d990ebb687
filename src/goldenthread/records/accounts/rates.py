"""Counts how often something was asked, for every process alike; work in hand, and soon dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from goldenthread.domain.access.rates import Window
from goldenthread.records.accounts.models import RateCount

# One statement, so that two processes never count one in place of two.
_COUNT = """
INSERT INTO accounts_ratecount AS kept (key, began, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.began <= %s THEN 1 ELSE kept.count + 1 END,
    began = CASE WHEN kept.began <= %s THEN excluded.began ELSE kept.began END
RETURNING began, count
"""


def count_once(key: str, *, within: timedelta, now: datetime) -> Window:
    """Count once more under a key; a window that is over begins anew."""
    over = now - within
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, now, over, over])
        began, count = cursor.fetchone()
    return Window(began, count)


def window_of(key: str) -> Window | None:
    """The count under a key, without counting."""
    row = RateCount.objects.filter(key=key).values_list("began", "count").first()
    return None if row is None else Window(*row)


def drop_before(began: datetime) -> int:
    """Drop the counts that began before an instant; how many that was."""
    return RateCount.objects.filter(began__lt=began).delete()[0]
