"""Knows entries again in a file that was made from this very record, and adds none of them twice.

Agencies swap chronologies, so a history that left as a file comes back as one. An agency's own
files are known by their references (see `domain.chronology.imports`); what somebody typed here, or
had judged or told to others since, is known only to the record itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goldenthread.domain.chronology.imports import content_of
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.chronology import reading
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases.chronology import written
from goldenthread.usecases.chronology.imports.arrangement import COLUMN_LABELS
from goldenthread.usecases.chronology.imports.proposing import said_by
from goldenthread.usecases.chronology.read_history import shown_history
from goldenthread.usecases.chronology.shown import ShownEntry

# What may have been added to an entry after its file was made, without the entry being another.
ADDED_LATER = ("shares", "significance")


def looks_like_ours(arrangement: Mapping) -> bool:
    """Whether a file is laid out exactly as this service lays out its own."""
    columns = arrangement.get("columns", {})
    return all(columns.get(name) == name for name in COLUMN_LABELS)


@dataclass(frozen=True, slots=True)
class _Held:
    statement: UUID
    reference: str
    told: frozenset[tuple[str, str]]
    significances: frozenset[str]


class OwnEntries:
    """The entries of one family that the importer may read, by what a file of them says."""

    def __init__(self, permission: Permission, *, now: datetime) -> None:
        viewpoint = Viewpoint(now)
        loaded = reading.load_history(
            permission.family.id, permission.actor, permission.ties, viewpoint, now=now
        )
        history = shown_history(loaded, permission, viewpoint, looked_before=None, now=now)
        self._held = {_content(_as_read_back(entry)): _held(entry) for entry in history.entries}

    def statement_saying(self, entry: Mapping) -> tuple[UUID, bool] | None:
        """The statement that a resolved row repeats, and whether it stands under the row's own
        reference; None where the row says anything that the record does not.
        """
        held = self._held.get(_content(entry))
        if held is None:
            return None
        told = {(agency, day) for agency, day in entry["shares"]}
        if not told <= held.told or entry["significance"] not in held.significances:
            return None
        return held.statement, held.reference == entry["ref"]


def _content(entry: Mapping) -> str:
    said = said_by(entry)
    return content_of({name: said[name] for name in said if name not in ADDED_LATER})


def _held(entry: ShownEntry) -> _Held:
    return _Held(
        entry.id,
        entry.statement.reference,
        frozenset((str(agency), day) for agency, day in written.tellings(entry)),
        frozenset((entry.significance, entry.statement.significance)),
    )


def _as_read_back(entry: ShownEntry) -> dict[str, object]:
    """The row that the import makes of an entry's row in our own file."""
    said = entry.statement
    return {
        "ref": written.reference_of(entry),
        "happened": said.happened.edtf,
        "agency": str(said.agency),
        "source": entry.asserted_by,
        "how_known": str(said.how_known),
        "told_by": said.informant,
        "kind": str(said.kind),
        "concerns": [str(concern) for concern in said.concerns],
        "text": said.text,
        "impact": said.impact,
        "action": said.action,
        "known_from": written.known_from(entry),
        "subjects": [(str(subject.person), "") for subject in entry.subjects],
    }
