"""When a decision was taken and by whom: what the knowledge gap and challenges begin from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.decisions.vocabulary import IN_THE_ROOM, Part
from goldenthread.records.decisions.models import Decision, DecisionParty


@dataclass(frozen=True, slots=True)
class DecisionMoment:
    """The instant a decision counts from, with its deciders and everybody who was there.

    `deciders` and `room` are practitioners by id, the room including the deciders;
    `deciding_agencies` and `agencies_in_the_room` are theirs and those of people in words.
    """

    id: UUID
    case: UUID
    statement: UUID
    decided_at: datetime
    time_is_known: bool
    deciders: frozenset[UUID]
    deciding_agencies: frozenset[UUID]
    room: frozenset[UUID]
    agencies_in_the_room: frozenset[UUID]


def moment_of(case: UUID, decision: UUID) -> DecisionMoment | None:
    """The moment of one version of a decision of a family; None where it has none of that id.

    Who may know of it is not decided here: it is whoever may read `statement`.
    """
    row = (
        Decision.objects.filter(case=case, id=decision)
        .values_list("id", "case_id", "statement_id", "decided_at", "time_is_known")
        .first()
    )
    if row is None:
        return None
    parties = DecisionParty.objects.filter(decision=decision, part__in=IN_THE_ROOM)
    there = list(parties.values_list("part", "practitioner_id", "agency_id"))
    decided = [one for one in there if one[0] == Part.DECIDED]
    return DecisionMoment(
        *row,
        deciders=frozenset(who for _, who, _ in decided if who),
        deciding_agencies=frozenset(agency for *_, agency in decided if agency),
        room=frozenset(who for _, who, _ in there if who),
        agencies_in_the_room=frozenset(agency for *_, agency in there if agency),
    )
