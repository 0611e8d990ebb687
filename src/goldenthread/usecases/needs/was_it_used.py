"""Say whether an adult's adjustments were used at a contact, as the agency that made the contact.

Answers the finding that adjustments were agreed and not made: it is asked at every contact, and
what was not used is a plain list by agency and sort of contact, which blames nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.needs.checking import NotComplete, check_delivery
from goldenthread.domain.needs.delivery import SETTING_OF
from goldenthread.domain.needs.vocabulary import Delivered, Setting
from goldenthread.domain.shared.refusal import NotTheirs
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.needs.deliveries import (
    ContactRow,
    DeliveryRow,
    contacts,
    deliveries,
    keep_delivery,
    times_said,
)
from goldenthread.records.needs.reading import AdjustmentRow, adjustments, in_force
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

__all__ = [
    "AdjustmentAt",
    "ContactNeeds",
    "Delivered",
    "NotComplete",
    "NotFoundHere",
    "NotYourContact",
    "Said",
    "needs_at_contact",
    "say_used",
]

NO_SUCH_CONTACT = "There is no such contact in what you can read."


class NotYourContact(NotTheirs):
    """Whether an adjustment was used is said by the agency that made the contact."""

    rule = "contact-is-for-its-agency"


@dataclass(frozen=True, slots=True)
class AdjustmentAt:
    """One adjustment at one contact: whether it must be used there, and what was said last."""

    row: AdjustmentRow
    adult_name: str
    is_meant_here: bool
    said: DeliveryRow | None


@dataclass(frozen=True, slots=True)
class ContactNeeds:
    """A contact with the adjustments of the adults it was with, those meant for it first.

    `may_say` is whether the reader's own agency made the contact.
    """

    family: Family
    contact: ContactRow
    adjustments: tuple[AdjustmentAt, ...]
    may_say: bool

    @property
    def setting(self) -> Setting:
        """Where this sort of contact takes place."""
        return SETTING_OF[self.contact.kind]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one adjustment at a contact."""

    answer: Delivered
    words: str = ""


def needs_at_contact(
    actor: Actor, case_id: UUID, contact: UUID, *, now: datetime
) -> ContactNeeds | None:
    """The adjustments to ask about at a contact; None where there is nothing to ask.

    That is where the entry is no contact, is not the reader's to read, or was with no adult who has
    an adjustment that the reader may read. Raises NotFoundHere for the family alone.
    """
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        found = _at(permission, contact, now=now)
        asked = len(found.adjustments) if found else 0
        audit.append(permission.event(resource=str(contact), opened="adjustments", found=asked))
        return found


def say_used(
    actor: Actor, case_id: UUID, contact: UUID, said: Mapping[UUID, Said], *, now: datetime
) -> int:
    """Keep what is said of adjustments at a contact; answers with how many were new.

    Saying the same again keeps nothing more; saying otherwise stands beside what was said before.
    Raises NotFoundHere, NotYourContact and NotComplete.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        found = _at(permission, contact, now=now)
        asked = {one.row.id: one for one in found.adjustments} if found else {}
        if found is None or set(said) - set(asked):
            raise NotFoundHere(NO_SUCH_CONTACT, contact)
        if not found.may_say:
            raise NotYourContact(
                f"{found.contact.agency_name} made this contact, and says what was used at it."
            )
        for one in said.values():
            check_delivery(one.answer, one.words)
        provenance.hold(contact)
        before = _said_before(permission, [*said], contact, now=now)
        tidy = {id: Said(one.answer, one.words.strip()) for id, one in said.items()}
        fresh = {id: one for id, one in tidy.items() if before.get(id) != one}
        for id, one in fresh.items():
            keep_delivery(
                uuid5(id, f"used:{contact}:{times_said(id, contact) + 1}"),
                adjustment=id, contact=contact, agency=actor.agency, answer=one.answer,
                words=one.words, recorded_by=actor.account,
                event=permission.event(resource=str(contact), used=str(one.answer)),
            )  # fmt: skip
    return len(fresh)


def _said_before(
    permission: Permission, ids: list[UUID], contact: UUID, *, now: datetime
) -> dict[UUID, Said]:
    """What was said last of each, read again once the contact is held."""
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    rows = deliveries(visible.filter(id=contact), ids)
    return {row.adjustment: Said(row.answer, row.words) for row in rows.values()}


def _at(permission: Permission, id: UUID, *, now: datetime) -> ContactNeeds | None:
    case, actor = permission.family.id, permission.actor
    visible = visible_to(case, actor, permission.ties, now=now)
    contact = next(iter(contacts(visible, only=id)), None)
    if contact is None:
        return None
    names = {
        one.person: one.name
        for one in members_seen(case, actor, permission.ties, now=now)
        if one.person in contact.people
    }
    rows = in_force(adjustments(visible, case=case, adults=list(names)))
    rows = [row for row in rows if row.adjustment.from_on <= contact.sort_on]
    if not rows:
        return None
    said = deliveries(visible.filter(id=id), [row.id for row in rows])
    meant = SETTING_OF[contact.kind]
    found = [
        AdjustmentAt(
            row,
            names[row.adjustment.adult],
            meant in row.adjustment.settings,
            said.get((row.id, id)),
        )
        for row in rows
    ]
    return ContactNeeds(
        family=family_of(permission, now),
        contact=contact,
        adjustments=tuple(sorted(found, key=lambda one: not one.is_meant_here)),
        may_say=contact.agency == actor.agency,
    )
