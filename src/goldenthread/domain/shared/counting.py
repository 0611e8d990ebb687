"""A number with its noun, so that no sentence says "1 rows"."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 entry", "2 entries"."""
    if number == 1:
        return f"1 {one}"
    return f"{number:,} {many or one + 's'}"
