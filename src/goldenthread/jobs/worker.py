"""Does the jobs that wait in the queue: each one acts with the rights of whoever asked for it.

A worker may be killed at any moment: a job it had begun is begun again by whichever worker lives.
Beside the queue it seals what was recorded, every few seconds.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.periodic import PeriodicRegistry

from goldenthread.jobs.sealing import keep_sealing

CONCURRENCY = 2  # one for each core; jobs read files in processes of their own
# A worker says every ten seconds that it lives; after three silences it is taken for gone.
SILENT_SECONDS = 30
LOOK_EVERY_SECONDS = 20


def run(*, wait: bool = True) -> None:
    """Work until told to stop; with `wait=False` until the queue is empty, then return.

    Each job runs in a thread with a database connection of its own.
    """
    # Procrastinate types the connector as any of its kinds; Django's gives one for workers.
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    worker_app = app.with_connector(connector)
    if not wait:  # what waits is in the queue already: nothing is added because of the hour
        worker_app.periodic_registry = PeriodicRegistry()
    asyncio.run(_work(worker_app, wait=wait))


def run_waiting_jobs() -> None:
    """Do every job that waits now, then return."""
    run(wait=False)


async def _work(worker_app: App, *, wait: bool) -> None:
    async with worker_app.open_async():
        await pick_up_dropped_jobs(worker_app)
        looking = asyncio.create_task(_keep_looking(worker_app))
        beside = [looking, asyncio.create_task(keep_sealing())] if wait else [looking]
        try:
            await worker_app.run_worker_async(
                wait=wait, concurrency=CONCURRENCY, install_signal_handlers=wait
            )
        finally:
            for one in beside:
                one.cancel()
                with suppress(asyncio.CancelledError):
                    await one


async def _keep_looking(worker_app: App) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        with suppress(ConnectorException):  # the database is away: look again in a while
            await pick_up_dropped_jobs(worker_app)


async def pick_up_dropped_jobs(worker_app: App) -> None:
    """Put the jobs of workers that have fallen silent back in the queue."""
    manager = worker_app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await manager.retry_job(job)
