"""May this document leave, for these people? By value, by what stands in it, and by whose word.

A document for somebody an address must not reach, or for somebody who acts for them, is held
whatever it says; one in which a part of the address stands is held whoever it is for. A named
manager decides, and never the one who sends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from goldenthread.domain.access.recipient import Recipient
from goldenthread.domain.access.remit import Remit
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.people.names import fold

__all__ = [
    "FOR_THEM",
    "Hit",
    "NeverFor",
    "Recipient",
    "held_for",
    "is_for_them",
    "may_decide",
]

FEWEST_LETTERS = 4  # of a name that is looked for inside other words


@dataclass(frozen=True, slots=True)
class NeverFor:
    """For whom documents are held because of one address: by id, and by what they are called."""

    address: UUID
    people: frozenset[UUID] = frozenset()
    practitioners: frozenset[UUID] = frozenset()
    names: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Why a document is held: `part` of an address stands at `where`, or it is `for_them`.

    Without the words themselves, so that it can be kept and told.
    """

    address: UUID
    part: str
    where: str


FOR_THEM = "for_them"


def is_for_them(never: NeverFor, one: Recipient) -> bool:
    """Whether a recipient is somebody this address must not reach, or somebody acting for them."""
    if one.person in never.people or one.practitioner in never.practitioners:
        return True
    words = fold(one.words)
    return bool(words) and any(_called(words, name) for name in never.names)


def _called(words: str, name: str) -> bool:
    """Whether `words` hold a name, or hold nothing but a part of one."""
    holds = len(name) >= FEWEST_LETTERS and f" {name} " in f" {words} "
    part = len(words) >= FEWEST_LETTERS and f" {words} " in f" {name} "
    return words == name or holds or part


def held_for(never: Iterable[NeverFor], recipients: Iterable[Recipient]) -> tuple[Hit, ...]:
    """The hits of a document by value: whom it is for."""
    asked = tuple(recipients)
    return tuple(
        sorted(
            Hit(one.address, FOR_THEM, "recipients")
            for one in never
            if any(is_for_them(one, recipient) for recipient in asked)
        )
    )


def may_decide(
    *, practitioner: UUID, agency: UUID, remit: str, role: str | None, sender: UUID,
    keepers: Iterable[UUID], may_have_all: bool,
) -> bool:  # fmt: skip
    """Whether somebody is the named manager who decides on a held document.

    The family's chair, or the lead of every agency that keeps an address concerned; never the
    sender, and only somebody who may have each of these addresses themselves.
    """
    if practitioner == sender or not may_have_all:
        return False
    leads = remit == Remit.AGENCY_LEAD and all(agency == one for one in keepers)
    return role == TeamRole.CHAIR or leads
