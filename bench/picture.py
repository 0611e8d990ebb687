"""A family's Picture page with 2,000 entries, beside an empty page and its History in one run."""

from __future__ import annotations

from bench.database import table
from bench.history import ENTRIES, long_family, measured


def run() -> None:
    """Ask for the page as the family's chair: the whole life, three months, an earlier day."""
    reader, family = long_family("bench picture", seed=12)
    picture = f"/families/{family}/picture/"
    pages = (
        ("empty page", "/accessibility/"),
        (f"history, {ENTRIES:,} entries", f"/families/{family}/history/"),
        (f"picture, {ENTRIES:,} entries", picture),
        ("picture, a month of them", f"{picture}?from=2024-03-01&to=2024-03-31"),
        ("picture, as known earlier", f"{picture}?on=2025-06-01"),
    )
    table("The Picture page, server time in this process", measured(reader, pages))
