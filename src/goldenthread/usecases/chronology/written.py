"""An entry as it is written down in a file that can be read back: what was said, no more.

One place for the export and for the import that knows such a file again, so that the two agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from goldenthread.domain.people.names import fold
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, KnownBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.shown import Knower, MemberRow, ShownEntry, ShownSubject


def reference_of(entry: ShownEntry) -> str:
    """The agency's own reference, or else the entry's number in the family's record."""
    return entry.statement.reference or f"{entry.number}"


def known_from(entry: ShownEntry) -> str:
    """When its agency came to know, as EDTF text.

    Empty where nobody said: a date taken from the event is not written down as a claim.
    """
    said = entry.statement
    if said.known_basis == KnownBasis.ASSUMED:
        return ""
    about = "~" if said.known_basis == KnownBasis.ABOUT else ""
    return day_of(said.known_at).isoformat() + about


def tellings(entry: ShownEntry) -> tuple[tuple[UUID, str], ...]:
    """The agencies that were told, each with the day as EDTF text; empty where nobody said when."""
    return tuple(
        (knower.agency, _day(knower))
        for knower in entry.knowers
        if knower.level != AwarenessLevel.ORIGINATED
    )


def _day(knower: Knower) -> str:
    return day_of(knower.known_from).isoformat() if knower.told is None else knower.told


class PeopleAsWritten:
    """What the people of one family are called in a file of its history."""

    def __init__(self, members: Iterable[MemberRow]) -> None:
        family = list(members)
        self._times = Counter(fold(member.role) for member in family)
        self._places = {member.person: place for place, member in enumerate(family)}

    def of(self, entry: ShownEntry) -> tuple[str, ...]:
        """Whom an entry is about, in the order of the family."""
        last = len(self._places)
        subjects = sorted(entry.subjects, key=lambda one: self._places.get(one.person, last))
        return tuple(self._words_for(subject) for subject in subjects)

    def _words_for(self, subject: ShownSubject) -> str:
        """The part they play, or their name where two of the family play it, as two siblings do."""
        is_shared = self._times[fold(subject.role)] > 1
        return subject.name if is_shared or not subject.role else subject.role
