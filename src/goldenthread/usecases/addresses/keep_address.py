"""Keep an address of somebody or of a household, having asked who must not know it.

"Nobody" is an answer, and silence is not. A change is a further row, and asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.addresses import postal
from goldenthread.domain.addresses.finding import Wanted, found_in
from goldenthread.domain.addresses.vocabulary import AddressChange, KeptFromSort
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.people_seen import households_seen, members_seen
from goldenthread.records.access.reading import visible_to
from goldenthread.records.addresses import reading, store
from goldenthread.records.addresses.reading import AddressRow
from goldenthread.records.addresses.sealing import AddressKeyMissing, Kept
from goldenthread.records.provenance import store as provenance
from goldenthread.records.shared.reading import practitioners_by_id
from goldenthread.usecases._steps.kept_addresses import decided, reader_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted

__all__ = ["AddressKeyMissing", "CannotKeepAddress", "NotFoundHere", "ProposedAddress",
           "keep_address"]  # fmt: skip

LONGEST_WORDS = 200
LONGEST_WHY = 1_000


class CannotKeepAddress(Refusal):
    """An address lacks an answer, or has one that does not fit; `part` is the question to mend."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


@dataclass(frozen=True, slots=True, repr=False)
class ProposedAddress:
    """What somebody answered: whose, where, since when, how known, and who must not know.

    `nobody` says outright that there is nobody it must not reach. `instead_of` is the address that
    this follows and `change` says how; an end needs no words of an address.
    """

    id: UUID
    person: UUID | None = None
    household: UUID | None = None
    lines: str = ""
    postcode: str = ""
    phone: str = ""
    from_on: date | None = None
    to_on: date | None = None
    how_known: str = ""
    said_by: str = ""
    source: UUID | None = None
    people: frozenset[UUID] = frozenset()
    practitioners: frozenset[UUID] = frozenset()
    unknown: str = ""
    acting: frozenset[UUID] = frozenset()
    acting_words: str = ""
    nobody: bool = False
    why: str = ""
    is_hidden: bool = False
    instead_of: UUID | None = None
    change: str = ""

    @property
    def names_somebody(self) -> bool:
        """Whether it says of anybody that it must not reach them."""
        return bool(self.people or self.practitioners or self.unknown.strip())


def keep_address(actor: Actor, case_id: UUID, new: ProposedAddress, *, now: datetime) -> bool:
    """Keep an address; answers with whether it is new, as asking twice keeps one.

    Raises NotFoundHere, CannotKeepAddress and AddressKeyMissing.
    """
    with permitted(actor, case_id, Action.KEEP_ADDRESS, now=now) as permission:
        if new.instead_of is not None:
            provenance.hold(new.instead_of)
        before = _before(permission, new)
        _refuse_unanswered(new)
        _refuse_strangers(permission, new, before, now=now)
        kept = _kept(new, before)
        _refuse_words_elsewhere(new, kept)
        return store.keep(
            store.NewAddress(
                id=new.id,
                case=case_id,
                person=before.person if before else new.person,
                household=before.household if before else new.household,
                kept=kept,
                from_on=new.from_on or (before.from_on if before and not _moves(new) else None),
                to_on=new.to_on,
                how_known=_how_known(new),
                said_by=new.said_by.strip(),
                source=new.source,
                is_hidden=new.is_hidden,
                kept_from=_kept_from(new),
                agency=actor.agency,
                recorded_by=actor.account,
                instead_of=new.instead_of,
                change=new.change,
            ),
            permission.event(resource=str(new.id), change=new.change or "first"),
        )


def _before(permission: Permission, new: ProposedAddress) -> AddressRow | None:
    """The address this follows, where the actor may have it and nothing followed it yet."""
    if new.instead_of is None:
        return None
    if new.change not in dict(AddressChange.choices()):
        raise CannotKeepAddress("change", "Say what changed.")
    rows = reading.addresses_of(permission.family.id, only=new.instead_of)
    may = decided(rows, reader_of(permission.actor, permission.ties.role))
    if not rows or not may[new.instead_of].is_full:
        raise NotFoundHere("There is no such address in what you can read.", new.instead_of)
    if rows[0].followed_by and not reading.addresses_of(permission.family.id, only=new.id):
        raise CannotKeepAddress("change", "Somebody changed this address already. Open it again.")
    return rows[0]


def _moves(new: ProposedAddress) -> bool:
    return new.change == AddressChange.MOVED


def _refuse_unanswered(new: ProposedAddress) -> None:
    if new.instead_of is None and (new.person is None) == (new.household is None):
        raise CannotKeepAddress("whose", "Say whose address it is.")
    if _moves(new) and new.from_on is None:
        raise CannotKeepAddress("from_on", "Say on which day they moved there.")
    if new.change == AddressChange.ENDED and new.to_on is None:
        raise CannotKeepAddress("to_on", "Say on which day they left, or were last known there.")
    if new.from_on and new.to_on and new.to_on < new.from_on:
        raise CannotKeepAddress("to_on", "This is before the day they came there.")
    _how_known(new)
    _refuse_unsaid(new)
    for part in ("said_by", "unknown", "acting_words"):
        if len(getattr(new, part).strip()) > LONGEST_WORDS:
            raise CannotKeepAddress(part, f"Say it in {LONGEST_WORDS} characters at most.")


def _refuse_unsaid(new: ProposedAddress) -> None:
    """Who must not know it is answered before it is kept."""
    if not new.names_somebody and not new.nobody:
        raise CannotKeepAddress("must_not_know", "Say who must not know it. “Nobody” is an answer.")
    if new.names_somebody and new.nobody:
        raise CannotKeepAddress(
            "must_not_know", "You chose somebody, and “Nobody” as well. Choose which it is."
        )
    if new.is_hidden and not new.names_somebody:
        raise CannotKeepAddress(
            "must_not_know", "Say whom it must not reach, since no sign may be that it is kept."
        )
    if new.names_somebody and not new.why.strip():
        raise CannotKeepAddress("why", "Say why they must not know it.")
    if len(new.why) > LONGEST_WHY:
        raise CannotKeepAddress("why", f"This is longer than {LONGEST_WHY:,} characters.")


def _how_known(new: ProposedAddress) -> str:
    if new.how_known not in dict(HowKnown.choices()):
        raise CannotKeepAddress("how_known", "Say how you know it.")
    return new.how_known


def _refuse_strangers(
    permission: Permission, new: ProposedAddress, before: AddressRow | None, *, now: datetime
) -> None:
    """Refuse whoever, and whatever, the actor may not know of, as if they were not there."""
    case, actor, ties = permission.family.id, permission.actor, permission.ties
    seen = {member.person for member in members_seen(case, actor, ties, now=now)}
    homes = {home.id for home in households_seen(case, actor, ties, now=now)}
    named = {one for one in (new.person, *new.people) if one}
    worked = new.practitioners | new.acting
    entries = visible_to(case, actor, ties, now=now)
    if (
        not named <= seen
        or (new.household and new.household not in homes)
        or len(practitioners_by_id(set(worked))) != len(worked)
        or (new.source and not entries.filter(id=new.source).exists())
    ):
        raise NotFoundHere("There is no such person or home in what you can read.")
    whose = before.person if before else new.person
    if whose in new.people:
        raise CannotKeepAddress("must_not_know", "This is the person whose address it is.")
    if new.from_on and new.from_on > day_of(now) and not _moves(new):
        raise CannotKeepAddress("from_on", "This date is in the future.")


def _kept(new: ProposedAddress, before: AddressRow | None) -> Kept:
    if before and new.change == AddressChange.ENDED:
        return Kept(reading.contents([before.id])[before.id].postal, new.why.strip())
    try:
        given = postal.as_given(new.lines, new.postcode, new.phone)
    except postal.NotAnAddress as refused:
        raise CannotKeepAddress(refused.part, refused.reason) from None
    return Kept(given, new.why.strip())


def _refuse_words_elsewhere(new: ProposedAddress, kept: Kept) -> None:
    """What is not encrypted must not hold the address."""
    for part in ("said_by", "unknown", "acting_words"):
        if found_in(getattr(new, part), [Wanted(new.id, kept.postal)]):
            raise CannotKeepAddress(part, "Leave the address itself out of this answer.")


def _kept_from(new: ProposedAddress) -> list[store.NewKeptFrom]:
    never, acts = KeptFromSort.MUST_NOT_REACH, KeptFromSort.ACTS_FOR

    def row(
        sort: KeptFromSort, person: UUID | None = None, practitioner: UUID | None = None,
        words: str = "",
    ) -> store.NewKeptFrom:  # fmt: skip
        id = uuid5(new.id, f"{sort}:{person or practitioner or 'words'}")
        return store.NewKeptFrom(id, str(sort), person, practitioner, words)

    rows = [row(never, person=one) for one in sorted(new.people)]
    rows += [row(never, practitioner=one) for one in sorted(new.practitioners)]
    rows += [row(acts, practitioner=one) for one in sorted(new.acting - new.practitioners)]
    said = ((never, new.unknown.strip()), (acts, new.acting_words.strip()))
    return rows + [row(sort, words=words) for sort, words in said if words]
