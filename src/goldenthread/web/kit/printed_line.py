"""The line of a page, as `domain/addresses/sheet_line.py` words it, for whoever is signed in."""

from __future__ import annotations

from datetime import datetime

from goldenthread.domain.addresses.sheet_line import sheet_line
from goldenthread.usecases.chronology.shown import PractitionerRow
from goldenthread.web.kit.words import instant_in_words


def printed_line(
    reader: PractitionerRow, *, now: datetime, viewpoint: str = "", for_whom: str = ""
) -> str:
    """Seen as whom, when, by whom, and for whom; for their own use where nobody else is named."""
    seen = viewpoint or f"Seen as {reader.agency_name}"
    return sheet_line(seen, instant_in_words(now), reader.name, for_whom)
