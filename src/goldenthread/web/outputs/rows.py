"""An entry as a row of a printed chronology, in words."""

from __future__ import annotations

from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, Concern, Kind
from goldenthread.domain.shared.word import Word
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.web.kit import words


def printed_rows(history: History) -> list[dict[str, object]]:
    """The rows of a printed chronology, oldest first."""
    return [printed_row(entry) for entry in history.entries]


def printed_row(entry: ShownEntry) -> dict[str, object]:
    """One row: everything a reader on paper needs, since nothing on paper can be opened."""
    said = entry.statement
    told = [
        f"{k.name} ({words.told_in_words(k.known_from, k.told)})"
        for k in entry.knowers
        if k.level != AwarenessLevel.ORIGINATED
    ]
    return {
        "id": str(said.id),
        "when": words.date_in_words(said.happened),
        "kind": _label(Kind, said.kind),
        "concerns": ", ".join(_label(Concern, c) for c in said.concerns),
        "text": said.text,
        "impact": said.impact,
        "action": said.action,
        "agency": entry.agency.name,
        "how": words.how_known_in_words(
            said.how_known, who=entry.asserted_by, informant=said.informant
        ),
        "known": words.known_in_words(said.known_at, said.known_basis),
        "told": words.listed(told) or "nobody else",
        "people": words.listed(subject.name for subject in entry.subjects),
        "ages": words.listed(f"{age.name} {age.age}" for age in entry.ages),
        "standing": "" if entry.standing is Standing.STANDS else entry.standing.label,
        "significance": entry.significance,
        "reference": said.reference,
    }


def _label(vocabulary: type[Word], value: str) -> str:
    return vocabulary.label_of(value)


def viewpoint_in_words(history: History, every: str = "every agency this reader may see") -> str:
    """ "As known to Ferry Lane Surgery on 3 June 2026"; `every` where no one agency was chosen."""
    agency = history.viewpoint_agency
    whose = agency.name if agency else every
    return f"As known to {whose} on {words.day_of_instant(history.viewpoint.as_of)}"
