"""Reminds whoever is to answer for a plan: after a recording or a telling, and every morning."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.jobs.clock import now
from goldenthread.usecases.plans.remind import REMIND, families_with_a_plan, remind_of_plan

_log = logging.getLogger(__name__)


@app.task(name=REMIND, retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def remind(case: str) -> None:
    """Remind of one family's plan; doing it twice sends nothing twice."""
    remind_of_plan(UUID(case), now=now())


@app.periodic(cron="41 5 * * *")  # before the day's work begins, in summer and winter
@app.task(name="plans.remind_every_morning", lock="plans.remind_every_morning")
def remind_every_morning(timestamp: int) -> None:
    """Remind of every plan that time has put in question, or whose day for an answer has passed."""
    del timestamp  # when it was due: what is due now is sent
    for case in families_with_a_plan():
        try:
            remind_of_plan(case, now=now())
        except Exception as fault:  # one family's fault keeps no other from being reminded
            _log.error("Family %s was not reminded of its plan: %s.", case, type(fault).__name__)
