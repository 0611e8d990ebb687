"""Places in a text, from a character up to another, and the text with some of them withheld.

Offsets count characters as the record keeps them (Unicode code points), so that no text is ever
changed to find its place. What is withheld is not in what `pieces` gives: there is nothing under a
mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# To the end of a sentence, else of a line.
_SENTENCE = re.compile(r"\S(?:.*?[.!?…]+[\"'’”)\]]*(?=\s)|.*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `begins` up to, and without, `ends`."""

    begins: int
    ends: int

    def touches(self, other: Span) -> bool:
        """Whether a character is in both."""
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True, order=True)
class Withholding:
    """A place that is withheld, for a reason's code; "" where the product itself withholds it."""

    span: Span
    code: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that leave, or (`codes`) that words here do not: then there are none."""

    words: str
    codes: frozenset[str] | None = None


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order: every character that is no space is in one of them."""
    return tuple(Span(*match.span()) for match in _SENTENCE.finditer(text))


def places_of(text: str, words: str, *, as_written: bool = False) -> tuple[Span, ...]:
    """Everywhere these words stand in a text as whole words, whatever spaces part them.

    Letter case does not matter unless they are sought `as_written`.
    """
    parts = words.split()
    if not parts:
        return ()
    said = r"\s+".join(re.sub(r"['’]", "['’]", re.escape(part)) for part in parts)
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    how = re.NOFLAG if as_written else re.IGNORECASE
    return tuple(Span(*m.span()) for m in re.finditer(f"{before}{said}{after}", text, how))


def pieces(text: str, withheld: Iterable[Withholding]) -> tuple[Piece, ...]:
    """The text in pieces: what is left, and in each other place the reasons why nothing is.

    Places that overlap, and neighbours for one reason with only space between them, become one.
    """
    found: list[Piece] = []
    upto = 0
    for span, codes in _merged(text, withheld):
        if span.begins > upto:
            found.append(Piece(text[upto : span.begins]))
        found.append(Piece("", codes))
        upto = span.ends
    if upto < len(text):
        found.append(Piece(text[upto:]))
    return tuple(found)


def _merged(text: str, withheld: Iterable[Withholding]) -> Iterator[tuple[Span, frozenset[str]]]:
    now: tuple[Span, frozenset[str]] | None = None
    for one in sorted(withheld):
        span, codes = one.span, frozenset({one.code})
        if now is not None:
            last, why = now
            if span.begins < last.ends:
                now = Span(last.begins, max(last.ends, span.ends)), why | codes
                continue
            if why == codes and not text[last.ends : span.begins].strip():
                now = Span(last.begins, span.ends), why
                continue
            yield now
        now = span, codes
    if now is not None:
        yield now
