"""Does the jobs that wait in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

CONCURRENCY = 2  # one for each core; jobs read files in processes of their own


def run(*, wait: bool = True) -> None:
    """Work until told to stop; with `wait=False` until the queue is empty, then return."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined] - Django's has it
    worker_app = app.with_connector(connector)
    worker_app.run_worker(wait=wait, concurrency=CONCURRENCY, install_signal_handlers=wait)
