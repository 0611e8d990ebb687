"""The words of a pack: which parts of an entry leave, and how an entry stands in it."""

from __future__ import annotations

from goldenthread.domain.shared.word import Word


class Part(Word):
    """A part of an entry in which words can be withheld; each leaves unless something is."""

    TEXT = "text", "What happened"
    IMPACT = "impact", "What it means for the child"
    ACTION = "action", "What was done"
    INFORMANT = "informant", "Who told it"
    REASONING = "reasoning", "How it was worked out"


# Of an entry whose source is protected these never leave, whoever decides what.
SOURCE_PARTS = frozenset({Part.INFORMANT.value, Part.REASONING.value})


class Standing(Word):
    """How an entry stands in a pack."""

    IN = "in", "In the pack"
    WAITS = "waits", "Left out until somebody decides"
    OUT = "out", "Left out"
    BESIDE = "beside", "Not about whom it is asked"


class Why(Word):
    """Why an entry is left out until somebody decides."""

    ANOTHER_AGENCY = "another_agency", "Another agency wrote it"
    RESTRICTED = "restricted", "It is restricted"
    SOURCE_PROTECTED = "source_protected", "Its source is protected"
