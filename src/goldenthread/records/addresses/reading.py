"""Addresses as frozen rows, and the documents asked for; who may see which, the domain decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.domain.addresses.may_have import Holders
from goldenthread.domain.addresses.outgoing import Hit, NeverFor, Recipient
from goldenthread.domain.addresses.vocabulary import AddressChange, KeptFromSort
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.records.addresses import sealing
from goldenthread.records.addresses.models import (
    Address,
    AddressContent,
    AddressKeptFrom,
    AddressTold,
    OutgoingAsk,
    OutgoingDecision,
    OutgoingHold,
)
from goldenthread.records.network.models import Claim
from goldenthread.records.people.models import Person, PersonAlias
from goldenthread.records.shared.models import Practitioner


@dataclass(frozen=True, slots=True)
class KeptFromRow:
    """Somebody an address must not reach, or who acts for them."""

    sort: str
    person: UUID | None
    practitioner: UUID | None
    words: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Who was given an address, and what for."""

    agency: UUID
    practitioner: UUID | None
    reason: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One address without what it says: whose, since when, how known, and whom it must not reach.

    `followed_by` is what became of it: empty while nothing did.
    """

    id: UUID
    case: UUID
    person: UUID | None
    household: UUID | None
    from_on: date | None
    to_on: date | None
    how_known: str
    said_by: str
    source: UUID | None
    is_hidden: bool
    agency: UUID
    recorded_by: UUID
    recorded_at: datetime
    followed_by: str
    ended_on: date | None
    kept_from: tuple[KeptFromRow, ...]
    told: tuple[ToldRow, ...]

    @property
    def is_protected(self) -> bool:
        """Whether there is anybody it must not reach, or no sign may be that it is kept."""
        return self.is_hidden or bool(self.kept_from)

    @property
    def is_former(self) -> bool:
        """Whether they have left it, as far as is known."""
        return bool(self.followed_by)


FIELDS = (
    "id", "case_id", "person_id", "household_id", "from_on", "to_on", "how_known", "said_by",
    "source_id", "is_hidden", "agency_id", "recorded_by_id", "recorded_at",
)  # fmt: skip


def addresses_of(*cases: UUID, only: UUID | None = None) -> list[AddressRow]:
    """The addresses kept for these families that were not written wrongly, oldest first."""
    kept = Address.objects.filter(case__in=cases)
    return _rows(kept.filter(id=only) if only else kept)


def keeps_any(case: UUID) -> bool:
    """Whether any address is kept for a family."""
    return Address.objects.filter(case=case).exists()


def protected_families(cases: Iterable[UUID] | None = None) -> frozenset[UUID]:
    """Which of these families keep an address that must not reach somebody. One query.

    Without `cases`, of every family that the transaction is open for.
    """
    guarded = Exists(AddressKeptFrom.objects.filter(address=OuterRef("pk")))
    rows = Address.objects.filter(Q(is_hidden=True) | guarded)
    if cases is not None:
        rows = rows.filter(case__in=list(cases))
    return frozenset(rows.values_list("case_id", flat=True))


def contents(ids: Iterable[UUID]) -> dict[UUID, sealing.Kept]:
    """What these addresses say. Raises AddressKeyMissing and AddressNotAsKept."""
    rows = AddressContent.objects.filter(address__in=list(ids)).values_list(
        "address_id", "key", "sealed", "address__commitment"
    )
    return {
        id: sealing.opened(id, key, bytes(sealed), bytes(kept)) for id, key, sealed, kept in rows
    }


def holders_of(rows: Iterable[AddressRow]) -> dict[UUID, Holders]:
    """What the rule of who may have each address rests on. Two queries."""
    rows = list(rows)
    people = {one.person for row in rows for one in row.kept_from if one.person}
    called, working = _names(people), _agencies_with(people)
    return {row.id: _holders(row, called, working) for row in rows}


def never_for(rows: Iterable[AddressRow]) -> list[NeverFor]:
    """For whom no document leaves unlooked at because of each of these addresses. Two queries."""
    rows = list(rows)
    every = [one for row in rows for one in row.kept_from]
    called = _names({one.person for one in every if one.person})
    posts = dict(
        Practitioner.objects.filter(
            id__in={one.practitioner for one in every if one.practitioner}
        ).values_list("id", "name")
    )
    return [
        NeverFor(
            row.id,
            frozenset(one.person for one in row.kept_from if one.person),
            frozenset(one.practitioner for one in row.kept_from if one.practitioner),
            frozenset(
                name
                for one in row.kept_from
                for name in (
                    *called.get(one.person, ()),
                    fold(posts.get(one.practitioner, "") if one.practitioner else ""),
                    fold(one.words),
                )
                if name
            ),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class AskRow:
    """One document that was asked for, and what became of it; `releases` None while undecided."""

    id: UUID
    case: UUID
    kind: str
    place: str
    recipients: tuple[Recipient, ...]
    agency: UUID
    practitioner: UUID
    asked_by: UUID
    asked_at: datetime
    hits: tuple[Hit, ...] = ()
    releases: bool | None = None
    reason: str = ""
    decided_by: UUID | None = None
    decided_at: datetime | None = None

    def is_of(self, account: UUID, case: UUID, kind: str, place: str) -> bool:
        """Whether it is this account's answer for this document and no other."""
        own = (self.asked_by, self.case, self.kind, self.place)
        return own == (account, case, kind, place)


def ask_of(id: UUID) -> AskRow | None:
    """One document that was asked for, or None. Three queries, also where there is none."""
    return next(iter(_asks(OutgoingAsk.objects.filter(id=id), of=[id])), None)


def held_of(case: UUID) -> list[AskRow]:
    """The documents of a family that are or were held, newest first."""
    held = Exists(OutgoingHold.objects.filter(ask=OuterRef("pk")))
    return _asks(OutgoingAsk.objects.filter(held, case=case).order_by("-asked_at"))


def _asks(asks: QuerySet[OutgoingAsk], *, of: list[UUID] | None = None) -> list[AskRow]:
    rows = list(asks)
    ids = of or [row.id for row in rows]
    held = dict(OutgoingHold.objects.filter(ask__in=ids).values_list("ask_id", "hits"))
    decided = {one.pk: one for one in OutgoingDecision.objects.filter(hold__in=ids)}
    return [_ask(row, held.get(row.id, []), decided.get(row.id)) for row in rows]


def _ask(row: OutgoingAsk, hits: list, made: OutgoingDecision | None) -> AskRow:
    return AskRow(
        row.id, row.case_id, row.kind, row.place, tuple(map(_recipient, row.recipients)),
        row.agency_id, row.practitioner_id, row.asked_by_id, row.asked_at,
        tuple(Hit(UUID(address), part, where) for address, part, where in hits),
        made.releases if made else None, made.reason if made else "",
        made.decided_by_id if made else None, made.decided_at if made else None,
    )  # fmt: skip


def _recipient(kept: Mapping[str, str]) -> Recipient:
    ids = {name: UUID(kept[name]) for name in ("person", "practitioner") if name in kept}
    return Recipient(words=kept.get("words", ""), **ids)


def _rows(kept: QuerySet[Address]) -> list[AddressRow]:
    rows = list(kept.order_by("recorded_at", "id").values_list(*FIELDS))
    ids = [row[0] for row in rows]
    followed = {
        before: (change, began, ended)
        for before, change, began, ended in Address.objects.filter(instead_of__in=ids).values_list(
            "instead_of_id", "change", "from_on", "to_on"
        )
    }
    kept_from, told = defaultdict(list), defaultdict(list)
    names = ("address_id", "sort", "person_id", "practitioner_id", "words")
    for address, *rest in AddressKeptFrom.objects.filter(address__in=ids).values_list(*names):
        kept_from[address].append(KeptFromRow(*rest))
    names = ("address_id", "agency_id", "practitioner_id", "reason", "told_at")
    for address, *rest in AddressTold.objects.filter(address__in=ids).values_list(*names):
        told[address].append(ToldRow(*rest))
    found = []
    for row in rows:
        kept_of, told_of = tuple(kept_from[row[0]]), tuple(told[row[0]])
        change, began, ended = followed.get(row[0], ("", None, None))
        left = ended if change == AddressChange.ENDED else began
        if change not in (AddressChange.CORRECTED, AddressChange.ENDED):
            more: tuple[Any, ...] = (change, left, kept_of, told_of)
            found.append(AddressRow(*row, *more))
    return found


def _names(people: Iterable[UUID | None]) -> dict[UUID | None, frozenset[str]]:
    """What these people are called, folded: whole names and other names, never a first name."""
    ids = [one for one in people if one]
    found: dict[UUID | None, set[str]] = defaultdict(set)
    rows = Person.objects.filter(id__in=ids).values_list(
        "id", "given_name", "known_as", "family_name", "description"
    )
    for id, given, known, family, description in rows:
        for first in (given, known):
            if first and family:
                found[id].add(fold(f"{first} {family}"))
        if not (given or known):
            found[id].add(fold(family or description))
    for id, words in PersonAlias.objects.filter(person__in=ids).values_list("person_id", "words"):
        if len(words.split()) > 1:
            found[id].add(fold(words))
    return {id: frozenset(filter(None, names)) for id, names in found.items()}


def _agencies_with(people: Iterable[UUID | None]) -> dict[UUID | None, frozenset[UUID]]:
    """The agencies that somebody says work with these people."""
    claims = Claim.objects.filter(
        kind=ClaimKind.INVOLVEMENT,
        polarity=Polarity.ASSERTS,
        person__in=[one for one in people if one],
        agency__isnull=False,
    )
    found: dict[UUID | None, set[UUID]] = defaultdict(set)
    for person, agency in claims.values_list("person_id", "agency_id"):
        found[person].add(agency)
    return {person: frozenset(agencies) for person, agencies in found.items()}


def _holders(
    row: AddressRow,
    called: Mapping[UUID | None, frozenset[str]],
    working: Mapping[UUID | None, frozenset[UUID]],
) -> Holders:
    never = [one for one in row.kept_from if one.sort == KeptFromSort.MUST_NOT_REACH]
    acting = [one for one in row.kept_from if one.sort == KeptFromSort.ACTS_FOR]
    people = [one.person for one in row.kept_from if one.person]
    named = {name for one in never for name in called.get(one.person, ())}
    return Holders(
        agency=row.agency,
        told_agencies=frozenset(one.agency for one in row.told if one.practitioner is None),
        told_people=frozenset(one.practitioner for one in row.told if one.practitioner),
        is_hidden=row.is_hidden,
        kept_from=frozenset(one.practitioner for one in never if one.practitioner),
        kept_from_names=frozenset({*named, *(fold(one.words) for one in never if one.words)}),
        acts_for=frozenset(one.practitioner for one in acting if one.practitioner),
        agencies_with_them=frozenset(
            agency for person in people for agency in working.get(person, ())
        ),
    )
