"""Puts a job in the queue, in the transaction of what asks for it: no fact, no job, and no loss."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def queue(task: str, *, lock: str, **arguments: str) -> None:
    """Ask for a job by its task's name; two jobs with one `lock` never run at the same time."""
    app.configure_task(name=task, lock=lock).defer(**arguments)


def queue_once(task: str, *, lock: str, **arguments: str) -> None:
    """Ask for a job unless one with this `lock` waits already; it will do for both."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(name=task, lock=lock, queueing_lock=lock).defer(**arguments)
