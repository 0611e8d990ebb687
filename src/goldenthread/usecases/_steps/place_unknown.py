"""Gives people a place in a family, in the caller's transaction: known ones and unknown ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.network.vocabulary import Gender, Loss
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.people import store as people
from goldenthread.records.people.reading import MemberRow, members
from goldenthread.usecases._steps.permission import Permission

NOT_IDENTIFIED = "not yet identified"
LONGEST_DESCRIPTION = 300  # characters; what the record holds of one description
LONGEST_NAME = 200  # characters; what the record holds of one name
LONGEST_ROLE = 100


class NotDescribed(Refusal):
    """Somebody can stand in the record only by a name or a description that fits."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Somebody known only by a few words: "man in a red car, about thirty"."""

    id: UUID
    description: str
    role: str = NOT_IDENTIFIED
    is_child: bool = False
    gender: str = Gender.NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody known by a name who was not in this family's record: a partner, a grandmother."""

    id: UUID
    role: str
    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    is_child: bool = False
    born: PartialDate | None = None
    expected_on: date | None = None
    died: PartialDate | None = None
    gender: str = Gender.NOT_KNOWN
    loss: str = Loss.NONE


def place_unknown(
    permission: Permission, unknown: Sequence[Unknown | Newcomer], *, now: datetime
) -> frozenset[UUID]:
    """Add each person who is not there yet; answers with everybody the actor may name now.

    Those are whom they may know of, and whoever of the family they call by their whole name.
    Raises NotDescribed.
    """
    case = permission.family.id
    there = {member.person: member for member in members(case)[case]}
    ties, actor = permission.ties, permission.actor
    known = {member.person for member in members_seen(case, actor, ties, now=now)}
    position = len(there)
    for one in unknown:
        _refuse_unfit(one)
        if one.id in there:
            if _calls_by_name(one, there[one.id]):
                known.add(one.id)
            continue
        if one.id in known:
            continue
        _add(permission, one)
        people.add_member(
            case, one.id, role=one.role or NOT_IDENTIFIED, is_child=one.is_child,
            position=position, aliases=(), brought_by=permission.actor.agency,
            event=permission.event(resource=str(one.id), added="member"),
        )  # fmt: skip
        known.add(one.id)
        position += 1
    return frozenset(known)


def _calls_by_name(one: Unknown | Newcomer, member: MemberRow) -> bool:
    if isinstance(one, Unknown):
        return False
    called = fold(f"{one.given_name} {one.family_name}")
    return bool(called) and called == fold(f"{member.given_name} {member.family_name}")


def _refuse_unfit(one: Unknown | Newcomer) -> None:
    if isinstance(one, Unknown):
        if not one.description.strip() or len(one.description.strip()) > LONGEST_DESCRIPTION:
            raise NotDescribed(
                f"Describe them in a few words, {LONGEST_DESCRIPTION} characters at most."
            )
    else:
        names = [name.strip() for name in (one.given_name, one.family_name, one.known_as)]
        if not any(names) or max(map(len, names)) > LONGEST_NAME:
            raise NotDescribed(
                f"Write what they are called, {LONGEST_NAME} characters a name at most."
            )
        if one.loss not in dict(Loss.choices()):
            raise NotDescribed("Choose how the pregnancy ended from the list.")
    if one.gender not in dict(Gender.choices()):
        raise NotDescribed("Choose their gender from the list, or “Not known”.")
    if len(one.role) > LONGEST_ROLE:
        raise NotDescribed(f"Say who they are to the family in {LONGEST_ROLE} characters at most.")


def _add(permission: Permission, one: Unknown | Newcomer) -> None:
    event = permission.event(resource=str(one.id), added="person")
    by = permission.actor.account
    if isinstance(one, Unknown):
        people.add_person(
            one.id, given_name="", family_name="", known_as="",
            description=one.description.strip(), is_identified=False, born=None, expected_on=None,
            gender=one.gender, recorded_by=by, event=event,
        )  # fmt: skip
        return
    people.add_person(
        one.id, given_name=one.given_name.strip(), family_name=one.family_name.strip(),
        known_as=one.known_as.strip(), description="", is_identified=True, born=one.born,
        expected_on=one.expected_on, died=one.died, gender=one.gender, loss=one.loss,
        recorded_by=by, event=event,
    )  # fmt: skip
