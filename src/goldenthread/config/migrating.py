"""Brings a database up to date as its owner, then grants each role what each table allows it.

Then the second wall is put up, with the search that looks past it, and every table whose rows are
sealed is watched for the sealer.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections, transaction

from goldenthread.records.audit.watching import watch_tables
from goldenthread.records.grants import SEALED, apply_grants
from goldenthread.records.search import put_up_search
from goldenthread.records.walls import put_up_walls

ADVISORY_LOCK = 7_305_311_901  # any number, the same for every Goldenthread: two hosts take turns


def migrate(*, verbosity: int = 0) -> None:
    """Apply every migration under an advisory lock; the second of two hosts waits for the first."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
            apply_grants(owner)
            with transaction.atomic(using="owner"):
                put_up_walls(owner)
                put_up_search(owner)
                watch_tables(owner, SEALED)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
