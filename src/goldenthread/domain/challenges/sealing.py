"""The digests that hold a challenge together: each step is sealed with the one before it.

Changing a word, or taking a step away, breaks the digest of that step or the chain to the next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence


def sealed(said: Mapping[str, object], *, after: str = "") -> str:
    """The SHA-256, in hexadecimal, of all that a record says and of the digest before it."""
    canonical = json.dumps(
        {**said, "after": after}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_whole(
    first: Mapping[str, object], rest: Sequence[Mapping[str, object]], seals: Sequence[str]
) -> bool:
    """Whether a record and those that follow it say what they said when each was sealed."""
    if len(seals) != len(rest) + 1:
        return False
    before = ""
    for said, seal in zip((first, *rest), seals, strict=True):
        before = sealed(said, after=before)
        if before != seal:
            return False
    return True
