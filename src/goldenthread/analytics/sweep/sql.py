"""The little that every statement is built of: text, sets, and steps that have names.

Statements are plain SQL, with whole numbers for days and bits for sets: see docs/decisions/0013.
Nothing from a file or a person ever enters one except through `text`.
"""

from __future__ import annotations

import re

# A quote, a backslash and a dollar can mean something else than themselves, so they are built.
_APART = re.compile(r"(['\\$])")


def text(said: str) -> str:
    """Some text as a literal that holds nothing else than that text."""
    parts = [
        f"chr({ord(part)})" if _APART.fullmatch(part) else f"'{part}'"
        for part in _APART.split(said)
        if part
    ]
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})" if parts else "''"


def meets(one: str, other: str | int) -> str:
    """Whether two sets have something in common."""
    return f"({one} & {other}) <> 0"


def apart(one: str, other: str | int) -> str:
    """Whether two sets have nothing in common."""
    return f"({one} & {other}) = 0"


def all_of(*conditions: str) -> str:
    """Every condition that is said; true where none is."""
    return " AND ".join(one for one in conditions if one) or "true"


class Steps:
    """Named steps of one statement: each reads `fact` and the steps before it."""

    def __init__(self) -> None:
        self._steps: dict[str, str] = {}

    def add(self, name: str, select: str) -> str:
        """Add a step; the same name again must say the same."""
        if self._steps.setdefault(name, select) != select:
            raise ValueError(f"two steps are called {name}")
        return name

    def ending(self, select: str) -> str:
        """The whole statement, which ends with this select."""
        if not self._steps:
            return select
        named = ",\n".join(f"{name} AS (\n{select}\n)" for name, select in self._steps.items())
        return f"WITH {named}\n{select}"
