"""Passes an entry on: who is asked to say that they have read it, and whom a telling can name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from goldenthread.domain.chronology.admitting import CannotBeRecorded, Problem, Telling
from goldenthread.domain.chronology.sharing import admit_tellings
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import team_of
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import known_from_of
from goldenthread.records.shared.reading import (
    agencies,
    practitioners_by_id,
    practitioners_of_agency,
)
from goldenthread.usecases._steps.notices import notify_once_kept
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases._steps.sharing_rules import sharing_rules

NOT_THEIRS = "Choose somebody who works for the agency that was told."


class CannotShare(Refusal):
    """This telling cannot be recorded by this person's agency."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many tellings were added, how many the record held already, and those that are new."""

    added: int
    already: int
    new: tuple[Telling, ...] = ()


def pass_on(
    permission: Permission, statement: UUID, tellings: Sequence[Telling], *, now: datetime
) -> Shared:
    """Record tellings of one entry the actor may read; saying the same twice keeps it once.

    Whoever is asked to read it is sent a notice once the caller's transaction has ended. Raises
    CannotShare and CannotBeRecorded.
    """
    actor = permission.actor
    known_from = known_from_of(statement, agency=actor.agency, by=now)
    if known_from is None:
        raise CannotShare(
            "Your agency has not been told this, so it is not yours to pass on. "
            "Ask the agency that recorded it."
        )
    _refuse_outsiders(permission, tellings)
    said = [replace(t, shared_by=t.shared_by or actor.practitioner) for t in tellings]
    asked = asking_receipts(permission.family.id, said, now=now)
    rows = admit_tellings(statement, asked, by_agency=actor.agency, known_from=known_from, now=now)
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
    new = {row.id: row.telling for row in rows if row.id in fresh}
    notify_once_kept(actor, permission.family.id, tuple(new.values()), now=now)
    return Shared(len(fresh), len(rows) - len(fresh), tuple(new.values()))


def asking_receipts(
    case: UUID, tellings: Sequence[Telling], *, now: datetime
) -> tuple[Telling, ...]:
    """These tellings, each asking for a receipt where it is of late and somebody can give one.

    They can where the agency is part of the family's team today: nobody else there may open the
    record, and nobody is asked for what they cannot do. Raises CannotBeRecorded where whoever was
    told in person works for another agency.
    """
    _refuse_strangers(tellings)
    if not any(telling.shared for telling in tellings):
        return tuple(tellings)
    on_team = {member.agency for member in team_of(case, on=day_of(now))}
    since = day_of(now) - timedelta(days=sharing_rules().ask_for_tellings_of)
    return tuple(
        replace(
            one, receipt_asked=one.shared and one.to_agency in on_team and _is_of_late(one, since)
        )
        for one in tellings
    )


def _is_of_late(telling: Telling, since: date) -> bool:
    latest = telling.told.from_max or telling.told.to_max
    return latest is None or latest >= since


def _refuse_strangers(tellings: Iterable[Telling]) -> None:
    named = {one.to_person: one.to_agency for one in tellings if one.to_person is not None}
    if not named:
        return
    people = practitioners_by_id(set(named))
    if any(id not in people or people[id].agency != agency for id, agency in named.items()):
        raise CannotBeRecorded((Problem("to_person", NOT_THEIRS),))


def _refuse_outsiders(permission: Permission, tellings: Iterable[Telling]) -> None:
    """Both ends of a telling are known: an agency of the partnership, somebody of one's own."""
    partnership = agencies()
    tellings = list(tellings)
    if any(telling.to_agency not in partnership for telling in tellings):
        raise CannotShare("Choose an agency of this partnership.")
    named = {telling.shared_by for telling in tellings if telling.shared_by is not None}
    if named - {row.id for row in practitioners_of_agency(permission.actor.agency)}:
        raise CannotShare("Choose who told them from your own agency.")
