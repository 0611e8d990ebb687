"""Our own relations CSV as a network; every row that cannot be kept is named with the reason.

Files written by hand are read too: columns may be missing or in another order, dates may be typed
as people type them, and people who are only named in a claim become people.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from goldenthread.domain.network.claim import Claim, Household, Network, Relative, Source
from goldenthread.domain.network.vocabulary import (
    NATURES,
    ClaimKind,
    Gender,
    HarmStatus,
    HomeNature,
    Loss,
)
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import HowKnown, Polarity
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate, not_known
from goldenthread.domain.shared.word import Word
from goldenthread.interop.genealogy import limits
from goldenthread.interop.genealogy import relations_columns as columns
from goldenthread.interop.genealogy.any_year import parse_any_year
from goldenthread.interop.genealogy.found import FromFile, Warnings, shortened
from goldenthread.interop.genealogy.refusals import (
    FamilyFileBroken,
    FamilyFileTooLarge,
    NotAFamilyFile,
)
from goldenthread.interop.spreadsheets import escaping


def is_relations_csv(text: str) -> bool:
    """Whether the first line has the columns that make a relations CSV."""
    first = text.lstrip("\ufeff")[:2000].splitlines()[:1]
    headings = {cell.strip().lower() for cell in next(csv.reader(first), [])}
    return {"kind", "person"} <= headings


def read_relations(text: str, notes: Iterable[str] = ()) -> FromFile:
    """Read the text of a relations CSV. Raises a FamilyFileRefused with a plain sentence."""
    warnings = Warnings()
    for note in notes:
        warnings.add("", note)
    return network_of_rows(_rows(text, warnings), warnings)


def _rows(text: str, warnings: Warnings) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(limits.FILE_BYTES)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    headings: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if not headings:
                headings = [cell.strip().lower() for cell in cells]
                unread = [name for name in headings if name not in columns.NAMES]
                if unread:
                    warnings.add("", f"Columns not read: {shortened(', '.join(unread), 300)}.")
            elif any(cells):
                if number > limits.ROWS:
                    raise FamilyFileTooLarge(f"This file has more than {limits.ROWS:,} rows.")
                named = zip(headings, cells, strict=False)
                yield number, {name: escaping.unescaped(cell) for name, cell in named if cell}
    except csv.Error as error:
        raise FamilyFileBroken(
            f"Line {reader.line_num:,} of this file cannot be read as a table."
        ) from error


def network_of_rows(rows: Iterable[tuple[int, Mapping[str, str]]], warnings: Warnings) -> FromFile:
    """The network of numbered rows. Raises NotAFamilyFile or FamilyFileTooLarge."""
    read = _Reading(warnings)
    for number, cells in rows:
        read.row(number, cells)
        if len(read.people) > limits.PEOPLE:
            raise FamilyFileTooLarge(f"This file holds more than {limits.PEOPLE:,} people.")
    if not read.people and not read.claims:
        raise NotAFamilyFile("This file names nobody.")
    for claim in read.claims.values():
        for one in claim.people:
            if one and one not in read.people:
                warnings.add(one, f"“{shortened(one)}” has no row of their own and was added.")
                read.people[one] = Relative(one, one)
        if claim.household and claim.household not in read.households:
            read.households[claim.household] = Household(claim.household, claim.household)
    return FromFile(
        Network(
            tuple(read.people.values()), tuple(read.claims.values()),
            tuple(read.households.values()), tuple(read.agencies.items()),
        ),
        tuple(warnings),
    )  # fmt: skip


class _Reading:
    """What the rows so far have given."""

    def __init__(self, warnings: Warnings) -> None:
        self.warnings = warnings
        self.people: dict[str, Relative] = {}
        self.households: dict[str, Household] = {}
        self.agencies: dict[str, str] = {}
        self.claims: dict[str, Claim] = {}

    def row(self, number: int, cells: Mapping[str, str]) -> None:
        """Take one row in, or say why not."""
        cell = _Cells(number, cells, self.warnings)
        kind = cell.text("kind").strip().lower()
        own = cell.text("id")
        if kind == columns.PERSON:
            self._keep(self.people, own, number, lambda: _person(cell))
        elif kind == columns.HOUSEHOLD:
            nature = cell.word("nature", HomeNature, HomeNature.HOME)
            name = cell.text("name")
            self._keep(self.households, own, number, lambda: Household(own, name, nature))
        elif kind == columns.AGENCY:
            self._keep(self.agencies, own, number, lambda: cell.text("name"))
        elif kind not in ClaimKind.__members__.values():
            self.warnings.add(
                own, f"Row {number}: “{shortened(kind)}” is no kind of row; left out."
            )
        elif not cell.text("person"):
            self.warnings.add(own, f"Row {number} names no person and was left out.")
        else:
            own = own or f"row-{number}"
            self._keep(self.claims, own, number, lambda: _claim(own, kind, cell))

    def _keep(
        self, where: dict[str, object], own: str, number: int, make: Callable[[], object]
    ) -> None:
        if not own:
            self.warnings.add("", f"Row {number} has no id and was left out.")
        elif own in where:
            self.warnings.add(
                own, f"Row {number} has the id “{shortened(own)}” a second time; left out."
            )
        else:
            where[own] = make()


class _Cells:
    """The cells of one row, read as what they should be; a warning where one is not."""

    def __init__(self, number: int, cells: Mapping[str, str], warnings: Warnings) -> None:
        self._number = number
        self._cells = cells
        self._warnings = warnings
        self.left: list[str] = []

    def text(self, name: str) -> str:
        """The cell as it stands."""
        return self._cells.get(name, "")

    def say(self, name: str, because: str) -> None:
        """Warn of a cell; what it held is kept in words."""
        held = shortened(self.text(name), 200)
        self.left.append(f"{name}: “{held}”")
        self._warnings.add(
            self.text("id"), f"Row {self._number}: “{shortened(held)}” in {name} {because}; "
            "it is kept in words.",
        )  # fmt: skip

    def word(self, name: str, words: type[Word], otherwise: str) -> str:
        """A word of a closed vocabulary."""
        text = self.text(name).strip()
        if not text:
            return otherwise
        if text in words.__members__.values():
            return words(text)
        self.say(name, "is not a word we know")
        return otherwise

    def when(self, name: str) -> PartialDate | None:
        """A partial date, as EDTF or as people type it."""
        text = self.text(name).strip()
        if not text:
            return None
        for parse in (parse_any_year, parse_as_typed):
            try:
                return parse(text)
            except DateNotUnderstood:
                continue
        self.say(name, "cannot be read as a date")
        return None

    def day(self, name: str) -> date | None:
        """One exact day."""
        when = self.when(name)
        if when is None or when.is_exact:
            return when.from_min if when else None
        self.say(name, "is not one exact day")
        return None

    def weekdays(self, name: str) -> tuple[int, ...]:
        """ISO weekdays, separated by semicolons or blanks."""
        parts = self.text(name).replace(";", " ").replace(",", " ").split()
        if all(part in "1234567" and len(part) == 1 for part in parts):
            return tuple(int(part) for part in parts)
        self.say(name, "are not weekdays from 1 (Monday) to 7")
        return ()

    def flag(self, name: str, otherwise: bool) -> bool:
        """A yes or a no."""
        text = self.text(name).strip().lower()
        return otherwise if not text else text in (columns.YES, "true", "1", "y")


def _person(cell: _Cells) -> Relative:
    order = cell.text("birth_order").strip()
    one = Relative(
        id=cell.text("id"),
        name=cell.text("name"),
        gender=cell.word("gender", Gender, Gender.NOT_KNOWN),
        born=cell.when("born"),
        died=cell.when("died"),
        expected_on=cell.day("due"),
        loss=cell.word("loss", Loss, Loss.NONE),
        role=cell.text("role"),
        is_child=cell.flag("is_child", False),
        is_identified=cell.flag("is_identified", True),
        birth_order=_number(cell, order),
    )
    return replace(one, description=_with_left(cell, cell.text("description")))


def _number(cell: _Cells, text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        cell.say("birth_order", "is not a number")
        return None


def _claim(own: str, kind: str, cell: _Cells) -> Claim:
    kind = ClaimKind(kind)
    natures = NATURES[kind]
    unknown = "not_known" if "not_known" in natures.__members__.values() else ""
    nature = cell.word("nature", natures, unknown or next(iter(natures)))
    harm = kind == ClaimKind.HARM
    status = cell.word("status", HarmStatus, "") if harm else cell.text("status")
    claim = Claim(
        id=own,
        kind=kind,
        nature=nature,
        person=cell.text("person"),
        other=cell.text("other"),
        household=cell.text("household"),
        agency=cell.text("agency"),
        happened=cell.when("happened") or not_known(),
        polarity=cell.word("polarity", Polarity, Polarity.ASSERTS),
        status=status,
        days=cell.weekdays("days"),
        nights=cell.weekdays("nights"),
        source=_source(cell),
    )
    return replace(claim, words=_with_left(cell, cell.text("words")))


def _source(cell: _Cells) -> Source | None:
    if not any(cell.text(name) for name in columns.OF_A_SOURCE):
        return None
    known_on = cell.day("known_from")
    if known_on is None:
        for name in ("said_by", "told_by"):
            if cell.text(name):
                cell.say(name, "has no day in known_from, so it is no source")
        return None
    return Source(
        statement=cell.text("statement"),
        agency=cell.text("said_by_id") or cell.text("said_by"),
        agency_name=cell.text("said_by"),
        how_known=cell.word("how_known", HowKnown, HowKnown.NOT_RECORDED),
        known_on=known_on,
        asserted_by=cell.text("author"),
        informant=cell.text("told_by"),
        standing=Standing(cell.word("standing", Standing, Standing.STANDS)),
    )


def _with_left(cell: _Cells, words: str) -> str:
    """The words, with whatever of the row could be kept only as words."""
    return " ".join([words, *cell.left]).strip() if cell.left else words
