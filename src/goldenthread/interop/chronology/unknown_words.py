"""The words of a row that are none of ours, so that a person can say once what they mean.

Answers the practice complaint that jargon is unreadable later: a word is matched by somebody who
knows it, or kept as not understood; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldenthread.domain.provenance.vocabulary import (
    AgencyKind,
    Concern,
    HowKnown,
    Kind,
    Significance,
)
from goldenthread.domain.shared.word import Word
from goldenthread.interop.spreadsheets import words
from goldenthread.interop.spreadsheets.entries import listed
from goldenthread.interop.spreadsheets.interpreting import Layout
from goldenthread.interop.spreadsheets.reading import RawRow

VOCABULARIES: dict[str, type[Word]] = {
    "kind": Kind,
    "how_known": HowKnown,
    "significance": Significance,
    "agency": AgencyKind,
}
# "Told by mother" says how it is known and by whom at once; the reader understands it.
_TOLD_BY = re.compile(r"\s*(?:was\s+)?told\s+by\b", re.IGNORECASE)
_SEVERAL_AGENCIES = re.compile(r",|/|&| and ")
# A part that holds a date too ("GP, 3 March") is left to the reader of the row to speak about.
_DATED_OR_NOBODY = re.compile(r"\d|^\s*(?:not|no|none|nil|n/?a|nobody|-)\b", re.IGNORECASE)
LONGEST_WORD = 200  # longer is a sentence, not a word to match


def unknown_words(raw: RawRow, layout: Layout) -> tuple[tuple[str, str], ...]:
    """The (canonical column, their word) pairs of a row that nobody has matched."""
    return tuple(dict.fromkeys(_unknown(raw, layout)))


def _unknown(raw: RawRow, layout: Layout) -> Iterator[tuple[str, str]]:
    for column, vocabulary in VOCABULARIES.items():
        said = _cell(raw, layout, column)
        understood = column == "how_known" and _TOLD_BY.match(said)
        if said and not understood and not _known(vocabulary, said, layout, column):
            yield column, said[:LONGEST_WORD]
    for said in listed(_cell(raw, layout, "domain")):
        yield from _parts(Concern, said, re.compile(","), layout, "domain")
    for said in re.split(r"[;\n]", _cell(raw, layout, "shared_with")):
        if said.strip() and not _DATED_OR_NOBODY.search(said):
            yield from _parts(AgencyKind, said, _SEVERAL_AGENCIES, layout, "shared_with")


def _parts(
    vocabulary: type[Word], said: str, between: re.Pattern[str], layout: Layout, column: str
) -> Iterator[tuple[str, str]]:
    """The unknown parts of a value that, whole, is no word we know."""
    if _known(vocabulary, said, layout, column):
        return
    for piece in filter(None, map(str.strip, between.split(said))):
        if not _known(vocabulary, piece, layout, column):
            yield column, piece[:LONGEST_WORD]


def _cell(raw: RawRow, layout: Layout, column: str) -> str:
    return raw.cells.get(layout.columns.get(column, ""), "").strip()


def _known(vocabulary: type[Word], said: str, layout: Layout, column: str) -> bool:
    return words.ours(vocabulary, said.strip(), layout.words.get(column, {})) is not None
