"""How an agency's file is laid out, as a person confirmed it and as it is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which heading holds what, and what the agency's own words mean.

    `columns` is {canonical column: heading}; `words` {canonical column: {their word: ours}};
    `fixed` {canonical column: value} for what the file never says. Agencies are given by id.
    """

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: str = "dmy"
    fixed: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The plain form that is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Arrangement:
        """The arrangement from its kept form."""
        return cls(**kept)


# What each canonical column holds, for the person who matches an agency's headings to them.
COLUMN_LABELS = {
    "date": "When it happened",
    "what": "What happened",
    "people": "Who it is about",
    "how_known": "How it is known",
    "source": "Practitioner or record it comes from",
    "told_by": "Who told them",
    "kind": "Kind of event",
    "domain": "Area of concern or strength",
    "impact": "What it was like for the child",
    "action": "What was done, or why nothing",
    "known_from": "When your agency came to know",
    "shared_with": "Who was told",
    "shared_on": "When they were told",
    "significance": "How much it matters",
    "id": "Your reference for the row",
    "agency": "Agency",
}
