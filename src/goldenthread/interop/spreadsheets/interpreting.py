"""From a row as typed to an entry, or to the reasons why it cannot be kept.

Answers the finding that the origin of information was unclear: how something is known is read,
never guessed, and a word that is not understood is said to the person. A *problem* means that the
row is held back until it is mended; a *note* is said beside a row that can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from goldenthread.domain.provenance.vocabulary import (
    AgencyKind,
    Concern,
    HowKnown,
    Kind,
    Significance,
)
from goldenthread.domain.shared.partial_date import PartialDate, not_known
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.domain.shared.word import Word
from goldenthread.interop.spreadsheets import columns, dates, limits, shares, words
from goldenthread.interop.spreadsheets.entries import PlainEntry, listed
from goldenthread.interop.spreadsheets.reading import RawRow

__all__ = ["Layout", "PlainEntry", "Problem", "RowRead", "canonical_layout", "interpret"]

_TOLD_BY = re.compile(r"^(?:was\s+)?told\s+by\s*[:\s(-]\s*(.+?)\)?$", re.IGNORECASE | re.DOTALL)
_LABELS = {column.name: column.label for column in columns.CANONICAL}


@dataclass(frozen=True)
class Layout:
    """How one agency lays out its files.

    `columns` is {canonical column: their heading}; `words` is {canonical column: {their word:
    ours}}; `fixed` is {canonical column: value} for what their file never says. `date_order` is
    "dmy" or "mdy".
    """

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: str = "dmy"
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be kept: the canonical column and a plain sentence."""

    column: str
    sentence: str


@dataclass(frozen=True)
class RowRead:
    """A row, understood or held back; `values` is None exactly when there are `problems`."""

    number: int
    values: PlainEntry | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def canonical_layout() -> Layout:
    """The layout of the canonical columns themselves."""
    return Layout({name: name for name in columns.NAMES})


def interpret(raw: RawRow, layout: Layout, *, agency: str, today: date) -> RowRead:
    """Read one row with a layout.

    `agency` is the slug of the agency whose file it is, used where the row names none. Refuses
    nothing: what cannot be kept is in `problems`.
    """
    return _Row(raw, layout, today).read(agency)


class _Row:
    """One row while it is being read; gathers problems and notes."""

    def __init__(self, raw: RawRow, layout: Layout, today: date) -> None:
        self._raw = raw
        self._layout = layout
        self._today = today
        self._problems: list[Problem] = []
        self._notes: list[str] = list(raw.notes)

    def read(self, agency: str) -> RowRead:
        how_known, told_by = self._how_known()
        kind = self._kind()
        happened = self._happened(kind)
        known_from = self._known_from(happened)
        values = PlainEntry(
            ref=self._cell("id"),
            happened=happened.edtf,
            agency=self._agency(agency),
            source=self._cell("source"),
            how_known=how_known,
            told_by=told_by,
            people=listed(self._cell("people")),
            kind=kind,
            concerns=self._concerns(),
            text=self._text(),
            impact=self._cell("impact"),
            action=self._cell("action"),
            known_from=known_from,
            shares=self._shares(),
            significance=self._significance(),
        )
        for name in self._layout.columns:
            self._check_length(name)
        problems = tuple(self._problems)
        return RowRead(self._raw.number, None if problems else values, problems, tuple(self._notes))

    def _cell(self, column: str) -> str:
        """The cell as typed; empty when blank. A fixed value stands in for an empty cell."""
        header = self._layout.columns.get(column)
        text = self._raw.cells.get(header, "") if header is not None else ""
        return text if text.strip() else self._layout.fixed.get(column, "")

    def _theirs(self, column: str) -> Mapping[str, str]:
        return self._layout.words.get(column, {})

    def _problem(self, column: str, sentence: str) -> None:
        self._problems.append(Problem(column, sentence))

    def _check_length(self, column: str) -> None:
        length = len(self._cell(column))
        if length > limits.CELL_CHARACTERS:
            self._problem(
                column,
                f"“{_LABELS.get(column, column)}” is longer than the {limits.CELL_CHARACTERS:,} "
                "characters that can be kept. Shorten it, or attach the document instead.",
            )

    def _word(self, column: str, vocabulary: type[Word], otherwise: str, instead: str) -> str:
        """The stored word of a cell; `otherwise`, with a note, where it is none of ours."""
        said = self._cell(column).strip()
        if not said:
            return otherwise
        found = words.ours(vocabulary, said, self._theirs(column))
        if found is not None and found in vocabulary._value2member_map_:
            return found
        self._notes.append(f"{_LABELS[column]}: “{said[:80]}” is not one of our words; {instead}")
        return otherwise

    def _how_known(self) -> tuple[str, str]:
        said, told_by = self._cell("how_known").strip(), self._cell("told_by")
        by_whom = _TOLD_BY.match(said)
        if by_whom and words.ours(HowKnown, said, self._theirs("how_known")) is None:
            if told_by and told_by.strip() != by_whom[1].strip():
                self._notes.append(f"“{said[:80]}” and “{told_by[:80]}” name different people.")
            return HowKnown.TOLD.value, told_by or by_whom[1].strip()
        instead = "it is kept as not recorded."
        return self._word("how_known", HowKnown, HowKnown.NOT_RECORDED.value, instead), told_by

    def _kind(self) -> str:
        return self._word("kind", Kind, Kind.OTHER.value, "it is kept as “other”.")

    def _significance(self) -> str:
        return self._word("significance", Significance, "", "it is kept as not judged.")

    def _agency(self, agency: str) -> str:
        said = self._cell("agency").strip()
        if not said or said == agency:
            return agency
        found = words.ours(AgencyKind, said, self._theirs("agency"))
        if found is None:
            self._problem(
                "agency",
                f"“{said[:80]}” is not an agency we know. Match it to one in the words of this "
                "layout.",
            )
            return agency
        return found

    def _concerns(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for said in listed(self._cell("domain")):
            word = words.ours(Concern, said, self._theirs("domain"))
            pieces = [said] if word else [piece.strip() for piece in said.split(",")]
            for piece in filter(None, pieces):
                word = words.ours(Concern, piece, self._theirs("domain"))
                if word in Concern._value2member_map_:
                    found[str(word)] = None
                else:
                    self._notes.append(
                        f"Area of concern: “{piece[:80]}” is not one of our words and is left out. "
                        "Match it to one of ours to keep it."
                    )
        return tuple(found)

    def _text(self) -> str:
        text = self._cell("what")
        if not text:
            header = self._layout.columns.get("what", "What happened")
            self._problem("what", f"“{header}” is empty, so the row does not say what happened.")
        return text

    def _dated(self, column: str, read: Callable[[str], dates.DateRead]) -> PartialDate:
        try:
            found = read(self._cell(column))
        except Refusal as refused:
            self._problem(column, refused.reason)
            return not_known()
        if found.note:
            self._notes.append(f"{_LABELS[column]}: {found.note}")
        return found.when

    def _happened(self, kind: str) -> PartialDate:
        if not self._cell("date"):
            self._notes.append("No date is given; the entry is kept as “date not known”.")
            return not_known()
        return self._dated(
            "date",
            lambda cell: dates.read_event(
                cell,
                self._layout.date_order,
                kind=kind,
                text=self._cell("what"),
                today=self._today,
            ),
        )

    def _known_from(self, happened: PartialDate) -> str:
        when = self._dated(
            "known_from",
            lambda cell: dates.read_past(cell, self._layout.date_order, today=self._today),
        )
        if not when.is_known:
            return ""
        if when.latest and happened.earliest and when.latest < happened.earliest:
            self._notes.append("The date learned is before the date of the event; please check.")
        return when.edtf

    def _shares(self) -> tuple[tuple[str, str], ...]:
        theirs = {**self._theirs("agency"), **self._theirs("shared_with")}
        reader = shares.Reader(theirs, order=self._layout.date_order, today=self._today)
        try:
            found, notes = reader.read(self._cell("shared_with"), self._cell("shared_on"))
        except shares.AgencyNotKnown as refused:
            self._problem("shared_with", refused.reason)
            return ()
        except Refusal as refused:
            self._problem("shared_on", refused.reason)
            return ()
        self._notes.extend(notes)
        return found
