"""Brings a database up to date as its owner, then grants each role what each table allows it.

Then the second wall is put up, with the search that looks past it; the history of what is corrected
in place is kept from then on; and every table whose rows are sealed is watched for the sealer.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections, transaction

from goldenthread.records.audit.keeping_history import keep_histories
from goldenthread.records.audit.watching import watch_tables
from goldenthread.records.grants import (
    SEALED,
    WITH_HISTORY,
    apply_grants,
    keep_triggers_for_the_owner,
)
from goldenthread.records.search import put_up_search
from goldenthread.records.walls import put_up_walls

ADVISORY_LOCK = 7_305_311_901  # any number, the same for every Goldenthread: two hosts take turns


def migrate(*, verbosity: int = 0) -> None:
    """Apply every migration under an advisory lock; the second of two hosts waits for the first."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            cursor.execute("SET gt.migrates = 'yes'")
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
            apply_grants(owner)
            with transaction.atomic(using="owner"):
                put_up_walls(owner)
                put_up_search(owner)
                keep_histories(owner, WITH_HISTORY)
                watch_tables(owner, SEALED)
                keep_triggers_for_the_owner(owner)
        finally:
            cursor.execute("RESET gt.migrates")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
