"""Say that somebody has a conflict of interest with a family, and lift it; hard, for everything.

From then on the family does not exist for them. Whoever declares one of their own is never told
whether there is a record: the answer is the same for every family there is or is not. It is lifted
by a lead of the agency other than the person, and by nobody else; a lead neither sees nor lifts a
colleague's conflict with a family they have one with themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.people.references import reference_key
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access import restrict
from goldenthread.records.access.standing import (
    ConflictRow,
    conflicts_of_agency,
    conflicts_of_person,
    conflicts_with,
)
from goldenthread.records.audit import store as audit
from goldenthread.records.people.reading import case_by_reference
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import practitioners_of_agency
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere, event_of, permitted

__all__ = [
    "CannotDeclare",
    "Declared",
    "NotFoundHere",
    "conflicts_to_look_after",
    "declare_for",
    "declare_own",
    "lift_conflict",
]

OWN = Decision(Outcome.ALLOW, "own-conflict-declared", "Everybody may declare one of their own.")


class CannotDeclare(Refusal):
    """This conflict cannot be declared or lifted as it was asked; `part` names the field."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class Declared:
    """One conflict that stands, as the agency's lead looks after it.

    `family` is what the declarer called it, never what the record says.
    """

    id: UUID
    name: str
    family: str
    reason: str
    by_themselves: bool
    is_own: bool


def declare_own(actor: Actor, *, family: str, reason: str, id: UUID, now: datetime) -> None:
    """Say that the actor has a conflict with a family they name, whether it has a record or not.

    A family reference takes effect at once; any other words wait for the agency's lead. Nothing
    that is answered tells which it was. Raises CannotDeclare.
    """
    if not family.strip():
        raise CannotDeclare("family", "Say which family, by its reference or its names.")
    if not reason.strip():
        raise CannotDeclare("reason", "Say what the connection is.")
    with transaction.atomic(durable=True):
        wall.open_beyond_one_family()  # the family they name is not one of theirs
        if id in {row.id for row in conflicts_of_agency(actor.agency)}:
            return
        restrict.declare_conflict(
            id, practitioner=actor.practitioner, case=case_by_reference(family.strip()),
            words=family.strip()[:300], reason=reason.strip(), by_themselves=True,
            declared_by=actor.account,
            event=event_of(actor, "declare_conflict", OWN, None, resource=str(id)),
        )  # fmt: skip


def declare_for(
    actor: Actor, practitioner: UUID, *, family: str, reason: str, id: UUID, now: datetime
) -> None:
    """Say, as the lead of their agency, that somebody has a conflict with a family.

    The same answer whether there is such a record or not. Raises CannotDeclare, NotFoundHere.
    """
    if not family.strip() or not reason.strip():
        raise CannotDeclare("family", "Say which family, by its reference, and why.")
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        if practitioner not in {one.id for one in practitioners_of_agency(actor.agency)}:
            raise CannotDeclare("whom", "Choose somebody of your own agency.")
        if id in {row.id for row in conflicts_of_agency(actor.agency)}:
            return
        restrict.declare_conflict(
            id, practitioner=practitioner, case=case_by_reference(family.strip()),
            words=family.strip()[:300], reason=reason.strip(), by_themselves=False,
            declared_by=actor.account,
            event=event_of(actor, "declare_conflict", permission.decision, None, resource=str(id)),
        )  # fmt: skip


def conflicts_to_look_after(actor: Actor, *, now: datetime) -> list[Declared]:
    """The conflicts of the actor's agency that stand, for its lead. Raises NotFoundHere.

    None of a colleague's with a family that the lead has a conflict with.
    """
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        rows = _to_look_after(actor)
        audit.append(
            event_of(actor, "list_conflicts", permission.decision, None, conflicts=len(rows))
        )
    return [
        Declared(
            row.id, row.name, row.words, row.reason, row.by_themselves,
            row.practitioner == actor.practitioner,
        )
        for row in rows
    ]  # fmt: skip


def lift_conflict(actor: Actor, conflict: UUID, *, reason: str, now: datetime) -> None:
    """Lift a conflict of somebody else of the lead's agency. Raises NotFoundHere, CannotDeclare."""
    if not reason.strip():
        raise CannotDeclare("reason", "Say why it holds no longer.")
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        row = next((one for one in _to_look_after(actor) if one.id == conflict), None)
        if row is None:
            raise NotFoundHere("There is no such conflict in your agency.")
        if row.practitioner == actor.practitioner:
            raise CannotDeclare("", "Another lead lifts your own conflict of interest.")
        restrict.lift_conflict(
            conflict, practitioner=row.practitioner, lifted_by=actor.practitioner,
            reason=reason.strip(), recorded_by=actor.account,
            event=event_of(
                actor, "lift_conflict", permission.decision, None, resource=str(conflict),
            ),
        )  # fmt: skip


def _to_look_after(actor: Actor) -> list[ConflictRow]:
    """What the actor may know of: words as well as records, or what is left out would tell."""
    own = conflicts_of_person(actor.practitioner)
    cases = {row.case for row in own if row.case}
    words = {reference_key(row.words) for row in own if row.words}
    return [
        row
        for row in conflicts_of_agency(actor.agency)
        if row.practitioner == actor.practitioner
        or not (row.case in cases or reference_key(row.words) in words)
    ]


def in_conflict_with(actor: Actor, case_id: UUID, *, now: datetime) -> list[ConflictRow]:
    """Who has a conflict with a family, for a lead of its team. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        if actor.remit != Remit.AGENCY_LEAD:
            raise NotFoundHere("Only a lead looks after conflicts of interest.")
        audit.append(permission.event(resource="conflicts"))
        return conflicts_with(case_id)
