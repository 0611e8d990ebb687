"""Works out what a fact changes, after it was committed: the second transaction of every recording.

A fault in a rule never costs an entry. The entry stands, the watermark stays behind, the fault is
logged without a word of content, and a job tries again. Whoever reads meanwhile is told how many
entries have not been considered.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import team_agencies, team_of
from goldenthread.records.plans.reading import owners_in
from goldenthread.records.risk.lean import count_scope
from goldenthread.records.risk.reading import considered
from goldenthread.records.shared import wall
from goldenthread.usecases._steps.consider import consider
from goldenthread.usecases._steps.queue import queue_once

FOLLOW = "thread.follow"
# Asks whoever is to answer for the plan, where what was recorded or told puts it in question.
REMIND = "plans.remind"
# Nobody waits before a page for more than this: so many entries that are new, or so long a record.
# Living through 2,000 from nothing takes about four seconds. Ours.
NEW_AT_ONCE, LONG_AT_ONCE = 2_500, 10_000  # entries
_log = logging.getLogger(__name__)
_LATER: ContextVar[frozenset[UUID]] = ContextVar("families considered later", default=frozenset())


@contextmanager
def considered_later(case: UUID) -> Iterator[None]:
    """Leave a family to whoever considers it after all of many recordings, once for all of them.

    The watermark stays behind meanwhile, as where a rule failed: nothing reads as considered.
    """
    before = _LATER.set(_LATER.get() | {case})
    try:
        yield
    finally:
        _LATER.reset(before)


def follow_the_thread(case: UUID, agency: UUID, *, now: datetime) -> None:
    """Consider a family against what `agency` has just put in its record; never raises a fault.

    At once for everything together and for that agency; a job does it for the other agencies of
    the team, and again for these where it failed. Nothing where the family is considered later.
    """
    if case in _LATER.get():
        return
    done = [consider_at_once(case, scope, now=now) for scope in (None, agency)]
    try:
        with transaction.atomic():
            wall.open_for_the_record(case)
            others, planned = team_agencies(case) - {agency}, bool(owners_in([case]))
        if not all(done) or others:
            ask_for(case)
        if planned:
            queue_once(REMIND, lock=f"plan {case}", case=str(case))
    except Exception as fault:  # the entry stands, and whoever reads the family considers it
        _note(case, agency, fault)


def ask_for(case: UUID) -> None:
    """Ask for a job that considers every scope of a family."""
    queue_once(FOLLOW, lock=f"thread {case}", case=str(case))


def consider_at_once(case: UUID, agency: UUID | None, *, now: datetime) -> bool:
    """Consider one scope while somebody waits; False where that failed, or is left to a job."""
    try:
        with transaction.atomic():
            wall.open_for_the_record(case)
            before = considered(case, agency)
            entries = count_scope(case, agency)[0]
            new = entries - (before.statements if before else 0)
            if new > NEW_AT_ONCE or entries > LONG_AT_ONCE:
                ask_for(case)
                return False
    except Exception as fault:
        _note(case, agency, fault)
        return False
    return consider_safely(case, agency, now=now)


def consider_safely(case: UUID, agency: UUID | None, *, now: datetime) -> bool:
    """Consider one scope in a transaction of its own; False, and logged, where that failed.

    May stand within another transaction, which it then leaves as it was.
    """
    try:
        with transaction.atomic():
            wall.open_for_the_record(case)
            consider(case, agency, now=now)
    except Exception as fault:
        _note(case, agency, fault)
        return False
    return True


def _note(case: UUID, agency: UUID | None, fault: Exception) -> None:
    """Log a fault. What it says may quote an entry: only its kind and place are written down."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    _log.error(
        "Family %s was not considered for %s: %s in %s, line %s.",
        case, agency or "everything", type(fault).__name__, place.filename, place.lineno,
    )  # fmt: skip


def scopes_of(case: UUID, *, now: datetime) -> list[UUID | None]:
    """The scopes somebody of today's team reads a family in, everything first."""
    with transaction.atomic():
        wall.open_for_the_record(case)
        team = team_of(case, on=day_of(now))
    return [None, *sorted({member.agency for member in team})]
