"""The statement: agency A says X about these people, known to A from K, told to B on T.

Answers the review's finding that key information was of unclear origin. A statement is frozen: it
is corrected, withdrawn or disputed by another statement that points at it, and stays readable.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind, Polarity
from goldenthread.domain.shared.partial_date import PartialDate

_NO_CONCERN = frozenset({Concern.STRENGTH.value, Concern.NONE.value})


@dataclass(frozen=True, slots=True)
class Subject:
    """One person a statement is about, and the part they play in it (`child`, `mother`, ...)."""

    person: UUID
    role: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sourced statement, without who else knows it (see awareness)."""

    id: UUID
    agency: UUID
    kind: str
    text: str
    happened: PartialDate
    known_at: datetime
    known_basis: str
    how_known: str
    recorded_at: datetime | None = None
    informant: str = ""
    reasoning: str = ""
    asserted_by: UUID | None = None
    asserted_by_words: str = ""
    polarity: str = Polarity.ASSERTS
    concerns: tuple[str, ...] = ()
    impact: str = ""
    action: str = ""
    significance: str = ""
    reference: str = ""
    subjects: tuple[Subject, ...] = field(default_factory=tuple)
    # Given where the source is kept from whom this is loaded for: the digest of all it says.
    whole_digest: str = ""

    @property
    def bears_strength(self) -> bool:
        """Whether it records a strength or a protective change."""
        return self.kind == Kind.STRENGTH or Concern.STRENGTH in self.concerns

    @property
    def bears_concern(self) -> bool:
        """Whether it records at least one area of concern."""
        return not _NO_CONCERN.issuperset(self.concerns)

    @property
    def is_first_hand(self) -> bool:
        """Whether the person who says it saw or heard it themselves."""
        return self.how_known == HowKnown.SAW


# Stands in place of who told a statement, for whoever may not know.
SOURCE_PROTECTED = "Source protected"


def without_source(statement: Statement, digest: str) -> Statement:
    """The statement without who told it and how it is known; `digest` is the whole statement's."""
    return replace(
        statement,
        how_known=HowKnown.NOT_RECORDED.value,
        informant=SOURCE_PROTECTED,
        reasoning="",
        whole_digest=digest,
    )


def digest_of(statement: Statement) -> str:
    """The SHA-256 of what the statement says, in hexadecimal: what a decision pins.

    Covers everything the practitioner asserted and nothing the system added (not `recorded_at`).
    Of a statement whose source is kept back it is the digest of the whole.
    """
    if statement.whole_digest:
        return statement.whole_digest
    said = {
        "id": str(statement.id),
        "agency": str(statement.agency),
        "asserted_by": str(statement.asserted_by or ""),
        "asserted_by_words": statement.asserted_by_words,
        "kind": str(statement.kind),
        "text": statement.text,
        "happened": statement.happened.edtf,
        "known_at": statement.known_at.isoformat(),
        "known_basis": str(statement.known_basis),
        "how_known": str(statement.how_known),
        "informant": statement.informant,
        "reasoning": statement.reasoning,
        "polarity": str(statement.polarity),
        "concerns": [str(c) for c in statement.concerns],
        "impact": statement.impact,
        "action": statement.action,
        "reference": statement.reference,
        "subjects": sorted([str(s.person), s.role] for s in statement.subjects),
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
