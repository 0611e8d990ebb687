"""Counts every night whose account is to be confirmed, and closes those whose last day has come."""

from __future__ import annotations

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.jobs.clock import new_id, now
from goldenthread.usecases.accounts.confirming import count_confirmations
from goldenthread.usecases.accounts.rates import drop_old_counts

_log = logging.getLogger(__name__)


@app.periodic(cron="5 1 * * *")  # after midnight in England, summer and winter
@app.task(
    name="accounts.count", lock="accounts.count", retry=RetryStrategy(max_attempts=3, wait=60)
)
def count(timestamp: int) -> None:
    """Remind, warn, stop and close as the day asks; doing it twice does nothing more."""
    del timestamp  # when it was due: the day is the present one
    done = count_confirmations(now=now(), new_id=new_id)
    drop_old_counts(now=now())
    _log.info(
        "Accounts: %s reminded of, %s warned, %s stopped, %s closed.",
        done.reminded, done.warned, done.stopped, done.left,
    )  # fmt: skip
