"""What changed from one version's words to the next, word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from goldenthread.domain.risk.summary import Heading

SAME, ADDED, TAKEN_OUT = "same", "added", "out"
_TOKENS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, and whether both versions have them, the newer alone, or the older alone."""

    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One heading in both versions."""

    title: str
    stretches: tuple[Stretch, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed under this heading."""
        return all(one.sort == SAME for one in self.stretches)


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Difference, ...]:
    """The headings that either version has words under, each with what changed."""
    return tuple(
        Difference(heading.label, tuple(_stretches(old.get(heading, ""), new.get(heading, ""))))
        for heading in Heading
        if heading in old or heading in new
    )


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            yield Stretch(SAME, "".join(before[a:b]))
            continue
        if a < b:
            yield Stretch(TAKEN_OUT, "".join(before[a:b]))
        if c < d:
            yield Stretch(ADDED, "".join(after[c:d]))
