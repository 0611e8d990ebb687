"""A shown history as plain entries in the canonical words: what a file of it holds.

Only entries shown in full can leave; a masked entry has nothing to write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from goldenthread.interop.spreadsheets.entries import PlainEntry
from goldenthread.usecases.chronology import written
from goldenthread.usecases.chronology.shown import History, ShownEntry


def plain_entries(history: History) -> Iterable[PlainEntry]:
    """The entries of a history in its order, in the columns of the import."""
    names = AgencyNames(history)
    people = written.PeopleAsWritten(history.family.members)
    return (plain_entry(entry, names, people) for entry in history.entries)


class AgencyNames:
    """What an agency is called in a file: its kind, or its own name where two are of one kind."""

    def __init__(self, history: History) -> None:
        self._agencies = history.agencies
        self._kinds = Counter(row.kind for row in history.agencies.values())

    def of(self, agency: UUID) -> str:
        """The word that an import of this partnership reads back as this agency."""
        row = self._agencies[agency]
        return row.kind if self._kinds[row.kind] == 1 else row.name


def plain_entry(
    entry: ShownEntry, names: AgencyNames, people: written.PeopleAsWritten
) -> PlainEntry:
    """One entry in the words of the canonical columns."""
    said = entry.statement
    return PlainEntry(
        ref=written.reference_of(entry),
        happened=said.happened.edtf,
        agency=names.of(said.agency),
        source=entry.asserted_by,
        how_known=said.how_known,
        told_by=said.informant,
        people=people.of(entry),
        kind=said.kind,
        concerns=said.concerns,
        text=said.text,
        impact=said.impact,
        action=said.action,
        known_from=written.known_from(entry),
        shares=tuple((names.of(agency), day) for agency, day in written.tellings(entry)),
        significance=entry.significance,
    )
