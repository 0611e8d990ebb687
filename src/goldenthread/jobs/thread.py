"""Considers families in the background: what a page left, and everybody once a night."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.jobs.clock import now
from goldenthread.usecases.risk.consider_families import (
    FOLLOW,
    consider_every_family,
    consider_family,
)

_log = logging.getLogger(__name__)
SAID_EVERY = 500  # families


@app.task(name=FOLLOW, retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def follow(case: str) -> None:
    """Consider a family in every scope of its team; doing it twice does nothing more."""
    consider_family(UUID(case), now=now())


@app.periodic(cron="11 1 * * *")  # after midnight in England, summer and winter
@app.task(name="thread.new_day", lock="thread.new_day", retry=RetryStrategy(max_attempts=3))
def new_day(timestamp: int) -> None:
    """Carry every family through the new day, and say how far that has come."""
    del timestamp  # when it was due: the day is the present one
    carried = consider_every_family(now=now(), on_progress=_say)
    _log.info("%s families considered, %s left to try again.", carried.families, carried.left)


def _say(done: int, total: int) -> None:
    if done % SAID_EVERY == 0:
        _log.info("%s of %s families considered.", done, total)
