"""A pack as a permitted reader sees it, and the document that would leave.

A pack is its agency's: for everybody else there is none. It refers only to entries; whoever may not
read one of them in full has no such pack, unless they started it: for them that entry is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.access.restrictions import EntryRestriction
from goldenthread.domain.addresses.finding import Wanted, found_in
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.links import standings
from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.subject_access.pack import (
    Choice,
    Facts,
    Leaving,
    LeavingEntry,
    digest_of,
    leaving,
    standing_of,
    waits_because,
)
from goldenthread.domain.subject_access.spans import Span, Withholding, pieces
from goldenthread.domain.subject_access.vocabulary import SOURCE_PARTS, Part, Standing, Why
from goldenthread.records.access.reading import visible_to
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.records.people.reading import MemberRow
from goldenthread.records.provenance import store as provenance
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.records.subject_access import reading
from goldenthread.records.subject_access.reading import CheckRow, PackRow, RedactionRow
from goldenthread.usecases._steps.family import Family, family_of
from goldenthread.usecases._steps.kept_addresses import Protection, protection_of
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.subject_access.access_rules import AccessRules, access_rules

NO_SUCH_PACK = "There is no such request in what you can read."


@dataclass(frozen=True)
class PackEntry:
    """One entry a pack looks at: what it says, how it stands in the pack, and what is withheld."""

    said: Statement
    number: int
    agency: AgencyRow
    facts: Facts
    choice: Choice | None
    choices: int
    source_kept: bool
    standing_in_record: str
    redactions: tuple[RedactionRow, ...]

    @property
    def id(self) -> UUID:
        """The entry's id."""
        return self.said.id

    @property
    def standing(self) -> Standing:
        """How it stands in the pack."""
        return standing_of(self.facts, self.choice)

    @property
    def waits_because(self) -> tuple[Why, ...]:
        """Why it is left out until somebody decides."""
        return waits_because(self.facts)

    @property
    def parts(self) -> tuple[tuple[Part, str], ...]:
        """Its parts that have words and may leave at all."""
        return tuple(
            (part, words)
            for part in Part
            if (words := getattr(self.said, part))
            and not (self.source_kept and part in SOURCE_PARTS)
        )


@dataclass(frozen=True)
class SeenPack:
    """A whole pack for one reader, with the rules it is made by."""

    row: PackRow
    family: Family
    asked_by: MemberRow
    about: MemberRow
    entries: tuple[PackEntry, ...]
    arrived: tuple[UUID, ...]
    checks: tuple[CheckRow, ...]
    rules: AccessRules
    protection: Protection

    @cached_property
    def document(self) -> Leaving:
        """What would leave as it stands now."""
        return leaving(
            self.row.id,
            asked_by=self.asked_by.name,
            about=self.about.name,
            asked_on=self.row.asked_on,
            entries=[
                _leaving(one, self.address_words)
                for one in self.entries
                if one.standing is Standing.IN
            ],
            left_out=[
                one.choice.reason
                for one in self.entries
                if one.standing is Standing.OUT and one.choice is not None
            ],
            rules=self.rules,
        )

    @cached_property
    def digest(self) -> str:
        """What a second person would agree to."""
        return digest_of(self.document)

    @property
    def waiting(self) -> tuple[PackEntry, ...]:
        """The entries that somebody has to decide on before the pack can be checked."""
        return tuple(one for one in self.entries if one.standing is Standing.WAITS)

    @property
    def check(self) -> CheckRow | None:
        """The latest check that was asked for, where it is of the pack as it stands."""
        latest = self.checks[0] if self.checks else None
        return latest if latest is not None and latest.digest == self.digest else None

    @property
    def is_released(self) -> bool:
        """Whether the pack as it stands was agreed to and released."""
        return self.check is not None and self.check.released_at is not None

    def entry(self, statement: UUID) -> PackEntry:
        """One entry of the pack. Raises NotFoundHere."""
        found = next((one for one in self.entries if one.id == statement), None)
        if found is None:
            raise NotFoundHere(NO_SUCH_PACK, statement)
        return found

    def address_words(self, text: str) -> tuple[Span, ...]:
        """Where words of a protected address stand: they never leave, whoever decides what."""
        return _addresses(text, (*self.protection.known, *self.protection.unseen))

    def unseen_words(self, text: str) -> tuple[Span, ...]:
        """Where words of an address stand that this reader may not have."""
        return _addresses(text, self.protection.unseen)


@contextmanager
def permitted_pack(
    actor: Actor, case_id: UUID, action: Action, pack: UUID, *, now: datetime, changes: bool = False
) -> Iterator[tuple[Permission, SeenPack]]:
    """Open the one transaction of an action on a pack; one that `changes` it waits for its turn.

    Where there is no such pack for the reader, that they asked is kept in the trail. Raises
    NotFoundHere.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        if changes:
            provenance.hold(pack)
        seen = _seen_pack(permission, pack, now=now)
        if seen is None:
            raise NotFoundHere(NO_SUCH_PACK, f"pack:{pack}")
        yield permission, seen


def _seen_pack(permission: Permission, id: UUID, *, now: datetime) -> SeenPack | None:
    """A pack as this reader sees it; None where there is none for them."""
    row = reading.pack(id)
    if row is None or (row.case, row.agency) != (permission.family.id, permission.actor.agency):
        return None
    readable = readable_now(permission, now=now)
    there = reading.entries_of(id)
    if there - readable and row.started_by != permission.actor.account:
        return None
    family = family_of(permission, now)
    everybody = {one.person: one for one in family.members}
    if not {row.asked_by, row.about} <= set(everybody):
        return None
    return SeenPack(
        row=row,
        family=family,
        asked_by=everybody[row.asked_by],
        about=everybody[row.about],
        entries=_entries(permission, row, there & readable, now=now),
        arrived=tuple(sorted(readable - there)),
        checks=tuple(reading.checks_of(id)),
        rules=access_rules(),
        protection=protection_of(permission.actor, row.case, now=now),
    )


def readable_now(permission: Permission, *, now: datetime) -> frozenset[UUID]:
    """The entries of the family that this reader may read in full now."""
    visible = visible_to(permission.family.id, permission.actor, permission.ties, now=now)
    return frozenset(visible.values_list("id", flat=True))


def can_be_seen(permission: Permission, row: PackRow, readable: frozenset[UUID]) -> bool:
    """Whether a pack of the reader's agency is there for this reader."""
    is_theirs = row.started_by == permission.actor.account
    return is_theirs or not reading.entries_of(row.id) - readable


def _entries(
    permission: Permission, row: PackRow, ids: frozenset[UUID], *, now: datetime
) -> tuple[PackEntry, ...]:
    loaded = load_history(
        row.case, permission.actor, permission.ties, Viewpoint(now), now=now,
        sought=Sought(only=ids),
    )  # fmt: skip
    changed, chosen, known = standings(loaded.links), reading.choices_of(row.id), agencies()
    withheld = reading.redactions_of(row.id)
    restricted = permission.ties.restrictions.entries
    found = []
    for said in (entry.statement for entry in loaded.entries):
        choice, restriction = chosen.get(said.id), restricted.get(said.id)
        facts = _facts(said, row, restriction)
        picture = changed.get(said.id)
        found.append(
            PackEntry(
                said=said,
                number=loaded.numbers[said.id],
                agency=known[said.agency],
                facts=facts,
                choice=Choice(choice.is_in, choice.reason, choice.note) if choice else None,
                choices=choice.number if choice else 0,
                source_kept=facts.is_source_protected,
                standing_in_record=picture.standing.label if picture else "",
                redactions=tuple(one for one in withheld if one.statement == said.id),
            )
        )
    return tuple(found)


def _facts(said: Statement, row: PackRow, restriction: EntryRestriction | None) -> Facts:
    about = {one.person for one in said.subjects}
    labels = restriction.labels.values() if restriction else ()
    return Facts(
        is_about=row.about in about,
        is_own_agency=said.agency == row.agency,
        is_restricted=restriction is not None,
        is_source_protected=Uncleared.SOURCE in labels,
    )


def _leaving(one: PackEntry, addresses: Callable[[str], tuple[Span, ...]]) -> LeavingEntry:
    said = one.said
    return LeavingEntry(
        id=said.id,
        happened=said.happened.edtf,
        sort_on=(said.happened.sort_day or date.max).isoformat(),
        kind=said.kind,
        agency_kind=one.agency.kind,
        how_known="" if one.source_kept else str(said.how_known),
        standing=one.standing_in_record,
        parts=tuple(
            (str(part), pieces(words, [*_withheld(one, part), *_never(addresses(words))]))
            for part, words in one.parts
        ),
    )


def _withheld(one: PackEntry, part: Part) -> list[Withholding]:
    return [
        Withholding(Span(place.begins, place.ends), place.reason)
        for place in one.redactions
        if place.part == part
    ]


def _never(found: tuple[Span, ...]) -> list[Withholding]:
    return [Withholding(span, "") for span in found]


def _addresses(text: str, wanted: tuple[Wanted, ...]) -> tuple[Span, ...]:
    return tuple(Span(one.start, one.end) for one in found_in(text, wanted))
