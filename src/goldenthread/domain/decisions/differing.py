"""What changed from one version of a decision to another: part by part, and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from goldenthread.domain.shared.word import Word

_TOKENS = re.compile(r"\s+|[^\s]+")


class Sort(Word):
    """Whether both versions have some words, the newer alone, or the older alone."""

    SAME = "same", "In both"
    ADDED = "added", "Added"
    TAKEN_OUT = "out", "Taken out"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, and which of two versions has them."""

    sort: Sort
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part in two versions."""

    title: str
    stretches: tuple[Stretch, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in this part."""
        return all(one.sort is Sort.SAME for one in self.stretches)


def differences(
    old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]
) -> tuple[Difference, ...]:
    """Each part that either version says something in, in the order of `new`, then of `old`.

    Both are (title, words) in reading order; a part that says nothing is left out.
    """
    before, after = dict(old), dict(new)
    titles = dict.fromkeys([*after, *before])
    return tuple(
        Difference(title, stretches(before.get(title, ""), after.get(title, "")))
        for title in titles
        if before.get(title) or after.get(title)
    )


LINES_SHOWN = 2  # unchanged lines that are worth reading beside a change


def folded(difference: Difference) -> Difference:
    """A difference whose long unchanged stretches of lines are named by their number alone."""
    return Difference(difference.title, tuple(map(_folded, difference.stretches)))


def _folded(one: Stretch) -> Stretch:
    before, newline, rest = one.words.rpartition("\n")
    lines = before.count("\n") + 1 if newline else 0
    if one.sort is not Sort.SAME or lines <= LINES_SHOWN:
        return one
    return Stretch(one.sort, f"[{lines} lines unchanged]\n{rest}")


def stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """The words of both, in order: what both have, what was taken out, what was added.

    What is not added, joined, is `old`; what is not taken out, joined, is `new`.
    """
    return tuple(_stretches(_TOKENS.findall(old), _TOKENS.findall(new)))


def _stretches(before: list[str], after: list[str]) -> Iterator[Stretch]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            yield Stretch(Sort.SAME, "".join(before[a:b]))
            continue
        if a < b:
            yield Stretch(Sort.TAKEN_OUT, "".join(before[a:b]))
        if c < d:
            yield Stretch(Sort.ADDED, "".join(after[c:d]))
