"""What in a text may be about somebody else: pointed out, and never withheld by it.

It looks for names of the family's other people, for words that stand for a source, and for words
that look like a name. It finds too much rather than too little, and cannot find everything: a nick
name, or a description that only one person fits, is for whoever reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.subject_access.spans import Span, places_of

_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|PC|DC|DS|Sgt)\b\.?\s+[^\W\d_a-z][\w’'\-]*")
_TWO_NAMES = re.compile(
    r"\b[^\W\d_a-z][^\W\d_A-Z][\w’'\-]*(?:[ \t]+[^\W\d_a-z][^\W\d_A-Z][\w’'\-]*)+"
)
# As police write a family name.
_IN_CAPITALS = re.compile(r"\b[A-Z][A-Z’'\-]{4,}\b")
LOOKS_LIKE_A_NAME = "It looks like a name"
STANDS_FOR_A_SOURCE = "It may say who told it"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody of the family, with every name they go by."""

    names: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True, order=True)
class Pointed:
    """One place that is pointed out, and why in a few words."""

    span: Span
    because: str


def pointed_out(
    text: str, others: Iterable[Somebody], own_names: Iterable[str], source_words: Iterable[str]
) -> tuple[Pointed, ...]:
    """Every place to look at, in order and none twice; the names of whom it is about are not."""
    found: list[Pointed] = []
    for one in others:
        for name in one.names:
            places = places_of(text, name, as_written=" " not in name.strip())
            found += [Pointed(span, f"A name of the {one.role}") for span in places]
    for words in source_words:
        found += [Pointed(span, STANDS_FOR_A_SOURCE) for span in places_of(text, words)]
    own = [span for name in own_names for span in places_of(text, name)]
    for pattern in (_TITLED, _TWO_NAMES, _IN_CAPITALS):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(each.touches(span) for each in own):
                found.append(Pointed(span, LOOKS_LIKE_A_NAME))
    return _apart(found)


def _apart(found: Iterable[Pointed]) -> tuple[Pointed, ...]:
    """Without those that overlap one found before: a known name goes before what looks like one."""
    kept: list[Pointed] = []
    for one in found:
        if not any(one.span.touches(each.span) for each in kept):
            kept.append(one)
    return tuple(sorted(kept))
