"""What a test itself does to the tables, it does as the database's owner.

The product's own queries run as the web role, behind the second wall, which shows a query nothing
that no family was opened for. A query belongs to the test where it is asked here, or by a reading
of `records` that a test calls beside any use case. Tests of `records` themselves stay the web role.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

HERE = str(Path(__file__).parent) + "/"
OF_RECORDS = HERE + "records/"
PRODUCT = "/src/goldenthread/"
RECORDS = PRODUCT + "records/"


@contextmanager
def past_the_wall() -> Iterator[None]:
    """A transaction of the web role that reaches every family: for what a test arranges itself."""
    from goldenthread.records.shared import wall

    with transaction.atomic():
        wall.open_beyond_one_family()
        yield


class LooksAsOwner:
    """A router of Django's: a test's own queries go to the owner, all else where it belongs."""

    def db_for_read(self, model: type, **hints: object) -> str | None:
        """`owner` for a query of a test's own; None leaves it as it was.

        Within a transaction that a test opened as the web role, it stays in that.
        """
        if connection.in_atomic_block:
            return None
        frame = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(HERE):
                return None if file.startswith(OF_RECORDS) else "owner"
            if PRODUCT in file and RECORDS not in file:
                return None
            frame = frame.f_back
        return None

    db_for_write = db_for_read
