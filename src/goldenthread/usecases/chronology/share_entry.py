"""Record that another agency was told an entry, or that it was decided not to tell it, and why.

Answers the review's first finding, that information was not shared: who told whom what, when, how
and on what basis in law stands beside the entry, and so does a decision not to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.chronology.sharing import admit_tellings
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import known_from_of
from goldenthread.records.shared.reading import agencies, practitioners_of_agency
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.notices import give_notice
from goldenthread.usecases._steps.passing_on import asking_receipts
from goldenthread.usecases._steps.permission import NotFoundHere, permitted

__all__ = ["CannotShare", "NotFoundHere", "Shared", "share_entry"]


class CannotShare(Refusal):
    """This telling cannot be recorded by this person's agency."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many tellings were added, and how many the record held already."""

    added: int
    already: int


def share_entry(
    actor: Actor, case_id: UUID, statement: UUID, tellings: Sequence[Telling], *, now: datetime
) -> Shared:
    """Record tellings of one entry by the actor's agency; saying the same twice keeps it once.

    Whoever can now read it is sent a notice that says nothing of what it is. Raises NotFoundHere,
    CannotShare and CannotBeRecorded.
    """
    with permitted(actor, case_id, Action.SHARE_ENTRY, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if not readable.filter(id=statement).exists():
            raise NotFoundHere("There is no such entry in what you can read.")
        known_from = known_from_of(statement, agency=actor.agency, by=now)
        if known_from is None:
            raise CannotShare(
                "Your agency has not been told this, so it is not yours to pass on. "
                "Ask the agency that recorded it."
            )
        _refuse_strangers(actor, tellings)
        said = [replace(t, shared_by=t.shared_by or actor.practitioner) for t in tellings]
        said = list(asking_receipts(case_id, said, now=now))
        rows = admit_tellings(
            statement, said, by_agency=actor.agency, known_from=known_from, now=now
        )
        provenance.hold(statement)
        fresh = provenance.share(
            statement,
            rows,
            from_agency=actor.agency,
            recorded_by=actor.account,
            event=permission.event(
                resource=str(statement),
                told=[str(t.to_agency) for t in said if t.shared],
                not_told=[str(t.to_agency) for t in said if not t.shared],
            ),
        )
    follow_the_thread(case_id, actor.agency, now=now)
    give_notice(actor, case_id, [row.telling for row in rows if row.id in fresh], now=now)
    return Shared(added=len(fresh), already=len(rows) - len(fresh))


def _refuse_strangers(actor: Actor, tellings: Sequence[Telling]) -> None:
    """Both ends of a telling are known: an agency of the partnership, somebody of one's own."""
    partnership = agencies()
    if any(telling.to_agency not in partnership for telling in tellings):
        raise CannotShare("Choose an agency of this partnership.")
    named = {telling.shared_by for telling in tellings if telling.shared_by is not None}
    if named - {row.id for row in practitioners_of_agency(actor.agency)}:
        raise CannotShare("Choose who told them from your own agency.")
