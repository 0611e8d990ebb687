"""Clear somebody of one's agency for a label, from one day to another, or end that; leads do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.labels import LabelKey
from goldenthread.domain.access.partnership import PartnershipAction
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access import restrict
from goldenthread.records.access.standing import ClearanceRow, clearances_of_agency
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import PractitionerRow, practitioners_of_agency
from goldenthread.usecases._steps.beside_families import permitted_beside_families
from goldenthread.usecases._steps.permission import NotFoundHere, event_of

__all__ = [
    "CannotClear",
    "Clearances",
    "NotFoundHere",
    "clear_for_label",
    "clearances_to_look_after",
    "end_clearance",
]


class CannotClear(Refusal):
    """This clearance cannot be given or ended as it was asked; `part` names the field."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True)
class Clearances:
    """Who of an agency is cleared for what today, and whom its lead can clear."""

    standing: tuple[ClearanceRow, ...]
    colleagues: tuple[PractitionerRow, ...]


def clear_for_label(
    actor: Actor, practitioner: UUID, label: str, *, reason: str, id: UUID, now: datetime,
    to_on: date | None = None,
) -> None:  # fmt: skip
    """Clear a colleague for a label from today. Nobody clears themselves.

    Raises NotFoundHere and CannotClear.
    """
    if label not in dict(LabelKey.choices()):
        raise CannotClear("label", "Choose one of the labels.")
    if not reason.strip():
        raise CannotClear("reason", "Say why their work needs it.")
    if to_on is not None and to_on <= day_of(now):
        raise CannotClear("to_on", "Choose a day to come, or leave it empty.")
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        if practitioner == actor.practitioner:
            raise CannotClear("whom", "Another lead clears you.")
        if practitioner not in {one.id for one in practitioners_of_agency(actor.agency)}:
            raise CannotClear("whom", "Choose somebody of your own agency.")
        here = clearances_of_agency(actor.agency, on=day_of(now))
        if any(row.id == id or (row.practitioner, row.label) == (practitioner, label)
               for row in here):  # fmt: skip
            return
        restrict.clear_for(
            id, practitioner=practitioner, label=label, from_on=day_of(now), to_on=to_on,
            reason=reason.strip(), given_by=actor.account,
            event=event_of(
                actor, "clear_for_label", permission.decision, None, resource=str(practitioner),
            ),
        )  # fmt: skip


def clearances_to_look_after(actor: Actor, *, now: datetime) -> Clearances:
    """Who of the lead's agency is cleared for what. Raises NotFoundHere."""
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        rows = tuple(clearances_of_agency(actor.agency, on=day_of(now)))
        audit.append(
            event_of(actor, "list_clearances", permission.decision, None, clearances=len(rows))
        )
    others = [o for o in practitioners_of_agency(actor.agency) if o.id != actor.practitioner]
    return Clearances(rows, tuple(others))


def end_clearance(actor: Actor, clearance: UUID, *, reason: str, now: datetime) -> None:
    """End a clearance from now on. Raises NotFoundHere and CannotClear."""
    if not reason.strip():
        raise CannotClear("reason", "Say why it ends.")
    with permitted_beside_families(actor, PartnershipAction.LOOK_AFTER) as permission:
        rows = clearances_of_agency(actor.agency, on=day_of(now))
        if clearance not in {row.id for row in rows}:
            raise NotFoundHere("There is no such clearance in your agency.")
        restrict.end_clearance(
            clearance, reason=reason.strip(), ended_by=actor.account,
            event=event_of(
                actor, "end_clearance", permission.decision, None, resource=str(clearance),
            ),
        )  # fmt: skip
