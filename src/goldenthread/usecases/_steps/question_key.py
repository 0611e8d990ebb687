"""What a question of a family's history is called in an address."""

from __future__ import annotations

from hashlib import sha256


def key_of(pattern: str, subject: str) -> str:
    """What a question is called in an address: its pattern, and a mark of whom it is about."""
    if not subject:
        return pattern
    return f"{pattern}-{sha256(subject.encode()).hexdigest()[:12]}"
