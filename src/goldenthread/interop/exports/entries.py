"""A shown history as plain entries in the canonical words: what a file of it holds.

Only entries shown in full can leave; a masked entry has nothing to write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from goldenthread.domain.provenance.vocabulary import AwarenessLevel, KnownBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.usecases.chronology.shown import History, Knower, ShownEntry


def plain_entries(history: History) -> Iterable[PlainEntry]:
    """The entries of a history in its order, in the columns of the import."""
    names = AgencyNames(history)
    return (plain_entry(entry, names) for entry in history.entries)


class AgencyNames:
    """What an agency is called in a file: its kind, or its own name where two are of one kind."""

    def __init__(self, history: History) -> None:
        self._agencies = history.agencies
        self._kinds = Counter(row.kind for row in history.agencies.values())

    def of(self, agency) -> str:
        """The word that an import of this partnership reads back as this agency."""
        row = self._agencies[agency]
        return row.kind if self._kinds[row.kind] == 1 else row.name


def plain_entry(entry: ShownEntry, names: AgencyNames) -> PlainEntry:
    """One entry in the words of the canonical columns."""
    said = entry.statement
    told = [k for k in entry.knowers if k.level != AwarenessLevel.ORIGINATED]
    return PlainEntry(
        ref=said.reference or f"{entry.number}",
        happened=said.happened.edtf,
        agency=names.of(said.agency),
        source=entry.asserted_by,
        how_known=said.how_known,
        told_by=said.informant,
        people=tuple(subject.role or subject.name for subject in entry.subjects),
        kind=said.kind,
        concerns=said.concerns,
        text=said.text,
        impact=said.impact,
        action=said.action,
        known_from=_known_from(entry),
        shares=tuple((names.of(k.agency), _day(k)) for k in told),
        significance=entry.significance,
    )


def _known_from(entry: ShownEntry) -> str:
    """Empty where nobody said: a date taken from the event is not written down as a claim."""
    said = entry.statement
    if said.known_basis == KnownBasis.ASSUMED:
        return ""
    about = "~" if said.known_basis == KnownBasis.ABOUT else ""
    return day_of(said.known_at).isoformat() + about


def _day(knower: Knower) -> str:
    return day_of(knower.known_from).isoformat()
