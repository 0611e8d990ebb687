"""Sensitivity labels an entry can carry, and what whoever is not cleared for one is shown."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.domain.shared.word import Word


class LabelKey(Word):
    """Every label there is; what each covers and does is shipped data (`labels.toml`)."""

    THIRD_PARTY = "third_party", "Third-party information"
    CSA = "csa", "Child sexual abuse"
    POLICE_CONFIDENTIAL = "police_confidential", "Police confidential"
    POLICE_LIVE = "police_live", "Live police operation"
    LEGAL_PRIVILEGE = "legal_privilege", "Legal advice"
    ADOPTION = "adoption", "Adoption"
    STAFF_OR_RELATIVE = "staff_or_relative", "Staff or their relatives"
    HIGH_PROFILE = "high_profile", "High profile"
    WITNESS_PROTECTION = "witness_protection", "Witness protection"
    REVIEW = "review", "Practice review"
    PARENT_HEALTH = "parent_health", "A parent's health"
    HEALTH_STATUTORY = "health_statutory", "Health information with its own legal protection"
    SOURCE_PROTECTED = "source_protected", "Protected source"


class Uncleared(Word):
    """What whoever is not cleared for a label is shown of an entry that carries it."""

    MASKED = "masked", "That an entry is there, its date and whom to ask"
    HIDDEN = "hidden", "Nothing: the entry does not exist for them"
    SOURCE = "source", "What it says, and not who told it or how it is known"


@dataclass(frozen=True, slots=True)
class Label:
    """One label: what it covers, what it does, and on whose word that is so."""

    key: LabelKey
    covers: str
    uncleared: Uncleared
    source: str

    @property
    def name(self) -> str:
        """What the label is called, for those who may know that it is there."""
        return self.key.label
