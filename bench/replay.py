"""A family's look back with 2,000 entries, beside an empty page and its History in one run."""

from __future__ import annotations

from bench.database import table
from bench.history import ENTRIES, long_family, measured


def run() -> None:
    """Ask for the page as the family's chair: to its end, and up to an earlier day."""
    reader, family = long_family("bench replay", seed=14)
    replay = f"/families/{family}/replay/"
    pages = (
        ("empty page", "/accessibility/"),
        (f"history, {ENTRIES:,} entries", f"/families/{family}/history/"),
        (f"would it have been seen, {ENTRIES:,} entries", replay),
        ("the same, up to an earlier day", f"{replay}?on=2024-03-31"),
        ("handbook of patterns", "/patterns/"),
    )
    table("The look back, server time in this process", measured(reader, pages))
