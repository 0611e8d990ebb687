"""Which safe addresses of a family this reader may have, and which words are withheld from them.

It reads addresses to keep their words out of what is shown; it never shows one. Only an address
that must not reach somebody is looked for. A family that keeps none costs one query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.addresses.finding import Wanted, found_in, withheld
from goldenthread.domain.addresses.may_have import AddressDecision, Reader, may_have
from goldenthread.domain.addresses.vocabulary import AddressShown
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.reading import cases_of, ties_to
from goldenthread.records.addresses import reading
from goldenthread.records.addresses.reading import AddressRow
from goldenthread.records.shared.reading import practitioner

MARK = "[words withheld]"


@dataclass(frozen=True, slots=True)
class Protection:
    """What protects a family's addresses from one reader: `unseen` they may not have, `known` they
    may; `is_known_of` says whether they may know that an address is kept safe here."""

    unseen: tuple[Wanted, ...] = ()
    known: tuple[Wanted, ...] = ()
    is_known_of: bool = False

    def __bool__(self) -> bool:
        """Whether the family keeps anything that must be guarded from, or by, this reader."""
        return bool(self.unseen or self.known or self.is_known_of)

    def shown(self, text: str) -> str:
        """The text as this reader may see it."""
        return withheld(text, self.unseen, MARK) if self.unseen else text

    def holds_unseen(self, text: str) -> bool:
        """Whether words stand in a text that this reader may not have."""
        return bool(self.unseen) and bool(found_in(text, self.unseen))

    def holds_any(self, text: str) -> bool:
        """Whether words of a safe address stand in a text, whoever may have them."""
        every = (*self.unseen, *self.known)
        return bool(every) and bool(found_in(text, every))

    def without_any(self, text: str) -> str:
        """The text as anybody may see it, also whoever may not have one of these addresses."""
        every = (*self.unseen, *self.known)
        return withheld(text, every, MARK) if every else text


NOTHING = Protection()


def reader_of(actor: Actor, role: str | None) -> Reader:
    """The actor as the rule of who may have an address knows them."""
    row = practitioner(actor.practitioner)
    return Reader(actor.practitioner, actor.agency, row.name if row else "", role)


def decided(rows: Iterable[AddressRow], reader: Reader) -> dict[UUID, AddressDecision]:
    """What the rule says of each address for this reader."""
    held = reading.holders_of(rows)
    return {id: may_have(one, reader) for id, one in held.items()}


def protection_of(actor: Actor, case: UUID, *, now: datetime) -> Protection:
    """What protects one family's addresses from this reader; no look is audited by it.

    Raises AddressKeyMissing where an address is kept that cannot be read.
    """
    if not reading.protected_families([case]):
        return NOTHING
    role = ties_to(case, actor, now=now).role
    return _protection({case: role}, actor)


def protection_everywhere(actor: Actor, *, now: datetime) -> Protection:
    """The same over every family the actor's agency is part of: for pages about many."""
    guarded = reading.protected_families()
    if not guarded:
        return NOTHING
    pairs = cases_of(actor, on=day_of(now), among=guarded)
    return _protection({row.id: role for row, role in pairs}, actor) if pairs else NOTHING


def _protection(roles: Mapping[UUID, str | None], actor: Actor) -> Protection:
    rows = [row for row in reading.addresses_of(*roles) if row.is_protected]
    said = reading.contents(row.id for row in rows)
    states: dict[UUID, AddressShown] = {}
    for case, role in roles.items():
        here = [row for row in rows if row.case == case]
        found = decided(here, reader_of(actor, role))
        states |= {id: one.shown for id, one in found.items()}
    every = [(Wanted(id, kept.postal), states[id]) for id, kept in said.items()]
    known = tuple(one for one, state in every if state is AddressShown.FULL)
    # What the reader has by one row is not kept from them by another that says the same.
    has = {one.postal for one in known}
    return Protection(
        unseen=tuple(
            one for one, state in every if state is not AddressShown.FULL and one.postal not in has
        ),
        known=known,
        is_known_of=any(state is not AddressShown.HIDDEN for state in states.values()),
    )
