"""What in a text may be about somebody else: pointed out, and never withheld by it.

It looks for names of other people of the record, for words that stand for a source, and for words
that look like a name, also one alone in the middle of a sentence. It finds too much rather than too
little, and cannot find everything: a nickname, a description that only one person fits, or a name
that begins a sentence and nobody of the record bears, is for whoever reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.domain.subject_access.spans import Span, places_of

_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|PC|DC|DS|Sgt)\b\.?\s+[^\W\d_a-z][\w’'\-]*")
_TWO_NAMES = re.compile(
    r"\b[^\W\d_a-z][^\W\d_A-Z][\w’'\-]*(?:[ \t]+[^\W\d_a-z][^\W\d_A-Z][\w’'\-]*)+"
)
# As police write a family name.
_IN_CAPITALS = re.compile(r"\b[A-Z][A-Z’'\-]{4,}\b")
_ALONE = re.compile(
    r"(?<![\w’'\-])(?:[^\W\d_a-z]['’][^\W\d_a-z]|[^\W\d_a-z])[^\W\d_A-Z][\w\-]*(?:[’'](?!s\b)\w+)?"
)
# What a word stands after that begins a sentence, a line or what somebody said.
_BEGINS = re.compile(r"(?:\A|[.!?…:;\n“\"‘]|(?:\A|\n)\s*[-–—•*])[\s“\"‘(–—•*-]*\Z")
# What people do: a word before it that begins a sentence is somebody, where it is no ordinary one.
_DOES = re.compile(
    r"\s+(?:next door|said|says|told|tells|rang|phoned|hit|pushed|punched|threw|shouted|came|went|"
    r"lives|lived|stays|stayed|slept|took|drinks|drank|who)\b"
)
_LOOKED_BACK = 40  # characters before a word that say whether it begins a sentence
LOOKS_LIKE_A_NAME = "It looks like a name"
MAY_BE_A_NAME = "It may be a name"
STANDS_FOR_A_SOURCE = "It may say who told it"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody else of the record, with every name they go by."""

    names: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Ordinary:
    """What is no name, however it is written.

    `not_names` are words, without capitals, that are no name with one; `also_words` names that are
    words too, and are names only with a capital; `places` are names of agencies and homes, as they
    are written.
    """

    not_names: frozenset[str] = frozenset()
    also_words: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()


NOTHING_ORDINARY = Ordinary()


@dataclass(frozen=True, slots=True, order=True)
class Pointed:
    """One place that is pointed out, and why in a few words."""

    span: Span
    because: str


def pointed_out(
    text: str, others: Iterable[Somebody], own_names: Iterable[str], source_words: Iterable[str],
    ordinary: Ordinary = NOTHING_ORDINARY,
) -> tuple[Pointed, ...]:  # fmt: skip
    """Every place to look at, in order and none twice; the names of whom it is about are not."""
    found: list[Pointed] = []
    for one in others:
        for name in one.names:
            only_with_capital = name.casefold() in ordinary.also_words
            places = places_of(text, name, as_written=only_with_capital)
            found += [Pointed(span, f"A name of the {one.role}") for span in places]
    for words in source_words:
        found += [Pointed(span, STANDS_FOR_A_SOURCE) for span in places_of(text, words)]
    named = (*own_names, *ordinary.places)
    own = [span for name in named for span in places_of(text, name)]
    for pattern in (_TITLED, _TWO_NAMES, _IN_CAPITALS):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            said = {re.sub(r"[’']s$", "", one) for one in match[0].casefold().split()}
            if not said <= ordinary.not_names and not any(each.touches(span) for each in own):
                found.append(Pointed(span, LOOKS_LIKE_A_NAME))
    found += [
        Pointed(span, MAY_BE_A_NAME)
        for span in _alone(text, ordinary.not_names)
        if not any(each.touches(span) for each in own)
    ]
    return _apart(found)


def _alone(text: str, not_names: frozenset[str]) -> Iterator[Span]:
    """Words with a capital that nothing but a name explains."""
    for match in _ALONE.finditer(text):
        word = match[0]
        if not word[0].isupper() or word.casefold() in not_names:
            continue
        begins = _BEGINS.search(text, max(0, match.start() - _LOOKED_BACK), match.start())
        if begins is None or _DOES.match(text, match.end()):
            yield Span(*match.span())


def _apart(found: Iterable[Pointed]) -> tuple[Pointed, ...]:
    """Without those that overlap one found before: a known name goes before what looks like one."""
    kept: list[Pointed] = []
    for one in found:
        if not any(one.span.touches(each.span) for each in kept):
            kept.append(one)
    return tuple(sorted(kept))
