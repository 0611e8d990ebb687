"""The jobs behind the import pages. Each acts with the rights its asker has when it runs.

Every job may run more than once: a step that was done already is refused or does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.chronology import bring_in
from goldenthread.interop.clock import now
from goldenthread.usecases.chronology.imports.receiving import CHECK, KEEP, READ
from goldenthread.usecases.chronology.imports.whose import asker_of

AGAIN = RetryStrategy(max_attempts=3, wait=5)


def _as_asker(file: str, step: Callable[[Actor, UUID], object]) -> None:
    """Run one step as whoever uploaded the file; a refusal has been said to them on the page."""
    file_id = UUID(file)
    actor = asker_of(file_id)
    if actor is None:
        return
    try:
        step(actor, file_id)
    except Refusal:
        return


@app.task(name=READ, retry=AGAIN)
def read(file: str) -> None:
    """Survey an uploaded file."""
    _as_asker(file, lambda actor, id: bring_in.read_file(actor, id, now=now()))


@app.task(name=CHECK, retry=AGAIN)
def check(file: str) -> None:
    """Check every row of a file."""
    _as_asker(file, lambda actor, id: bring_in.check_file(actor, id, now=now()))


@app.task(name=KEEP, retry=AGAIN)
def keep(file: str) -> None:
    """Keep the confirmed rows of a file."""
    _as_asker(file, lambda actor, id: bring_in.keep_file(actor, id, now=now()))
