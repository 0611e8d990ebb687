"""Check every row of a file before anything is kept: a dry run, row by row, in plain sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import CannotBeRecorded, admit
from goldenthread.domain.chronology.imports import (
    ImportStage,
    Recognised,
    Recogniser,
    RowOutcome,
    content_of,
    identity_of,
    may_import_for,
)
from goldenthread.domain.chronology.same_event import possibly_same
from goldenthread.domain.provenance.statement import Statement
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.access.reading import team_agencies
from goldenthread.records.chronology import importing
from goldenthread.records.chronology.importing import FileRow, RowRecord
from goldenthread.records.people.reading import people_by_words
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases.chronology.imports.agency_words import AgencyWords
from goldenthread.usecases.chronology.imports.own_files import OwnEntries, looks_like_ours
from goldenthread.usecases.chronology.imports.proposing import (
    Resolver,
    proposed_from,
    said_by,
    statement_id,
)
from goldenthread.usecases.chronology.imports.step import expect, on_file

# Rows checked between two reports of progress.
BATCH = 500
# Different words of one column that are asked about; a file with more is laid out otherwise.
MOST_ASKED = 300
ANOTHER_AGENCYS = (
    "This row is another agency's. Only the allocated worker or the conference chair can import "
    "for other agencies."
)
CHANGED_SINCE = "This entry is in the record and has changed: it will be kept as a correction."


@dataclass(frozen=True, slots=True)
class RowIn:
    """One row as it was read: `entry` in the words of the canonical columns, or what is wrong.

    `as_typed` is {heading: cell} for giving the row back; `unknown` the (canonical column, their
    word) pairs that are none of ours.
    """

    number: int
    entry: Mapping[str, object] | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    as_typed: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()


def check_rows(
    actor: Actor, file_id: UUID, rows: Iterable[RowIn], *, now: datetime
) -> dict[str, int]:
    """Put down what each row would become; nothing is kept. Returns the count of each outcome.

    Each batch is put down whole, so that a person can see how far the check has come; a check that
    is broken off begins again. Raises NotFoundHere and CannotImport.
    """
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.CHECKING)
        checker = _Checker(file, permission, now)
        importing.clear_rows(file_id)
        importing.change(
            file_id, event=permission.event(resource=str(file_id), step="check"), rows_done=0
        )
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        with on_file(actor, file_id, now=now) as (_, file):
            expect(file, ImportStage.CHECKING)
            importing.add_rows(file_id, [checker.row(row) for row in batch])
    with on_file(actor, file_id, now=now) as (permission, file):
        expect(file, ImportStage.CHECKING)
        return _finish(checker, permission, file, now)


def _finish(
    checker: _Checker, permission: Permission, file: FileRow, now: datetime
) -> dict[str, int]:
    importing.rewrite_rows(file.id, checker.changed())
    found = importing.counts(file.id)
    importing.change(
        file.id,
        event=permission.event(resource=str(file.id), step="checked", **found),
        stage=ImportStage.CHECKED.value,
        findings={
            "unknown": checker.unknown(),
            "possibly_same": _possibly_same(checker.new_statements, permission, now),
        },
        rows_total=found.get(RowOutcome.NEW, 0) + found.get(RowOutcome.CHANGED, 0),
        rows_done=0,
    )
    return found


def _possibly_same(new: list[Statement], permission: Permission, now: datetime) -> int:
    """How many new entries may be about an event that another agency has told of.

    Compared only with what the actor may read: a count must not tell of anything else.
    """
    if not new:
        return 0
    held = importing.dated_statements(
        permission.family.id, permission.actor, permission.ties, now=now,
        first=min(one.happened.sort_day for one in new),
        last=max(one.happened.sort_day for one in new),
    )  # fmt: skip
    ids = frozenset(one.id for one in new)
    pairs = possibly_same([*held, *new], new=ids)
    return len({one for pair in pairs for one in (pair.one, pair.other)} & ids)


class _Checker:
    """Knows the family's names, the partnership's agencies and what was imported before."""

    def __init__(self, file: FileRow, permission: Permission, now: datetime) -> None:
        self._file = file
        self._permission = permission
        self._now = now
        seen = members_seen(file.case, permission.actor, permission.ties, now=now)
        self._resolver = Resolver(
            file.people,
            people_by_words(file.case, seen),
            AgencyWords(agencies(), team_agencies(file.case)),
        )
        before = importing.held(file.case)
        self._recogniser = Recogniser(before)
        self._own = OwnEntries(permission, now=now) if looks_like_ours(file.arrangement) else None
        self._content_of = {s: content for held in before.values() for content, s in held.items()}
        self._unknown: Counter[tuple[str, str]] = Counter()
        self.new_statements: list[Statement] = []

    def unknown(self) -> list[tuple[str, str, int]]:
        """The words nobody has matched yet, with how many rows use each: (column, word, rows)."""
        every = sorted(self._unknown.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1]))
        per_column: Counter[str] = Counter()
        kept = []
        for (column, words), times in every:
            per_column[column] += 1
            if per_column[column] <= MOST_ASKED:
                kept.append((column, words, times))
        return kept

    def row(self, row: RowIn) -> RowRecord:
        """What becomes of one row, as far as can be said before the last one was seen."""
        self._unknown.update(set(row.unknown))
        if row.entry is None:
            outcome = RowOutcome.PROBLEM if row.problems else RowOutcome.BLANK
            return self._held_back(row, outcome, row.problems)
        found = self._resolver.resolve(row.entry)
        self._unknown.update(set(found.unknown) - set(row.unknown))
        entry, problems = found.entry, [*found.problems]
        if not problems:
            problems += self._not_allowed(entry)
        if problems:
            return self._held_back(row, RowOutcome.PROBLEM, problems)
        row = replace(row, notes=(*row.notes, *found.notes))
        return self._against_record(row, entry)

    def _not_allowed(self, entry: Mapping) -> list[str]:
        permission = self._permission
        if not may_import_for(UUID(entry["agency"]), permission.actor, permission.ties):
            return [ANOTHER_AGENCYS]
        return []

    def _held_back(self, row: RowIn, outcome: RowOutcome, problems: Iterable[str]) -> RowRecord:
        kept = {"as_typed": list(row.as_typed.items())}  # a JSON object forgets its order
        return RowRecord(row.number, outcome, kept, [*problems, *row.notes], "")

    def _against_record(self, row: RowIn, entry: dict) -> RowRecord:
        agency = UUID(entry["agency"])
        known = self._recognised(row.number, agency, entry)
        sentences = list(row.notes)
        if known.outcome is RowOutcome.ALREADY_HELD:
            if known.repeats is not None:
                sentences.insert(0, f"Row {known.repeats} says the same; it is kept once.")
            if known.is_superseded:
                sentences.insert(0, "The record holds a later version of this row.")
            shown = {name: entry[name] for name in ("happened", "text", "agency")}
            return RowRecord(row.number, known.outcome, shown, sentences, known.source_key)
        if entry["ref"] and self._recogniser.others_with(agency, entry["ref"]):
            sentences.append(f"Other rows of this file have the reference {entry['ref']} too.")
        record = RowRecord(row.number, RowOutcome.NEW, entry, sentences, known.source_key)
        try:
            id = statement_id(self._file.case, entry, known.source_key)
            statement = admit(proposed_from(entry, statement=id), now=self._now).statement
        except CannotBeRecorded as refused:
            sentences = [problem.sentence for problem in refused.problems]
            return self._held_back(row, RowOutcome.PROBLEM, sentences)
        if statement.happened.is_exact:
            self.new_statements.append(statement)
        return record

    def _recognised(self, number: int, agency: UUID, entry: dict) -> Recognised:
        """What the row is among those held; what our own file repeats counts as it was first said.

        Only an imported row of that reference is one that a changed row could correct.
        """
        repeated = self._own.statement_saying(entry) if self._own else None
        entry["content_key"] = content_of(said_by(entry))
        if repeated:
            statement, is_by_reference = repeated
            content = self._content_of.get(statement) if is_by_reference else None
            if content is None:
                return Recognised(RowOutcome.ALREADY_HELD, "")
            entry["content_key"] = content
        return self._recogniser.recognise(
            number, agency, reference=entry["ref"], identity=identity_of(entry),
            content=entry["content_key"],
        )  # fmt: skip

    def changed(self) -> Iterator[RowRecord]:
        """The rows that turn out to correct an earlier entry."""
        changed = {one.number: one for one in self._recogniser.changed()}
        rows = importing.rows_numbered(self._file.id, list(changed))
        for number, one in changed.items():
            row = rows[number]
            if row.outcome != RowOutcome.NEW:
                continue
            entry = {**row.understood, "corrects": str(one.corrects)}
            sentences = [CHANGED_SINCE, *row.sentences]
            yield RowRecord(number, RowOutcome.CHANGED, entry, sentences, one.source_key)
