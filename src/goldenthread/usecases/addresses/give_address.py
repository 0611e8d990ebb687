"""Be shown an address, with a reason; or give it to another agency, or to one person there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, Decision, Outcome
from goldenthread.domain.addresses.finding import Wanted, withheld
from goldenthread.domain.addresses.may_have import Holders, Reader, may_have
from goldenthread.domain.addresses.postal import PostalAddress
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.addresses import reading, store
from goldenthread.records.addresses.reading import AddressRow
from goldenthread.records.addresses.sealing import Kept
from goldenthread.records.audit import store as audit
from goldenthread.records.shared.reading import agencies, practitioners_by_id
from goldenthread.usecases._steps.kept_addresses import MARK, decided, reader_of
from goldenthread.usecases._steps.permission import (
    NotFoundHere,
    Permission,
    event_of,
    permitted,
)

__all__ = ["CannotGiveAddress", "NotFoundHere", "Revealed", "reveal_address", "tell_address"]

LONGEST_REASON = 500
NO_SUCH_ADDRESS = "There is no such address in what you can read."


class CannotGiveAddress(Refusal):
    """An address is not shown or told; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """An address shown to one reader, once: where it is, and why it must not be known."""

    row: AddressRow
    postal: PostalAddress
    why: str


def reveal_address(
    actor: Actor, case_id: UUID, address: UUID, reason: str, *, now: datetime
) -> Revealed:
    """Show one address to a reader who may have it and says why; every time is audited.

    Raises NotFoundHere and CannotGiveAddress.
    """
    with permitted(actor, case_id, Action.REVEAL_ADDRESS, now=now) as permission:
        found = _theirs(permission, address)
        if found is not None:
            row, kept = found
            said = _reason(reason, address, kept)
            audit.append(permission.event(resource=str(address), reason=said))
            return Revealed(row, kept.postal, kept.why)
    raise NotFoundHere(NO_SUCH_ADDRESS, is_kept=True)


def tell_address(
    actor: Actor, case_id: UUID, id: UUID, *, address: UUID, agency: UUID,
    practitioner: UUID | None, reason: str, now: datetime,
) -> bool:  # fmt: skip
    """Note that an agency was given the address, or one person there alone; asking twice adds one.

    An agency that also works with somebody it must not reach is never told as a whole: one of its
    people is. Raises NotFoundHere and CannotGiveAddress.
    """
    with permitted(actor, case_id, Action.TELL_ADDRESS, now=now) as permission:
        found = _theirs(permission, address)
        if found is not None:
            row, kept = found
            said = _reason(reason, address, kept)
            if agency not in agencies() or agency == actor.agency:
                raise CannotGiveAddress("to", "Choose another agency.")
            _refuse_unsafe(reading.holders_of([row])[address], agency, practitioner)
            return store.tell(
                id, address=address, agency=agency, practitioner=practitioner, reason=said,
                told_by=actor.account, told_at=now,
                event=permission.event(resource=str(address), to=str(practitioner or agency)),
            )  # fmt: skip
    raise NotFoundHere(NO_SUCH_ADDRESS, is_kept=True)


def _theirs(permission: Permission, address: UUID) -> tuple[AddressRow, Kept] | None:
    """An address this reader may have, and what it says; None, and audited, where they may not."""
    rows = reading.addresses_of(permission.family.id, only=address)
    may = decided(rows, reader_of(permission.actor, permission.ties.role))
    if rows and may[address].is_full:
        return rows[0], reading.contents([address])[address]
    rule = may[address].rule if rows else "no-such-address"
    refused = Decision(Outcome.DENY, rule, NO_SUCH_ADDRESS)
    case = permission.family.id
    audit.append(
        event_of(permission.actor, permission.action, refused, case, resource=str(address))
    )
    return None


def _reason(reason: str, address: UUID, kept: Kept) -> str:
    """The reason, fit to be kept in clear."""
    said = withheld(" ".join(reason.split()), [Wanted(address, kept.postal)], MARK)
    if not said:
        raise CannotGiveAddress("reason", "Say what it is for.")
    if len(said) > LONGEST_REASON:
        raise CannotGiveAddress("reason", f"Say it in {LONGEST_REASON} characters at most.")
    return said


def _refuse_unsafe(held: Holders, agency: UUID, practitioner: UUID | None) -> None:
    if practitioner is None:
        if agency in held.agencies_with_them:
            raise CannotGiveAddress(
                "to",
                "This agency also works with somebody the address must not reach. Give it to one "
                "person there by name, who does not.",
            )
        return
    one = practitioners_by_id({practitioner}).get(practitioner)
    if one is None or one.agency != agency:
        raise CannotGiveAddress("to", "Choose somebody of that agency.")
    after = may_have(
        Holders(
            agency=held.agency,
            told_people=frozenset({practitioner}),
            is_hidden=held.is_hidden,
            kept_from=held.kept_from,
            kept_from_names=held.kept_from_names,
            acts_for=held.acts_for,
        ),
        Reader(practitioner, agency, one.name),
    )
    if not after.is_full:
        raise CannotGiveAddress("to", "It must not reach this person, or somebody they act for.")
