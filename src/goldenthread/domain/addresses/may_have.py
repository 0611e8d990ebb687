"""May this reader have this address? Deny by default; the first rule that settles it wins.

Who must not have it comes before everything, and outranks a chair. Then come those whose work is
with somebody it must not reach: a worker of theirs never gets it by being of the agency that keeps
it or was told; such an agency's other members get it only on this family's team or told by name.
Refuge: whoever may not have it finds no sign that one is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.addresses.vocabulary import AddressShown
from goldenthread.domain.people.names import fold


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, what they are called, and their own part in the family's team."""

    practitioner: UUID
    agency: UUID
    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Holders:
    """What one address rests on: who keeps it, who was told, and whom it must not reach.

    `kept_from` are the practitioners it must not reach, `kept_from_names` what people it must not
    reach are called, folded. `acts_for` are practitioners who act for or work with one of them, and
    `agencies_with_them` the agencies that do.
    """

    agency: UUID
    told_agencies: frozenset[UUID] = frozenset()
    told_people: frozenset[UUID] = frozenset()
    is_hidden: bool = False
    kept_from: frozenset[UUID] = frozenset()
    kept_from_names: frozenset[str] = field(default_factory=frozenset)
    acts_for: frozenset[UUID] = frozenset()
    agencies_with_them: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class AddressDecision:
    """In which state the reader finds the address, by which rule, and why in words."""

    shown: AddressShown
    rule: str
    reason: str

    @property
    def is_full(self) -> bool:
        """Whether the reader may have the address itself."""
        return self.shown is AddressShown.FULL


@dataclass(frozen=True, slots=True)
class AddressRule:
    """When `applies`, it is settled; `shown` None is withheld, or hidden where that is asked."""

    id: str
    shown: AddressShown | None
    reason: str
    applies: Callable[[Holders, Reader], bool]


def _of_their_agency(held: Holders, reader: Reader) -> bool:
    return reader.agency in held.agencies_with_them and reader.role is None


RULES: tuple[AddressRule, ...] = (
    AddressRule(
        "address-must-not-reach",
        AddressShown.HIDDEN,
        "It must not reach you.",
        lambda held, reader: reader.practitioner in held.kept_from,
    ),
    AddressRule(
        "address-same-name",
        AddressShown.HIDDEN,
        "You are called as somebody it must not reach.",
        lambda held, reader: fold(reader.name) in held.kept_from_names,
    ),
    AddressRule(
        "address-acts-for-them",
        None,
        "You act for, or work with, somebody it must not reach.",
        lambda held, reader: reader.practitioner in held.acts_for,
    ),
    AddressRule(
        "address-told-by-name",
        AddressShown.FULL,
        "You were told it by name.",
        lambda held, reader: reader.practitioner in held.told_people,
    ),
    AddressRule(
        "address-agency-works-with-them",
        None,
        "Your agency also works with somebody it must not reach, and you are not on this family's "
        "team.",
        _of_their_agency,
    ),
    AddressRule(
        "address-chair",
        AddressShown.FULL,
        "You chair this child's conference.",
        lambda held, reader: reader.role == TeamRole.CHAIR,
    ),
    AddressRule(
        "address-kept-here",
        AddressShown.FULL,
        "Your agency keeps it.",
        lambda held, reader: reader.agency == held.agency,
    ),
    AddressRule(
        "address-agency-told",
        AddressShown.FULL,
        "Your agency was told it.",
        lambda held, reader: reader.agency in held.told_agencies,
    ),
)
NOT_TOLD = AddressRule(
    "address-not-told", None, "Another agency keeps it and has not told yours.", lambda _h, _r: True
)


def may_have(held: Holders, reader: Reader) -> AddressDecision:
    """Decide in which state one reader finds one address."""
    rule = next(rule for rule in (*RULES, NOT_TOLD) if rule.applies(held, reader))
    without = AddressShown.HIDDEN if held.is_hidden else AddressShown.WITHHELD
    return AddressDecision(rule.shown or without, rule.id, rule.reason)
