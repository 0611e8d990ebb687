"""Sets of words as whole numbers: each word of a vocabulary is one bit, so that sets can be joined.

A number is only good with the list of words it was made from, which is kept beside the files
(`layout.META`). A word that no vocabulary holds has no bit: a family with one goes to the reference
engine instead (`rows`).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, HowKnown, Kind
from goldenthread.domain.risk.vocabulary import PersonClass

# Whole numbers of 64 bits are what every engine has; one bit is the sign, one is kept clear of it.
MOST = 62


class Vocabulary:
    """The words of one closed vocabulary, numbered in the order of their declaration."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._bits = {word: 1 << place for place, word in enumerate(self.words)}
        if len(self.words) > MOST:
            raise ValueError(f"{len(self.words)} words are more than {MOST} bits can hold")

    def bit(self, word: str) -> int:
        """The bit of one word. Raises KeyError for a word of no place here."""
        return self._bits[str(word)]

    def mask(self, words: Iterable[str]) -> int:
        """The bits of several words together. Raises KeyError."""
        found = 0
        for word in words:
            found |= self._bits[str(word)]
        return found

    def of(self, mask: int) -> frozenset[str]:
        """The words whose bits are set."""
        return frozenset(word for word, bit in self._bits.items() if mask & bit)

    def word(self, bit: int) -> str:
        """The word of one bit."""
        return self.words[bit.bit_length() - 1]


def _values(vocabulary: type[StrEnum]) -> Vocabulary:
    return Vocabulary(member.value for member in vocabulary)


KINDS = _values(Kind)
AGENCY_KINDS = _values(AgencyKind)
CONCERNS = _values(Concern)
HOW_KNOWN = Vocabulary(("", *(member.value for member in HowKnown)))
CLASSES = _values(PersonClass)
# Everything a number in the files may stand for, by the name of its column.
VOCABULARIES = {
    "kind": KINDS,
    "agency_kind": AGENCY_KINDS,
    "concerns": CONCERNS,
    "how_known": HOW_KNOWN,
    "classes": CLASSES,
}
