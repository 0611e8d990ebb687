"""Checks the hashes over whole subtrees that are kept so that proofs read few rows.

Nothing that is proved rests on them: they are worked out again from the leaves. But a proof made
with one that was altered fails, and then accuses a log that holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goldenthread.domain.audit import findings as said
from goldenthread.domain.audit.findings import Finding, Kind
from goldenthread.records.audit import log_reading


@dataclass
class Nodes:
    """The hashes worked out from leaves that were signed, by level and place."""

    whole: dict[tuple[int, int], bytes] = field(default_factory=dict)
    fresh: dict[tuple[int, int], bytes] = field(default_factory=dict)
    is_patchy: bool = False  # of some leaves nobody can tell what they were

    def note(self, level: int, place: int, found: bytes) -> None:
        """Note the hash of a subtree, which counts once its checkpoint is seen to hold."""
        if level % log_reading.NODE_LEVELS == 0:
            self.fresh[level, place] = found

    def settle(self, *, holds: bool) -> None:
        """Keep what was noted since the last checkpoint, where the leaves are those signed over."""
        if holds:
            self.whole.update(self.fresh)
        else:
            self.is_patchy = True
        self.fresh = {}

    def altered(self) -> Iterator[Finding]:
        """Every kept hash that is not what the leaves come to, is missing, or is of no leaves."""
        left = dict(self.whole)
        for level, place, kept in log_reading.nodes():
            found = left.pop((level, place), None)
            if found is None and self.is_patchy:
                continue
            if found != kept:
                yield _unlike(level, place)
        yield from (_unlike(*one) for one in left)


def _unlike(level: int, place: int) -> Finding:
    begins, ends = place << level, (place + 1) << level
    return Finding(Kind.NODE, said.unlike_node(begins, ends), begins)
