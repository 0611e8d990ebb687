"""What restricts a family, or one entry, for one person on one day; before any relationship.

The rules of `decision` ask these predicates one by one, in the order of the policy. `state_of` is
their sum for the query forms. Nothing here knows a person's relationship to a family: a restriction
holds whatever that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from goldenthread.domain.access.glass import OpenGlass
from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.shared.word import Word


class InformationState(Word):
    """The three states in which a person can find an entry."""

    FULL = "full", "Shown in full"
    MASKED = "masked", "Shown to exist, with its date and a way forward"
    HIDDEN = "hidden", "As if it did not exist"


class SealKind(Word):
    """Why a record is sealed: the reasons councils publish (see `seal_rules.toml`)."""

    HIGH_PROFILE = "high_profile", "High profile or media interest"
    STAFF_OR_RELATIVE = "staff_or_relative", "Staff, or relatives of staff"
    ADOPTION = "adoption", "Adoption"
    HIGH_RISK = "high_risk", "High risk"
    PRACTICE_REVIEW = "practice_review", "Practice review, or a death that may lead to one"


@dataclass(frozen=True, slots=True)
class EntryRestriction:
    """What restricts one entry today, whoever asks.

    `labels` says for each label on it what the uncleared are shown. `named` are those a seal names,
    None where it is not sealed. `author` is who says it, where that is one of the practitioners.
    """

    author: UUID | None = None
    labels: Mapping[str, Uncleared] = field(default_factory=dict)
    named: frozenset[UUID] | None = None
    withheld_people: frozenset[UUID] = frozenset()
    withheld_agencies: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What does not exist in a document for others, though its sender may read it; by id.

    Entries, people and homes are absent from it; of `sources`, who told it is.
    """

    entries: frozenset[UUID] = frozenset()
    sources: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    homes: frozenset[UUID] = frozenset()


NOT_NARROWED = Narrowing()


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What restricts one family for one person on one day.

    `is_sealed` and `is_named` are of a seal on the whole family. `cleared` are the labels the
    person is cleared for. `broken` are breaks of theirs that nobody ended; whether one is open at
    an instant is asked where the ties are made. `entries` holds the restricted entries alone, by
    statement id; it may hold entries of other families, which changes nothing. `narrowed` is what
    a document for others leaves out; nothing, where the person reads for themselves.
    """

    in_conflict: bool = False
    is_sealed: bool = False
    is_named: bool = False
    is_withheld: bool = False
    cleared: frozenset[str] = frozenset()
    broken: tuple[OpenGlass, ...] = ()
    entries: Mapping[UUID, EntryRestriction] = field(default_factory=dict)
    narrowed: Narrowing = NOT_NARROWED

    @property
    def is_sealed_out(self) -> bool:
        """Whether the family is sealed and the person is not on the named list."""
        return self.is_sealed and not self.is_named

    @property
    def bars_family(self) -> bool:
        """Whether the family does not exist for the person."""
        return self.in_conflict or self.is_sealed_out or self.is_withheld


UNRESTRICTED = Restrictions()


def is_sealed_from(entry: EntryRestriction, practitioner: UUID) -> bool:
    """Whether the entry is sealed and the person is not on the named list."""
    return entry.named is not None and practitioner not in entry.named


def is_withheld_from(entry: EntryRestriction, practitioner: UUID, agency: UUID) -> bool:
    """Whether the entry is withheld from the person or from their agency."""
    return practitioner in entry.withheld_people or agency in entry.withheld_agencies


def lacks_clearance(
    entry: EntryRestriction, uncleared: Uncleared, practitioner: UUID, cleared: frozenset[str]
) -> bool:
    """Whether a label on the entry that does this stands and the person is not cleared for it.

    Whoever says the entry knows it: no label keeps their own words from them.
    """
    if entry.author == practitioner:
        return False
    return any(does is uncleared and key not in cleared for key, does in entry.labels.items())


def state_of(
    entry: EntryRestriction, practitioner: UUID, agency: UUID, cleared: frozenset[str]
) -> InformationState:
    """The most that restrictions leave a person of an entry, before any relationship to it."""
    if is_sealed_from(entry, practitioner) or is_withheld_from(entry, practitioner, agency):
        return InformationState.HIDDEN
    if lacks_clearance(entry, Uncleared.HIDDEN, practitioner, cleared):
        return InformationState.HIDDEN
    if lacks_clearance(entry, Uncleared.MASKED, practitioner, cleared):
        return InformationState.MASKED
    return InformationState.FULL


def hides_source(entry: EntryRestriction, practitioner: UUID, cleared: frozenset[str]) -> bool:
    """Whether who told the entry, and how it is known, is kept from the person."""
    return lacks_clearance(entry, Uncleared.SOURCE, practitioner, cleared)
