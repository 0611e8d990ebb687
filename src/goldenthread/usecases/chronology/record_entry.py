"""Record an entry: what somebody knows, put into the record once and never lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import ProposedEntry, admit
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.chronology import store as chronology
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import recorded_at_of
from goldenthread.usecases._steps.append_entries import append_entries
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases._steps.place_unknown import NotDescribed, Unknown, place_unknown
from goldenthread.usecases._steps.recorded import Recorded

__all__ = [
    "NotDescribed",
    "NotInThisFamily",
    "NotYourAgency",
    "Recorded",
    "Unknown",
    "record_entry",
]


class NotYourAgency(Refusal):
    """Somebody tried to speak for an agency that is not theirs."""


class NotInThisFamily(Refusal):
    """An entry names a person who is not in this family's record."""


def record_entry(
    actor: Actor, case_id: UUID, proposed: ProposedEntry, *, now: datetime,
    draft: UUID | None = None, unknown: Sequence[Unknown] = (),
) -> Recorded:  # fmt: skip
    """Record an entry for the actor's own agency; asking twice with one id records it once.

    `unknown` are people nobody has identified, who join the family with this entry or not at all.
    Raises NotFoundHere, CannotBeRecorded, NotYourAgency, NotInThisFamily and NotDescribed.
    """
    if proposed.agency != actor.agency:
        raise NotYourAgency("You can record what your own agency knows.")
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        provenance.hold(proposed.id)
        before = recorded_at_of(proposed.id, agency=actor.agency)
        if before is not None:
            return Recorded(proposed.id, before, already=True)
        family = place_unknown(permission, unknown)
        if any(subject.person not in family for subject in proposed.subjects):
            raise NotInThisFamily("One of these people is not in this family's record.")
        entry = admit(proposed, now=now)
        append_entries(
            case_id,
            [entry],
            recorded_by=actor.account,
            event=permission.event(resource=str(proposed.id)),
        )
        if draft is not None:
            chronology.drop_draft(draft, account=actor.account)
        recorded_at = recorded_at_of(proposed.id, agency=actor.agency)
    assert recorded_at is not None
    return Recorded(proposed.id, recorded_at, already=False)
