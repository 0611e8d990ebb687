"""What may stand in the name of a file that leaves: what every system can write."""

from __future__ import annotations


def plain_in_name(reference: str) -> str:
    """A reference with English letters, digits and hyphens alone; `family` if none is left.

    A name with other letters goes through a header of HTTP in a form that browsers do not agree on.
    """
    kept = "".join(c for c in reference if c.isascii() and (c.isalnum() or c == "-"))
    return kept.strip("-") or "family"
