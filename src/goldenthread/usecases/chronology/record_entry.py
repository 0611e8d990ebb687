"""Record an entry: what somebody knows, put into the record once and never lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import ProposedEntry
from goldenthread.records.chronology import store as chronology
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.keep_entry import (
    NotYourAgency,
    keep_entry,
    refuse_another_agency,
)
from goldenthread.usecases._steps.make_claims import NotInThisFamily
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases._steps.place_unknown import NotDescribed, Unknown
from goldenthread.usecases._steps.recorded import Recorded

__all__ = [
    "NotDescribed",
    "NotInThisFamily",
    "NotYourAgency",
    "Recorded",
    "Unknown",
    "record_entry",
]


def record_entry(
    actor: Actor, case_id: UUID, proposed: ProposedEntry, *, now: datetime,
    draft: UUID | None = None, unknown: Sequence[Unknown] = (),
) -> Recorded:  # fmt: skip
    """Record an entry for the actor's own agency; asking twice with one id records it once.

    `unknown` are people nobody has identified, who join the family with this entry or not at all.
    Raises NotFoundHere, CannotBeRecorded, NotYourAgency, NotInThisFamily and NotDescribed.
    """
    refuse_another_agency(actor, proposed)
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        recorded = keep_entry(permission, proposed, now=now, unknown=unknown)
        if draft is not None and not recorded.already:
            chronology.drop_draft(draft, account=actor.account)
    follow_the_thread(case_id, actor.agency, now=now)
    return recorded
