"""Consider families outside any page: the scopes a recording left to a job, and every new day.

Time alone raises questions (nobody has seen the child for three weeks) and makes others cease, so
every family is carried through each day, also where nothing was recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.people.reading import every_case
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.follow_the_thread import (
    FOLLOW,
    ask_for,
    consider_safely,
    considered_later,
    scopes_of,
)

__all__ = [
    "FOLLOW",
    "Carried",
    "NotConsidered",
    "consider_every_family",
    "consider_family",
    "considered_later",
]


class NotConsidered(Refusal):
    """A family could not be considered in some scope; what was recorded stands."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How many families were carried through the day, and how many are left to try again."""

    families: int
    left: int


def consider_family(case: UUID, *, now: datetime) -> None:
    """Consider a family in every scope that somebody of its team reads. Raises NotConsidered.

    A scope that has been considered against everything is left as it is.
    """
    done = [consider_safely(case, scope, now=now) for scope in scopes_of(case, now=now)]
    if not all(done):
        raise NotConsidered("A family could not be considered; it will be tried again.")


def consider_every_family(
    *, now: datetime, on_progress: Callable[[int, int], None] | None = None
) -> Carried:
    """Carry every family through today, one after the other; one that fails is left to a job.

    `on_progress` is told (families done, families in all). Begun again, it goes on with those that
    were not reached.
    """
    with transaction.atomic():
        wall.open_beyond_one_family()
        cases = every_case()
    left = 0
    for done, case in enumerate(cases, start=1):
        try:
            consider_family(case, now=now)
        except NotConsidered:
            left += 1
            ask_for(case)
        if on_progress:
            on_progress(done, len(cases))
    return Carried(len(cases), left)
