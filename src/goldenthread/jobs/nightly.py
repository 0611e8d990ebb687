"""What is done every night: drafts that nobody went on with are put away."""

from __future__ import annotations

from procrastinate.contrib.django import app

from goldenthread.jobs.clock import now
from goldenthread.usecases.chronology.keep_draft import drop_old_drafts


@app.periodic(cron="17 3 * * *")
@app.task(name="nightly.drop_old_drafts")
def drop_drafts(timestamp: int) -> None:
    """Put away old drafts; doing it twice does nothing more."""
    del timestamp  # when it was due: the age of a draft counts from now
    drop_old_drafts(now=now())
