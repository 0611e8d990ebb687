"""Add somebody nobody has identified to a family: an unknown person is a person, with a place.

Answers the review's finding of little curiosity about the adults around a child: "a man at the
door" gets a row, can be asked about, and can be recognised later.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.records.provenance import store as provenance
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases._steps.place_unknown import (
    LONGEST_DESCRIPTION,
    NotDescribed,
    Unknown,
    place_unknown,
)

__all__ = ["LONGEST_DESCRIPTION", "NotDescribed", "Unknown", "add_unknown"]


def add_unknown(actor: Actor, case_id: UUID, unknown: Unknown, *, now: datetime) -> UUID:
    """Place one unknown person in a family; asking twice with one id adds one person.

    Raises NotFoundHere and NotDescribed.
    """
    with permitted(actor, case_id, Action.ADD_ENTRY, now=now) as permission:
        provenance.hold(unknown.id)
        place_unknown(permission, [unknown], now=now)
    return unknown.id
