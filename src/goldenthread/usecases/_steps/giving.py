"""Whom a document is for, and what is left out for them: the one narrowing of what leaves.

`permitted` asks it for everybody who takes a document out for others, so that whatever is read for
the document is narrowed before it is read. It is worked out for the moment of taking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, FamilyTies, decide
from goldenthread.domain.access.recipient import LeftOut, Recipient, others
from goldenthread.domain.access.restrictions import NOT_NARROWED, Narrowing
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.narrowing import narrowed
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import ties_to
from goldenthread.records.shared import wall
from goldenthread.records.shared.reading import practitioners_by_id, would_act_as

# The same whatever keeps them out: a conflict, a seal, or that they are not of the team.
NOT_OF_THIS_FAMILY = (
    "This document cannot be made for everybody you named: at least one of them cannot be given "
    "documents of this family."
)
GIVEN_WHOLE = (
    "This document is given whole or not at all, and not everybody it is for may have all of it."
)
SOMEBODY_OF_THE_FAMILY = "somebody of this family"


class NotForThem(Refusal):
    """A document is not made for these people, for a reason that tells no restriction."""


@dataclass(frozen=True, slots=True)
class Named:
    """One of those a document is for, in words; `colleague` is the name where they are of staff."""

    words: str
    colleague: str = ""


@dataclass(frozen=True)
class Given:
    """Whom a document is for, and what they may not have of what its sender reads.

    `to` are in the order they were said. `readers` are the practitioners among the others, each
    with their ties. `left_out` says of each entry that the sender reads why it is left out.
    """

    to: tuple[Named, ...] = ()
    readers: tuple[tuple[Actor, FamilyTies], ...] = ()
    has_outsiders: bool = False
    narrowing: Narrowing = NOT_NARROWED
    left_out: Mapping[UUID, frozenset[LeftOut]] = field(default_factory=dict)

    @property
    def is_for_others(self) -> bool:
        """Whether anybody but the sender will have it."""
        return bool(self.readers) or self.has_outsiders

    def whole(self, entries: Iterable[UUID]) -> None:
        """Refuse a document that cannot be cut and rests on what is left out. Raises NotForThem."""
        if not self.left_out.keys().isdisjoint(entries):
            raise NotForThem(GIVEN_WHOLE)


def given_by(actor: Actor, case: UUID, ties: FamilyTies, *, now: datetime) -> Given:
    """Whom the document is for that the actor is taking out, and what is left out for them.

    `ties` are the actor's own. Raises NotForThem where a practitioner may not open the family.
    """
    to = named_by(actor, case, ties, now=now)
    besides = others(actor.gives_to, actor.practitioner)
    if not besides:
        return Given(to)
    readers = tuple(_reader(one.practitioner, case, now=now) for one in besides if one.practitioner)
    outsiders = [one.person for one in besides if one.practitioner is None]
    narrowing, left_out = narrowed(case, (actor, ties), readers, outsiders, now=now)
    return Given(to, readers, bool(outsiders), narrowing, left_out)


def _reader(practitioner: UUID, case: UUID, *, now: datetime) -> tuple[Actor, FamilyTies]:
    """A practitioner with their ties. A broken glass lets nobody be given anything."""
    actor = would_act_as(practitioner)
    if actor is not None:
        ties = ties_to(case, actor, now=now)
        may_have = decide(actor, Action.SEND_DOCUMENT, ties).is_allowed
        if may_have and wall.would_admit(actor, case, on=day_of(now)):
            return actor, ties
    raise NotForThem(NOT_OF_THIS_FAMILY)


def named_by(actor: Actor, case: UUID, ties: FamilyTies, *, now: datetime) -> tuple[Named, ...]:
    """What those are called whom a document of the actor's is for, in the order they were said."""
    posts = practitioners_by_id({one.practitioner for one in actor.gives_to if one.practitioner})
    people: dict[UUID, str] = {}
    if any(one.person for one in actor.gives_to):
        people = {one.person: one.name for one in members_seen(case, actor, ties, now=now)}

    def named(one: Recipient) -> Named:
        if one.practitioner:
            post = posts[one.practitioner]
            return Named(f"{post.name}, {post.agency_name}", post.name)
        return Named(people.get(one.person, SOMEBODY_OF_THE_FAMILY) if one.person else one.words)

    return tuple(named(one) for one in actor.gives_to)
