"""Gives somebody nobody has identified a place in a family, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.people import store as people
from goldenthread.records.people.reading import members
from goldenthread.usecases._steps.permission import Permission

NOT_IDENTIFIED = "not yet identified"
LONGEST_DESCRIPTION = 300  # characters; what the record holds of one description


class NotDescribed(Refusal):
    """Somebody unknown can stand in the record only by a description that fits."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Somebody known only by a few words: "man in a red car, about thirty"."""

    id: UUID
    description: str
    role: str = NOT_IDENTIFIED
    is_child: bool = False


def place_unknown(permission: Permission, unknown: Sequence[Unknown]) -> frozenset[UUID]:
    """Add each unknown person who is not there yet; answers with everybody in the family now.

    Raises NotDescribed.
    """
    case = permission.family.id
    family = members(case)[case]
    there = {member.person for member in family}
    for one in unknown:
        description = one.description.strip()
        if not description or len(description) > LONGEST_DESCRIPTION:
            raise NotDescribed(
                f"Describe them in a few words, {LONGEST_DESCRIPTION} characters at most."
            )
        if one.id in there:
            continue
        people.add_person(
            one.id, given_name="", family_name="", known_as="", description=description,
            is_identified=False, born=None, expected_on=None,
            recorded_by=permission.actor.account,
            event=permission.event(resource=str(one.id), added="person"),
        )  # fmt: skip
        people.add_member(
            case, one.id, role=one.role or NOT_IDENTIFIED, is_child=one.is_child,
            position=len(there), aliases=(),
            event=permission.event(resource=str(one.id), added="member"),
        )  # fmt: skip
        there.add(one.id)
    return frozenset(there)
