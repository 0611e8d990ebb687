"""Lists unusual access when a week is over; matches staff to people of the record every night."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goldenthread.jobs.clock import new_id, now
from goldenthread.usecases.access.match_staff import match_everybody, match_one
from goldenthread.usecases.audit.tell_unusual import list_and_tell

MATCH = "staff.match"
_log = logging.getLogger(__name__)


@app.periodic(cron="23 2 * * *")  # a week is listed on its Monday, or on the next day that runs
@app.task(
    name="audit.list_unusual", lock="audit.list_unusual",
    retry=RetryStrategy(max_attempts=3, wait=60),
)  # fmt: skip
def list_unusual(timestamp: int) -> None:
    """List every agency's weeks that are over, and tell who is to ask; twice does nothing more."""
    del timestamp  # when it was due: which weeks are over is asked of the present
    _log.info("Unusual access: %s weeks listed.", list_and_tell(now=now(), new_id=new_id))


@app.task(name=MATCH, retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def match(practitioner: str) -> None:
    """Match somebody who joined, or whose name changed; doing it twice asks nothing twice."""
    match_one(UUID(practitioner), now=now())


@app.periodic(cron="37 1 * * *")  # after midnight in England, summer and winter
@app.task(name="staff.match_all", lock="staff.match_all", retry=RetryStrategy(max_attempts=3))
def match_all(timestamp: int) -> None:
    """Match everybody to the people of the record as it is now; twice asks nothing twice."""
    del timestamp  # when it was due: the record is the present one
    _log.info("Staff: %s matches asked about.", match_everybody(now=now()))
