"""Check every row of a file before anything is kept: a dry run, row by row, in plain sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import (
    CannotBeRecorded,
    ProposedEntry,
    Telling,
    admit,
)
from goldenthread.domain.chronology.imports import ImportStage, RowOutcome
from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.access.reading import team_agencies
from goldenthread.records.chronology import importing
from goldenthread.records.chronology.importing import FileRow, RowRecord
from goldenthread.records.people.reading import people_by_words
from goldenthread.records.shared.reading import AgencyRow, agencies
from goldenthread.usecases.chronology.imports.step import expect, on_file

REASONING_NOT_GIVEN = "The agency's chronology does not say what this was worked out from."
NOT_KNOWN_HERE = "We do not know who “{}” is in this family."


@dataclass(frozen=True, slots=True)
class RowIn:
    """One row as it was read: `entry` in the words of the canonical columns, or what is wrong."""

    number: int
    entry: Mapping[str, object] | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def check_rows(
    actor: Actor, file_id: UUID, rows: Iterable[RowIn], *, now: datetime
) -> dict[str, int]:
    """Put down what each row would become; nothing is kept. Returns the count of each outcome.

    Raises NotFoundHere and CannotImport.
    """
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.CHECKING)
        checker = _Checker(file, permission.ties.role in ("allocated", "chair"), now)
        importing.replace_rows(file_id, checker.check(rows))
        found = importing.counts(file_id)
        to_keep = found.get(RowOutcome.NEW, 0) + found.get(RowOutcome.CHANGED, 0)
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="check", **found),
            stage=ImportStage.CHECKED.value,
            rows_total=to_keep,
            rows_done=0,
        )
    return found


class _Checker:
    """Knows the family's names, the partnership's agencies and what was imported before."""

    def __init__(self, file: FileRow, may_speak_for_others: bool, now: datetime) -> None:
        self._file = file
        self._others = may_speak_for_others
        self._now = now
        meant = {fold(words): UUID(person) for words, person in file.people.items()}
        self._people = {**people_by_words(file.case), **meant}
        self._agencies = AgencyWords(agencies(), team_agencies(file.case))
        self._held = importing.held(file.case)
        self._seen: dict[str, str] = {}
        self._repeats: dict[str, int] = {}

    def check(self, rows: Iterable[RowIn]) -> Iterator[RowRecord]:
        for row in rows:
            yield self._row(row)

    def _row(self, row: RowIn) -> RowRecord:
        if row.entry is None:
            outcome = RowOutcome.PROBLEM if row.problems else RowOutcome.BLANK
            return RowRecord(row.number, outcome, None, [*row.problems, *row.notes], "")
        entry, problems = self._resolve(row.entry)
        content_key = digest(entry)
        source_key, twice = self._source_key(entry, content_key)
        problems += twice
        problems += self._refusals(entry) if not problems else []
        entry["content_key"] = content_key
        sentences = [*problems, *row.notes]
        if problems:
            return RowRecord(row.number, RowOutcome.PROBLEM, entry, sentences, source_key)
        return self._against_record(row.number, entry, sentences, source_key)

    def _against_record(
        self, number: int, entry: dict, sentences: list[str], source_key: str
    ) -> RowRecord:
        before = self._held.get((UUID(entry["agency"]), source_key))
        if before is None:
            return RowRecord(number, RowOutcome.NEW, entry, sentences, source_key)
        if entry["content_key"] in before:
            return RowRecord(number, RowOutcome.ALREADY_HELD, None, sentences, source_key)
        entry["corrects"] = str(list(before.values())[-1])
        said = "This entry is in the record and has changed: it will be kept as a correction."
        return RowRecord(number, RowOutcome.CHANGED, entry, [said, *sentences], source_key)

    def _resolve(self, read: Mapping[str, object]) -> tuple[dict, list[str]]:
        """The entry with people and agencies as ids, and a sentence for each not found."""
        entry, problems = dict(read), []
        subjects = []
        for words in read["people"]:
            person = self._people.get(fold(words))
            if person is None:
                problems.append(NOT_KNOWN_HERE.format(words))
                entry.setdefault("unknown_people", []).append(words)
            elif str(person) not in [known for known, _ in subjects]:
                subjects.append((str(person), words))
        entry["subjects"] = subjects
        agency, sentence = self._agencies.meaning(str(read["agency"]))
        problems += sentence
        if agency and agency != self._file.agency and not self._others:
            problems.append(
                "This row is another agency's. Only the allocated worker or the conference chair "
                "can import for other agencies."
            )
        entry["agency"] = str(agency or self._file.agency)
        shares = []
        for words, told in read["shares"]:
            to, sentence = self._agencies.meaning(words)
            problems += sentence
            if to and str(to) != entry["agency"]:
                shares.append((str(to), told))
        entry["shares"] = shares
        return entry, problems

    def _source_key(self, entry: dict, content_key: str) -> tuple[str, list[str]]:
        """The agency's own reference, else what the row says with a counter for its repeats."""
        if entry["ref"]:
            source_key = f"ref:{entry['ref'][:130]}"
            before = self._seen.setdefault(source_key, content_key)
            if before != content_key:
                return source_key, [f"Two rows of this file have the reference {entry['ref']}."]
            self._repeats[source_key] = self._repeats.get(source_key, 0) + 1
            if self._repeats[source_key] > 1:
                return source_key, ["This row stands twice in the file; the first is taken."]
            return source_key, []
        self._repeats[content_key] = self._repeats.get(content_key, 0) + 1
        return f"row:{content_key}:{self._repeats[content_key]}", []

    def _refusals(self, entry: dict) -> list[str]:
        try:
            admit(proposed_from(entry, statement=self._file.id), now=self._now)
        except CannotBeRecorded as refused:
            return [problem.sentence for problem in refused.problems]
        return []


@dataclass
class AgencyWords:
    """What the words for agencies mean to this family: an id, a name, or a kind of agency.

    Where a kind fits several agencies of the partnership, the one on the family's team is meant.
    """

    known: dict[UUID, AgencyRow]
    on_team: set[UUID]
    by_words: dict[str, list[UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.known.values():
            for words in (str(row.id), row.name, row.kind, row.kind_label):
                self.by_words.setdefault(fold(words), []).append(row.id)

    def meaning(self, words: str) -> tuple[UUID | None, list[str]]:
        """The one agency meant, or a sentence saying that none or several could be."""
        found = list(dict.fromkeys(self.by_words.get(fold(words), ())))
        on_team = [id for id in found if id in self.on_team]
        if len(on_team or found) == 1:
            return (on_team or found)[0], []
        if not found:
            return None, [f"No agency of this partnership is called “{words}”."]
        names = " or ".join(self.known[id].name for id in on_team or found)
        return None, [f"“{words}” could be {names}. Say which is meant."]


def digest(entry: Mapping[str, object]) -> str:
    """The SHA-256 of what a row says once people and agencies are known."""
    said = {k: v for k, v in entry.items() if k not in ("unknown_people", "content_key")}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def proposed_from(entry: Mapping, *, statement: UUID) -> ProposedEntry:
    """The entry that a checked row proposes."""
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
