"""Puts a job in the queue, in the transaction of what asks for it: no fact, no job, and no loss."""

from __future__ import annotations

from procrastinate.contrib.django import app


def queue(task: str, *, lock: str, **arguments: str) -> None:
    """Ask for a job by its task's name; two jobs with one `lock` never run at the same time."""
    app.configure_task(name=task, lock=lock).defer(**arguments)
