"""Record who is who to whom: one entry with one or more claims, in one transaction.

"Carl has moved in and gives the evening bottle" is one entry with two claims. The entry gives them
their source, way of being known and start of knowledge for every agency.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import CannotBeRecorded, ProposedEntry
from goldenthread.domain.network.proposing import CannotBeClaimed, ClaimProblem, ProposedClaim
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.network.reading import households_of
from goldenthread.records.people.reading import members
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import agency_of
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.keep_entry import (
    NotYourAgency,
    keep_entry,
    refuse_another_agency,
)
from goldenthread.usecases._steps.make_claims import (
    NewHousehold,
    NoSuchAgency,
    NotAHousehold,
    NotInThisFamily,
    make_claims,
    place_household,
)
from goldenthread.usecases._steps.permission import NotFoundHere, permitted
from goldenthread.usecases._steps.place_unknown import Newcomer, NotDescribed, Unknown
from goldenthread.usecases._steps.recorded import Recorded

__all__ = [
    "CannotBeClaimed",
    "CannotBeRecorded",
    "ClaimProblem",
    "NewHousehold",
    "Newcomer",
    "NoSuchAgency",
    "NotAHousehold",
    "NotDescribed",
    "NotFoundHere",
    "NotInThisFamily",
    "NotYourAgency",
    "NothingClaimed",
    "ProposedClaim",
    "Recorded",
    "Unknown",
    "add_household",
    "read_out_claims",
    "record_claims",
]


class NothingClaimed(Refusal):
    """An entry about the network must say at least one thing of it."""


def record_claims(
    actor: Actor, case_id: UUID, proposed: ProposedEntry, claims: Sequence[ProposedClaim], *,
    now: datetime, unknown: Sequence[Unknown | Newcomer] = (),
    households: Sequence[NewHousehold] = (),
) -> Recorded:  # fmt: skip
    """Record one entry of the actor's own agency with what it claims; one id is recorded once.

    `unknown` (people, identified or not) and `households` join the family with this entry or not
    at all; whoever a claim names becomes a subject of the entry. Raises NotFoundHere,
    NothingClaimed, CannotBeRecorded, CannotBeClaimed, NotYourAgency, NotInThisFamily, NoSuchAgency,
    NotDescribed and NotAHousehold.
    """
    refuse_another_agency(actor, proposed)
    if not claims:
        raise NothingClaimed("Say at least one thing of who is who to whom.")
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        recorded = keep_entry(
            permission, proposed, now=now, unknown=unknown, households=households, claims=claims
        )
    follow_the_thread(case_id, actor.agency, now=now)
    return recorded


def read_out_claims(
    actor: Actor, case_id: UUID, statement: UUID, claims: Sequence[ProposedClaim], *, now: datetime
) -> int:
    """Attach claims to an entry of the actor's own agency that says them in its words already.

    They are known to whoever knows the entry, since they know it. Its words name whom they name:
    anybody of the family's record may be claimed about, so no page offers this. Asking
    twice attaches them once; answers with how many are new. Raises NotFoundHere, NotYourAgency,
    CannotBeClaimed, NotInThisFamily and NoSuchAgency.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if not readable.filter(id=statement).exists():
            raise NotFoundHere("There is no such entry in what you can read.", statement)
        if agency_of(statement) != actor.agency:
            raise NotYourAgency("You can read claims out of your own agency's entries.")
        provenance.hold(statement)
        family = frozenset(member.person for member in members(case_id)[case_id])
        homes = frozenset(home.id for home in households_of(case_id))
        return make_claims(permission, statement, claims, family=family, homes=homes, now=now)


def add_household(actor: Actor, case_id: UUID, household: NewHousehold, *, now: datetime) -> UUID:
    """Add a household to a family by the name it goes by; one id is added once.

    Raises NotFoundHere and NotAHousehold.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        provenance.hold(household.id)
        place_household(permission, household)
    return household.id
