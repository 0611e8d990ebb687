"""Read what the adults of a family need, what is done differently for them, and what is open.

A version or an adjustment is read by whoever may read the entry that carries it. To anybody else it
does not exist: nobody is told that another agency has asked, or has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.needs.asking import open_questions
from goldenthread.domain.needs.delivery import SETTING_OF
from goldenthread.domain.needs.profile import Profile, together
from goldenthread.domain.needs.vocabulary import Delivered
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.needs.deliveries import (
    NOT_ASKED,
    AgreementRow,
    ContactRow,
    DeliveryRow,
    agreements,
    contacts,
    deliveries,
)
from goldenthread.records.needs.reading import (
    AdjustmentRow,
    VersionRow,
    adjustments,
    in_force,
    knowers_of,
    standing,
    versions,
)
from goldenthread.records.people.reading import MemberRow
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

__all__ = [
    "AdjustmentRow",
    "AdultNeeds",
    "AgreedAdjustment",
    "ContactRow",
    "DeliveryRow",
    "FamilyNeeds",
    "NotFoundHere",
    "VersionRow",
    "read_adult",
    "read_needs",
]

NO_SUCH_ADULT = "There is no such adult in what you can read of this family."
MOST_WAITING = 5  # contacts listed that still wait for an answer; the rest are in the history


@dataclass(frozen=True, slots=True)
class AgreedAdjustment:
    """One adjustment in force: what was said to telling it, who knows it, and where it was used.

    `said` is what was said of it at each contact, latest first. `waiting` are contacts of the
    reader's own agency, where it must be used, of which nobody has said yet.
    """

    row: AdjustmentRow
    agreement: AgreementRow
    knows: tuple[str, ...]
    not_told: tuple[str, ...]
    said: tuple[DeliveryRow, ...]
    waiting: tuple[ContactRow, ...]

    @property
    def not_used(self) -> tuple[DeliveryRow, ...]:
        """The contacts at which it was not used, latest first."""
        return tuple(one for one in self.said if one.answer is Delivered.NO)


@dataclass(frozen=True, slots=True)
class AdultNeeds:
    """One adult: what stands, every version, the adjustments, and what is open.

    `profile` holds all that stands, with the adjustments in force. `knows` are the agencies that
    know each version, by version. `past` are adjustments changed, ended or withdrawn.
    """

    member: MemberRow
    profile: Profile
    standing: tuple[VersionRow, ...]
    versions: tuple[VersionRow, ...]
    knows: Mapping[UUID, tuple[str, ...]]
    adjustments: tuple[AgreedAdjustment, ...]
    past: tuple[AdjustmentRow, ...]
    questions: tuple[str, ...]

    def version(self, id: UUID) -> VersionRow | None:
        """One of the versions; None where the reader may read none of this id."""
        return next((row for row in self.versions if row.id == id), None)


@dataclass(frozen=True, slots=True)
class FamilyNeeds:
    """A family's adults, in the family's order."""

    family: Family
    adults: tuple[AdultNeeds, ...]

    def adult(self, person: UUID) -> AdultNeeds:
        """One adult. Raises NotFoundHere."""
        for one in self.adults:
            if one.member.person == person:
                return one
        raise NotFoundHere(NO_SUCH_ADULT, person)


def read_needs(
    actor: Actor, case_id: UUID, *, now: datetime, action: Action = Action.VIEW_FAMILY
) -> FamilyNeeds:
    """Read every adult's needs as far as this reader may. Raises NotFoundHere."""
    with permitted(actor, case_id, action, now=now) as permission:
        found = needs_of(permission, now=now)
        read = [str(row.id) for one in found.adults for row in one.standing]
        audit.append(permission.event(opened="needs", versions=read))
    return found


def read_adult(
    actor: Actor,
    case_id: UUID,
    adult: UUID,
    *,
    now: datetime,
    action: Action = Action.VIEW_FAMILY,
) -> tuple[FamilyNeeds, AdultNeeds]:
    """Read one adult's needs. Raises NotFoundHere, also for somebody the reader may not know of.

    `action` is EXPORT_CHRONOLOGY when it leaves the screen.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        if permission.given.is_for_others:
            _given_whole(permission, adult, now=now)
        found = needs_of(permission, now=now)
        one = found.adult(adult)
        audit.append(permission.event(resource=str(adult), opened="needs", found=True))
    return found, one


def _given_whole(permission: Permission, adult: UUID, *, now: datetime) -> None:
    """Refuse what is said of an adult for others who may not have all of it. Raises NotForThem."""
    own = needs_of(permission.for_oneself, now=now)
    for one in own.adults:
        if one.member.person == adult:
            permission.given.whole(row.statement for row in one.standing)
            permission.given.whole(agreed.row.statement for agreed in one.adjustments)


def needs_of(permission: Permission, *, now: datetime) -> FamilyNeeds:
    """What a permitted reader reads of the adults; the queries do not grow with their number."""
    case, actor = permission.family.id, permission.actor
    family = family_of(permission, now)
    visible = visible_to(case, actor, permission.ties, now=now)
    every = versions(visible, case=case)
    agreed = adjustments(visible, case=case)
    carried_by = [*(row.statement for row in every), *(row.statement for row in agreed)]
    knows = knowers_of(carried_by, by=now)
    live = _in_force(permission, family, agreed, knows, now=now)
    live_ids = {one.row.id for ones in live.values() for one in ones}
    adults = []
    for member in family.members:
        if not may_have_a_profile(member):
            continue
        own = [row for row in every if row.profile.adult == member.person]
        past = [
            row
            for row in agreed
            if row.adjustment.adult == member.person and row.id not in live_ids
        ]
        adults.append(
            _adult(permission, member, own, live.get(member.person, ()), past, knows, now=now)
        )
    return FamilyNeeds(family, tuple(adults))


def may_have_a_profile(member: MemberRow) -> bool:
    """Whether anything could be asked of somebody: an adult, living, whom somebody knows."""
    return not (member.is_child or member.loss or member.died) and member.is_identified


def _adult(
    permission: Permission,
    member: MemberRow,
    own: list[VersionRow],
    live: tuple[AgreedAdjustment, ...],
    past: list[AdjustmentRow],
    knows: Mapping[UUID, Mapping[UUID, str]],
    *,
    now: datetime,
) -> AdultNeeds:
    stands = standing(own)
    said = together([row.profile for row in stands]) if stands else Profile(member.person)
    profile = replace(said, adjustments=tuple(one.row.adjustment for one in live))
    everything = permission.ties.reads_all
    return AdultNeeds(
        member=member,
        profile=profile,
        standing=tuple(stands),
        versions=tuple(own),
        knows={row.id: tuple(knows[row.statement].values()) for row in own},
        adjustments=live,
        past=tuple(past),
        questions=open_questions(
            profile, member.known_as or member.name, today=day_of(now), sees_everything=everything
        ),
    )


def _in_force(
    permission: Permission,
    family: Family,
    agreed: list[AdjustmentRow],
    knows: Mapping[UUID, Mapping[UUID, str]],
    *,
    now: datetime,
) -> dict[UUID, tuple[AgreedAdjustment, ...]]:
    actor, case = permission.actor, permission.family.id
    visible = visible_to(case, actor, permission.ties, now=now)
    rows = in_force(agreed)
    said_to = agreements(row.id for row in rows)
    said = deliveries(visible, [row.id for row in rows])
    met = contacts(visible) if rows else []
    team = {one.agency: one.agency_name for one in family.team}
    found: dict[UUID, tuple[AgreedAdjustment, ...]] = {}
    for row in rows:
        one = AgreedAdjustment(
            row=row,
            agreement=said_to.get(row.id, NOT_ASKED),
            knows=tuple(knows[row.statement].values()),
            not_told=tuple(
                sorted(name for id, name in team.items() if id not in knows[row.statement])
            ),
            said=tuple(answer for answer in said.values() if answer.adjustment == row.id),
            waiting=tuple(
                contact
                for contact in met
                if contact.agency == actor.agency and _waits(row, contact, said)
            )[:MOST_WAITING],
        )
        adult = row.adjustment.adult
        found[adult] = (*found.get(adult, ()), one)
    return found


def _waits(
    row: AdjustmentRow, contact: ContactRow, said: Mapping[tuple[UUID, UUID], DeliveryRow]
) -> bool:
    """Whether it had to be used at a contact and nobody has said whether it was."""
    one = row.adjustment
    return (
        one.adult in contact.people
        and SETTING_OF[contact.kind] in one.settings
        and contact.sort_on >= one.from_on
        and (row.id, contact.statement) not in said
    )
