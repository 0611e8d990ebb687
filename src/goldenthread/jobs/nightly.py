"""What is done every night: old drafts are put away, and late reviews of broken glass told of."""

from __future__ import annotations

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.jobs.clock import now
from goldenthread.usecases.access.escalate_glass import escalate_unreviewed
from goldenthread.usecases.chronology.keep_draft import drop_old_drafts

_log = logging.getLogger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(name="nightly.drop_old_drafts")
def drop_drafts(timestamp: int) -> None:
    """Put away old drafts; doing it twice does nothing more."""
    del timestamp  # when it was due: the age of a draft counts from now
    drop_old_drafts(now=now())


@app.periodic(cron="53 3 * * *")
@app.task(
    name="nightly.escalate_glass", lock="nightly.escalate_glass",
    retry=RetryStrategy(max_attempts=3, wait=60),
)  # fmt: skip
def escalate_glass(timestamp: int) -> None:
    """Tell of breaks of the glass that nobody reviewed in time; doing it twice tells once."""
    del timestamp  # when it was due: what is late is asked of the present
    _log.info("Broken glass: %s reviews told to be late.", escalate_unreviewed(now=now()))
