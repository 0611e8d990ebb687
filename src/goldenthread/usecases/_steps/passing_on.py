"""Passing something on: who is asked to say that they have read it, and whom a telling can name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem, Telling
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import team_of
from goldenthread.records.shared.reading import practitioners_by_id

NOT_THEIRS = "Choose somebody who works for the agency that was told."


def asking_receipts(
    case: UUID, tellings: Sequence[Telling], *, now: datetime
) -> tuple[Telling, ...]:
    """These tellings, each asking for a receipt where somebody of that agency could give one.

    They can where the agency is part of the family's team today: nobody else there may open the
    record, and nobody is asked for what they cannot do. Raises CannotBeRecorded where whoever was
    told in person works for another agency.
    """
    _refuse_strangers(tellings)
    if not any(telling.shared for telling in tellings):
        return tuple(tellings)
    on_team = {member.agency for member in team_of(case, on=day_of(now))}
    return tuple(
        replace(one, receipt_asked=one.shared and one.to_agency in on_team) for one in tellings
    )


def _refuse_strangers(tellings: Iterable[Telling]) -> None:
    named = {one.to_person: one.to_agency for one in tellings if one.to_person is not None}
    if not named:
        return
    people = practitioners_by_id(set(named))
    if any(id not in people or people[id].agency != agency for id, agency in named.items()):
        raise CannotBeRecorded((Problem("to_person", NOT_THEIRS),))
