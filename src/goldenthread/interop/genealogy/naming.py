"""Ids in the order a person would put them, and names without the marks of a file."""

from __future__ import annotations

import re


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts I2 before I10, and is the same whatever the order of the file."""
    return tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part)
        for part in re.split(r"([0-9]{1,18})", text)
        if part
    )


def plain_name(text: str) -> str:
    """A GEDCOM name (`John /Public/ Jr`) as it is said."""
    return " ".join(text.replace("/", " ").split())
