"""From a row as read to the entry it proposes: people and agencies found, or said missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from goldenthread.domain.chronology.admitting import ProposedEntry, Telling
from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.usecases.chronology.imports.agency_words import AgencyWords
from goldenthread.usecases.chronology.imports.arrangement import LEFT_OUT, NEW

REASONING_NOT_GIVEN = "The agency's chronology does not say what this was worked out from."
# How much each short field of a statement holds, in characters.
HOLDS = {"ref": ("reference", 100), "source": ("source", 200), "told_by": ("person told by", 300)}
LONGEST_ROLE = 100


@dataclass(frozen=True, slots=True)
class Resolved:
    """A row with people and agencies as ids; what could not be found is said in `problems`."""

    entry: dict
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)


class Resolver:
    """Knows whom the words of a family's papers mean, and which agencies."""

    def __init__(
        self, meant: Mapping[str, str], people: Mapping[str, UUID], agencies: AgencyWords
    ) -> None:
        self._people: dict[str, str] = {words: str(person) for words, person in people.items()}
        for words, person in meant.items():
            self._people[fold(words)] = person.removeprefix(NEW)
        self._agencies = agencies

    def resolve(self, read: Mapping[str, Any]) -> Resolved:
        """Find the people and agencies of one row."""
        found = Resolved(dict(read))
        found.entry["subjects"] = self._subjects(found)
        agency = self._agency(found, str(read["agency"]), "agency")
        found.entry["agency"] = str(agency) if agency else ""
        found.entry["shares"] = list(self._shares(found, read["shares"]))
        found.problems.extend(_too_long(read))
        return found

    def _subjects(self, found: Resolved) -> list[tuple[str, str]]:
        subjects: dict[str, str] = {}
        for words in found.entry["people"]:
            person = self._people.get(fold(words))
            if person is None:
                found.problems.append(f"We do not know who “{words[:80]}” is in this family.")
                found.unknown.append(("people", words))
            elif person != LEFT_OUT:
                subjects.setdefault(person, words[:LONGEST_ROLE])
        return list(subjects.items())

    def _agency(self, found: Resolved, words: str, column: str) -> UUID | None:
        agency, sentence = self._agencies.meaning(words)
        if agency is None:
            found.problems.append(sentence)
            found.unknown.append((column, words))
        return agency

    def _shares(
        self, found: Resolved, shares: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        told: set[str] = set()
        for words, day in shares:
            if words == LEFT_OUT:
                found.notes.append("Somebody told who is no agency here is left out.")
                continue
            agency = self._agency(found, words, "shared_with")
            if agency is None or str(agency) == found.entry["agency"]:
                continue
            if str(agency) in told:
                found.notes.append("One agency is named twice as told; the first is kept.")
                continue
            told.add(str(agency))
            yield str(agency), day


def _too_long(entry: Mapping[str, object]) -> Iterator[str]:
    for name, (words, most) in HOLDS.items():
        if len(str(entry[name])) > most:
            yield f"The {words} is longer than the {most} characters that can be kept. Shorten it."


def said_by(entry: Mapping[str, Any]) -> dict[str, object]:
    """What of a resolved row counts as its content: everything but the words used for people."""
    said = {name: value for name, value in entry.items() if name not in ("people", "subjects")}
    return {**said, "about": sorted(person for person, _ in entry["subjects"])}


def statement_id(case: UUID, entry: Mapping, source_key: str) -> UUID:
    """The id a row's statement has, however often the row is imported."""
    return uuid5(case, f"{entry['agency']}:{source_key}:{entry['content_key']}")


def proposed_from(entry: Mapping, *, statement: UUID) -> ProposedEntry:
    """The entry that a resolved row proposes."""
    inferred = entry["how_known"] == HowKnown.INFERRED
    return ProposedEntry(
        id=statement,
        agency=UUID(entry["agency"]),
        text=entry["text"],
        happened=parse_edtf(entry["happened"]),
        how_known=entry["how_known"],
        subjects=tuple(Subject(UUID(person), words) for person, words in entry["subjects"]),
        kind=entry["kind"],
        known=parse_edtf(entry["known_from"]),
        informant=entry["told_by"],
        reasoning=REASONING_NOT_GIVEN if inferred else "",
        asserted_by_words=entry["source"],
        concerns=tuple(entry["concerns"]),
        impact=entry["impact"],
        action=entry["action"],
        significance=entry["significance"],
        reference=entry["ref"],
        tellings=tuple(Telling(UUID(to), told=parse_edtf(told)) for to, told in entry["shares"]),
    )
