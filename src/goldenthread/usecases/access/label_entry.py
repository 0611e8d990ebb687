"""Put a sensitivity label on an entry, or take one off; each with a reason, and neither is edited.

A label keeps an entry from whoever is not cleared for it. It is put by somebody of the agency that
made the entry, by the allocated worker or by the chair, who must be able to read it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, EntryHolders, decide
from goldenthread.domain.access.labels import LabelKey
from goldenthread.domain.shared.refusal import NotTheirs, Refusal
from goldenthread.records.access import restrict
from goldenthread.records.access.reading import visible_to
from goldenthread.records.access.standing import labels_on
from goldenthread.records.provenance.reading import known_to_agencies
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

__all__ = ["CannotLabel", "NotFoundHere", "put_label", "take_off_label"]

NO_SUCH_ENTRY = "There is no such entry in what you can read."


class CannotLabel(Refusal):
    """This label cannot be put or taken off as it was asked."""


class NotTheirsToLabel(CannotLabel, NotTheirs):
    """Somebody may read an entry, and others label it."""

    rule = "label-is-for-its-agency"


def put_label(
    actor: Actor, case_id: UUID, statement: UUID, label: str, *, reason: str, id: UUID,
    now: datetime,
) -> bool:  # fmt: skip
    """Put a label on an entry the actor may read; one that is there already stays as it is.

    Answers with whether it is new. Raises NotFoundHere and CannotLabel.
    """
    _refuse_unfit(label, reason)
    with permitted(actor, case_id, Action.LABEL_ENTRY, now=now) as permission:
        _refuse_others(permission, statement, now=now)
        if label in labels_on(statement):
            return False
        restrict.put_label(
            id, statement=statement, label=label, reason=reason.strip(), agency=actor.agency,
            put_by=actor.account, event=permission.event(resource=str(statement)),
        )  # fmt: skip
    return True


def take_off_label(
    actor: Actor, case_id: UUID, statement: UUID, label: str, *, reason: str, id: UUID,
    now: datetime,
) -> bool:  # fmt: skip
    """Say that a label stands no longer; one that is not there stays so.

    Answers with whether that is new. Raises NotFoundHere and CannotLabel.
    """
    _refuse_unfit(label, reason)
    with permitted(actor, case_id, Action.LABEL_ENTRY, now=now) as permission:
        _refuse_others(permission, statement, now=now)
        there = labels_on(statement)
        if label not in there:
            return False
        restrict.put_label(
            id, statement=statement, label=label, reason=reason.strip(), agency=actor.agency,
            put_by=actor.account, takes_off=there[label].id,
            event=permission.event(resource=str(statement)),
        )  # fmt: skip
    return True


def _refuse_unfit(label: str, reason: str) -> None:
    if label not in dict(LabelKey.choices()):
        raise CannotLabel("Choose one of the labels.")
    if not reason.strip():
        raise CannotLabel("Say why, so that whoever looks at this later can judge it.")


def _refuse_others(permission: Permission, statement: UUID, *, now: datetime) -> None:
    actor, ties = permission.actor, permission.ties
    readable = visible_to(permission.family.id, actor, ties, now=now).filter(id=statement)
    agency = readable.values_list("agency_id", flat=True).first()
    if agency is None:
        raise NotFoundHere(NO_SUCH_ENTRY, statement)
    holders = EntryHolders(agency, known_to_agencies(statement, by=now))
    decision = decide(actor, Action.LABEL_ENTRY, ties, holders)
    if not decision.is_allowed:
        raise NotTheirsToLabel(decision.reason)
