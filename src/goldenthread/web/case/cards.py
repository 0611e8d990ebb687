"""One entry as a card, in words: what the family page, the entry page and same events show."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, Concern, HowKnown, Kind
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.web.kit import words

# Recorded and known this far apart are both shown: a short delay is ordinary.
BOTH_TIMES_WHEN_APART = timedelta(days=3)


def card(entry: ShownEntry, history: History) -> dict[str, object]:
    """Everything a card of one entry needs, ready to show."""
    said = entry.statement
    told = [k for k in entry.knowers if k.level != AwarenessLevel.ORIGINATED]
    aware = {knower.agency for knower in entry.knowers}
    on_team = {member.agency: member.agency_name for member in history.family.team}
    late = said.recorded_at and said.recorded_at - said.known_at > BOTH_TIMES_WHEN_APART
    return {
        "id": str(said.id),
        "href": address(history, said.id),
        "when": words.date_in_words(said.happened),
        "machine": words.machine_date(said.happened),
        "text": said.text,
        "kind": Kind.label_of(said.kind),
        "concerns": [Concern.label_of(c) for c in said.concerns if c != Concern.NONE],
        "impact": said.impact,
        "action": said.action,
        "agency": entry.agency.name,
        "how": words.how_known_in_words(
            said.how_known, who=entry.asserted_by, informant=said.informant
        ),
        "known": words.known_in_words(said.known_at, said.known_basis),
        "told": [
            {"agency": k.name, "when": words.told_in_words(k.known_from, k.told)} for k in told
        ],
        "not_told": sorted(name for agency, name in on_team.items() if agency not in aware),
        "recorded": words.instant_in_words(said.recorded_at) if late else None,
        "shape": said.how_known if said.how_known != HowKnown.NOT_RECORDED else "record",
        "weight": weight(entry),
        "ring": entry.standing is Standing.DISPUTED,
        "struck": entry.standing in (Standing.CORRECTED, Standing.WITHDRAWN),
        "standing": "" if entry.standing is Standing.STANDS else entry.standing.label,
        "people": words.listed(subject.name for subject in entry.subjects),
        "ages": words.listed(f"{age.name} {age.age}" for age in entry.ages),
        "significance": entry.significance,
        "is_new": entry.is_new,
    }


def weight(entry: ShownEntry) -> str:
    """Whether the mark is filled, outlined, or bears the leaf of a strength."""
    if entry.statement.bears_concern:
        return "concern"
    return "strength" if entry.statement.bears_strength else "neutral"


def address(history: History, statement: UUID) -> str:
    """The address of one entry's page."""
    return reverse("entry", kwargs={"case": history.family.case.id, "statement": statement})
