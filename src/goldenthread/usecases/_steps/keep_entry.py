"""Keeps an entry of the actor's own agency, with whoever and whatever it brings into the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import ProposedEntry, admit
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.shared.refusal import NotTheirs
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import recorded_at_of
from goldenthread.usecases._steps.append_entries import append_entries
from goldenthread.usecases._steps.make_claims import (
    NewHousehold,
    NotInThisFamily,
    homes_known,
    make_claims,
    place_household,
)
from goldenthread.usecases._steps.notices import notify_once_kept
from goldenthread.usecases._steps.passing_on import asking_receipts
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases._steps.place_unknown import Newcomer, Unknown, place_unknown
from goldenthread.usecases._steps.recorded import Recorded


class NotYourAgency(NotTheirs):
    """Somebody tried to speak for an agency that is not theirs."""

    rule = "not-their-agency"


def refuse_another_agency(actor: Actor, proposed: ProposedEntry) -> None:
    """Raise NotYourAgency where an entry speaks for an agency that is not the actor's."""
    if proposed.agency != actor.agency:
        raise NotYourAgency("You can record what your own agency knows.")


def keep_entry(
    permission: Permission, proposed: ProposedEntry, *, now: datetime,
    unknown: Sequence[Unknown | Newcomer] = (), households: Sequence[NewHousehold] = (),
    claims: Sequence[ProposedClaim] = (),
) -> Recorded:  # fmt: skip
    """Keep one entry and what it claims, in the caller's transaction; the same id is kept once.

    Whoever a claim names is a subject of the entry. Only people and homes the actor may know of
    can be named: anybody else is refused as if they were not there. Raises CannotBeRecorded,
    NotInThisFamily, NotDescribed, CannotBeClaimed, NoSuchAgency and NotAHousehold.
    """
    actor = permission.actor
    provenance.hold(proposed.id)
    before = recorded_at_of(proposed.id, agency=actor.agency)
    if before is not None:
        return Recorded(proposed.id, before, already=True)
    family = place_unknown(permission, unknown, now=now)
    proposed = _about_everybody(proposed, claims)
    told = asking_receipts(permission.family.id, proposed.tellings, now=now)
    proposed = replace(proposed, tellings=told)
    if any(subject.person not in family for subject in proposed.subjects):
        raise NotInThisFamily("One of these people is not in this family's record.")
    append_entries(
        permission.family.id,
        [admit(proposed, now=now)],
        recorded_by=actor.account,
        event=permission.event(resource=str(proposed.id)),
    )
    notify_once_kept(actor, permission.family.id, told, now=now)
    for household in households:
        place_household(permission, household)
    if claims:
        homes = homes_known(permission, households, now=now)
        make_claims(permission, proposed.id, claims, family=family, homes=homes, now=now)
    recorded_at = recorded_at_of(proposed.id, agency=actor.agency)
    assert recorded_at is not None
    return Recorded(proposed.id, recorded_at, already=False)


def _about_everybody(proposed: ProposedEntry, claims: Sequence[ProposedClaim]) -> ProposedEntry:
    named = {subject.person for subject in proposed.subjects}
    more = dict.fromkeys(person for claim in claims for person in claim.people)
    added = tuple(Subject(person) for person in more if person not in named)
    return replace(proposed, subjects=(*proposed.subjects, *added))
