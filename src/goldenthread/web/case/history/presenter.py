"""The list of a history, in words: months, entries, masked entries and silences, in order.

Everything a row shows is worked out here, so that two thousand rows are a plain loop in the
template. It must never hold a word of a masked entry: those have a date and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.chronology.history import Silence
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Concern, Polarity, Significance
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.usecases.access.read_labels import mask_words
from goldenthread.usecases.chronology.quiet_stretches import quiet_stretches
from goldenthread.usecases.chronology.shown import History, MaskedEntry, ShownEntry
from goldenthread.web.case.history.sentences import (
    KIND_LABELS,
    STANDING_WORDS,
    Sentences,
    mark_of,
    mark_words,
)
from goldenthread.web.kit.words import date_in_words, day_in_words, listed, machine_date

CONCERN_LABELS = {str(c): c.label for c in Concern if c is not Concern.NONE}
ROUTINE = str(Significance.ROUTINE)
# Routine is said quietly, among the concerns: said loudly, it would hide the key events.
STANDS_OUT = {str(s): s.label for s in (Significance.SIGNIFICANT, Significance.KEY)}
# Only what turns the meaning of an entry is said; "says it is so" is what an entry is.
POLARITY_LABELS = {str(p): p.label for p in Polarity if p is not Polarity.ASSERTS}
NO_DATE = "Date not known"
STRUCK = frozenset({Standing.CORRECTED, Standing.WITHDRAWN})


class Row(NamedTuple):
    """One entry, ready to show; a tuple, as there may be thousands on a page."""

    anchor: str
    href: str
    when: str
    machine: str | None
    ages: str
    kind: str
    agency: str
    mark: str
    mark_words: str
    struck: bool
    standing: str
    because: tuple[tuple[str, str], ...]
    is_new: bool
    significance: str
    polarity: str
    text: str
    impact: str
    action: str
    about: str
    how: str
    known: str
    not_told: str
    decided: tuple[str, ...]
    written: str
    concerns: tuple[str, ...]
    same: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MaskedRow:
    """That other agencies hold one entry, or several that follow one another, of about then.

    `words` are those of an entry that a label masks, which stands alone.
    """

    when: str
    number: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A stretch without an entry, in words."""

    words: str


AnyRow = Row | str | MaskedRow | SilenceRow


@dataclass(frozen=True, slots=True)
class Month:
    """One month's heading and its rows: each ("entry" | "masked" | "silence", row).

    An entry is a Row in the list, and one sentence where the lanes are printed.
    """

    title: str
    rows: tuple[tuple[str, AnyRow], ...]


def months_of(
    history: History,
    row_of: Callable[[ShownEntry], Row | str],
    *,
    everything: bool,
    newest_first: bool,
) -> tuple[Month, ...]:
    """The rows of a history by month, oldest first unless asked otherwise.

    `everything`: nothing is filtered out, so a silence is one of the whole record.
    """
    placed: list[tuple[date, int, str, AnyRow]] = [
        (gap.until, 0, "silence", _silence(gap, everything)) for gap in quiet_stretches(history)
    ]
    placed += [(e.statement.happened.sort_day, 1, "entry", row_of(e)) for e in history.entries]
    placed += [
        (m.happened.sort_day, 1, "restricted" if m.is_restricted else "masked", _masked(m))
        for m in history.masked
    ]
    placed.sort(key=lambda item: item[:2])
    grouped: dict[str, list[tuple[str, AnyRow]]] = {}
    titles: dict[tuple[int, int], str] = {}
    for day, _, sort, row in reversed(placed) if newest_first else placed:
        month = (day.year, day.month)
        title = titles.get(month)
        if title is None:
            title = NO_DATE if day == date.max else day_in_words(day).split(" ", 1)[1]
            titles[month] = title
        rows = grouped.setdefault(title, [])
        if sort == "masked" and rows and rows[-1][0] == "masked":
            row = _together(rows.pop()[1], row)
        rows.append((sort, row))
    return tuple(Month(title, tuple(rows)) for title, rows in grouped.items())


def _silence(gap: Silence, everything: bool) -> SilenceRow:
    what = "without an entry" if everything else "without an entry like these"
    between = f"{day_in_words(gap.after)} to {day_in_words(gap.until)}"
    return SilenceRow(f"{gap.days} days {what}: {between}")


def _masked(masked: MaskedEntry) -> MaskedRow:
    when = date_in_words(masked.happened)
    return MaskedRow(when, words=f"{when}. {mask_words()}" if masked.is_restricted else "")


def _together(one: MaskedRow, next_one: MaskedRow) -> MaskedRow:
    """Masked entries with nothing between them, said once with all their dates."""
    return MaskedRow(f"{one.when}; {next_one.when}", one.number + next_one.number)


def _concerns(entry: ShownEntry) -> tuple[str, ...]:
    """The areas of concern in words; that an entry is routine is said among them."""
    words = [CONCERN_LABELS[c] for c in entry.statement.concerns if c in CONCERN_LABELS]
    if entry.significance == ROUTINE:
        words.append(Significance.ROUTINE.label)
    return tuple(words)


class Rows:
    """Makes the rows of one history."""

    def __init__(self, history: History, sentences: Sentences) -> None:
        self.say = sentences
        self.entries = {entry.id: entry for entry in history.entries}
        self._dates: dict[str, tuple[str, str | None]] = {}
        # Reversing an address two thousand times costs more than everything else a row needs.
        nobody = UUID(int=0)
        pattern = reverse("entry", kwargs={"case": history.family.case.id, "statement": nobody})
        self.before, self.after = pattern.split(str(nobody))

    def address(self, statement: UUID) -> str:
        """Where an entry's own page is."""
        return f"{self.before}{statement}{self.after}"

    def row(self, entry: ShownEntry) -> Row:
        """One entry, ready to show."""
        said, say = entry.statement, self.say
        mark = mark_of(entry)
        when, machine = self._when(said.happened)
        id_ = str(said.id)
        return Row(
            anchor=f"e-{id_}",
            href=f"{self.before}{id_}{self.after}",
            when=when,
            machine=machine,
            ages=listed([f"{one.name} {one.age}" for one in entry.ages]),
            kind=KIND_LABELS.get(said.kind, said.kind),
            agency=entry.agency.name,
            mark=mark,
            mark_words=mark_words(mark),
            struck=entry.standing in STRUCK,
            standing=STANDING_WORDS.get(entry.standing, ""),
            because=self._because(entry) if entry.standing_because else (),
            is_new=entry.is_new,
            significance=STANDS_OUT.get(entry.significance, ""),
            polarity=POLARITY_LABELS.get(said.polarity, ""),
            text=said.text,
            impact=said.impact,
            action=said.action,
            about=listed([subject.name for subject in entry.subjects]),
            how=say.how(entry),
            known=say.known(entry),
            not_told=say.not_told(entry),
            decided=tuple(say.decided(entry)) if entry.not_told else (),
            written=say.written(entry),
            concerns=_concerns(entry),
            same=self._same(entry) if entry.same_event else (),
        )

    def _when(self, happened: PartialDate) -> tuple[str, str | None]:
        """The date in words and as a machine reads it; most days of a history are said often."""
        words = self._dates.get(happened.edtf)
        if words is None:
            when = date_in_words(happened) if happened.is_known else NO_DATE
            words = self._dates[happened.edtf] = when, machine_date(happened)
        return words

    def _because(self, entry: ShownEntry) -> tuple[tuple[str, str], ...]:
        """Links to the later entries that changed how this one stands."""
        verb = {Standing.DISPUTED: "disputes", Standing.CORRECTED: "corrects"}
        words = verb.get(entry.standing, "withdraws")
        return tuple(
            (self._link(other), f"See the entry that {words} it")
            for other in entry.standing_because
        )

    def _same(self, entry: ShownEntry) -> tuple[tuple[str, str], ...]:
        found = []
        for other in entry.same_event:
            told = self.entries.get(other)
            if told is None:
                found.append((self.address(other), "Also recorded in another entry"))
                continue
            when = date_in_words(told.happened, weekday=False)
            found.append((self._link(other), f"Also recorded by {told.agency.name}, {when}"))
        return tuple(found)

    def _link(self, other: UUID) -> str:
        return f"#e-{other}" if other in self.entries else self.address(other)
