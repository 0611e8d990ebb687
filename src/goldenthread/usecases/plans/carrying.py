"""The entry that carries a plan's version, or what was said of one, in its writer's own words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.chronology.admitting import ProposedEntry, Telling
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.permission import Permission


def carry(
    permission: Permission,
    id: UUID,
    why: str,
    about: Iterable[UUID],
    tellings: tuple[Telling, ...],
    *,
    now: datetime,
) -> UUID:
    """Put `why` in the record as a change of plan about these people; gives the entry's id."""
    proposed = ProposedEntry(
        id=uuid5(id, "entry"),
        agency=permission.actor.agency,
        text=why,
        happened=on_day(day_of(now)),
        known=on_day(day_of(now)),
        how_known=HowKnown.SAW,
        subjects=tuple(Subject(person) for person in about),
        kind=Kind.PLAN_CHANGE,
        asserted_by=permission.actor.practitioner,
        tellings=tellings,
    )
    return keep_entry(permission, proposed, now=now).statement
