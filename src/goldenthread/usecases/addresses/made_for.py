"""A document before it is made: for whom its answer says it is, and what is left out for them.

The narrowing itself is `permitted`'s, for whoever takes a document out for others. Here the sender
is told of it first, in words that tell no restriction, and what is not made for somebody is noted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.recipient import LeftOut, Recipient, WhyLeftOut
from goldenthread.domain.addresses.output_kinds import HOLDS_ENTRIES
from goldenthread.records.access.reading import TeamRow, visible_to
from goldenthread.records.addresses import reading
from goldenthread.records.addresses.reading import AskRow
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.giving import Given, NotForThem, given_by, named_by
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.addresses.told_of import Standing, ToldOf, told_of

__all__ = [
    "BeforeItLeaves",
    "NotForThem",
    "NotFoundHere",
    "NotGiven",
    "Standing",
    "ToldOf",
    "WhyLeftOut",
    "note_not_given",
    "read_before_it_leaves",
    "whom_it_is_for",
]

NO_SUCH_DOCUMENT = "There is no such document."


@dataclass(frozen=True, slots=True)
class Reason:
    """How many entries are left out for one reason; `agency_name` is the one not told."""

    why: WhyLeftOut
    entries: int
    agency_name: str = ""


@dataclass(frozen=True, slots=True)
class BeforeItLeaves:
    """One document, for whom, and what is left out of it.

    `entries` are all of the family that the sender reads, `left_out` how many of those are in no
    document for these people; one entry can be left out for several `reasons`. `has_outsiders`: it
    is for somebody who does not use the record, too. `told_of` are words of what is given that may
    be about somebody else.
    """

    ask: AskRow
    family: Family
    names: tuple[str, ...]
    is_for_others: bool
    has_outsiders: bool
    entries: int
    left_out: int
    reasons: tuple[Reason, ...]
    told_of: tuple[ToldOf, ...] = ()


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A document that is not made for these people, and whom its sender can ask."""

    kind: str
    place: str
    family: Family
    names: tuple[str, ...]
    whom_to_ask: TeamRow | None


def whom_it_is_for(
    actor: Actor, case_id: UUID, ask: UUID, *, kind: str, place: str, now: datetime
) -> tuple[Recipient, ...] | None:
    """For whom an answer of the actor's says a document is; None where it is not of this one.

    Nothing is audited by it: that the document was taken, or not made, is. Raises NotFoundHere.
    """
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now):
        asked = reading.ask_of(ask)
        if asked is None or not asked.is_of(actor.account, case_id, kind, place):
            return None
        return asked.recipients


def read_before_it_leaves(
    actor: Actor, case_id: UUID, ask: UUID, *, now: datetime
) -> BeforeItLeaves:
    """What the sender is told before a document is made for others.

    Raises NotFoundHere, also for another's document, and NotForThem where one of those it is for
    may not open the family.
    """
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now) as permission:
        asked = _own(permission, ask)
        given = _given(permission, asked.recipients, now)
        visible = visible_to(case_id, actor, permission.ties, now=now)
        mine = set(visible.values_list("id", flat=True))
        family = family_of(permission, now)
        told: tuple[ToldOf, ...] = ()
        if given.is_for_others and asked.kind in HOLDS_ENTRIES:
            leaving = mine - set(given.left_out)
            told = told_of(permission, family, leaving, asked.recipients, now=now)
        audit.append(
            permission.event(
                resource=f"document:{asked.kind}",
                ask=str(ask),
                left_out=len(given.left_out),
                told_of=len(told),
            )
        )
        return BeforeItLeaves(
            ask=asked,
            family=family,
            names=tuple(one.words for one in given.to),
            is_for_others=given.is_for_others,
            has_outsiders=given.has_outsiders,
            entries=len(mine),
            left_out=len(given.left_out),
            reasons=_reasons(given.left_out),
            told_of=told,
        )


def note_not_given(actor: Actor, case_id: UUID, ask: UUID, *, now: datetime) -> NotGiven:
    """Note that a document was not made for those it was asked for. Raises NotFoundHere."""
    with permitted(actor, case_id, Action.SEND_DOCUMENT, now=now) as permission:
        asked, family = _own(permission, ask), family_of(permission, now)
        audit.append(
            permission.event(resource=f"document:{asked.kind}", ask=str(ask), answer="not-for-them")
        )
        whom = family.whom_to_ask
        if whom and whom.practitioner == actor.practitioner:
            whom = next((one for one in family.team if one.role == "chair"), None)
        sender = replace(actor, gives_to=asked.recipients)
        named = named_by(sender, case_id, permission.ties, now=now)
        names = tuple(one.words for one in named)
        return NotGiven(asked.kind, asked.place, family, names, whom)


def _own(permission: Permission, ask: UUID) -> AskRow:
    asked = reading.ask_of(ask)
    actor, case = permission.actor, permission.family.id
    if asked is None or (asked.asked_by, asked.case) != (actor.account, case):
        raise NotFoundHere(NO_SUCH_DOCUMENT, ask)
    return asked


def _given(permission: Permission, recipients: tuple[Recipient, ...], now: datetime) -> Given:
    sender = replace(permission.actor, gives_to=recipients)
    return given_by(sender, permission.family.id, permission.ties, now=now)


def _reasons(left_out: Mapping[UUID, frozenset[LeftOut]]) -> tuple[Reason, ...]:
    counted = Counter(why for found in left_out.values() for why in found)
    named = agencies()
    reasons = (
        Reason(one.why, number, named[one.agency].name if one.agency else "")
        for one, number in counted.items()
    )
    order = list(WhyLeftOut)
    return tuple(sorted(reasons, key=lambda one: (order.index(one.why), one.agency_name)))
