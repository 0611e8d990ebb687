"""The jobs behind the import pages. Each acts with the rights its asker has when it runs.

Every job may run more than once: a step that was done already is refused or does nothing. A job
that cannot go on says so on the file, so that nobody waits before a page that will not change.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.chronology import bring_in
from goldenthread.interop.clock import now
from goldenthread.interop.spreadsheets.reading import FileRefused
from goldenthread.usecases.chronology.imports.reading import who_asked
from goldenthread.usecases.chronology.imports.receiving import CHECK, KEEP, READ
from goldenthread.usecases.chronology.imports.step import PastThatStep
from goldenthread.usecases.chronology.imports.stopping import note_stopped

ATTEMPTS = 3
AGAIN = RetryStrategy(max_attempts=ATTEMPTS, wait=5)
OUR_FAULT = (
    "Something went wrong on our side. Nothing is half-saved: what was added is whole, and the "
    "rest can be tried again."
)


def _as_asker(
    context: JobContext, file: str, account: str, step: Callable[[Actor, UUID], object]
) -> None:
    """Run one step as whoever asked for it; what stops it is said on the file."""
    actor = who_asked(UUID(account))
    if actor is None:
        return
    try:
        step(actor, UUID(file))
    except (PastThatStep, FileRefused):
        return  # done already, or said on the file already
    except Refusal as refused:
        note_stopped(actor, UUID(file), refused.reason)
    except Exception:
        if context.job.attempts + 1 >= ATTEMPTS:
            note_stopped(actor, UUID(file), OUR_FAULT)
        raise


@app.task(name=READ, retry=AGAIN, pass_context=True)
def read(context: JobContext, file: str, account: str) -> None:
    """Survey an uploaded file."""
    _as_asker(context, file, account, lambda who, id: bring_in.read_file(who, id, now=now()))


@app.task(name=CHECK, retry=AGAIN, pass_context=True)
def check(context: JobContext, file: str, account: str) -> None:
    """Check every row of a file."""
    _as_asker(context, file, account, lambda who, id: bring_in.check_file(who, id, now=now()))


@app.task(name=KEEP, retry=AGAIN, pass_context=True)
def keep(context: JobContext, file: str, account: str) -> None:
    """Keep the confirmed rows of a file."""
    _as_asker(context, file, account, lambda who, id: bring_in.keep_file(who, id, now=now()))
