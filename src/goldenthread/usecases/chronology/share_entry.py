"""Record that another agency was told an entry, or that it was decided not to tell it, and why.

Answers the review's first finding, that information was not shared: who told whom what, when, how
and on what basis in law stands beside the entry, and so does a decision not to. A correction that
somebody was not told is told here too, in one movement.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.access.reading import visible_to
from goldenthread.records.chronology.passed_on import debts_in
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.passing_on import CannotShare, Shared, pass_on
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

__all__ = ["CannotShare", "NotFoundHere", "Shared", "share_entry", "tell_correction"]


def share_entry(
    actor: Actor, case_id: UUID, statement: UUID, tellings: Sequence[Telling], *, now: datetime
) -> Shared:
    """Record tellings of one entry by the actor's agency; saying the same twice keeps it once.

    Whoever can now read it is sent a notice that says nothing of what it is. Raises NotFoundHere,
    CannotShare and CannotBeRecorded.
    """
    with permitted(actor, case_id, Action.SHARE_ENTRY, now=now) as permission:
        _refuse_unreadable(permission, statement, now)
        shared = pass_on(permission, statement, tellings, now=now)
    follow_the_thread(case_id, actor.agency, now=now)
    return shared


def tell_correction(actor: Actor, case_id: UUID, correction: UUID, *, now: datetime) -> Shared:
    """Tell a correction or withdrawal, today, to everybody whom the actor's agency owes it.

    Each is told on the basis on which they were told what it changes. With nobody left to tell,
    nothing is added. Raises NotFoundHere and CannotShare.
    """
    with permitted(actor, case_id, Action.SHARE_ENTRY, now=now) as permission:
        _refuse_unreadable(permission, correction, now)
        today = day_of(now)
        tellings = [
            Telling(
                one.what.owed_to, told=on_day(today), lawful_basis=one.what.because.lawful_basis
            )
            for one in debts_in([case_id], now=now, today=today, of={correction})
            if one.what.correction == correction and one.what.owed_by == actor.agency
        ]
        shared = Shared(0, 0)
        if tellings:
            shared = pass_on(permission, correction, tellings, now=now)
    follow_the_thread(case_id, actor.agency, now=now)
    return shared


def _refuse_unreadable(permission: Permission, statement: UUID, now: datetime) -> None:
    readable = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    if not readable.filter(id=statement).exists():
        raise NotFoundHere("There is no such entry in what you can read.", statement)
