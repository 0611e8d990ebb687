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
