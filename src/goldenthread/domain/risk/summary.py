"""The cumulative summary: a structure drafted from facts, in the words of whoever writes it.

Answers the finding that what had built up over years was written nowhere. The service lists, under
each heading, the entries that belong there; it never writes a word of the summary itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from goldenthread.domain.provenance.statement import Statement
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.risk.lanes import ADULT_NEEDS, TURNS
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.domain.shared.word import Word

LONGEST = 8_000  # letters of one part; a summary is read at a meeting


class Heading(Word):
    """The parts of a cumulative summary, in their order."""

    HARM = "harm", "Harm, by concern, over time"
    BUILDING = "building", "What is building up"
    HOLDS = "holds", "What holds"
    NOT_KNOWN = "not_known", "What is not known"
    ADULTS = "adults", "What the adults need"
    DECIDED = "decided", "What was decided, and whether it held"


class SummarySaysNothing(Refusal):
    """A summary needs words of its writer under one heading at least."""


class PartTooLong(Refusal):
    """The words under one heading are more than anybody reads at a meeting."""


class EntriesNotKnown(NotTheirs):
    """The summary rests on entries that its writer may not read; nothing is said of them."""

    rule = NOT_IN_WHAT_THEY_READ


class NotOnTheTeam(Refusal):
    """A summary is given to agencies of the team around the family alone."""


class AgencyLacksEntries(Refusal):
    """An agency has not been told of every entry a summary rests on; `entries` are those.

    That they were not told is what the record of telling shows the writer already.
    """

    def __init__(self, agency_name: str, entries: tuple[UUID, ...], total: int) -> None:
        them = "it" if len(entries) == 1 else "them"
        which = "the entry" if total == 1 else f"{len(entries)} of the {total} entries"
        super().__init__(
            f"{agency_name} has not been told of {which} this summary rests on. Record that they "
            f"were told, or write a version that does not rest on {them}."
        )
        self.entries = entries


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with its words."""

    heading: Heading
    words: str


def parts_of(typed: Mapping[str, str]) -> tuple[Part, ...]:
    """The parts that say something, in the order of the headings.

    Raises SummarySaysNothing and PartTooLong.
    """
    said = {heading: typed.get(heading, "").strip() for heading in Heading}
    parts = tuple(Part(heading, words) for heading, words in said.items() if words)
    if not parts:
        raise SummarySaysNothing("Write under one of the headings at least.")
    for part in parts:
        if len(part.words) > LONGEST:
            raise PartTooLong(
                f"“{part.heading.label}” has {len(part.words):,} letters; "
                f"{LONGEST:,} are as many as can be kept. Leave out what the entries say already."
            )
    return parts


def listed_under(
    statements: Iterable[Statement], building: Collection[UUID], holding: Collection[UUID]
) -> dict[Heading, tuple[UUID, ...]]:
    """Which entries stand under which heading, in the order given; one may stand under several.

    `building` are the entries behind open questions and `holding` those behind what holds.
    """
    found: dict[Heading, list[UUID]] = {heading: [] for heading in Heading}
    for one in statements:
        if one.bears_concern:
            found[Heading.HARM].append(one.id)
        if one.id in building:
            found[Heading.BUILDING].append(one.id)
        if one.bears_strength or one.id in holding:
            found[Heading.HOLDS].append(one.id)
        if not one.happened.is_known or one.polarity in _UNANSWERED:
            found[Heading.NOT_KNOWN].append(one.id)
        if not ADULT_NEEDS.isdisjoint(one.concerns):
            found[Heading.ADULTS].append(one.id)
        if one.kind in TURNS:
            found[Heading.DECIDED].append(one.id)
    return {heading: tuple(ids) for heading, ids in found.items()}


_UNANSWERED = frozenset({Polarity.NOT_KNOWN, Polarity.ASKED_NO_ANSWER})


def chosen_beforehand(
    under: Mapping[Heading, tuple[UUID, ...]], holding: Collection[UUID]
) -> frozenset[UUID]:
    """The entries a summary is first taken to rest on, for its writer to change.

    Those behind an open question or something that holds, and those that decide.
    """
    held = {one for one in under[Heading.HOLDS] if one in holding}
    return frozenset({*under[Heading.BUILDING], *held, *under[Heading.DECIDED]})


class Reads(Word):
    """By which rule somebody reads a summary."""

    CHAIR = "chair", "You chair this child's conference."
    OWN = "own", "Your agency wrote it."
    GIVEN = "given", "It was given to your agency."


def reads_summary(
    reader: UUID, *, is_chair: bool, writer: UUID, pooled: bool, given_to: Collection[UUID]
) -> Reads | None:
    """Whether an agency's reader may read a summary, and by which rule; None where they may not.

    One that was written from everything the agencies put in the record (`pooled`) is for chairs,
    and for agencies it was given to: its writer's own agency may not know all of that either.
    """
    if is_chair:
        return Reads.CHAIR
    if reader == writer and not pooled:
        return Reads.OWN
    return Reads.GIVEN if reader in given_to else None
